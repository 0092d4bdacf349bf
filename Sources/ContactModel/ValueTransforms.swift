// What happens to the text of a cell before it is treated as a phone, a date and so on: the part of
// a mapping's rule that the normalizer interprets, as data.

/// What is done to a cell's text, always in this order: split, trim, replace, case.
package struct ValueTransforms: Sendable, Equatable {
  /// The part of the cell that is wanted; `nil` takes all (`split:`).
  package var split: SplitTransform?
  /// The Unicode scalars taken off both ends of it, beside blanks (`trim:`).
  package var trimmed: String
  /// What is replaced, one after the other (`replace:`).
  package var replacements: [TextReplacement]
  /// The letter case it is written in; `nil` leaves it (`case:`).
  package var letterCase: LetterCase?

  package init(
    split: SplitTransform? = nil, trimmed: String = "", replacements: [TextReplacement] = [],
    letterCase: LetterCase? = nil
  ) {
    self.split = split
    self.trimmed = trimmed
    self.replacements = replacements
    self.letterCase = letterCase
  }

  /// Whether the text is left alone.
  package var isEmpty: Bool { self == ValueTransforms() }
}

/// One part of a cell that holds several (`split: { by: ",", part: 2 }` in a mapping).
package struct SplitTransform: Sendable, Equatable {
  /// The text between the parts, not empty.
  package var separator: String
  /// Which part: from 1, or from -1 at the end; never 0.
  ///
  /// A part the cell does not have is empty.
  package var part: Int

  package init(separator: String, part: Int) {
    self.separator = separator
    self.part = part
  }
}

/// A text and what stands in its place (an entry of `replace:` in a mapping).
package struct TextReplacement: Sendable, Equatable {
  /// The text looked for, to the letter; not empty.
  package var old: String
  /// The text in its place, which is not searched again for ``old``.
  package var new: String

  package init(_ old: String, with new: String) {
    self.old = old
    self.new = new
  }
}

/// The letter case a text is written in (`case:` in a mapping).
package enum LetterCase: String, Sendable, CaseIterable {
  /// `ИВАНОВ`
  case upper
  /// `иванов`
  case lower
  /// `Иванов`: the first letter of each word is a capital, the others are small.
  case title

  /// A text in this case, by Unicode's full mappings without those of a language.
  ///
  /// A word of ``title`` is a run of letters, marks and digits, with apostrophes inside:
  /// `o'neil-smith` is `O'neil-Smith`. Unlike `as: name` it knows no particles and no names.
  package func applied(to text: String) -> String {
    switch self {
    case .upper: text.uppercased()
    case .lower: text.lowercased()
    case .title: LetterCase.titled(text)
    }
  }

  private static func titled(_ text: String) -> String {
    var result = ""
    var isInWord = false
    for scalar in text.unicodeScalars {
      let properties = scalar.properties
      result += isInWord ? properties.lowercaseMapping : properties.titlecaseMapping
      switch properties.generalCategory {
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
        .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber:
        isInWord = true
      default:
        isInWord = isInWord && (scalar == "'" || scalar == "\u{2019}")
      }
    }
    return result
  }
}

/// What must be so in a row for a column's value to count (`when:` in a mapping).
///
/// The cells it looks at follow those of the value itself; see ``ContactBatch``.
package struct ValueCondition: Sendable, Equatable {
  /// The indexes of the source columns it looks at; none where an open source lacks them.
  package var sources: [Int]
  /// What is asked of their cells.
  package var test: ConditionTest

  package init(sources: [Int], test: ConditionTest) {
    self.sources = sources
    self.test = test
  }
}

/// What a condition asks of cells, trimmed; a cell of dashes alone is empty.
package enum ConditionTest: Sendable, Equatable {
  /// Whether one of the cells is one of these texts, whatever the letter case.
  case equals([String])
  /// Whether all cells are empty.
  case isEmpty
  /// Whether one of the cells is not empty.
  case isFilled
}
