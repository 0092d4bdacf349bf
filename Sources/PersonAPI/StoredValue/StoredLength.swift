package import ContactModel

/// How much of a value fits into its column of the CRM's database; the rest is cut without a word.
package enum StoredLength: Sendable, Equatable {
  /// So many characters, in the sense of Unicode's code points.
  case characters(Int)
  /// So many bytes of UTF-8; a character that does not fit whole is left out.
  case bytes(Int)

  /// The figure.
  package var limit: Int {
    switch self {
    case .characters(let limit), .bytes(let limit): limit
    }
  }

  /// The length of a field's column; `nil` for fields that hold no text.
  ///
  /// The eight social contacts share one column, separated by `;`.
  package init?(of field: PersonField) {
    switch field {
    case .person, .ptitle, .tel, .fax, .mob, .mail: self = .characters(250)
    case .input1, .input2, .input3, .input4, .input5, .input6, .input7, .input8, .input9:
      self = .characters(255)
    case .input10: self = .characters(512)
    case .rol: self = .bytes(65_535)
    default:
      guard field.socialKey != nil else { return nil }
      self = .bytes(65_535)
    }
  }

  /// How many bytes of a text fit.
  ///
  /// - Precondition: The text is what ``StorableText`` makes: no character has more than three bytes.
  func prefix(of text: [UInt8]) -> Int {
    switch self {
    case .bytes(let limit):
      guard text.count > limit else { return text.count }
      var end = limit
      while end > 0, text[end] & 0xC0 == 0x80 { end -= 1 }
      return end
    case .characters(let limit):
      guard text.count > limit else { return text.count }
      var characters = 0
      for (index, byte) in text.enumerated() where byte & 0xC0 != 0x80 {
        if characters == limit { return index }
        characters += 1
      }
      return text.count
    }
  }
}
