/// What orders and counts should have, so that the trouble that is to come finds its step.
struct Wishes {
  /// Several steps.
  var chains = false
  /// Goods of one product in several packages.
  var splits = false
  /// Packages that are weighed.
  var packages = false
  /// Somebody in Odoo who validates with other goods.
  var differs = false
  /// Serial numbers.
  var serials = false
  /// Two orders of a kind.
  var twins = false
  /// Lots.
  var lots = false
}
