/// Text from files and servers, made fit to be shown.
package enum PlainText {
  /// Text without control characters, in one line.
  ///
  /// A file must not be able to move the cursor, color the terminal or write from right to left. A
  /// control character becomes U+FFFD, so that one sees that something was there; line breaks
  /// and tabs become blanks.
  package static func shown(_ text: String) -> String {
    var shown = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x09, 0x0A, 0x0D, 0x2028, 0x2029: shown.append(" ")
      case 0x00...0x1F, 0x7F...0x9F: shown.append("\u{FFFD}")
      // Marks that change the direction of text, visible nowhere and misleading everywhere.
      case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: shown.append("\u{FFFD}")
      default: shown.append(scalar)
      }
    }
    return String(shown)
  }

  /// Text as HTML: without control characters, and with nothing left that is markup.
  package static func html(_ text: String) -> String {
    var html = ""
    for scalar in shown(text).unicodeScalars {
      switch scalar {
      case "&": html += "&amp;"
      case "<": html += "&lt;"
      case ">": html += "&gt;"
      case "\"": html += "&quot;"
      case "'": html += "&#39;"
      default: html.unicodeScalars.append(scalar)
      }
    }
    return html
  }
}
