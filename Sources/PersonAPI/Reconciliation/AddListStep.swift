/// What to do once a request's rows have their verdicts.
package enum AddListStep: Sendable, Equatable {
  /// Every row's fate is known: go on.
  case proceed
  /// No row was executed, as where the request was cut on its way: send them again, half as many in a
  /// request. Once: what is refused after that is refused for another reason.
  case halve
  /// No row was executed, since something in front of the CRM turned the request away: send the rows
  /// again, half as many in a request, down to single ones.
  case bisect
  /// The same for a single row: it is refused, and the others go on without it.
  case setAside
  /// The fate of some rows is not known: nothing may be sent before it has been looked up.
  case settle
  /// No row was executed, and smaller requests do not help: end the run.
  case stop
}

extension AddListReconciler {
  /// What to do next (DESIGN, laws 3 and 5).
  ///
  /// - Parameter isHalf: Whether these rows have been sent before in a larger request.
  /// - Returns: The step.
  package func step(isHalf: Bool) -> AddListStep {
    if kind == .turnedAway { return verdicts.count > 1 ? .bisect : .setAside }
    if verdicts.contains(.notExecuted) { return isHalf || verdicts.count < 2 ? .stop : .halve }
    return verdicts.contains(.unknown) ? .settle : .proceed
  }
}
