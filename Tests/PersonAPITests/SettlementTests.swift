import ContactModel
import PersonAPI
import Testing

@Suite("Settlement")
struct SettlementTests {
  private let token = ImportKey.token("20261123T165301Z-k7pq")

  /// A request whose rows' marks are these; a row has the trace of its tens.
  private func batch(_ marks: [Int], floor: Int = 10, known: [Int?] = []) -> OpenBatch {
    var rows = RowMarks()
    for mark in marks { rows.append(stored: UInt64(mark), traces: [UInt32(mark / 10)]) }
    return OpenBatch(marks: rows, floor: floor, known: known)
  }

  private func seen(_ contacts: [(pid: Int, mark: Int)]) -> [SeenContact] {
    contacts.map {
      SeenContact(pid: $0.pid, stored: UInt64($0.mark), traces: [UInt32($0.mark / 10)])
    }
  }

  private func created(_ pid: Int) -> RowFate { .created(pid: pid, .values) }

  @Test("what landed is a prefix; what is behind it is absent")
  func prefix() {
    let result = Settlement(open: [batch([10, 20, 30])], seen: seen([(12, 20), (11, 10)]))
    #expect(result.fates == [[created(11), created(12), .absent]])
    #expect(result.leftovers.isEmpty)
  }

  @Test("a row is not there before its request was sent")
  func floors() {
    let result = Settlement(open: [batch([10, 20], floor: 11)], seen: seen([(11, 10), (12, 20)]))
    #expect(result.fates == [[.absent, .uncertain(candidates: [12])]])
    #expect(result.leftovers.map(\.pid) == [11, 12])
  }

  @Test("a colleague's equal or similar contact makes the row behind the prefix uncertain")
  func colleagues() {
    let result = Settlement(
      open: [batch([10, 20, 30, 40])], seen: seen([(11, 10), (12, 31), (13, 40), (14, 32)]))
    #expect(
      result.fates
        == [
          [
            created(11), .absent, .uncertain(candidates: [12, 14]), .uncertain(candidates: [13]),
          ]
        ])
    #expect(result.leftovers.map(\.pid) == [12, 13, 14])
  }

  @Test("what comes later tells whose a contact is that could be of several requests")
  func lookAhead() {
    let (first, second) = (batch([10, 20]), batch([10, 30]))
    #expect(
      Settlement(open: [first, second], seen: seen([(11, 10), (12, 30)])).fates
        == [[.absent, .absent], [created(11), created(12)]])
    #expect(
      Settlement(open: [first, second], seen: seen([(11, 10), (12, 20)])).fates
        == [[created(11), created(12)], [.absent, .absent]])
    #expect(
      Settlement(open: [first, second], seen: seen([(11, 10), (12, 10), (13, 30)])).fates.joined()
        .filter { $0 == .absent }.count == 1)
  }

  @Test("rows that the answer spoke for are known, and the prefix goes on behind them")
  func known() {
    let open = [batch([10, 10, 10, 20], known: [11, nil, 14, nil])]
    let result = Settlement(open: open, seen: seen([(11, 10), (13, 10), (15, 20), (12, 20)]))
    #expect(
      result.fates
        == [[.created(pid: 11, .answer), created(13), .created(pid: 14, .answer), created(15)]])
    #expect(result.leftovers.map(\.pid) == [12])
    var refused = batch([10, 20, 30])
    refused.refused = [1]
    #expect(
      Settlement(open: [refused], seen: seen([(11, 10), (12, 30)])).fates
        == [[created(11), .refused, created(12)]])
  }

  @Test("with keys only the key counts, and the lower of two contacts is the row")
  func keys() {
    let keys = (1...3).map { ImportKey(run: token, file: 0, record: $0) }
    var open = batch([10, 20, 30])
    open.keys = keys
    var contacts = seen([(14, 99), (12, 98), (13, 97), (15, 10)])
    contacts[0].key = keys[2]
    contacts[1].key = keys[2]
    contacts[2].key = ImportKey(run: ImportKey.token("another"), file: 0, record: 1)
    let result = Settlement(open: [open], seen: contacts)
    #expect(result.fates == [[.absent, .absent, .created(pid: 12, .importKey)]])
    #expect(result.leftovers.map(\.pid) == [13, 14, 15])
    #expect(result.leftovers[1].key == keys[2])
  }

  @Test("the owner that a row names is worth more than a row that names none")
  func owners() {
    var (named, unnamed) = (RowMarks(), RowMarks())
    named.append(stored: 105, traces: [1])
    unnamed.append(stored: 100, traces: [1])
    let open = [OpenBatch(marks: unnamed, floor: 10), OpenBatch(marks: named, floor: 10)]
    let contact = SeenContact(pid: 11, stored: 100, storedWithOwner: 105, traces: [1])
    #expect(Settlement(open: open, seen: [contact]).fates == [[.absent], [created(11)]])
    // Out of reach behind its prefix, it is not called absent: the contact may be it.
    var behind = RowMarks()
    behind.append(stored: 300, traces: [3])
    behind.append(stored: 105, traces: [1])
    #expect(
      Settlement(open: [open[0], OpenBatch(marks: behind, floor: 10)], seen: [contact]).fates
        == [[created(11)], [.absent, .uncertain(candidates: [11])]])
  }

  @Test("thousands of rows that are all alike, in many requests, still come out even")
  func alike() {
    let open = (0..<8).map { _ in batch(Array(repeating: 10, count: 100)) }
    let result = Settlement(open: open, seen: seen((0..<500).map { (11 + $0, 10) }))
    let fates = Array(result.fates.joined())
    #expect(fates.filter { $0 == .absent }.count == 300)
    #expect(
      Set(
        fates.compactMap { fate -> Int? in
          if case .created(let pid, _) = fate { pid } else { nil }
        }
      ).count == 500)
  }

  @Test("nothing sent and nothing seen is nothing")
  func empty() {
    #expect(Settlement(open: [], seen: []).fates.isEmpty)
    #expect(Settlement(open: [], seen: seen([(5, 1), (3, 1)])).leftovers.map(\.pid) == [3, 5])
    #expect(Settlement(open: [batch([])], seen: []).fates == [[]])
  }

  @Test("a key has one width and reads back, and nothing else is one")
  func keyTexts() {
    let key = ImportKey(run: token, file: 9_999, record: 9_999_999_999)
    let first = ImportKey(run: token, file: 0, record: 7)
    #expect(first.text == "ferry-\(token).0000.0000000007;")
    for key in [key, first] {
      #expect(key.text.utf8.count == ImportKey.length)
      #expect(ImportKey(parsing: Array(key.text.utf8)) == key)
      #expect(key.text.hasPrefix(ImportKey.filter(run: token)))
      let isPlain = key.text.utf8.allSatisfy {
        (97...122).contains($0) || (48...57).contains($0) || [45, 46, 59].contains($0)
      }
      #expect(isPlain)
      // Stored as it is sent.
      let predictor = StoredValuePredictor(schema: ContactSchema(columns: []), variant: .dotted)
      #expect(
        predictor.storedValue(of: Array(key.text.utf8), in: .input10) == .text(Array(key.text.utf8))
      )
    }
    let text = Array(first.text.utf8)
    for index in text.indices {
      var damaged = text
      damaged[index] = UInt8(ascii: "!")
      #expect(ImportKey(parsing: damaged) == nil)
      #expect(ImportKey(parsing: text[..<index]) == nil)
    }
    #expect(ImportKey(parsing: text + text) == nil)
    #expect(ImportKey(parsing: [UInt8(ascii: " ")] + text.dropFirst()) == nil)
    #expect(ImportKey.token("a") != ImportKey.token("b"))
    #expect(ImportKey.token("20261123T165301Z-k7pq") == token)
  }
}

@Suite("SettlementClock")
struct SettlementClockTests {
  @Test("without a lost request there is nothing to wait for")
  func nothing() {
    #expect(SettlementClock(settle: .seconds(60)).nextStep(now: .zero) == .done)
  }

  @Test(
    "it looks at once, every sixth of the time, and ends when nothing new has come for all of it")
  func quiet() {
    var clock = SettlementClock(settle: .seconds(60))
    clock.lost(at: .seconds(5))
    var now = Duration.seconds(5)
    var reads: [Duration] = []
    while true {
      let step = clock.nextStep(now: now)
      if step == .done { break }
      if case .wait(let until) = step {
        #expect(until > now)
        now = until
      } else {
        reads.append(now)
        clock.noteRead(at: now, matched: 0)
      }
    }
    #expect(reads == [5, 15, 25, 35, 45, 55, 65].map { .seconds($0) })
  }

  @Test("a new row begins the time anew; one that was there does not")
  func news() {
    var clock = SettlementClock(settle: .seconds(6))
    clock.lost(at: .zero)
    clock.noteRead(at: .zero, matched: 2)
    clock.noteRead(at: .seconds(5), ended: .seconds(7), matched: 3)
    #expect(clock.nextStep(now: .seconds(7)) == .read)
    clock.noteRead(at: .seconds(12), matched: 3)
    #expect(clock.nextStep(now: .seconds(12)) == .wait(until: .seconds(13)))
    clock.noteRead(at: .seconds(13), matched: 2)
    #expect(clock.nextStep(now: .seconds(13)) == .done)
    clock.lost(at: .seconds(14))
    #expect(clock.nextStep(now: .seconds(30)) == .read, "what was seen before says nothing")
    clock.noteRead(at: .seconds(30), matched: 3)
    #expect(clock.nextStep(now: .seconds(30)) == .done)
  }

  @Test("no pause is shorter than a tenth of a second or longer than ten")
  func pauses() {
    for (settle, pause) in [(300, 100), (6_000, 1_000), (600_000, 10_000)] {
      var clock = SettlementClock(settle: .milliseconds(settle))
      clock.lost(at: .zero)
      clock.noteRead(at: .zero, matched: 0)
      #expect(clock.nextStep(now: .zero) == .wait(until: .milliseconds(pause)))
    }
    var clock = SettlementClock(settle: .zero)
    clock.lost(at: .zero)
    #expect(clock.nextStep(now: .zero) == .read)
    clock.noteRead(at: .zero, matched: 0)
    #expect(clock.nextStep(now: .zero) == .done)
  }
}
