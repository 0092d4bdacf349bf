/// The text PHP leaves behind when it dies in the middle of an answer.
enum PHPFatal {
  /// The database refused a column of `order` or `filter` that does not exist.
  static func unknownColumn(_ name: String, clause: String) -> [UInt8] {
    let escaped = name.map { character in
      switch character {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      default: String(character)
      }
    }.joined()
    let text =
      "<br />\n<b>Fatal error</b>:  Uncaught Exception: SafeMySQL: Unknown column '\(escaped)' "
      + "in '\(clause)'\n  thrown in <b>safemysql.class.php</b> on line <b>623</b><br />\n"
    return Array(text.utf8)
  }
}
