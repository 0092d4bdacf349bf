import ContactModel

@testable import ContactFormats

/// A reader of cards that is slow and obvious: whole file, whole lines, dictionaries.
///
/// It shares with ``VCardReader`` what has tables of its own in the tests (the names of columns and
/// the heads of lines), and nothing of what makes that one fast. It knows no limits.
struct VCardOracle {
  private typealias Line = (bytes: [UInt8], head: CardHeadParser?)

  private(set) var content = CardContent()
  private var properties: [(property: CardProperty, rank: Int, group: [UInt8]?, parts: [[UInt8]])] =
    []
  private var labels: [[UInt8]: [UInt8]] = [:]
  private var notes: Set<String> = []
  private var isInCard = false
  private var depth = 0
  private var expectsCard = false
  private var hasStrayText = false
  private var open: [UInt8]?
  private var escapes = CardText.Escapes.all

  init(_ bytes: [UInt8]) {
    for line in Self.physicalLines(bytes) { join(line) }
    close()
    if isInCard { end(isWhole: false) }
    if hasStrayText, !content.records.isEmpty, notes.insert("vcard.invalid-line").inserted {
      content.issues.append("\(content.records.count) vcard.invalid-line")
    }
  }

  /// The text between line ends, which may be LF, CR or both.
  private static func physicalLines(_ bytes: [UInt8]) -> [[UInt8]] {
    var lines: [[UInt8]] = [[]]
    for (index, byte) in bytes.enumerated() {
      if byte == 13 || (byte == 10 && (index == 0 || bytes[index - 1] != 13)) {
        lines.append([])
      } else if byte != 10 {
        lines[lines.count - 1].append(byte)
      }
    }
    return lines
  }

  private static func parse(_ line: [UInt8]) -> (head: CardHeadParser, value: [UInt8])? {
    var isQuoted = false
    var place: Int?
    for (index, byte) in line.enumerated() where place == nil {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if byte == UInt8(ascii: ":"), !isQuoted { place = index }
    }
    guard let colon = place ?? line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    return (CardHeadParser(Array(line[..<colon])), Array(line[(colon + 1)...]))
  }

  private static func word(_ bytes: [UInt8]) -> String {
    var bytes = bytes[...]
    while let first = bytes.first, first == 32 || (9...13).contains(first) { bytes.removeFirst() }
    while let last = bytes.last, last == 32 || (9...13).contains(last) { bytes.removeLast() }
    return String(decoding: bytes.map { (97...122).contains($0) ? $0 - 32 : $0 }, as: UTF8.self)
  }

  private static func isEnvelope(_ line: [UInt8]) -> Bool {
    guard let (head, value) = parse(line) else { return false }
    return ["BEGIN", "END"].contains(head.name) && word(value) == "VCARD"
  }

  /// Joins folds, soft breaks and base 64 that goes on; takes lines that are whole.
  private mutating func join(_ line: [UInt8]) {
    let parsed = open.flatMap(Self.parse)
    let isSoft = parsed?.head.transfer == .quotedPrintable && open?.last == UInt8(ascii: "=")
    guard let first = line.first else {
      if isSoft { open?.removeLast() }
      return
    }
    let isDigits =
      (parsed.map { Self.isPictureInDigits($0.head) } ?? false)
      && Self.parse(line) == nil
    if isSoft, !Self.isEnvelope(line) {
      open?.removeLast()
      open? += line
    } else if open != nil, first == 32 || first == 9 {
      open? += line.dropFirst()
    } else if isDigits {
      open? += line
    } else {
      close()
      if Self.isEnvelope(line) || depth > 0 || !(isInCard || beginsWithoutBegin(line)) {
        take(line)
      } else {
        open = line
      }
    }
  }

  private mutating func close() {
    guard let line = open else { return }
    open = nil
    let isSoft = Self.parse(line)?.head.transfer == .quotedPrintable
    take(isSoft && line.last == UInt8(ascii: "=") ? line.dropLast() : line)
  }

  private static let pictures: Set = ["PHOTO", "LOGO", "SOUND", "KEY", "X-MS-CARDPICTURE"]

  private mutating func take(_ line: [UInt8]) {
    var line = line
    if !isInCard, line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
    let parsed = Self.parse(line)
    let name = parsed?.head.isValid == true ? parsed?.head.name ?? "" : ""
    let value = parsed?.value ?? []
    let word = Self.word(value)
    if name == "BEGIN", word == "VCARD" { return begin() }
    if name == "END", word == "VCARD" { return endOne() }
    guard isInCard else {
      hasStrayText = hasStrayText || !Self.word(line).isEmpty
      return
    }
    expectsCard = false
    if name == "AGENT", takeAgent(word) { return }
    guard depth == 0 else { return }
    guard let parsed else {
      if !Self.word(line).isEmpty { notes.insert("vcard.invalid-line") }
      return
    }
    takeProperty(name, parsed.head, value, word)
  }

  /// Begins a card at a line that says its version or its name, where BEGIN was lost.
  private mutating func beginsWithoutBegin(_ line: [UInt8]) -> Bool {
    let text = line.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(line.dropFirst(3)) : line
    guard let (head, value) = Self.parse(text), head.isValid else { return false }
    switch head.name {
    case "VERSION":
      guard ["2.1", "3.0", "4.0"].contains(Self.word(value)) else { return false }
    case "FN" where head.isDerived: return false
    case "FN", "N": break
    default: return false
    }
    begin()
    notes.insert("vcard.unfinished")
    return true
  }

  private static func isPictureInDigits(_ head: CardHeadParser) -> Bool {
    head.transfer == .base64 && head.isValid && pictures.contains(head.name)
  }

  private mutating func begin() {
    if isInCard, expectsCard {
      depth += 1
      expectsCard = false
      notes.insert("vcard.nested-card-left-out")
      return
    }
    if isInCard { end(isWhole: false) }
    (isInCard, depth, expectsCard, escapes) = (true, 0, false, .all)
    (properties, labels, notes) = ([], [:], [])
    if hasStrayText { notes.insert("vcard.invalid-line") }
    hasStrayText = false
  }

  private mutating func endOne() {
    if !isInCard {
      hasStrayText = true
    } else if depth > 0 {
      depth -= 1
      expectsCard = false
    } else {
      end(isWhole: true)
    }
  }

  private mutating func takeAgent(_ word: String) -> Bool {
    if word.isEmpty {
      expectsCard = true
    } else if word == "BEGIN:VCARD" {
      depth += 1
      notes.insert("vcard.nested-card-left-out")
    } else if word.hasPrefix("BEGIN:VCARD") {
      notes.insert("vcard.nested-card-left-out")
    } else {
      return false
    }
    return true
  }

  private mutating func takeProperty(
    _ name: String, _ head: CardHeadParser, _ value: [UInt8], _ word: String
  ) {
    switch name {
    case "", "BEGIN", "END": notes.insert("vcard.invalid-line")
    case "VERSION": escapes = word == "2.1" ? .separators : .all
    case "PRODID": break
    case "FN" where head.isDerived: break
    case "X-ABLABEL" where head.group != nil:
      labels[head.group ?? []] = unescaped(decoded(value))
    case let name where Self.isPicture(name, head, value):
      let digits = value.filter { $0 != 61 && $0 != 32 && !(9...13).contains($0) }.count
      if head.transfer != .base64 {
        notes.insert("vcard.picture-left-out")
      } else if digits > 0 {
        notes.insert(
          digits % 4 == 1 ? "vcard.undecodable-value" : "vcard.picture-left-out")
      }
    default:
      var property = CardProperty(name: name, types: head.types)
      if name == "X-COLUMN", let column = head.columnName, !column.isEmpty {
        property = CardProperty(columnNamed: column)
      }
      properties.append((property, head.rank, head.group, parts(of: value, property, head)))
    }
  }

  private static func isPicture(_ name: String, _ head: CardHeadParser, _ value: [UInt8]) -> Bool {
    pictures.contains(name)
      && (head.transfer == .base64 || word(Array(value.prefix(5))) == "DATA:")
  }

  private mutating func parts(
    of value: [UInt8], _ property: CardProperty, _ head: CardHeadParser
  ) -> [[UInt8]] {
    if head.transfer == .base64 {
      guard let bytes = value.withUnsafeBytes(CardText.base64), !FileFormat.isBinary(bytes) else {
        notes.insert("vcard.undecodable-value")
        return []
      }
      return [decoded(bytes)]
    }
    let isQuoted = head.transfer == .quotedPrintable
    // Escaped pairs stay together while the parts are told apart.
    var raw: [[UInt8]] = [[]]
    let text = isQuoted ? value : decoded(value)
    var index = 0
    while index < text.count {
      if text[index] == 92, index + 1 < text.count,
        isQuoted || escapes.byte(escaped: text[index + 1]) != nil
      {
        raw[raw.count - 1] += text[index...(index + 1)]
        index += 2
        continue
      }
      if text[index] == 59, property.structure != .text {
        raw.append([])
      } else {
        raw[raw.count - 1].append(text[index])
      }
      index += 1
    }
    guard isQuoted else { return raw.map(unescaped) }
    return raw.map { part in
      var isBroken = false
      let bytes = CardText.quotedPrintable(part[...], isBroken: &isBroken)
      if isBroken { notes.insert("vcard.undecodable-value") }
      return unescaped(decoded(bytes))
    }
  }

  private func unescaped(_ text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var index = 0
    while index < text.count {
      if text[index] == 92, index + 1 < text.count,
        let byte = escapes.byte(escaped: text[index + 1])
      {
        result.append(byte)
        index += 2
      } else {
        result.append(text[index])
        index += 1
      }
    }
    return result
  }

  /// UTF-8, or whatever comes closest to it.
  private mutating func decoded(_ bytes: [UInt8]) -> [UInt8] {
    let text = Array(String(decoding: bytes, as: UTF8.self).utf8)
    if text != bytes { notes.insert("text.undecodable") }
    return text
  }

  private mutating func end(isWhole: Bool) {
    if !isWhole { notes.insert("vcard.unfinished") }
    isInCard = false
    var unused = labels
    var entries: [(property: CardProperty, rank: Int, label: [UInt8]?, parts: [[UInt8]])] = []
    for (property, rank, group, parts) in properties where parts.contains(where: { !$0.isEmpty }) {
      guard let group, let label = labels[group], !property.name.hasPrefix("X-ABADR") else {
        entries.append((property, rank, nil, parts))
        continue
      }
      unused[group] = nil
      if let types = CardLabel.types(of: String(decoding: label, as: UTF8.self)) {
        entries.append((property.adding(types), rank, nil, parts))
      } else {
        let named = property.types.isEmpty ? property.adding(["OTHER"]) : property
        entries.append((named, rank, label, parts))
      }
    }
    for group in unused.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      entries.append((CardProperty(name: "X-ABLABEL"), 101, nil, [unused[group] ?? []]))
    }
    var record: [String] = []
    var counts: [CardProperty: Int] = [:]
    for rank in 1...101 {
      for entry in entries where entry.rank == rank {
        guard entry.parts.contains(where: { !$0.isEmpty }) else { continue }
        counts[entry.property, default: 0] += 1
        let number = counts[entry.property] ?? 0
        let suffix = number == 1 ? "" : " (\(number))"
        for (index, part) in entry.parts.enumerated() {
          let text = CardAddress(property: entry.property.name)?.text(of: part.span) ?? part
          let name = entry.property.columnName + entry.property.structure.suffix(ofComponent: index)
          if !text.isEmpty {
            record.append("\(name)\(suffix)=\(String(decoding: text, as: UTF8.self))")
          }
        }
        if let label = entry.label, !label.isEmpty {
          record.append(
            "\(entry.property.columnName).label\(suffix)=\(String(decoding: label, as: UTF8.self))")
        }
      }
    }
    content.records.append(record.sorted())
    content.issues += notes.sorted().map { "\(content.records.count) \($0)" }
  }
}
