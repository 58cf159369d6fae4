/// Something of the contract that an Odoo does not keep.
public struct ContractProblem: Hashable, Sendable {
  /// What it means for the work.
  public var effect: Effect
  /// What was found, as one sentence.
  public var sentence: String
  /// What to do about it.
  public var hint: String

  /// What a problem means for the work.
  public enum Effect: String, Hashable, Sendable, CaseIterable {
    /// Confirmations wait until it is solved.
    case stopsSending = "stops_sending"
    /// The copy of Odoo's transfers gets no younger.
    case stopsCopying = "stops_copying"
    /// A detail is left out, or nobody has tried it.
    case warns

    init(_ use: OdooContract.Use) {
      self =
        switch use {
        case .sending: .stopsSending
        case .copying: .stopsCopying
        case .detail: .warns
        }
    }
  }

  /// A problem with all its parts.
  public init(_ effect: Effect, _ sentence: String, hint: String) {
    self.effect = effect
    self.sentence = sentence
    self.hint = hint
  }
}

extension OdooContract {
  /// What a schema lacks of the contract; models that nobody asked for are passed over.
  public func problems(in schema: OdooSchema) -> [ContractProblem] {
    var found: [ContractProblem] = []
    for model in models where schema.knows(model) {
      let needs = needs.filter { $0.model == model }
      if schema.models[model]?.isEmpty == true {
        found += absence(of: model, needs).map { [$0] } ?? []
        continue
      }
      for need in needs {
        if let problem = problem(need, schema.field(need.field, of: model)) {
          found.append(problem)
        }
      }
    }
    return version.warning.map { [$0] + found } ?? found
  }

  private func absence(of model: String, _ needs: [Need]) -> ContractProblem? {
    guard let gravest = needs.map(\.use.rawValue).min().flatMap(Use.init(rawValue:)),
      gravest != .detail
    else { return nil }
    return ContractProblem(
      .init(gravest),
      "Odoo \(version) shows no model \(model).",
      hint: Self.inventoryHint
    )
  }

  private func problem(_ need: Need, _ field: OdooSchema.Field?) -> ContractProblem? {
    guard let field else { return absence(of: need) }
    let effect = ContractProblem.Effect(need.use)
    if !need.types.isEmpty, !need.types.contains(field.type) {
      return ContractProblem(
        effect,
        "The field \(need.key) is of the type \(field.type); "
          + "Tallyman understands \(need.types.sorted().joined(separator: " or ")).",
        hint: Self.changedHint
      )
    }
    // A server that tells no values at all leaves nothing to compare.
    let gone = field.values.isEmpty ? [] : need.values.filter { !field.values.contains($0) }
    guard !gone.isEmpty else { return nil }
    return ContractProblem(
      effect,
      "The field \(need.key) has no value \(gone.joined(separator: ", ")) any more.",
      hint: Self.changedHint
    )
  }

  private func absence(of need: Need) -> ContractProblem? {
    if need.use == .detail {
      guard let loss = need.loss else { return nil }
      return ContractProblem(
        .warns,
        "Odoo has no field \(need.key): \(loss).",
        hint: "Install the module \(need.module ?? "that brings it") if that is wanted."
      )
    }
    return ContractProblem(
      .init(need.use),
      "Odoo \(version) has no field \(need.key), which Tallyman needs.",
      hint: need.module.map { "Was the module \($0) uninstalled?" } ?? Self.inventoryHint
    )
  }

  private static let inventoryHint =
    "Is the app Inventory installed, and has the user its group Inventory / User? If so, this "
    + "version of Odoo needs a newer Tallyman."
  private static let changedHint =
    "A module or a new version of Odoo has changed it. Look for a newer Tallyman, or ask whoever "
    + "installed the module."
}

extension OdooVersion {
  /// The versions whose answers were recorded from real servers.
  public static let tried = 17...19

  /// True for a version whose answers were recorded from real servers.
  public var isTried: Bool { Self.tried.contains(major) && minor == 0 && !isOnline }

  /// A word of caution for a version that nobody has tried; nil for the others.
  var warning: ContractProblem? {
    guard isSupported, !isTried else { return nil }
    return ContractProblem(
      .warns,
      "Odoo \(self) was never tried with this Tallyman; it was tried with "
        + "\(Self.tried.lowerBound).0 to \(Self.tried.upperBound).0.",
      hint: "It goes on as long as Odoo has every field that is needed. Watch the first transfers, "
        + "and look for a newer Tallyman."
    )
  }
}
