import CRMClient
import ContactModel
import PersonAPI
import RunJournal

/// Sends one request by the laws: intent on disk, request, reconciliation, outcome on disk.
struct Shipper: Sendable {
  let client: CRMClient
  let journal: any ImportJournal
  let clock: RunClock

  /// Sends a request and says what is known of its rows.
  ///
  /// Never throws: whatever goes wrong is part of what it returns.
  func send(_ shipment: Shipment) async -> EndedShipment {
    do {
      try await journal.recordIntent([shipment.plan])
    } catch {
      return EndedShipment(shipment: shipment, ending: .notJournaled(error), took: .zero)
    }
    let start = clock.now()
    let (reply, error) = await client.addList(body: shipment.body, rows: shipment.rows.count)
    let end = clock.now()
    let ending = await judge(shipment, reply: reply, error: error, endedAt: end)
    return EndedShipment(shipment: shipment, ending: ending, took: end - start)
  }

  private func judge(
    _ shipment: Shipment, reply: RequestEnding, error: TransportError?, endedAt: Duration
  ) async -> EndedShipment.Ending {
    if let error, error.isNothingSent {
      return await recordNothingStored(of: shipment, .notSent)
    }
    let reconciled = AddListReconciler(rowCount: shipment.rows.count, ending: reply)
    let step = reconciled.step(isHalf: shipment.isHalf)
    switch step {
    case .proceed:
      return await record(
        reconciled.verdicts.map { $0.settled ?? SettledRow(.uncertain) }, of: shipment)
    case .settle:
      let known = reconciled.verdicts.map(\.settled)
      return .unsettled(
        UnsettledRows(
          id: shipment.id, file: shipment.file, recordNumbers: shipment.rows.map(\.number),
          marks: shipment.marks, floor: shipment.floor,
          known: known,
          damaged: reconciled.isTruncated ? known.firstIndex { $0 == nil } : nil,
          isOpen: reconciled.finality == .open,
          isFatal: reconciled.kind == .fatalError || reconciled.kind == .hiddenFailure,
          lostAt: endedAt, serverText: reply.excerpt))
    case .setAside:
      return await record(
        shipment.rows.map { _ in SettledRow(.failed(.requestRefused)) }, of: shipment)
    case .halve, .bisect, .stop:
      return await recordNothingStored(of: shipment, .notExecuted(step))
    }
  }

  private func record(
    _ rows: [SettledRow], of shipment: Shipment
  ) async -> EndedShipment.Ending {
    do {
      try await journal.recordOutcomes(rows, ofBatch: shipment.id)
      return .settled(rows)
    } catch {
      return .notRecorded(rows, error)
    }
  }

  private func recordNothingStored(
    of shipment: Shipment, _ ending: EndedShipment.Ending
  ) async -> EndedShipment.Ending {
    let recorded = await record(shipment.rows.map { _ in SettledRow(.notAttempted) }, of: shipment)
    if case .settled = recorded { return ending }
    return recorded
  }
}

extension RequestEnding {
  /// What of the server's words may be shown; `nil` if it said nothing.
  fileprivate var excerpt: String? {
    guard case .reply(let status, let body) = self else { return nil }
    let excerpt = ServerRemark(body: body, status: status).excerpt
    return excerpt.isEmpty ? nil : excerpt
  }
}

extension RowVerdict {
  /// What became of the row, if the reply says it.
  fileprivate var settled: SettledRow? {
    switch self {
    case .created(let pid): SettledRow(.created(pid: pid))
    case .refused: SettledRow(.failed(.refused))
    case .notExecuted, .unknown: nil
    }
  }
}
