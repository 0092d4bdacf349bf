/// What the names of elements mean, found by the address that each name keeps (``XMLName``).
///
/// A name may be an element of the format, a property, or both, depending on where it stands.
struct XCardNameTable: ~Copyable {
  /// A name that was met.
  struct Entry {
    /// Where libxml2 keeps it.
    fileprivate(set) var address: UInt
    /// The element it names.
    let element: XCardElement
    /// The property it names, as an index for ``XCardNameTable/subscript(_:)``, or -1 while it has not
    /// named one.
    fileprivate(set) var property: Int
  }

  private var properties: [XCardProperty] = []
  private var entries: [UInt: Entry] = [:]
  /// One of the entries at each place of a small table, by address.
  private var recent = [Entry](
    repeating: Entry(address: 0, element: .other, property: -1), count: size)

  private static let size = 256
  /// More than there can be columns, so that a property beyond is left out anyway.
  private static let most = ColumnTable.limit * 2

  /// What a name means.
  mutating func entry(of name: XMLName) -> Entry {
    let address = UInt(bitPattern: name.local)
    let place = Int((address ^ address >> 8) & UInt(Self.size - 1))
    let known = recent[place]
    if known.address == address { return known }
    let entry =
      entries[address]
      ?? Entry(address: address, element: XCardElement(name: name), property: -1)
    recent[place] = entry
    return entry
  }

  /// The property that a name stands for; `nil` if there are far too many.
  mutating func property(of entry: Entry, _ name: XMLName) -> Int? {
    if entry.property >= 0 { return entry.property }
    guard properties.count < Self.most else { return nil }
    var named = entry
    named.property = properties.count
    properties.append(XCardProperty(name: name.text))
    entries[entry.address] = named
    recent[Int((entry.address ^ entry.address >> 8) & UInt(Self.size - 1))] = named
    return named.property
  }

  /// A property by its index.
  subscript(index: Int) -> XCardProperty {
    _read { yield properties[index] }
    _modify { yield &properties[index] }
  }
}
