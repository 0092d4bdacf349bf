import ContactModel
import PersonAPI
import Testing

@Suite("pages in one pass")
struct WholePageTests {
  private static let columns: [PersonField] = [.pid, .person, .tel, .skype]
  private static let ordinary: String =
    #"{"count":"412","data":[{"tel":"1","pid":"7","person":"А\tB","socials":{"skype":"s"}},"#
    + #"{"pid":8,"person":null,"tel":"\u0416"}],"result":"Успешно"}"#

  private func whole(_ bytes: [UInt8]) -> ListPage? {
    ListReply.wholePage(bytes, columns: Self.columns, firstRecord: 201)
  }

  private func whole(_ text: String) -> ListPage? { whole(Array(text.utf8)) }

  /// The page that two passes make of it.
  private func careful(_ text: String) -> ListPage? {
    let reply = ListReply(
      ReplyBody(Array(text.utf8)), columns: Self.columns, firstRecord: 201)
    if case .page(let page) = reply { return page }
    return nil
  }

  private func values(_ page: ListPage) -> [[String]] {
    (0..<page.records.count).map { record in
      Self.columns.indices.map { page.records.text(record: record, field: $0) }
    }
  }

  @Test("an ordinary page has its values")
  func page() throws {
    let page = try #require(whole(Self.ordinary))
    #expect(page.total == 412)
    #expect(page.pids == [7, 8])
    #expect(values(page) == [["7", "А\tB", "1", "s"], ["8", "", "Ж", ""]])
    #expect(page.records.firstRecord == 201)
    #expect(page.records.lines == [201, 202])
  }

  @Test(
    "the page is the same as in two passes",
    arguments: [
      ordinary, "\(ordinary)\n", "\(ordinary) \r\n\t", #"{"count":0}"#,
      #"{"data":[],"count":0}"#, #"{"data":null,"count":0}"#,
      #"{ "data" : { "5" : {"pid":5} , "9":{"pid":"9","tel":[1,{"a":"}"}]} } , "count" : 2 }"#,
      #"{"data":[[],{"social":{"skype":"x"},"pid":3}],"count":2,"error":""}"#,
      #"{"data":[{"person":"\"}]\\","pid":1}],"count":1,"error":null}"#,
    ])
  func same(text: String) throws {
    let page = try #require(whole(text))
    let other = try #require(careful(text))
    #expect(page.total == other.total)
    #expect(page.pids == other.pids)
    #expect(values(page) == values(other))
    #expect(page.records.bytes == other.records.bytes)
    #expect(page.records.fieldEnds == other.records.fieldEnds)
    #expect(page.records.recordEnds == other.records.recordEnds)
    #expect(page.records.lines == other.records.lines)
    #expect(page.records.firstRecord == other.records.firstRecord)
  }

  @Test(
    "what stands around a page is left to two passes",
    arguments: [
      "\n\(ordinary)", " \(ordinary)", "\u{FEFF}\(ordinary)",
      "<br />\n<b>Warning</b>:  x in <b>y</b> on line <b>0</b><br />\n\(ordinary)",
      "\(ordinary)<br />\n<b>Fatal error</b>:  x", "\(ordinary)\u{0}", "\(ordinary)\(ordinary)",
      "\(ordinary)]", "\(ordinary)}",
    ])
  func around(text: String) {
    #expect(whole(text)?.total == nil)
    #expect(careful(text)?.pids == [7, 8])
  }

  @Test("a page with a backslash before a Russian letter is left to two passes")
  func repaired() throws {
    let text = #"{"count":1,"data":[{"pid":1,"person":"\А"}]}"#
    #expect(whole(text)?.total == nil)
    let page = try #require(careful(text))
    #expect(values(page) == [["1", #"\u0410"#, "", ""]])
  }

  @Test(
    "what is no page is none",
    arguments: [
      "", "{", "{}", "[]", "null", "7", "Ошибка подключения к БД: x", #"{"data":[]}"#,
      #"{"data":[5],"count":1}"#, #"{"data":5,"count":1}"#, #"{"data":[],"count":-1}"#,
      #"{"result":"Error","error":{"code":401,"text":"x"}}"#,
      #"{"data":[{"pid":1}],"count":1,"error":{"code":403,"text":"x"}}"#,
      #"{"data":[{"pid":1},],"count":1}"#, #"[{"data":[],"count":0}]"#,
    ])
  func noPage(text: String) {
    #expect(whole(text)?.total == nil)
    #expect(careful(text)?.total == nil)
  }

  @Test("a page that is cut is none, wherever it is")
  func cut() {
    let bytes = Array(Self.ordinary.utf8)
    for count in bytes.indices {
      #expect(whole(Array(bytes.prefix(count)))?.total == nil, "cut at \(count)")
    }
    #expect(whole(bytes)?.total == 412)
  }

  @Test("any byte behind a page but white space makes it another thing")
  func trailing() {
    let bytes = Array(Self.ordinary.utf8)
    for byte in UInt8.min...UInt8.max {
      let isSpace = [0x20, 0x09, 0x0A, 0x0D].contains(byte)
      #expect(whole(bytes + [byte])?.total == (isSpace ? 412 : nil), "\(byte)")
    }
  }

  @Test(
    "a last word is JSON with a good status, and not a CRM's in want of its database",
    arguments: [
      (ordinary, 200, true), (ordinary, 201, true), ("[]", 200, true),
      ("<b>Warning</b>: x<br />\n\(ordinary)", 200, true),
      (#"{"error":{"code":401}}"#, 200, true), (ordinary, 503, false), (ordinary, 404, false),
      (ordinary, 199, false), (ordinary, 300, false), ("", 200, false),
      ("<html></html>", 200, false), (#"{"data":[{"pi"#, 200, false),
      ("Ошибка подключения к БД: x", 200, false),
      ("Ошибка подключения к БД: x\n\(ordinary)", 200, false),
    ])
  func lastWord(text: String, status: Int, isAnswer: Bool) {
    #expect(ReplyBody(Array(text.utf8)).isAnswer(status: status) == isAnswer)
  }
}
