import Odoo

/// The parts of outcomes and calls that the tests of the apply plan ask for.
func exception(_ outcome: ApplyOutcome) -> ApplyException? {
  if case .exception(let exception) = outcome { exception } else { nil }
}

func later(_ outcome: ApplyOutcome) -> ApplyOutcome.Later? {
  if case .later(let later) = outcome { later } else { nil }
}

func isWrite(_ call: OdooCall) -> Bool {
  call.model == "stock.picking" && call.method == "write"
}
