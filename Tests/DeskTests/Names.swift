import Floor

/// The floor's confirmation; the testing library has one of its own.
typealias Counted = Confirmation
