import PersonAPI
import TestSupport
import Testing

@Suite("AddListReconciler")
struct AddListReconcilerTests {
  @Test("a full answer speaks for every row, also with status 500 and warnings around it")
  func full() {
    let json = answer([5, nil, 7])
    let texts = [
      json, "<br />\n<b>Warning</b>: x<br />\n" + json, json + "<br />\n<b>Fatal error</b>:  y",
    ]
    for status in [200, 500] {
      for text in texts {
        let result = reconcile(3, status, text)
        #expect(result.verdicts == [.created(pid: 5), .refused(.unnamed), .created(pid: 7)])
        #expect(result.finality == .final)
        #expect(!result.isTruncated)
      }
    }
  }

  @Test(
    "an error that precedes the rows means that none was executed", arguments: [400, 401, 402, 405])
  func notExecuted(code: Int) {
    for text in [
      #"{"result":"Error","error":{"code":\#(code),"text":"x"}}"#,
      #"{"error":{"code":"\#(code)","text":"x"}}"#,
    ] {
      let result = reconcile(2, 200, text)
      #expect(result.verdicts == [.notExecuted, .notExecuted])
      #expect(result.error == APIError(code: code, text: "x"))
    }
  }

  @Test("any other error leaves every row unknown", arguments: [0, 403, 404, 406, 500])
  func otherErrors(code: Int) {
    let result = reconcile(2, 200, #"{"error":{"code":\#(code),"text":"x"}}"#)
    #expect(result.verdicts == [.unknown, .unknown])
    // The API's own errors have its own numbers; others may stand in front of it.
    #expect(result.finality == ((400...406).contains(code) ? .final : .open))
  }

  @Test("a short answer speaks for all but its last row")
  func short() {
    let result = reconcile(5, 200, answer([5, nil, 7]))
    #expect(
      result.verdicts == [.created(pid: 5), .refused(.unnamed), .unknown, .unknown, .unknown])
    #expect(result.isTruncated)
    #expect(reconcile(2, 200, answer([5])).verdicts == [.unknown, .unknown])
  }

  @Test("an answer without elements means that no row arrived")
  func none() {
    for text in ["[]", "<br />\n<b>Warning</b>:  x in <b>y</b> on line <b>0</b><br />\n[]"] {
      let result = reconcile(2, 200, text)
      #expect(result.verdicts == [.notExecuted, .notExecuted])
      #expect(result.isTruncated)
      #expect(result.finality == .final)
    }
    #expect(!reconcile(0, 200, "[]").isTruncated)
  }

  @Test("rows that were not executed are sent again in halves, once")
  func steps() {
    let refused = #"{"error":{"code":402,"text":"x"}}"#
    for text in ["[]", refused] {
      #expect(reconcile(2, 200, text).step(isHalf: false) == .halve)
      #expect(reconcile(2, 200, text).step(isHalf: true) == .stop)
      #expect(reconcile(1, 200, text).step(isHalf: false) == .stop, "one row has no half")
    }
    for isHalf in [false, true] {
      #expect(reconcile(2, 200, answer([5, nil])).step(isHalf: isHalf) == .proceed)
      #expect(reconcile(3, 200, answer([5, nil])).step(isHalf: isHalf) == .settle)
      #expect(reconcile(2, 500, "").step(isHalf: isHalf) == .settle)
      #expect(reconcile(2, 503, refused).step(isHalf: isHalf) == .settle)
    }
  }

  @Test("a long answer is not the answer to these rows")
  func long() {
    #expect(reconcile(2, 200, answer([5, 6, 7])).verdicts == [.unknown, .unknown])
    #expect(reconcile(0, 200, answer([5])).verdicts == [])
  }

  @Test("rows with the same identifier are unknown, the others are not")
  func repeated() {
    #expect(
      reconcile(4, 200, answer([5, 6, 5, nil])).verdicts
        == [.unknown, .created(pid: 6), .unknown, .refused(.unnamed)])
    #expect(
      reconcile(4, 200, answer([5, 6, 5])).verdicts
        == [.unknown, .created(pid: 6), .unknown, .unknown], "also where one is in the suspect row")
  }

  @Test(
    "without an answer every row is unknown",
    arguments: [
      (200, "", ReplyFinality.open), (200, #"[{"result":"#, .open),
      (500, "", .final), (500, "<html>Internal Server Error</html>", .final),
      (200, "<br />\n<b>Fatal error</b>:  Uncaught Exception: []. Full query: [] in x", .final),
      (200, "PHP Fatal error:  x", .final), (200, "\nFatal error: x", .final),
      (200, "Ошибка подключения к БД: x", .final),
      (200, "<html>maintenance</html>", .open), (404, "<html>Not Found</html>", .open),
      (403, #"[{"result":"#, .open), (413, #"{"error":{"code":4"#, .open), (302, "", .open),
      (429, "slow down", .open),
    ])
  func unknown(status: Int, text: String, finality: ReplyFinality) {
    let result = reconcile(2, status, text)
    #expect(result.verdicts == [.unknown, .unknown])
    #expect(result.finality == finality)
  }

  @Test(
    "what stands before the CRM and turns a request away has let nothing through",
    arguments: [403, 413])
  func turnedAway(status: Int) {
    let pages = [
      "", "<html>Request Entity Too Large</html>", "slow down", #"{"message":"blocked"}"#,
      #"{"error":{"code":1020,"text":"blocked"}}"#, #"{"error":"blocked"}"#,
    ]
    for page in pages {
      let result = reconcile(2, status, page)
      #expect(result.kind == .turnedAway, "\(page)")
      #expect(result.verdicts == [.notExecuted, .notExecuted], "\(page)")
      #expect(result.finality == .final)
      for isHalf in [false, true] {
        #expect(result.step(isHalf: isHalf) == .bisect)
        #expect(reconcile(1, status, page).step(isHalf: isHalf) == .setAside)
      }
    }
  }

  @Test("the API's own JSON says what happened, whatever the status", arguments: [403, 413])
  func ownRefusals(status: Int) {
    let full = reconcile(2, status, answer([5, nil]))
    #expect(full.verdicts == [.created(pid: 5), .refused(.unnamed)])
    #expect(full.step(isHalf: false) == .proceed)
    let refused = reconcile(2, status, #"{"error":{"code":403,"text":"x"}}"#)
    #expect(refused.kind == .error(APIError(code: 403, text: "x")))
    #expect(refused.verdicts == [.unknown, .unknown])
    #expect(refused.step(isHalf: false) == .settle)
    #expect(reconcile(2, status, "\nFatal error: x").kind == .fatalError)
  }

  @Test(
    "a gateway's answer is open and says nothing, whatever it holds",
    arguments: [429, 502, 503, 504])
  func gateway(status: Int) {
    for text in ["", answer([5, 6]), #"{"error":{"code":401,"text":"x"}}"#] {
      let result = reconcile(2, status, text)
      #expect(result.verdicts == [.unknown, .unknown])
      #expect(result.finality == .open)
    }
  }

  @Test("a lost connection leaves everything open")
  func lost() {
    let result = AddListReconciler(rowCount: 3, ending: .lost)
    #expect(result.verdicts == [.unknown, .unknown, .unknown])
    #expect(result.finality == .open)
  }

  @Test("as many verdicts as rows, and created only where the answer says so", arguments: 0..<8)
  func properties(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<300 {
      let rowCount = Int.random(in: 0...9, using: &generator)
      let pids: [Int?] = (0..<Int.random(in: 0...9, using: &generator)).map { _ in
        let pid = Int.random(in: -1...12, using: &generator)
        return pid == 0 ? nil : pid
      }
      let status = [200, 500, 502, 404].randomElement(using: &generator) ?? 200
      let result = reconcile(rowCount, status, answer(pids))
      #expect(result.verdicts.count == rowCount)
      for (row, verdict) in result.verdicts.enumerated() {
        switch verdict {
        case .created(let pid):
          #expect(pid > 0 && pids[row] == pid && status != 502, "seed \(seed)")
          #expect(pids.filter { $0 == pid }.count == 1 && pids.count <= rowCount, "seed \(seed)")
        case .refused: #expect(pids[row] == nil && pids.count <= rowCount, "seed \(seed)")
        case .notExecuted: #expect(pids.isEmpty && status != 502, "seed \(seed)")
        case .unknown: break
        }
      }
      let isWhole = pids.count == rowCount && status != 502 && Set(pids).count == pids.count
      if isWhole, !pids.isEmpty, !pids.contains(where: { $0 ?? 1 < 0 }) {
        #expect(!result.verdicts.contains(.unknown), "seed \(seed): the answer is clear")
      }
    }
  }

  @Test("an answer cut at any byte creates and refuses nothing")
  func cuts() {
    let text = Array(answer([5, 6, nil, 8]).utf8)
    for length in 0..<text.count {
      for status in [200, 500] {
        let result = AddListReconciler(
          rowCount: 4, ending: .reply(status: status, body: Array(text[..<length])))
        #expect(result.verdicts == Array(repeating: .unknown, count: 4), "cut at \(length)")
      }
    }
  }

  @Test("a damaged answer names no row and no identifier that was not in it", arguments: 0..<4)
  func damage(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let text = Array(answer([5, 6, nil, 8]).utf8)
    // No digits: a changed digit is another identifier, and no reader can know.
    let alphabet = Array(#"{}[]":,\ xп<>"#.utf8)
    for _ in 0..<2000 {
      var mutant = text
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let place = Int.random(in: mutant.indices, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: mutant[place] = alphabet[Int.random(in: alphabet.indices, using: &generator)]
        case 1: mutant.remove(at: place)
        default:
          mutant.insert(alphabet[Int.random(in: alphabet.indices, using: &generator)], at: place)
        }
      }
      let result = AddListReconciler(rowCount: 4, ending: .reply(status: 200, body: mutant))
      #expect(result.verdicts.count == 4)
      let expected: [Int?] = [5, 6, nil, 8]
      for (row, verdict) in result.verdicts.enumerated() {
        if case .created(let pid) = verdict { #expect(pid == expected[row], "seed \(seed)") }
        if verdict == .notExecuted { Issue.record("seed \(seed)") }
      }
    }
  }

  private func reconcile(_ rowCount: Int, _ status: Int, _ text: String) -> AddListReconciler {
    AddListReconciler(
      rowCount: rowCount, ending: .reply(status: status, body: Array(text.utf8)))
  }

  /// An answer as the server writes it; `nil` is a row that was not stored.
  private func answer(_ pids: [Int?]) -> String {
    let elements = pids.map { pid in
      pid.map { #"{"result":"Контакт добавлен","data":\#($0),"error":""}"# }
        ?? #"{"result":"","data":0,"error":""}"#
    }
    return "[" + elements.joined(separator: ",") + "]"
  }
}
