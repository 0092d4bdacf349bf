/// The names of columns that are found as records come, each with the number it keeps.
///
/// Names are found by a hash table over one arena of bytes, so that looking one up allocates
/// nothing. The table's seed is random: nobody can make up names that all collide.
struct ColumnTable: Sendable {
  /// The most columns a source can have; an issue could not number more.
  static let limit = 4096
  /// The longest name a column can have, in bytes; all names together have 4 MB at most then.
  ///
  /// A longer one is made of keys around many values, and each of them would have a copy.
  static let longestName = 1024

  /// The names, in the order they were found.
  private(set) var names: [String] = []
  /// All names, one after the other.
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  /// A power of two of places, at most half of them taken: a column's number, or -1.
  private var places = [Int16](repeating: -1, count: 64)
  private let seed = UInt64.random(in: .min ... .max)

  /// A column's number; a new name gets the next one, unless it is beyond ``limit`` or longer than
  /// ``longestName``.
  ///
  /// - Parameters:
  ///   - name: The column's name in UTF-8.
  ///   - guess: The number it probably has, such as the one behind the column before; a right
  ///     guess costs one comparison of bytes.
  /// - Returns: The number, or `nil` if there is no room for the name.
  mutating func number(of name: Span<UInt8>, guess: Int = 0) -> Int? {
    if isName(name, of: guess) { return guess }
    guard name.count <= Self.longestName else { return nil }
    let place = place(of: name)
    if places[place] >= 0 { return Int(places[place]) }
    guard names.count < Self.limit else { return nil }
    return add(name, at: place)
  }

  /// A column's number, or `nil` if there is no such column.
  func find(_ name: Span<UInt8>) -> Int? {
    guard name.count <= Self.longestName else { return nil }
    let number = Int(places[place(of: name)])
    return number < 0 ? nil : number
  }

  /// Where a name stands in the hash table, or would.
  private func place(of name: Span<UInt8>) -> Int {
    var place = firstPlace(of: name)
    while places[place] >= 0, !isName(name, of: Int(places[place])) {
      place = (place + 1) & (places.count - 1)
    }
    return place
  }

  /// A column's number by its name as text; see ``number(of:guess:)``.
  mutating func number(of name: String) -> Int? { number(of: Array(name.utf8).span) }

  private mutating func add(_ name: Span<UInt8>, at place: Int) -> Int {
    let number = names.count
    let key = name.withUnsafeBufferPointer { Array($0) }
    names.append(String(decoding: key, as: UTF8.self))
    bytes.append(contentsOf: key)
    ends.append(bytes.count)
    places[place] = Int16(number)
    if names.count * 2 > places.count { grow() }
    return number
  }

  private mutating func grow() {
    places = [Int16](repeating: -1, count: places.count * 2)
    let text = bytes
    for number in ends.indices {
      var place = firstPlace(of: text.span.extracting(start(of: number)..<ends[number]))
      while places[place] >= 0 { place = (place + 1) & (places.count - 1) }
      places[place] = Int16(number)
    }
  }

  private func start(of number: Int) -> Int { number == 0 ? 0 : ends[number - 1] }

  private func isName(_ name: Span<UInt8>, of number: Int) -> Bool {
    guard number < ends.count else { return false }
    let start = start(of: number)
    guard ends[number] - start == name.count else { return false }
    for index in 0..<name.count where bytes[start + index] != name[index] { return false }
    return true
  }

  /// Where the search for a name begins: a multiplicative hash, eight bytes a step.
  private func firstPlace(of name: Span<UInt8>) -> Int {
    var hash = seed ^ UInt64(name.count)
    var index = 0
    while index + 8 <= name.count {
      let word = name.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
      hash = Self.mixed(hash ^ word)
      index += 8
    }
    var rest: UInt64 = 0
    while index < name.count {
      rest = rest << 8 | UInt64(name[index])
      index += 1
    }
    return Int(truncatingIfNeeded: Self.mixed(hash ^ rest)) & (places.count - 1)
  }

  /// Both halves of a product, folded together, so that every bit of the word counts.
  private static func mixed(_ word: UInt64) -> UInt64 {
    let product = word.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return product.high ^ product.low
  }
}
