/// What the CRM takes out of a filter's value before it goes into the SQL.
enum FilterCleaning {
  /// Removes tags, quotes of every kind, backslashes and backticks.
  static func clean(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var isInTag = false
    var scalars = text.unicodeScalars.makeIterator()
    var next = scalars.next()
    while let scalar = next {
      next = scalars.next()
      if isInTag {
        isInTag = scalar != ">"
      } else if scalar == "<", let inner = next, !inner.properties.isWhitespace {
        isInTag = true
      } else if !"\"'`\\«»".unicodeScalars.contains(scalar) {
        result.append(scalar)
      }
    }
    return RequestParameters.trimmed(String(result))
  }
}
