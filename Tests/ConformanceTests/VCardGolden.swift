import ContactFormats
import ContactModel
import Foundation

/// A value of a card, in a form that says nothing of how ferry reads.
///
/// Whether it is the first or the third of its kind does not count.
struct VCardGoldenValue: Hashable, CustomStringConvertible {
  var property: String
  var types: Set<String>
  var part: String
  var text: String

  init(_ property: String, _ types: some Sequence<String>, _ part: String, _ text: String) {
    self.property = property
    self.types = Set(types).subtracting(["VOICE", "MSG", "INTERNET", "PREF"])
    self.part = part
    self.text = text
  }

  init(_ property: String, _ types: some Sequence<String>, _ text: String) {
    self.init(property, types, "", text)
  }

  /// Takes a value of ferry's by its column's name.
  init(column: String, text: String) {
    var name = column
    if let range = name.range(of: #" \(\d+\)$"#, options: .regularExpression) {
      name.removeSubrange(range)
    }
    var types: [String] = []
    if let open = name.firstIndex(of: "["), let close = name.lastIndex(of: "]") {
      types = name[name.index(after: open)..<close].split(separator: ",").map(String.init)
      name.removeSubrange(open...close)
    }
    let dot = name.firstIndex(of: ".") ?? name.endIndex
    self.init(String(name[..<dot]), types, String(name[dot...]), text)
  }

  var description: String { "\(property)\(types.sorted())\(part) = \(text.debugDescription)" }
}

/// A property of a golden file: the values it should give, one for each part that has text.
struct VCardGoldenProperty {
  var name: String
  var values: [VCardGoldenValue]
}

enum VCardGolden {
  private static let parts: [String: [String]] = [
    "N": [".family", ".given", ".additional", ".prefix", ".suffix"],
    "ADR": [".pobox", ".extended", ".street", ".city", ".region", ".code", ".country"],
    "ORG": ["", ".unit", ".unit2", ".unit3"],
  ]

  /// The properties in a file that is written by the book, card by card; inline pictures left out.
  static func properties(of text: String) -> [[VCardGoldenProperty]] {
    let unfolded = text.replacing("\r\n", with: "\n").replacing("\n ", with: "")
    var cards: [[VCardGoldenProperty]] = []
    for line in unfolded.split(separator: "\n") {
      if line.uppercased() == "BEGIN:VCARD" { cards.append([]) }
      guard !cards.isEmpty, let property = property(line) else { continue }
      cards[cards.count - 1].append(property)
    }
    return cards
  }

  private static func property(_ line: Substring) -> VCardGoldenProperty? {
    let pieces = split(line, at: ":", onlyFirst: true)
    guard pieces.count == 2 else { return nil }
    let head = split(pieces[0], at: ";")
    let name = head[0].uppercased()
    guard !["BEGIN", "END", "VERSION", "PRODID"].contains(name) else { return nil }
    var types: [String] = []
    for parameter in head.dropFirst() {
      let sides = parameter.split(separator: "=", maxSplits: 1)
      if sides.count == 1 || sides[0].uppercased() == "TYPE" {
        let list = sides[sides.count - 1].replacing("\"", with: "")
        types += list.uppercased().split(separator: ",").map(String.init)
      } else if sides[0].uppercased() == "ENCODING" {
        return nil
      }
    }
    return VCardGoldenProperty(name: name, values: values(name, types, String(pieces[1])))
  }

  /// The values of a property whose text is still escaped.
  private static func values(
    _ name: String, _ types: [String], _ value: String
  ) -> [VCardGoldenValue] {
    let escaped = value.replacing("\\;", with: "\u{1}").replacing("\\\\", with: "\u{2}")
    let texts = parts[name] == nil ? [escaped] : escaped.components(separatedBy: ";")
    return values(name, types, texts.map(plain))
  }

  /// The values of a property by its parts.
  static func values(
    _ name: String, _ types: [String], _ texts: [String]
  ) -> [VCardGoldenValue] {
    zip(parts[name] ?? [""], texts).filter { !$0.1.isEmpty }.map { part, text in
      VCardGoldenValue(name, types, part, name == "TEL" ? number(text) : text)
    }
  }

  private static func plain(_ text: String) -> String {
    text.replacing("\\n", with: "\n").replacing("\\N", with: "\n").replacing("\\,", with: ",")
      .replacing("\\:", with: ":").replacing("\u{1}", with: ";").replacing("\u{2}", with: "\\")
  }

  /// A number without the scheme of its URI.
  private static func number(_ text: String) -> String {
    text.hasPrefix("tel:")
      ? String(text.dropFirst(4)).replacing(";ext=", with: " ext. ") : text
  }

  private static func split(
    _ text: Substring, at separator: Character, onlyFirst: Bool = false
  ) -> [Substring] {
    var isQuoted = false
    var pieces: [Substring] = []
    var start = text.startIndex
    for index in text.indices {
      if text[index] == "\"" { isQuoted.toggle() }
      guard text[index] == separator, !isQuoted, !(onlyFirst && pieces.count == 1) else { continue }
      pieces.append(text[start..<index])
      start = text.index(after: index)
    }
    return pieces + [text[start...]]
  }

  /// What ferry reads from a file, card by card.
  static func read(_ url: URL) throws -> [[VCardGoldenValue]] {
    var cards: [[VCardGoldenValue]] = []
    var reader = RecordReader(settings: ReaderSettings(format: .vCard))
    func take(_ batch: RecordBatch) {
      for record in 0..<batch.count {
        let values = (0..<batch.fieldCount(ofRecord: record)).map { field in
          VCardGoldenValue(
            column: batch.header[field], text: batch.text(record: record, field: field))
        }
        cards.append(values.filter { !$0.text.isEmpty })
      }
    }
    try reader.push(Array(Data(contentsOf: url)).span)
    try reader.finish()
    while let batch = try reader.nextBatch() { take(batch) }
    return cards
  }
}

extension ConformanceScore {
  /// Counts every property of a card: found with all its values, or missed; and values that ferry
  /// found besides.
  mutating func count(
    _ file: String, _ expected: [VCardGoldenProperty], found: [VCardGoldenValue]
  ) {
    var left = found
    for property in expected where !property.values.isEmpty {
      var isFound = true
      for value in property.values {
        if let index = left.firstIndex(of: value) {
          left.remove(at: index)
        } else {
          isFound = false
        }
      }
      count("\(file) \(property.name)", passed: isFound, reason: "expected \(property.values)")
    }
    for value in left {
      count("\(file) \(value.property)", passed: false, reason: "not expected: \(value)")
    }
  }
}
