import PersonAPI
import Testing

@Suite("ServerRemark")
struct ServerRemarkTests {
  private func remark(_ text: String, _ status: Int = 200) -> ServerRemark {
    ServerRemark(body: Array(text.utf8), status: status)
  }

  @Test("the first words stay, without tags, queries, paths and what is quoted")
  func words() {
    let cases = [
      (
        "<br />\n<b>Fatal error</b>:  Uncaught TypeError: Cannot access offset of type string on "
          + "string in /srv/crm/developer/v2/person.php:530\nStack trace:\n#0 {main}",
        "Fatal error : Uncaught TypeError: Cannot access offset of type string on string in … Stack "
          + "trace: #0 {main}"
      ),
      (
        "<b>Fatal error</b>: SafeMySQL: Data too long for column 'person' at row 1. Full query: [x]",
        "Fatal error : SafeMySQL: Data too long for column … at row 1. Full …"
      ),
      ("<b>Fatal error</b>: near 'Жанна д'Арк' AND x", "Fatal error : near …"),
      ("<b>Fatal error</b>: near 'Жанна д'Арк'' at line 1", "Fatal error : near … at line 1"),
      ("\nFatal error: INSERT INTO x SET person = Анна", "Fatal error: …"),
      ("\nFatal error: open(C:\\crm\\inc\\config.php) failed", "Fatal error: … failed"),
      (
        "<html><title>403\u{7}</title>blocked\tby\nhttps://waf.invalid/?a=b now</html>",
        "403 blocked by … now"
      ),
      (
        "\nFatal error: no anna@example.com, +7(495)123-45-67, 12 rows",
        "Fatal error: no … … 12 rows"
      ),
      ("<p>no &quot;Анна&quot; here", "no …"), ("a &amp; b", "a b"), ("", ""), ("<", ""),
      ("say «Анна» and “Ольга” now", "say … and … now"),
    ]
    for (text, expected) in cases { #expect(remark(text, 502).excerpt == expected, "\(text)") }
  }

  @Test("it is short and on one line, whatever comes", arguments: 0..<4)
  func length(seed: Int) {
    let texts = [
      String(repeating: "слово ", count: 50), String(repeating: "x", count: 500),
      String(repeating: "а\u{0}\u{200E}\u{2028}\n", count: 300),
      String(repeating: "</b>\\ & ", count: 99),
    ]
    let excerpt = remark(texts[seed], 500).excerpt
    #expect(!excerpt.isEmpty && excerpt.unicodeScalars.count <= ServerRemark.length)
    let control = excerpt.unicodeScalars.contains { $0.value < 32 || $0 == "\u{200E}" }
    #expect(!control && !excerpt.contains("\u{2028}"))
  }

  @Test("the kind is the reply's; an answer is not quoted, an error by its text")
  func kinds() {
    #expect(remark(#"[{"result":"Анна","data":5}]"#).excerpt == "")
    #expect(remark(#"[{"result":"Анна","data":5}]"#).kind == .answer)
    let error = remark(#"{"error":{"code":402,"text":"Неизвестный метод"}}"#)
    #expect(error.kind == .error(APIError(code: 402, text: "Неизвестный метод")))
    #expect(error.excerpt == "Неизвестный метод")
    #expect(remark("<html>No</html>", 403).kind == .turnedAway)
    #expect(remark("", 500).kind == .hiddenFailure && remark("", 500).status == 500)
  }

  @Test(
    "no recorded failure gives away what was sent, a path or a query",
    .enabled(if: Recordings.arePresent, "../shared/crm is absent"))
  func recordings() throws {
    var shown: Set<String> = []
    for exchange in try Recordings.exchanges() {
      guard let reply = exchange.reply else { continue }
      let remark = ServerRemark(body: reply.body, status: reply.status)
      guard !remark.excerpt.isEmpty else { continue }
      shown.insert(remark.excerpt)
      #expect(remark.excerpt.unicodeScalars.count <= 120, "\(exchange.name)")
      let lower = remark.excerpt.lowercased()
      for part in ["select ", "insert ", "app_", "/srv/", "/var/", "@", "test.invalid", "<b", "'"] {
        #expect(!lower.contains(part), "\(exchange.name): \(remark.excerpt)")
      }
    }
    #expect(shown.count > 5, "\(shown)")
    #expect(shown.contains { $0.hasPrefix("Fatal error") })
  }
}
