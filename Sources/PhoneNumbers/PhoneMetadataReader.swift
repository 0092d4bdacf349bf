/// Reads the lines of the generated text, see `scripts/phone_metadata.py`.
///
/// The text is the project's own, so what does not fit is a mistake in it and ends the program.
struct PhoneMetadataReader {
  /// Which automaton the next line of a state begins.
  private enum Start { case national, international, general, prefix, emergency }

  private var start: Start?
  /// What is added to the labels of the automaton in work.
  private var labelBase = 0
  /// Where the templates, standings and replacements of the section in work begin.
  private var firstTemplate = 0
  private var firstStanding = 0
  private var firstReplacement = 0
  /// The regions of the section in work, in the order of its head.
  private var regionNames: [[UInt8]] = []
  private var firstRegion = 0

  /// Reads a line.
  mutating func read(_ line: UnsafeBufferPointer<UInt8>, into metadata: inout PhoneMetadata) {
    guard let first = line.first else { return }
    let rest = UnsafeBufferPointer(rebasing: line.dropFirst())
    switch first {
    case UInt8(ascii: "+"): beginCountry(rest, &metadata)
    case UInt8(ascii: "~"): metadata.templates.append(Array(rest))
    case UInt8(ascii: "#"): addStanding(rest, &metadata)
    case UInt8(ascii: ">"): beginRegion(rest, &metadata)
    case UInt8(ascii: "^"):
      metadata.replacements.append(rest.split(separator: Self.blank).map(Self.replacement))
    case UInt8(ascii: "i"): begin(.international, labelBase: 0)
    case UInt8(ascii: "v"): begin(.general, labelBase: 0)
    case UInt8(ascii: "p"): begin(.prefix, labelBase: firstReplacement)
    case UInt8(ascii: "e"): begin(.emergency, labelBase: 0)
    default: addState(line, &metadata)
    }
  }

  private static let blank = UInt8(ascii: " ")

  private mutating func begin(_ start: Start, labelBase: Int) {
    self.start = start
    self.labelBase = labelBase
  }

  private mutating func beginCountry(
    _ line: UnsafeBufferPointer<UInt8>, _ metadata: inout PhoneMetadata
  ) {
    let parts = line.split(separator: Self.blank)
    let digits = DigitRun(parts[0])
    regionNames = parts[1].split(separator: UInt8(ascii: ",")).map { Array($0) }
    firstRegion = metadata.regions.count
    metadata.countries.append(
      PhoneMetadata.Country(
        callingCode: Int(digits.value), digits: digits, mainRegion: firstRegion,
        regionCount: regionNames.count))
    // Labels and templates count from 1 in each section.
    firstTemplate = metadata.templates.count - 1
    firstStanding = metadata.standings.count - 1
    begin(.national, labelBase: firstStanding)
  }

  private func addStanding(
    _ line: UnsafeBufferPointer<UInt8>, _ metadata: inout PhoneMetadata
  ) {
    let parts = line.split(separator: Self.blank)
    let type = PhoneNumberType.allCases.first { $0.name.utf8.elementsEqual(parts[1]) }
    let region = regionNames.firstIndex { $0.elementsEqual(parts[0]) }
    guard let type, let region else { preconditionFailure("the generated text is whole") }
    let templates = parts[2...].map { part in
      part.elementsEqual("0".utf8) ? 0 : firstTemplate + Int(DigitRun(part).value)
    }
    metadata.standings.append(
      PhoneMetadata.Standing(
        region: firstRegion + region, type: type, international: templates[0],
        national: templates[1]))
  }

  private mutating func beginRegion(
    _ line: UnsafeBufferPointer<UInt8>, _ metadata: inout PhoneMetadata
  ) {
    let parts = line.split(separator: Self.blank)
    var region = PhoneMetadata.Region(
      name: String(decoding: parts[0], as: UTF8.self), country: metadata.countries.count - 1)
    region.lengths = Self.lengths(parts[1])
    region.localLengths = Self.lengths(parts[2])
    metadata.regions.append(region)
    firstReplacement = metadata.replacements.count - 1
  }

  private static func lengths(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> UInt32 {
    text.split(separator: UInt8(ascii: ",")).reduce(0) { lengths, number in
      let length = DigitRun(number)
      return length.count == 0 ? lengths : lengths | 1 << UInt32(length.value)
    }
  }

  /// Reads `1`, `$7=671abcdefg` and the like.
  private static func replacement(
    _ text: Slice<UnsafeBufferPointer<UInt8>>
  ) -> PhoneMetadata.Replacement {
    let isFinal = text.first == UInt8(ascii: "$")
    let parts = text.split(
      separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
    return PhoneMetadata.Replacement(
      count: Int(DigitRun(parts[0]).value), isRewriting: parts.count > 1, isFinal: isFinal,
      text: parts.count > 1 ? Array(parts[1]) : [])
  }

  /// Adds the state of a line such as `=3 014:2 59:7`.
  private mutating func addState(
    _ line: UnsafeBufferPointer<UInt8>, _ metadata: inout PhoneMetadata
  ) {
    let state = metadata.automaton.count
    if let start { set(start, to: state, &metadata) }
    start = nil
    var label = 0
    var index = 0
    if line[0] == UInt8(ascii: "=") {
      index = 1
      label = labelBase + Self.number(line, &index)
      index += 1
    }
    metadata.automaton.addState(label: label)
    while index < line.count {
      let first = index
      while line[index] != UInt8(ascii: ":") { index += 1 }
      let digits = first..<index
      index += 1
      let target = state + Self.number(line, &index)
      index += 1
      if line[first] == UInt8(ascii: "*") {
        for digit in 0..<10 { metadata.automaton.connect(digit, to: target) }
      } else {
        for place in digits { metadata.automaton.connect(Int(line[place]) - 48, to: target) }
      }
    }
  }

  /// Reads digits up to what is none.
  private static func number(_ line: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> Int {
    var number = 0
    while index < line.count, line[index] &- 48 < 10 {
      number = number * 10 + Int(line[index] - 48)
      index += 1
    }
    return number
  }

  private func set(_ start: Start, to state: Int, _ metadata: inout PhoneMetadata) {
    let region = metadata.regions.count - 1
    switch start {
    case .national: metadata.countries[metadata.countries.count - 1].nationalStart = state
    case .international: metadata.regions[region].internationalStart = state
    case .general: metadata.regions[region].generalStart = state
    case .prefix: metadata.regions[region].prefixStart = state
    case .emergency: metadata.regions[region].emergencyStart = state
    }
  }
}
