import CRMClient

/// The words of the simulated server.
enum SimulatedReply {
  /// An answer of the CRM.
  static func text(_ body: String, status: Int = 200) -> HTTPReply {
    HTTPReply(status: status, body: Array(body.utf8))
  }

  /// A refusal of the whole request.
  static func error(_ code: Int) -> HTTPReply {
    text(
      code == 402
        ? #"{"error":{"code":402,"text":"Неизвестный метод"}}"#
        : #"{"result":"Error","error":{"code":\#(code),"text":"Неизвестный пользователь"}}"#)
  }

  /// PHP's last words.
  static let fatal = text(
    """
    <br />
    <b>Fatal error</b>:  Uncaught Exception: SafeMySQL: Unknown column 's'. Full query: [INSERT INTO \
    app_personcat SET `mail` = 'p1@example.com'] in /srv/crm/vendor/safemysql.class.php:623
    Stack trace:
    #0 {main}
      thrown in <b>/srv/crm/vendor/safemysql.class.php</b> on line <b>623</b><br />

    """)

  /// A gateway, a firewall or a web server speaking for itself.
  static func page(_ status: Int) -> HTTPReply {
    text("<html><head><title>\(status)</title></head><body>\(status)</body></html>", status: status)
  }

  /// The CRM without its database.
  static let databaseDown = text("Ошибка подключения к БД. Попробуйте позже")

  /// A reply cut in its middle.
  static func cut(_ reply: HTTPReply) -> HTTPReply {
    HTTPReply(status: reply.status, body: Array(reply.body.prefix(reply.body.count / 2)))
  }

  /// A reply behind a warning.
  static func warned(_ reply: HTTPReply) -> HTTPReply {
    let warning =
      "<br />\n<b>Warning</b>:  Unknown: Input variables exceeded 1000 in <b>Unknown</b> on line <b>0</b><br />\n"
    return HTTPReply(status: reply.status, body: Array(warning.utf8) + reply.body)
  }

  /// A reply that PHP's death follows.
  static func followed(_ reply: HTTPReply) -> HTTPReply {
    HTTPReply(status: reply.status, body: reply.body + fatal.body)
  }

  /// A text as PHP writes it into JSON: Russian letters as they are, other letters in their codes.
  static func quoted(_ text: String?) -> String {
    guard let text else { return "null" }
    // Mostly there is nothing to escape.
    let isPlain = text.utf8.allSatisfy { byte in
      byte >= 0x20 && byte != 0x22 && byte != 0x2F && byte != 0x5C && byte <= 0xD1
        && byte != 0xC2
    }
    if isPlain { return "\"" + text + "\"" }
    var json = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": json += "\\\""
      case "\\": json += "\\\\"
      case "/": json += "\\/"
      case "\n": json += "\\n"
      case "А"..."я", "Ё", "ё", " "..."~": json.unicodeScalars.append(scalar)
      default:
        let code = String(scalar.value, radix: 16)
        json += "\\u" + String(repeating: "0", count: 4 - code.count) + code
      }
    }
    return json + "\""
  }
}
