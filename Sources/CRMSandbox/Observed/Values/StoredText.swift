/// A text as the database stores it in a column of limited width.
///
/// The tables know three bytes a character: each byte of a longer one, and each byte that is no
/// UTF-8, becomes a question mark. What is too long is cut. A strict database refuses both.
struct StoredText: Equatable {
  /// How much a column holds.
  enum Width: Equatable, Sendable {
    case characters(Int)
    case bytes(Int)
  }

  /// Why a strict database refuses the text.
  enum Problem: Equatable {
    /// The bytes from the first that cannot be stored.
    case incorrect([UInt8])
    case tooLong
  }

  /// What is stored.
  let bytes: [UInt8]
  /// The first thing wrong with the text.
  let problem: Problem?

  init(_ text: [UInt8], width: Width) {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var problem: Problem?
    var characters = 0
    var place = 0
    while place < text.count {
      let length = Self.characterLength(in: text, at: place)
      if case .characters(let limit) = width, characters == limit { break }
      if case .bytes(let limit) = width, result.count + max(length, 1) > limit { break }
      if length == 0 {
        if problem == nil { problem = .incorrect(Array(text[place...])) }
        result.append(UInt8(ascii: "?"))
      } else {
        result += text[place..<(place + length)]
      }
      characters += 1
      place += max(length, 1)
    }
    // Blanks may be lost at the end of a text without anybody minding.
    if problem == nil, !text[place...].allSatisfy({ $0 == UInt8(ascii: " ") }) {
      problem = .tooLong
    }
    bytes = result
    self.problem = problem
  }

  /// How many bytes the character at a place has; 0 where it is none the table knows.
  private static func characterLength(in text: [UInt8], at place: Int) -> Int {
    let lead = text[place]
    let follows = { (offset: Int) in
      place + offset < text.count && text[place + offset] & 0xC0 == 0x80
    }
    switch lead {
    case ..<0x80: return 1
    case 0xC2...0xDF: return follows(1) ? 2 : 0
    case 0xE0: return follows(1) && follows(2) && text[place + 1] >= 0xA0 ? 3 : 0
    case 0xE1...0xEF: return follows(1) && follows(2) ? 3 : 0
    default: return 0
    }
  }
}

/// A whole number as the database stores it, read from a text.
struct StoredInteger: Equatable {
  /// Why a strict database refuses the text.
  enum Problem: Equatable { case incorrect, truncated, outOfRange }

  /// What is stored.
  let value: Int
  let problem: Problem?

  init(_ text: [UInt8]) {
    guard let number = PHPNumber(text) else {
      value = 0
      problem = .incorrect
      return
    }
    let rounded = number.double.rounded(.toNearestOrAwayFromZero)
    value = Int(max(Double(Int32.min), min(Double(Int32.max), rounded)))
    if Double(value) != rounded {
      problem = .outOfRange
    } else {
      problem = number.rest.allSatisfy { $0 == UInt8(ascii: " ") } ? nil : .truncated
    }
  }
}
