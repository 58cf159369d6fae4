public import Configuration
public import Floor
internal import Intake

extension FloorSite {
  /// The floor as the configuration describes it; the same that the agent judges with.
  public init(_ settings: Settings) { self = IntakeSettings(settings).site }
}
