/// A text that the CRM puts between quotes without escaping it.
enum SQLLiteral {
  /// From where the database no longer understands the query; `nil` where the literal is sound.
  ///
  /// - Parameters:
  ///   - content: What was put between the quotes.
  ///   - rest: The query behind the closing quote.
  /// - Returns: The rest of the query.
  static func nonsense(in content: String, before rest: String) -> String? {
    let text = Array((content + "'" + rest).unicodeScalars)
    let end = content.unicodeScalars.count
    var place = 0
    while place < text.count {
      if text[place] == "\\" {
        place += 2
      } else if text[place] != "'" {
        place += 1
      } else if place == end {
        return nil
      } else if place + 1 < text.count, text[place + 1] == "'" {
        // Two quotes are one inside a literal.
        place += 2
      } else {
        var next = place + 1
        while next < text.count, text[next].properties.isWhitespace { next += 1 }
        guard next < text.count, text[next] == "'" else { return quoted(text[next...]) }
        // Neighbouring literals are one.
        place = next + 1
      }
    }
    return quoted(text[min(place, text.count)...])
  }

  /// The database's complaint about a query it does not understand from somewhere on.
  ///
  /// Of more than eighty bytes it shows the beginning.
  static func complaint(near text: String, line: Int = 1) -> String {
    "You have an error in your SQL syntax; check the manual that corresponds to your MariaDB "
      + "server version for the right syntax to use near '\(shown(text))' at line \(line)"
  }

  private static func shown(_ text: String) -> String {
    guard text.utf8.count > 80 else { return text }
    var end = text.utf8.index(text.startIndex, offsetBy: 77)
    // No character is cut in two.
    while end.samePosition(in: text.unicodeScalars) == nil { end = text.utf8.index(before: end) }
    return text[..<end] + "..."
  }

  private static func quoted(_ text: ArraySlice<Unicode.Scalar>) -> String {
    String(String.UnicodeScalarView(text))
  }
}
