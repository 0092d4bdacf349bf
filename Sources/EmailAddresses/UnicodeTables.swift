/// What Unicode says about characters, as far as domain names and local parts ask for it.
///
/// The tables are generated (`scripts/generate_idna_tables.py`) and read once, when the first
/// address beyond ASCII comes. The standard library's own properties are of another version of
/// Unicode on every system, so that an address would be valid on one machine and not on the next.
struct UnicodeTables: Sendable {
  /// The tables.
  static let shared = UnicodeTables()

  /// The first code point of each run of alike ones, ascending.
  private let starts: [UInt32]
  /// The properties of each run.
  private let values: [UInt32]
  private let mappings: [UInt32: [Unicode.Scalar]]
  private let decompositionTable: [UInt32: [Unicode.Scalar]]
  private let compositionTable: [UInt64: Unicode.Scalar]

  private init() {
    var starts: [UInt32] = []
    var values: [UInt32] = []
    Self.readEntries(of: Self.properties) { start, _, value in
      starts.append(start)
      values.append(value[0])
    }
    self.starts = starts
    self.values = values
    var mappings: [UInt32: [Unicode.Scalar]] = [:]
    Self.readEntries(of: Self.mappings) { code, _, target in
      mappings[code] = target.compactMap(Unicode.Scalar.init)
    }
    self.mappings = mappings
    var decompositions: [UInt32: [Unicode.Scalar]] = [:]
    var compositions: [UInt64: Unicode.Scalar] = [:]
    Self.readEntries(of: Self.decompositions) { code, sign, parts in
      decompositions[code] = parts.compactMap(Unicode.Scalar.init)
      guard sign == UInt8(ascii: "="), parts.count == 2 else { return }
      compositions[UInt64(parts[0]) << 32 | UInt64(parts[1])] = Unicode.Scalar(code)
    }
    decompositionTable = decompositions
    compositionTable = compositions
  }

  /// What is known of a scalar.
  subscript(scalar: Unicode.Scalar) -> ScalarProperties {
    // The last run that begins at or before the scalar.
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= scalar.value { low = middle } else { high = middle }
    }
    return ScalarProperties(bits: values[low])
  }

  /// What UTS #46 maps a scalar to.
  func mapping(of scalar: Unicode.Scalar) -> [Unicode.Scalar] { mappings[scalar.value] ?? [scalar] }

  /// One step of a scalar's canonical decomposition, Hangul apart.
  func decomposition(of scalar: Unicode.Scalar) -> [Unicode.Scalar]? {
    decompositionTable[scalar.value]
  }

  /// What NFC makes of two scalars, Hangul apart.
  func composition(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Unicode.Scalar? {
    compositionTable[UInt64(first.value) << 32 | UInt64(second.value)]
  }

  /// Reads entries such as `C0=41,300`: a hexadecimal number, a sign, numbers parted by commas.
  private static func readEntries(
    of table: StaticString, _ take: (UInt32, UInt8, [UInt32]) -> Void
  ) {
    table.withUTF8Buffer { bytes in
      var numbers: [UInt32] = []
      var number: UInt32 = 0
      var sign: UInt8 = 0
      for byte in bytes {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): number = number << 4 | UInt32(byte - 0x30)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): number = number << 4 | UInt32(byte - 0x37)
        case UInt8(ascii: " "), UInt8(ascii: "\n"):
          // Line breaks of the literal may stand beside a blank.
          guard let code = numbers.first else { continue }
          numbers.append(number)
          number = 0
          take(code, sign, Array(numbers.dropFirst()))
          numbers.removeAll(keepingCapacity: true)
        default:
          if numbers.isEmpty { sign = byte }
          numbers.append(number)
          number = 0
        }
      }
      if let code = numbers.first {
        numbers.append(number)
        take(code, sign, Array(numbers.dropFirst()))
      }
    }
  }
}

/// The properties of one character, packed as the generated table has them.
struct ScalarProperties: Equatable {
  /// The bits of `scripts/generate_idna_tables.py`.
  let bits: UInt32

  /// A character's place in IDNA 2008 (RFC 5892).
  enum IDNAClass: UInt32 { case disallowed, valid, contextual }
  /// What UTS #46 does with a character before.
  enum MappingStatus: UInt32 { case valid, mapped, ignored, disallowed }
  /// Whether a character may stand in an address at all.
  enum Kind: UInt32 {
    /// A control, format, private or unassigned character, or a blank.
    case unsafe
    /// A letter, number, punctuation mark or symbol.
    case safe
    /// A mark that belongs to the character before it.
    case mark
  }
  /// The scripts that the contextual rules ask for.
  enum Script: UInt32 { case other, greek, hebrew, japanese }
  /// The classes of the Bidi Rule (RFC 5893); `other` may not stand in any label.
  enum Direction: UInt32 {
    case other, left, right, arabicLetter, arabicNumber, europeanNumber, europeanSeparator
    case commonSeparator, europeanTerminator, neutral, boundary, mark
  }

  var idnaClass: IDNAClass { IDNAClass(rawValue: bits & 3) ?? .disallowed }
  var mappingStatus: MappingStatus { MappingStatus(rawValue: bits >> 2 & 3) ?? .disallowed }
  var kind: Kind { Kind(rawValue: bits >> 4 & 3) ?? .unsafe }
  var script: Script { Script(rawValue: bits >> 6 & 3) ?? .other }
  var direction: Direction { Direction(rawValue: bits >> 8 & 15) ?? .other }
  /// Whether NFC may change a text that has the character.
  var mayChangeInNFC: Bool { bits >> 12 & 1 == 1 }
  /// The canonical combining class.
  var combiningClass: UInt32 { bits >> 16 }
}
