import ContactModel

/// What a run says of itself once it has ended for good.
struct RunAccount: Sendable {
  /// A row that it says is there twice.
  struct Doubled: Sendable, Equatable {
    var record: Int
    var pids: [Int]
  }

  /// The outcome of every record, by number; from its result files.
  var outcomes: [Int: [Outcome]] = [:]
  /// What its summary counts.
  var counts = OutcomeCounts()
  /// How many records its summary has read.
  var recordCount = 0
  /// The rows it found twice.
  var doubled: [Doubled] = []
}

/// Judges a run by what really happened: it knows of every contact whose row it is.
///
/// A record's *group* are the records equal to it; with import keys every record is a group of its own.
struct Oracle {
  let source: SimulatedSource
  let server: SimulatedServer
  /// The field with import keys, if there is one.
  let keyField: String?
  /// The highest identifier when the run began.
  var watermark = 0

  private var contacts: [SimulatedContact] { server.table.all }

  /// Everything that is wrong with what a run says; empty where it tells the truth.
  func findings(_ account: RunAccount) -> [String] {
    var findings = balance(account)
    for (name, records) in source.groups.sorted(by: { $0.value[0] < $1.value[0] }) {
      findings += judge(name, records, account).map { "records \(records) (\(name)): \($0)" }
    }
    findings += doubledRows(account)
    return findings
  }

  /// Every record has one outcome, and the summary counts them.
  private func balance(_ account: RunAccount) -> [String] {
    var findings: [String] = []
    var counts = OutcomeCounts()
    for number in source.records.indices.map({ $0 + 1 }) {
      let outcomes = account.outcomes[number, default: []]
      if outcomes.count != 1 { findings.append("record \(number) ends as \(outcomes)") }
      for outcome in outcomes { counts.add(outcome) }
    }
    let strays = account.outcomes.keys.filter { $0 < 1 || $0 > source.records.count }
    if !strays.isEmpty { findings.append("outcomes of records \(strays.sorted()), which are none") }
    if counts != account.counts {
      findings.append("the summary counts otherwise than the files: \(account.counts), \(counts)")
    }
    if account.recordCount != source.records.count {
      findings.append("the summary has read \(account.recordCount) records")
    }
    return findings
  }

  private func judge(_ name: String, _ records: [Int], _ account: RunAccount) -> [String] {
    var findings: [String] = []
    let stored = contacts.filter { $0.isFerrys && $0.sentName == name }
    let outcomes = records.flatMap { number in
      account.outcomes[number, default: []].map { (number, $0) }
    }
    var taken: [Int: Int] = [:]
    for (number, outcome) in outcomes {
      switch outcome {
      case .created(let pid):
        if let other = taken.updateValue(number, forKey: pid) {
          findings.append("\(other) and \(number) are both said to be contact \(pid)")
        }
        if let complaint = complaint(about: pid, as: number) { findings.append(complaint) }
      case .failed:
        if server.deaths(of: name) == 0 {
          findings.append("\(number) is said to have failed, which nothing made it")
        }
      case .uncertain:
        if !mayBeUncertain(number, account) {
          findings.append("\(number) is uncertain, though the server shows what became of it")
        }
      case .rejected: findings.append("\(number) is said to be rejected")
      case .notAttempted: findings.append("\(number) was not attempted")
      case .updated, .unchanged, .duplicate: findings.append("\(number) ends as \(outcome)")
      }
    }
    // Each contact in excess of those has to be reported, or stand behind a row called uncertain. One that
    // somebody edited before it was seen cannot be known without a key.
    let doubled = Set(
      account.doubled.filter { records.contains($0.record) }.flatMap(\.pids))
    let unsaid = stored.filter {
      !$0.isDeleted && taken[$0.pid] == nil && !doubled.contains($0.pid)
        && !($0.isEdited && keyField == nil)
    }
    let uncertain = outcomes.count { $0.1 == .uncertain }
    if unsaid.count > uncertain {
      findings.append("contacts \(unsaid.map(\.pid)) are there and nobody says so")
    }
    return findings
  }

  /// Why a contact cannot be said to be a record; `nil` if it can.
  private func complaint(about pid: Int, as number: Int) -> String? {
    guard let contact = server.table[pid] else {
      return "\(number) is said to be \(pid), which is none"
    }
    guard contact.isFerrys else {
      // Nobody could tell a colleague's contact that is equal in everything.
      return keyField == nil && isEqual(contact, source.records[number - 1])
        ? nil : "\(number) is said to be \(pid), which a colleague entered"
    }
    if contact.sentName != source.records[number - 1].name {
      return "\(number) is said to be \(pid), which is \(contact.sentName)"
    }
    if let keyField, let key = contact.values[keyField], !key.contains(keyText(of: number)) {
      return "\(number) is said to be \(pid), whose key is \(key)"
    }
    return nil
  }

  /// The part of an import key that tells the record.
  private func keyText(of number: Int) -> String {
    let digits = String(number)
    return "." + String(repeating: "0", count: 10 - digits.count) + digits + ";"
  }

  /// Whether a contact has just the values that a record is stored with.
  private func isEqual(_ contact: SimulatedContact, _ record: SimulatedSource.Record) -> Bool {
    var table = SimulatedTable()
    table.store(record.row, origin: .colleague, caller: 1)
    return table.all.first.map { $0.values == contact.values && $0.owner == contact.owner } ?? false
  }

  /// Whether nobody can know from outside what became of a record.
  ///
  /// That is so only where no contact stands for the record as it was sent, and there is another that no
  /// row is known to be and that shares a mail, a phone or the name with it, so that it may be the
  /// record's, changed by somebody or on its way. With import keys it must have lost its key, since a key
  /// says whose it is.
  private func mayBeUncertain(_ number: Int, _ account: RunAccount) -> Bool {
    let taken = Set(account.outcomes.values.joined().compactMap(\.pid))
    let record = source.records[number - 1]
    let free = contacts.filter { !taken.contains($0.pid) && $0.pid > watermark }
    let isThere = free.contains {
      // One that came too late was not there when the record was judged, which is not done again.
      $0.isFerrys && !$0.isDeleted && !$0.isDamaged && !$0.isLate && $0.sentName == record.name
        && (keyField != nil || !hasGap($0))
    }
    guard !isThere else { return false }
    let traces = Self.traces(record.row)
    return free.contains { contact in
      // The record's own contact would have been found, or is gone.
      let isOwn = contact.isFerrys && contact.sentName == record.name && !hasGap(contact)
      let hasNoKey = keyField.map { contact.values[$0] == nil } ?? true
      guard contact.isDamaged && hasNoKey || keyField == nil && !isOwn else { return false }
      return !traces.isDisjoint(with: Self.traces(contact.values))
    }
  }

  /// Whether a contact of an earlier row of the same request is gone or changed, so that the contact does
  /// not look like one of that request.
  private func hasGap(_ contact: SimulatedContact) -> Bool {
    guard case .row(let request, let row) = contact.origin else { return false }
    return contacts.contains { other in
      guard case .row(request, let earlier) = other.origin, earlier < row else { return false }
      return other.isDeleted || other.isDamaged
    }
  }

  /// What two contacts share that may be one person.
  private static func traces(_ values: [String: String]) -> Set<String> {
    var traces: Set<String> = []
    for mail in (values["mail"] ?? "").split(separator: ",") { traces.insert(mail.lowercased()) }
    for field in ["tel", "fax", "mob"] {
      let digits = (values[field] ?? "").filter(\.isNumber)
      if digits.count >= 6 { traces.insert(String(digits.suffix(10))) }
    }
    let name = (StoredText.of(values["person"] ?? "") ?? "").lowercased().filter {
      $0.isLetter || $0.isNumber
    }
    if !name.isEmpty { traces.insert(name) }
    return traces
  }

  /// Every row said to be there twice is.
  private func doubledRows(_ account: RunAccount) -> [String] {
    account.doubled.flatMap { doubled -> [String] in
      guard source.records.indices.contains(doubled.record - 1) else {
        return ["record \(doubled.record) is said to be doubled, which is none"]
      }
      let complaints = doubled.pids.compactMap { complaint(about: $0, as: doubled.record) }
      let isPair = doubled.pids.count == 2 && Set(doubled.pids).count == 2
      return complaints + (isPair ? [] : ["record \(doubled.record) is doubled by \(doubled.pids)"])
    }
  }
}
