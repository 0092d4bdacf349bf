/// What is known about the numbers of every country, read once from the generated text.
///
/// The facts are libphonenumber's; `PhoneMetadata+Generated.swift` names the release, and
/// `scripts/phone_metadata.py` says how the text is laid out. Reading it takes a few milliseconds
/// and happens on first use.
package struct PhoneMetadata: Sendable {
  /// The numbers behind one calling code.
  struct Country: Sendable {
    var callingCode: Int
    var digits: DigitRun
    /// The region whose rules are those of the code, an index into ``regions``.
    var mainRegion = 0
    /// How many regions share the code; they stand one after the other from ``mainRegion`` on.
    var regionCount = 0
    /// The automaton over national numbers; its labels are indexes into ``standings``.
    var nationalStart = 0
  }

  /// What a parser asks of a region.
  struct Region: Sendable {
    /// The ISO 3166 letters one behind the other, 0 for numbers of no country.
    ///
    /// No `String`: a region is copied for every number, and that would count references.
    private var letters: UInt16 = 0
    var country: Int
    /// Bit *n* is set where a national number may have *n* digits.
    var lengths: UInt32 = 0
    /// The same for numbers that are dialled within an area only.
    var localLengths: UInt32 = 0
    /// The automaton over the prefixes for calls abroad, 0 for none; a label is a prefix's length.
    var internationalStart = 0
    /// The automaton over what looks like a national number at all; label 1 is yes.
    var generalStart = 0
    /// The automaton over national prefixes, 0 for none; labels are indexes into ``replacements``.
    var prefixStart = 0
    /// The automaton over emergency numbers, 0 for none; label 1 is yes.
    var emergencyStart = 0

    init(name: String, country: Int) {
      if let place = PhoneMetadata.place(of: name) { letters = UInt16(place + 1) }
      self.country = country
    }

    /// The ISO 3166 letters, or `001` for numbers of no country.
    var name: String {
      guard letters > 0 else { return "001" }
      let (first, second) = (letters - 1).quotientAndRemainder(dividingBy: 26)
      return String(decoding: [UInt8(first) + 65, UInt8(second) + 65], as: UTF8.self)
    }

    /// What libphonenumber says about a national number of so many digits.
    func length(_ count: Int) -> PhoneLength {
      let bit = count < 32 ? UInt32(1) << UInt32(count) : 0
      if localLengths & bit != 0 { return .localOnly }
      if lengths & bit != 0 { return .possible }
      if lengths == 0 || count < lengths.trailingZeroBitCount { return .tooShort }
      return count > 31 - lengths.leadingZeroBitCount ? .tooLong : .invalid
    }
  }

  /// What a national number is: the region it belongs to, its kind, and how it is grouped.
  struct Standing: Sendable {
    var region: Int
    var type: PhoneNumberType
    /// Indexes into ``templates``, 0 for a number that is not in use.
    var international: Int
    var national: Int
  }

  /// What a national prefix is replaced by.
  struct Replacement: Sendable {
    /// How many digits go.
    var count: Int
    /// Whether ``text`` takes their place rather than nothing.
    var isRewriting: Bool
    /// Whether it counts only if no digit follows.
    var isFinal: Bool
    /// Letters are digits of the prefix, `a` the first; figures stand for themselves.
    var text: [UInt8]
  }

  var countries: [Country] = []
  var regions: [Region] = []
  var automaton = DigitAutomaton()
  /// Index 0 is no standing at all.
  var standings = [Standing(region: -1, type: .unknown, international: 0, national: 0)]
  /// Index 0 is no replacement at all.
  var replacements: [[Replacement]] = [[]]
  /// How many digits go, for the replacements that are a plain prefix taken away; 0 for the others.
  var plainPrefixes: [UInt8] = []
  /// How numbers are grouped: letters are their digits, `a` the first; index 0 is none.
  var templates: [[UInt8]] = [[]]
  /// The index into ``countries`` at each calling code; -1 where the code is not assigned.
  private var countryIndexes: [Int16] = Array(repeating: -1, count: 1000)
  /// The index into ``regions`` by two letters, `(first - "A") * 26 + second - "A"`; -1 for none.
  private var regionIndexes: [Int16] = Array(repeating: -1, count: 26 * 26)

  /// The tables, read from their text on first use.
  static let shared = PhoneMetadata()

  private init() {
    var reader = PhoneMetadataReader()
    automaton.reserveCapacity(24_000)
    Self.text.withUTF8Buffer { text in
      var start = 0
      for index in text.indices where text[index] == UInt8(ascii: "\n") {
        reader.read(UnsafeBufferPointer(rebasing: text[start..<index]), into: &self)
        start = index + 1
      }
      reader.read(UnsafeBufferPointer(rebasing: text[start...]), into: &self)
    }
    plainPrefixes = replacements.map { all in
      guard all.count == 1, !all[0].isRewriting, !all[0].isFinal else { return 0 }
      return UInt8(all[0].count)
    }
    for (index, country) in countries.enumerated() {
      countryIndexes[country.callingCode] = Int16(index)
    }
    for (index, region) in regions.enumerated() {
      if let place = Self.place(of: region.name) { regionIndexes[place] = Int16(index) }
    }
  }

  /// The region of ISO 3166 letters, such as `RU`.
  func region(named name: String) -> Int? {
    guard let place = Self.place(of: name), regionIndexes[place] >= 0 else { return nil }
    return Int(regionIndexes[place])
  }

  fileprivate static func place(of name: String) -> Int? {
    let letters = Array(name.utf8)
    guard letters.count == 2, letters.allSatisfy({ $0 >= 65 && $0 <= 90 }) else { return nil }
    return Int(letters[0] - 65) * 26 + Int(letters[1] - 65)
  }

  /// The country of a calling code.
  func country(ofCallingCode code: Int) -> Int? {
    guard code > 0, code < 1000, countryIndexes[code] >= 0 else { return nil }
    return Int(countryIndexes[code])
  }

  /// The country whose calling code some digits begin with; no code begins with another.
  @inline(__always)
  func country(atStartOf digits: DigitRun) -> Int? {
    guard digits.count > 0, digits.count <= DigitRun.capacity, digits[0] != 0 else { return nil }
    var code = 0
    for index in 0..<min(3, digits.count) {
      code = code * 10 + Int(digits[index])
      if countryIndexes[code] >= 0 { return Int(countryIndexes[code]) }
    }
    return nil
  }

  /// What a national number of a country is.
  @inline(__always)
  func standing(of national: DigitRun, in country: Int) -> Standing {
    guard national.count <= DigitRun.capacity else { return standings[0] }
    return standings[automaton.label(of: national, from: countries[country].nationalStart)]
  }
}
