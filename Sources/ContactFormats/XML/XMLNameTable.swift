/// Numbers the names a handler knows, so that it can `switch` over elements.
///
/// ```swift
/// var names = XMLNameTable(["row", "c", "v"])
/// names.number(of: tag.name)            // 1 for <c>, in any namespace
/// ```
///
/// A name is compared letter by letter when it comes for the first time; afterwards its address, which
/// stays the same (``XMLName``), tells its number. So one table serves one parser.
///
/// - Complexity: O(1) for a name seen before.
struct XMLNameTable {
  private let names: [StaticString]
  /// One of the names seen at each place of a small table, by their addresses.
  private var seen: [(address: UInt, number: Int)]

  private static let size = 256

  /// - Parameter names: The local names, numbered from 0.
  init(_ names: [StaticString]) {
    self.names = names
    seen = Array(repeating: (0, -1), count: Self.size)
  }

  /// A name's number, or `nil` for one that is not in the table.
  mutating func number(of name: XMLName) -> Int? {
    let address = UInt(bitPattern: name.local)
    let place = Int((address ^ address >> 8) % UInt(Self.size))
    if seen[place].address != address {
      seen[place] = (address, names.firstIndex { name.isLocal($0) } ?? -1)
    }
    let number = seen[place].number
    return number < 0 ? nil : number
  }
}
