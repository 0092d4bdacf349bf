import CRMClient
import ContactModel
import PersonAPI
import RunJournal

/// Sends one request by the laws: intent on disk, request, reconciliation, outcome on disk.
struct Shipper: Sendable {
  let client: CRMClient
  let journal: Journal

  /// Sends a request and says what became of its rows.
  ///
  /// Never throws: whatever goes wrong, every row has an outcome.
  func send(_ shipment: Shipment) async -> SettledShipment {
    do {
      try await journal.recordIntent(shipment.plan)
    } catch {
      return SettledShipment(
        shipment: shipment, outcomes: shipment.rows.map { _ in .notAttempted },
        stop: .journal, journalError: error)
    }
    let (ending, error) = await client.addList(body: shipment.body, rows: shipment.rows.count)
    var settled = judge(shipment, ending: ending, error: error)
    do {
      try await journal.recordOutcomes(settled.outcomes, ofBatch: shipment.id)
    } catch {
      settled.stop = .journal
      settled.journalError = error
    }
    return settled
  }

  /// Whether anything may be sent after such a reply.
  ///
  /// A request that says nothing about its rows, or about fewer than were sent, is no accident of
  /// one row: the next ones would end the same way, each leaving rows whose fate is unknown.
  private static func stop(after reconciled: AddListReconciler) -> StopReason? {
    if reconciled.finality == .open { return .serverGone }
    if reconciled.isTruncated { return .truncated }
    return reconciled.verdicts.allSatisfy { $0 == .unknown } ? .unclearReplies : nil
  }

  private func judge(
    _ shipment: Shipment, ending: RequestEnding, error: TransportError?
  ) -> SettledShipment {
    if let error, error.isNothingSent {
      return SettledShipment(
        shipment: shipment, outcomes: shipment.rows.map { _ in .notAttempted }, stop: .serverGone)
    }
    let reconciled = AddListReconciler(rowCount: shipment.rows.count, ending: ending)
    switch reconciled.step(isHalf: shipment.isHalf) {
    case .proceed, .settle: break
    case let step:
      // Nothing was stored, so the rows may be sent again: in smaller requests, once; after that it
      // is for the user to find out why, and to import what was not attempted.
      return SettledShipment(
        shipment: shipment, outcomes: shipment.rows.map { _ in .notAttempted },
        stop: step == .halve ? nil : .requestsRefused, isToBeHalved: step == .halve)
    }
    let outcomes = reconciled.verdicts.map { verdict -> Outcome in
      switch verdict {
      case .created(let pid): .created(pid: pid)
      case .refused: .failed(.refused)
      case .notExecuted, .unknown: .uncertain
      }
    }
    return SettledShipment(
      shipment: shipment, outcomes: outcomes, stop: Self.stop(after: reconciled))
  }
}
