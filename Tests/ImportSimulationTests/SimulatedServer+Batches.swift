import CRMClient
import PersonAPI
import Synchronization

extension SimulatedServer {
  /// A request with rows, and how far PHP is with it.
  final class Batch: Sendable {
    struct Progress: Sendable {
      /// The row that comes next.
      var next = 0
      /// What was answered so far.
      var elements: [Int?] = []
      /// Whether PHP has ended before the end.
      var isDead = false
    }

    let number: Int
    let rows: [[String: String]]
    let acts: [(act: ColleagueAct, row: Int)]
    let progress = Mutex(Progress())

    init(number: Int, request: SimulatedRequest, acts: [(ColleagueAct, Int)]) {
      self.number = number
      rows = request.rows
      self.acts = acts
    }

    var isDone: Bool { progress.withLock { $0.isDead || $0.next >= rows.count } }
    var next: Int { progress.withLock { $0.next } }
    var elements: [Int?] { progress.withLock { $0.elements } }
    var isDead: Bool { progress.withLock { $0.isDead } }
  }

  /// Executes a request with rows and answers it, as the fault has it.
  func add(
    _ batch: Batch, fault: Fault?, timeout: Duration, life: KillSwitch
  ) async throws(TransportError) -> HTTPReply {
    note("batch \(batch.number) has \(batch.rows.map { $0["person"] ?? "" })")
    if let reply = try refusal(of: batch, by: fault) { return reply }
    let end = End(fault, rows: batch.rows.count)
    guard life.survives("batch \(batch.number) sent") else {
      goOn(batch, end)
      throw TransportError(.cancelled)
    }
    let pause = fault == .slow ? Duration.seconds(5) : settings.rowTime
    while !batch.isDone, batch.next < end.seen {
      if batch.next == (batch.rows.count + 1) / 2, batch.rows.count > 1,
        !life.survives("batch \(batch.number) in row \(batch.next)")
      {
        goOn(batch, end)
        throw TransportError(.cancelled)
      }
      step(batch, end)
      clock.pass(pause)
      // Whoever else has a request under way comes in between.
      if batch.next % 2 == 1 { await Task.yield() }
    }
    if end.goesOn { goOn(batch, end) }
    let answer = try reply(to: batch, fault: fault, timeout: timeout)
    guard life.survives("batch \(batch.number) answered") else { throw TransportError(.cancelled) }
    return answer
  }

  /// The end of a request that is not executed now; `nil` if it is.
  private func refusal(of batch: Batch, by fault: Fault?) throws(TransportError) -> HTTPReply? {
    switch fault {
    case .lostBefore: throw TransportError(.lost)
    case .late(let time):
      var end = End(nil, rows: batch.rows.count)
      end.isLate = time > .seconds(60)
      clock.plan(after: time) { [end] in self.goOn(batch, end) }
      throw TransportError(.lost)
    case .emptyArray: return SimulatedReply.text("[]")
    case .apiError(let code): return SimulatedReply.error(code)
    case .tooLarge, .firewall:
      if batch.rows.count == 1 { noteDeath(of: batch.rows[0]) }
      return SimulatedReply.page(fault == .tooLarge ? 413 : 403)
    case .databaseDown: return SimulatedReply.databaseDown
    default: return nil
    }
  }

  /// The answer to a request that is executed as far as the client sees.
  private func reply(
    to batch: Batch, fault: Fault?, timeout: Duration
  ) throws(TransportError) -> HTTPReply {
    switch fault {
    case .lostAfter, .lostDuring: throw TransportError(.lost)
    case .timedOut:
      clock.pass(timeout)
      throw TransportError(.lost)
    case .gateway(let status, _, _): return SimulatedReply.page(status)
    case .hiddenFatal: return SimulatedReply.text("", status: 500)
    default: break
    }
    guard !batch.isDead else { return SimulatedReply.fatal }
    let answer = SimulatedReply.text("[\(batch.elements.map(element).joined(separator: ","))]")
    switch fault {
    case .cutReply: return SimulatedReply.cut(answer)
    case .htmlBefore: return SimulatedReply.warned(answer)
    case .htmlAfter: return SimulatedReply.followed(answer)
    case .foreign: return SimulatedReply.page(200)
    default: return answer
    }
  }

  private func element(_ pid: Int?) -> String {
    switch (settings.profile, pid) {
    case (.documented, let pid?): #"{"result":"Успешно","data":\#(pid)}"#
    case (.documented, nil):
      #"{"result":"Error","error":{"code":405,"text":"Отсутствуют параметры"}}"#
    case (_, let pid?): #"{"result":"Контакт добавлен","data":\#(pid),"error":""}"#
    case (_, nil): #"{"result":"","data":0,"error":""}"#
    }
  }

  /// Executes the next row; PHP may die of it.
  private func step(_ batch: Batch, _ end: End) {
    let index = batch.next
    guard index < min(end.total, batch.rows.count) else {
      batch.progress.withLock { $0.isDead = true }
      return
    }
    for (act, row) in batch.acts where min(row, batch.rows.count - 1) == index { perform(act) }
    var row = batch.rows[index]
    let poison = settings.poison[row["person"] ?? ""]
    let dies = poison != nil || end.death?.row == index
    var isStored = poison ?? true
    if end.death?.row == index { isStored = isStored && end.death?.isStored == true }
    let isDamaged = end.truncatedRow == index
    if isDamaged {
      for field in row.keys where field != "person" { row[field] = nil }
    }
    let origin = SimulatedContact.Origin.row(request: batch.number, row: index)
    let pid =
      isStored
      ? state.withLock { state in
        state.table.store(
          row, origin: origin, caller: 1, isDamaged: isDamaged, isLate: end.isLate)
      } : nil
    if dies, !isStored { noteDeath(of: row) }
    note("batch \(batch.number) row \(index): \(pid.map(String.init) ?? "not stored")")
    batch.progress.withLock { progress in
      progress.next = index + 1
      progress.elements.append(pid)
      if dies { progress.isDead = true }
    }
  }

  private func noteDeath(of row: [String: String]) {
    state.withLock { $0.deaths[row["person"] ?? "", default: 0] += 1 }
  }

  /// Goes on with a request whose client has gone, one row at a time.
  private func goOn(_ batch: Batch, _ end: End) {
    clock.plan(after: settings.rowTime) {
      guard !batch.isDone else { return }
      self.step(batch, end)
      self.goOn(batch, end)
    }
  }
}

/// How far a request is executed.
private struct End {
  /// So many rows are stored while the client waits.
  var seen: Int
  /// So many are stored at last.
  var total: Int
  /// Where PHP dies, and whether it has stored that row.
  var death: (row: Int, isStored: Bool)?
  /// The row that lost its last values.
  var truncatedRow: Int?
  /// Whether PHP is still at work when the client has its end.
  var goesOn = false
  /// Whether it begins when ferry may have given it up.
  var isLate = false

  init(_ fault: Fault?, rows: Int) {
    (seen, total) = (rows, rows)
    switch fault {
    case .lostDuring(let stored, let death), .timedOut(let stored, let death):
      seen = min(stored, rows)
      if let death { total = min(max(death, seen), rows) }
      goesOn = true
    case .gateway(_, let stored, let goes):
      seen = min(stored, rows)
      if !goes { total = seen }
      goesOn = goes
    case .fatal(let row, let isStored), .hiddenFatal(let row, let isStored):
      death = (min(row, rows - 1), isStored)
    case .truncated(let stored):
      total = min(stored, rows)
      seen = total
      truncatedRow = total == rows ? nil : total - 1
    default: break
    }
  }
}
