/// A name in the form in which two names are compared.
///
/// The CRM compares without letter case and takes `ё` for `е`; it also stores `”` for the quotes that
/// files have, so that `ООО «Ромашка»` in a file is `ООО ”Ромашка”` there. Blanks at the ends do not
/// count, and several inside count as one.
package struct NameKey: Hashable, Sendable {
  private let text: String

  package init(_ name: String) {
    var folded = String.UnicodeScalarView()
    var isBlank = true
    for scalar in name.lowercased().unicodeScalars {
      if scalar.properties.isWhitespace {
        if !isBlank { folded.append(" ") }
        isBlank = true
        continue
      }
      isBlank = false
      folded.append(Self.counterparts[scalar] ?? scalar)
    }
    if folded.last == " " { folded.removeLast() }
    text = String(folded)
  }

  /// Characters that count as another one.
  private static let counterparts: [Unicode.Scalar: Unicode.Scalar] = [
    "«": "\"", "»": "\"", "“": "\"", "”": "\"", "„": "\"", "‟": "\"", "ё": "е",
  ]
}
