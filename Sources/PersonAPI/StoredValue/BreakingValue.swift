package import ContactModel

/// What a value does to the request that carries it, where the server puts it into SQL unescaped.
///
/// A broken request ends in a fatal error: the rows before it are stored, those behind it are not.
package enum BreakingValue: Sendable, Equatable {
  /// The row itself is stored; only those behind it are lost.
  case breaksAfterRow
  /// The row is not stored either.
  case breaksBeforeRow
  /// Paired quotes: nothing fails, and what stands between them runs on the server as SQL.
  case runsAsSQL

  /// What a value of a field does, by a way; `nil` for what is safe to send.
  ///
  /// An e-mail field is cut at `,` and `;` first, so that each address counts on its own.
  package init?(
    _ bytes: [UInt8], in field: PersonField, by route: ValueRoute, comparesNames: Bool = false
  ) {
    var bytes = bytes
    if route.cleansScalars {
      var text = StorableText(bytes)
      text.cleanScalar()
      bytes = text.bytes
    }
    let parts: [[UInt8]]
    let failure: BreakingValue
    switch field {
    case .mail:
      failure = .breaksAfterRow
      guard bytes.isUTF8 else {
        self = failure
        return
      }
      // The queries hold what is left of the text; what was sent is looked at as well, since nothing
      // is lost by being careful.
      var text = StorableText(bytes)
      text.trim()
      text.removeTags()
      text.trim()
      text.replaceQuotes()
      parts = [bytes, text.bytes].flatMap { text in
        text.split { $0 == ASCII.comma || $0 == ASCII.semicolon }.map { Array($0.trimmedAsPHP) }
      }
    case .person where comparesNames && bytes.contains(ASCII.space):
      failure = .breaksAfterRow
      parts = [bytes]
    case .user, .clientpath:
      failure = .breaksBeforeRow
      parts = [bytes]
    case .loyalty:
      failure = .breaksBeforeRow
      parts = []
    default: return nil
    }
    if bytes.hasPlaceholder
      || parts.contains(where: { $0.hasPlaceholder || $0.breaksOutOfQuotes })
    {
      self = failure
    } else if parts.contains(where: { $0.contains(ASCII.apostrophe) }) {
      self = .runsAsSQL
    } else {
      return nil
    }
  }
}

extension Array<UInt8> {
  /// Whether a question mark stands before one of the letters that SafeMySQL fills in for.
  fileprivate var hasPlaceholder: Bool {
    zip(self, dropFirst()).contains { sign, letter in
      sign == UInt8(ascii: "?") && "nsiuap".utf8.contains(letter)
    }
  }

  /// Whether the text does not end inside the quotes it is put between: it has an odd number of
  /// apostrophes that no backslash escapes, or ends in a backslash that escapes the closing one.
  fileprivate var breaksOutOfQuotes: Bool {
    var isEscaped = false
    var isOpen = false
    for byte in self {
      if isEscaped {
        isEscaped = false
      } else if byte == ASCII.backslash {
        isEscaped = true
      } else if byte == ASCII.apostrophe {
        isOpen.toggle()
      }
    }
    return isEscaped || isOpen
  }

  /// Whether the bytes are UTF-8.
  fileprivate var isUTF8: Bool { String(validating: self, as: UTF8.self) != nil }
}
