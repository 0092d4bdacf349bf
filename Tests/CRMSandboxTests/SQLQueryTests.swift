import Testing

@testable import CRMSandbox

@Suite("Values pasted into SQL")
struct SQLQueryTests {
  private static let syntax =
    "You have an error in your SQL syntax; check the manual that corresponds to your MariaDB "
    + "server version for the right syntax to use near "

  private func mail(_ value: String) -> SQLQuery {
    SQLQuery(
      "SELECT id, mid FROM app_ymail_messagesrec WHERE email = '", Array(value.utf8),
      "' and identity = '1'")
  }

  @Test(
    "a quote without its twin ends the query where MariaDB stops reading",
    arguments: [
      ("o'neil@x", "'neil@x' and identity = '1'' at line 1"), ("a@x\\", "'1'' at line 1"),
      ("'", "'1'' at line 1"), ("a'", "'1'' at line 1"),
      ("a'b'c", "'b'c' and identity = '1'' at line 1"),
      ("o' and", "'1'' at line 1"), ("x' ) -- ", "') -- ' and identity = '1'' at line 1"),
      ("x' /* ", "'/* ' and identity = '1'' at line 1"),
    ])
  func refused(_ value: String, _ near: String) {
    #expect(mail(value).refusal == Self.syntax + near)
  }

  @Test(
    "what pairs its quotes is run",
    arguments: [
      "a@x.invalid", "''", "o\\'n@x", "a@x\\\\", "a@x' or '1'='1", "a@x' -- ", "a@x' # ", "a\"b",
      "a`b",
      "a' 'b", "x' and identity in ('1', '2') or '1' like '1", "x' or email is not null and '1",
      "x' union select 1, 2 from app_user where login = '",
    ])
  func accepted(_ value: String) { #expect(mail(value).refusal == nil) }

  @Test("a name in the place of a value has to be a column")
  func unknownColumn() {
    #expect(mail("x' or nosuch = '1").refusal == "Unknown column 'nosuch' in 'WHERE'")
    #expect(mail("x' or email = '1").refusal == nil)
  }

  @Test("no more than eighty bytes are shown, and no half character")
  func longRest() {
    let shown = String(repeating: "й", count: 38) + "..."
    let refusal = mail("o'" + String(repeating: "й", count: 50)).refusal
    #expect(refusal == Self.syntax + "'\(shown)' at line 1")
  }

  @Test("lines are counted from the first word of the query")
  func lines() {
    let query = SQLQuery(
      "\n\tSELECT pid\n\tFROM app_personcat\n\tWHERE person = '", Array("д'Арк".utf8), "'\n")
    #expect(query.refusal == Self.syntax + "'Арк'' at line 3")
  }

  @Test("an insertion is read as well")
  func insertion() {
    let query = SQLQuery(
      "INSERT INTO app_logs (id, content) VALUES(NULL, 'Удален контакт: ",
      Array("O'Hara".utf8), "')")
    #expect(query.refusal == Self.syntax + "'Hara')' at line 1")
  }

  @Test("a value assigned is escaped, numbers are quoted, NULL is not")
  func assignments() {
    var assignments = SQLAssignments()
    assignments["person"] = .text(Array("O'K \\ \"x\"\n\r\0".utf8))
    assignments["clid"] = .number(5)
    assignments["iduser"] = .null
    assignments["person"] = .text(Array("O'K \\ \"\n".utf8))
    #expect(
      String(decoding: assignments.sql, as: UTF8.self)
        == "`person`='O\\'K \\\\ \\\"\\n',`clid`='5',`iduser`=NULL")
  }

  @Test("bytes that are not UTF-8 leave nothing of a query", arguments: [PHPVersion.php74, .php82])
  func notUTF8(_ version: PHPVersion) throws {
    let query = SQLQuery("SELECT 1 FROM app_user WHERE login = '", [0xC8], "'")
    let fatal = #expect(throws: PHPFatal.self) {
      try SafeMySQL(version: version).check(
        query, through: .getOne, at: ("inc/func.helpers.php", 1014), calledBy: [])
    }
    switch version {
    case .php74: #expect(fatal?.message == "SafeMySQL: . Full query: []")
    case .php82:
      #expect(
        fatal?.message
          == "count(): Argument #1 ($value) must be of type Countable|array, bool given")
    }
  }
}
