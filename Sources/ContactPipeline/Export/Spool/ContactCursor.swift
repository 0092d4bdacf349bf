/// Goes through pages of contacts one contact at a time.
struct ContactCursor {
  private let width: Int
  private let pidColumn: Int
  private var page: RecordSpool.Page?
  private var contact = 0

  /// - Parameters:
  ///   - width: How many columns the contacts have.
  ///   - pidColumn: Which of them is the identifier.
  init(width: Int, pidColumn: Int) {
    self.width = width
    self.pidColumn = pidColumn
  }

  /// The identifier of the contact that the cursor stands at; `nil` where another page is needed.
  var pid: Int? {
    guard let page, contact * width < page.valueEnds.count else { return nil }
    return Self.number(page.bytes, range(of: pidColumn))
  }

  /// The identifier of the page's last contact.
  var lastPID: Int? {
    guard let page, let count = contactCount, count > 0 else { return nil }
    return Self.number(page.bytes, range(of: pidColumn, in: count - 1))
  }

  /// The page, where the cursor stands at its first contact.
  var untouchedPage: RecordSpool.Page? { contact == 0 ? page : nil }

  private var contactCount: Int? { page.map { $0.valueEnds.count / width } }

  private static func number(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
    var number = 0
    for byte in bytes[range] {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9"), number < Int.max / 16 else {
        return 0
      }
      number = number * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return number
  }

  /// Stands before the first contact of a page.
  mutating func enter(_ page: RecordSpool.Page) {
    self.page = page
    contact = 0
  }

  /// Stands behind the page's last contact.
  mutating func leave() { page = nil }

  /// Goes on to the next contact.
  mutating func advance() { contact += 1 }

  /// A value of the contact.
  func value(_ column: Int) -> ArraySlice<UInt8> { page?.bytes[range(of: column)] ?? [] }

  /// Appends the contact to a page.
  func copy(to other: inout RecordSpool.Page) {
    guard let page else { return }
    other.append(values: contact * width..<(contact + 1) * width, of: page)
  }

  private func range(of column: Int) -> Range<Int> { range(of: column, in: contact) }

  private func range(of column: Int, in contact: Int) -> Range<Int> {
    guard let page else { return 0..<0 }
    return page.range(ofValue: contact * width + column)
  }
}
