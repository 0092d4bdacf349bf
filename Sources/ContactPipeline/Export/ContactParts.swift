import ContactMapping
import ContactModel

/// The values of one contact, taken apart for the columns of a file.
///
/// One arena that is used again for every contact; parts are ranges in it.
struct ContactParts {
  /// How a value is taken apart, in bytes.
  enum Parting: Sendable {
    case whole
    case list
    case joined([UInt8])
    case name(NameOrder, [NamePart])

    init(_ parting: MappingReversal.Parting) {
      switch parting {
      case .whole: self = .whole
      case .list: self = .list
      case .joined(let separator): self = .joined(Array(separator.utf8))
      case .name(let order, let parts): self = .name(order, parts)
      }
    }
  }

  /// What stands between the values of a field that has several.
  static let listSeparator: [UInt8] = [ASCII.comma, ASCII.space]

  var bytes: [UInt8] = []
  /// Where each part stands; empty for one without text.
  var ranges: [Range<Int>]

  init(count: Int) { ranges = Array(repeating: 0..<0, count: count) }

  /// Forgets the contact.
  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    for index in ranges.indices { ranges[index] = 0..<0 }
  }

  /// Keeps a text and says where.
  mutating func append(_ text: [UInt8]) -> Range<Int> {
    let start = bytes.count
    bytes += text
    return start..<bytes.count
  }

  /// Whether a part is known and has text.
  func hasText(_ part: Int?) -> Bool { part.map { !ranges[$0].isEmpty } ?? false }

  /// Takes a value apart.
  ///
  /// - Parameters:
  ///   - value: Where it stands.
  ///   - parting: How it is taken apart.
  ///   - parts: Which parts are made of it.
  mutating func part(_ value: Range<Int>, _ parting: Parting, into parts: Range<Int>) {
    guard parts.count > 1 else {
      if let only = parts.first { ranges[only] = value }
      return
    }
    switch parting {
    case .whole: if let last = parts.last { ranges[last] = value }
    case .list: part(value, at: Self.listSeparator, into: parts)
    case .joined(let separator): part(value, at: separator, into: parts)
    case .name(let order, let names):
      let name = name(in: value, order, hasAdditional: names.contains(.additional))
      for (index, part) in zip(parts, names) {
        switch part {
        case .family: ranges[index] = name.family
        case .given: ranges[index] = name.given
        case .additional: ranges[index] = name.additional
        }
      }
    }
  }

  // MARK: - Texts with separators

  /// Cuts at a text; the last part has the rest, and nothing is between two texts that touch.
  private mutating func part(_ value: Range<Int>, at separator: [UInt8], into parts: Range<Int>) {
    var rest = afterSeparators(value, separator)
    for part in parts.dropLast() {
      let end = firstSeparator(separator, in: rest) ?? rest.upperBound
      ranges[part] = rest.lowerBound..<end
      rest = afterSeparators(end..<rest.upperBound, separator)
    }
    if let last = parts.last { ranges[last] = rest }
  }

  private func afterSeparators(_ range: Range<Int>, _ separator: [UInt8]) -> Range<Int> {
    var start = range.lowerBound
    while isSeparator(separator, at: start, before: range.upperBound) { start += separator.count }
    return start..<range.upperBound
  }

  private func firstSeparator(_ separator: [UInt8], in range: Range<Int>) -> Int? {
    range.first { isSeparator(separator, at: $0, before: range.upperBound) }
  }

  private func isSeparator(_ separator: [UInt8], at index: Int, before end: Int) -> Bool {
    let stop = index + separator.count
    guard let first = separator.first, stop <= end, bytes[index] == first else { return false }
    return separator.count == 1 || bytes[index..<stop].elementsEqual(separator)
  }

  // MARK: - Names

  /// The parts of a name by the places of its words.
  ///
  /// A surname of several words that stands at the end is not known from a middle name: its last
  /// word is taken, and what is joined again is the name that it was.
  private func name(
    in value: Range<Int>, _ order: NameOrder, hasAdditional: Bool
  ) -> (family: Range<Int>, given: Range<Int>, additional: Range<Int>) {
    let blank = [ASCII.space]
    let name = withoutBlanksBehind(afterSeparators(value, blank))
    let none = name.upperBound..<name.upperBound
    var (family, given) = (none, name)
    if order == .familyFirst {
      let end = firstSeparator(blank, in: name) ?? name.upperBound
      family = name.lowerBound..<end
      given = afterSeparators(end..<name.upperBound, blank)
    } else if let gap = name.last(where: { bytes[$0] == ASCII.space }) {
      family = (gap + 1)..<name.upperBound
      given = withoutBlanksBehind(name.lowerBound..<gap)
    }
    guard hasAdditional, let end = firstSeparator(blank, in: given) else {
      return (family, given, none)
    }
    let additional = afterSeparators(end..<given.upperBound, blank)
    return (family, given.lowerBound..<end, additional)
  }

  private func withoutBlanksBehind(_ range: Range<Int>) -> Range<Int> {
    var end = range.upperBound
    while end > range.lowerBound, bytes[end - 1] == ASCII.space { end -= 1 }
    return range.lowerBound..<end
  }
}
