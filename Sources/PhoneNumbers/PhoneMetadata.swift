/// What is known about the numbers of every country, read once from the generated tables.
///
/// The figures come from libphonenumber; `PhoneMetadata+Generated.swift` names the release.
package struct PhoneMetadata: Sendable {
  /// What is known about the numbers behind one calling code.
  struct Country: Sendable {
    var callingCode: Int
    /// The prefix dialled before a national number, such as `0`; empty where there is none.
    var trunk = DigitRun()
    /// The prefix dialled before a calling code, such as `810`; empty if there is not one alone.
    var international = DigitRun()
    /// Bit *n* is set where a national number may have *n* digits.
    var lengths: UInt32 = 0

    /// Whether a national number may have so many digits.
    func allows(_ count: Int) -> Bool { count < 32 && lengths & (1 << UInt32(count)) != 0 }
  }

  /// How digits stand in groups: up to eight sizes and the separators between them.
  struct Grouping: Sendable {
    /// Four bits a group, the first group lowest; 0 ends them.
    var sizes: UInt64 = 0
    /// Bit *n* is set where group *n* is followed by a hyphen rather than a space.
    var hyphens: UInt8 = 0
  }

  var countries: [Country] = []
  /// The international form of a number of *n* digits of country *i*, at index `i * 20 + n`; of no
  /// group where it is not known.
  var groupings: [Grouping] = []
  /// The index into ``countries`` at each calling code; -1 where the code is not assigned.
  var indexes: [Int16] = Array(repeating: -1, count: 1000)
  /// The calling code of each region by its two letters, `(first - "A") * 26 + second - "A"`.
  var regions: [Int16] = Array(repeating: 0, count: 26 * 26)

  /// The tables, read from their text on first use.
  static let shared = PhoneMetadata()

  private init() {
    var line: [UInt8] = []
    Self.countries.withUTF8Buffer { text in
      for byte in text {
        if byte == UInt8(ascii: "\n") {
          add(line)
          line.removeAll(keepingCapacity: true)
        } else {
          line.append(byte)
        }
      }
      add(line)
    }
  }

  /// The calling code of a region named by ISO 3166 letters, such as `RU`.
  func callingCode(ofRegion region: String) -> Int? {
    let letters = Array(region.utf8)
    guard letters.count == 2, letters.allSatisfy({ $0 >= 65 && $0 <= 90 }) else { return nil }
    let code = regions[Int(letters[0] - 65) * 26 + Int(letters[1] - 65)]
    return code == 0 ? nil : Int(code)
  }

  /// The country of a calling code.
  func country(ofCallingCode code: Int) -> Int? {
    indexes[code] < 0 ? nil : Int(indexes[code])
  }

  /// Adds a country from its line `code|regions|trunk|international|lengths|groups`.
  private mutating func add(_ line: [UInt8]) {
    let parts = line.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
    guard parts.count == 6 else { return }
    var country = Country(callingCode: Int(Self.digits(parts[0]).value))
    country.trunk = Self.digits(parts[2])
    country.international = Self.digits(parts[3])
    for length in parts[4].split(separator: UInt8(ascii: ",")) {
      country.lengths |= 1 << UInt32(Self.digits(length).value)
    }
    let firstGrouping = groupings.count
    groupings.append(contentsOf: repeatElement(Grouping(), count: 20))
    for form in parts[5].split(separator: UInt8(ascii: ",")) {
      let sides = form.split(separator: UInt8(ascii: "="))
      groupings[firstGrouping + Int(Self.digits(sides[0]).value)] = Grouping(sides[1])
    }
    for region in parts[1].split(separator: UInt8(ascii: ",")) {
      let first = Int(region[region.startIndex] - 65)
      let second = Int(region[region.startIndex + 1] - 65)
      regions[first * 26 + second] = Int16(country.callingCode)
    }
    indexes[country.callingCode] = Int16(countries.count)
    countries.append(country)
  }

  private static func digits(_ text: ArraySlice<UInt8>) -> DigitRun {
    var run = DigitRun()
    for byte in text { run.append(byte &- 48) }
    return run
  }
}

extension PhoneMetadata.Grouping {
  /// Reads a form such as `3 3-2-2`; a size above nine is a hexadecimal digit.
  fileprivate init(_ text: ArraySlice<UInt8>) {
    var group = 0
    for byte in text {
      switch byte {
      case UInt8(ascii: " "): group += 1
      case UInt8(ascii: "-"):
        hyphens |= 1 << UInt8(group)
        group += 1
      default:
        let size = byte >= UInt8(ascii: "a") ? byte - UInt8(ascii: "a") + 10 : byte - 48
        sizes |= UInt64(size) << UInt64(group * 4)
      }
    }
  }
}
