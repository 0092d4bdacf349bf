import ContactModel
import PersonAPI
import Testing

@Suite("Replies")
struct ReplyTests {
  @Test(
    "elements of an addlist are read as what they say, and never as more",
    arguments: [
      (#"{"result":"Контакт добавлен","data":1001,"error":""}"#, AddListElement.stored(pid: 1001)),
      (#"{"result":"Успешно","data":2509}"#, .stored(pid: 2509)),
      (#"{"result":"Успешно","data":"2509"}"#, .stored(pid: 2509)),
      (#"{"result":"ok","data":7,"error":"a note"}"#, .stored(pid: 7)),
      (#"{"result":"","data":0,"error":""}"#, .refused(.unnamed)),
      (#"{"result":"","data":"0","error":""}"#, .refused(.unnamed)),
      (#"{"result":"","data":null}"#, .refused(.unnamed)),
      (#"{"result":"","data":0,"error":"Ошибка SafeMySQL"}"#, .refused(.text)),
      (#"{"result":"Error","error":{"code":406,"text":"x"}}"#, .refused(.code(406))),
      (#"{"error":{"code":"405"}}"#, .refused(.code(405))),
      (#"{"result":"Успешно"}"#, .unclear), (#"{"result":"Успешно","data":0}"#, .unclear),
      (#"{"result":"","data":-5,"error":""}"#, .unclear), (#"{"data":1.5,"result":""}"#, .unclear),
      (#"{"data":true,"result":""}"#, .unclear), (#"{"data":1e3}"#, .unclear),
      (#"{"data":"12abc","result":""}"#, .unclear), (#"{"data":" 12"}"#, .unclear),
      (#"{"data":99999999999999999999}"#, .unclear), (#"{"data":[5],"result":""}"#, .unclear),
      (#"{"data":5,"error":{"code":406,"text":"x"}}"#, .unclear), ("{}", .unclear),
      ("[]", .unclear), ("5", .unclear), ("null", .unclear),
    ])
  func elements(text: String, expected: AddListElement) {
    #expect(addList("[\(text)]") == .rows([expected]))
  }

  @Test("an addlist's rows may come as an object with the keys 0, 1, 2, and no others")
  func objectOfRows() {
    #expect(
      addList(#"{"0":{"data":5},"1":{"data":6}}"#) == .rows([.stored(pid: 5), .stored(pid: 6)]))
    for text in [#"{"1":{"data":5}}"#, #"{"0":{"data":5},"2":{"data":6}}"#, "{}", #"{"data":5}"#] {
      #expect(addList(text) == .unreadable, "\(text)")
    }
    #expect(addList("[]") == .rows([]))
  }

  @Test(
    "JSON is found between PHP's texts, and only where PHP can have put it",
    arguments: [
      (#"[{"data":5}]"#, true), ("\u{FEFF} \n[{\"data\":5}]", true),
      (
        "<br />\n<b>Warning</b>:  Input [x] in <b>Unknown</b> on line <b>0</b><br />\n[{\"data\":5}]",
        true
      ),
      ("<br />\n<b>Notice</b>: y<br />[{\"data\":5}]<br />\n<b>Fatal error</b>:  z", true),
      ("\nWarning: a in b on line 1\n[{\"data\":5}]\nFatal error: c", true),
      ("[{\"data\":5}]<br />\n<b>Fatal error</b>:  Uncaught []", true),
      ("<br />\n<b>Fatal error</b>:  Query: \n[{\"data\":5}]", false),
      ("Query [{\"data\":5}]", false), ("[{\"data\":5}", false), ("[{\"data\":5},", false),
      ("x\n[[{\"data\":5}]", false), ("[oops] \n[{\"data\":5}]", false), ("", false),
    ])
  func located(text: String, isFound: Bool) {
    #expect((addList(text) == .rows([.stored(pid: 5)])) == isFound)
  }

  @Test("a backslash before a Russian letter is repaired, other escapes stay")
  func repaired() {
    let text = #"{"count":1,"data":[{"pid":1,"person":"\А\ё \\А \n \u0416 \"\я"}]}"#
    guard case .page(let page) = ListReply(ReplyBody(Array(text.utf8)), columns: [.person]) else {
      Issue.record("unreadable")
      return
    }
    #expect(
      page.records.text(record: 0, field: 0) == #"\u0410\u0451 \А "# + "\n" + #" Ж "\u044f"#)
  }

  @Test("a page takes the columns it is asked for, whatever order and types the server uses")
  func page() throws {
    let text = """
      {"data":[{"tel":"1","pid":"7","clid":5,"x":{"person":"no","y":[1,{}]},"person":"A\\tB",
      "socials":{"skype":"s","person":"no","blog":null}},[],
      {"social":{"mykrug":"k"},"pid":8,"person":null,"mail":["no"],"tel":true}],"count":"412"}
      """
    let columns: [PersonField] = [.person, .mykrug, .skype, .clid, .tel, .mail]
    guard
      case .page(let page) = ListReply(
        ReplyBody(Array(text.utf8)), columns: columns, firstRecord: 201)
    else {
      Issue.record("unreadable")
      return
    }
    #expect(page.total == 412)
    #expect(page.pids == [7, nil, 8])
    let rows = (0..<page.records.count).map { record in
      columns.indices.map { page.records.text(record: record, field: $0) }
    }
    #expect(
      rows == [
        ["A\tB", "", "s", "5", "1", ""], ["", "", "", "", "", ""], ["", "k", "", "", "", ""],
      ])
    #expect(page.records.recordNumber(0) == 201)
    #expect(page.records.lines == [201, 202, 203])
  }

  @Test("a page without data is empty; one without a count is none")
  func emptyPages() {
    for text in [#"{"count":0}"#, #"{"data":[],"count":0}"#, #"{"data":null,"count":0}"#] {
      guard case .page(let page) = ListReply(ReplyBody(Array(text.utf8)), columns: [.person]) else {
        Issue.record("\(text): unreadable")
        continue
      }
      #expect(page.records.count == 0)
      #expect(page.total == 0)
    }
    for text in ["[]", "{}", #"{"data":[]}"#, #"{"data":[5],"count":1}"#, #"{"data":5,"count":1}"#]
    {
      guard case .unreadable = ListReply(ReplyBody(Array(text.utf8)), columns: [.person]) else {
        Issue.record("\(text): read")
        continue
      }
    }
  }

  @Test("info tells a contact from an absent one")
  func info() {
    let found =
      #"{"data":{"pid":9,"person":"A","tel":null,"clid":5,"iduser":"a@b","socials":{"blog":"x"}}}"#
    #expect(
      InfoReply(ReplyBody(Array(found.utf8)))
        == .contact(
          ContactDetails(
            pid: 9,
            values: [.pid: "9", .person: "A", .clid: "5", .user: "a@b", .blog: "x"])))
    for text in [
      #"{"data":{"pid":null,"person":null}}"#, "[]", #"{"data":[]}"#,
      #"{"result":"Error","error":{"code":404,"text":"Не найдено"}}"#,
    ] {
      #expect(InfoReply(ReplyBody(Array(text.utf8))) == .absent, "\(text)")
    }
    #expect(InfoReply(ReplyBody(Array("{}".utf8))) == .unreadable)
    let forbidden = #"{"error":{"code":403,"text":"чужой"}}"#
    #expect(
      InfoReply(ReplyBody(Array(forbidden.utf8))) == .error(APIError(code: 403, text: "чужой")))
  }

  @Test("fields come in order, the social contacts flat or inside their object")
  func fields() {
    for text in [
      #"{"data":{"pid":"Номер","tel":"Тел.","extra":"Ещё","social":{"blog":"Блог"}}}"#,
      #"{"data":{"pid":"Номер","tel":"Тел.","extra":"Ещё","blog":"Блог"}}"#,
    ] {
      guard case .fields(let entries) = FieldsReply(ReplyBody(Array(text.utf8))) else {
        Issue.record("\(text): unreadable")
        continue
      }
      #expect(entries.map(\.name) == ["pid", "tel", "extra", "socials.blog"])
      #expect(entries.map(\.field) == [.pid, .tel, nil, .blog])
      #expect(entries.map(\.title) == ["Номер", "Тел.", "Ещё", "Блог"])
    }
  }

  @Test(
    "add, update and delete are done or refused as the server words it",
    arguments: [
      (Action.add, #"{"result":"Успешно","data":2502}"#, true, 2502),
      (.add, #"{"result":"","data":0,"error":""}"#, false, nil),
      (
        .update, #"{"result":"Успешно","data":"2509","social":"Соц.контакты обновлены"}"#, true,
        2509
      ),
      (.update, #"{"result":"","data":9,"error":""}"#, true, 9),
      (.update, #"{"result":"ok","data":9,"error":"time zone"}"#, true, 9),
      (.update, #"{"result":"","data":9,"error":"gone"}"#, false, 9),
      (.delete, #"{"message":"m","result":"Клиент удален","data":9}"#, true, 9),
      (.delete, #"{"result":"Контакт не удален","error":"Внимание","data":9}"#, false, 9),
    ] as [(Action, String, Bool, Int?)])
  func mutations(action: Action, text: String, isDone: Bool, pid: Int?) {
    switch MutationReply(ReplyBody(Array(text.utf8)), to: action) {
    case .done(let answer):
      #expect(isDone)
      #expect(answer.pid == pid)
    case .refused(let answer):
      #expect(!isDone)
      #expect(answer.pid == pid)
    case .error, .unreadable: Issue.record("unreadable")
    }
  }

  private func addList(_ text: String) -> AddListReply { AddListReply(ReplyBody(Array(text.utf8))) }
}
