internal import Barcodes

extension FloorSite {
  /// All that `region` may be.
  public static var regions: [String] { VariableMeasure.Region.allCases.map(\.rawValue) }
}
