package import ContactModel
import Foundation

/// In which order the contacts of an export stand.
///
/// The order is that of one field's values. Numbers compare as numbers, dates as they are written, texts
/// by their letters: capitals count as small letters and `ё` as `е`, as they do to the CRM. Contacts
/// without a value stand behind all others, whatever the direction; contacts with the same value in
/// the order of `pid`.
package struct ExportOrder: Sendable, Equatable {
  /// The field whose values are compared.
  package var field: PersonField
  /// Whether the greatest value comes first.
  package var isDescending: Bool

  /// An order by a field.
  package init(field: PersonField, isDescending: Bool = false) {
    self.field = field
    self.isDescending = isDescending
  }
}

extension ExportOrder {
  /// Appends the key of a value: bytes that compare as the value does, none of an empty one.
  ///
  /// - Complexity: O(*n*) in the bytes of the value.
  func appendKey(of value: ArraySlice<UInt8>, to bytes: inout [UInt8]) {
    guard !value.isEmpty else { return }
    switch field {
    case .pid, .clid, .iduser: Self.appendNumber(value, to: &bytes)
    case .dateCreate, .dateEdit: bytes += value
    default: Self.appendLetters(value, to: &bytes)
    }
  }

  /// The beginning of a key as a number; where two differ they say in which order the keys stand.
  func prefix(of key: ArraySlice<UInt8>) -> UInt64 {
    guard !key.isEmpty else { return .max }
    var number: UInt64 = 0
    for byte in key.prefix(8) { number = number << 8 | UInt64(byte) }
    // A key that ends here stands before those that go on, as if zeros followed.
    number <<= UInt64(8 * (8 - min(8, key.count)))
    return isDescending ? ~number : number
  }

  /// Compares two keys.
  ///
  /// - Returns: Less than 0 if the left one stands first, 0 if they are the same.
  func compare(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Int {
    guard !left.isEmpty, !right.isEmpty,
      let leftBytes = left.baseAddress, let rightBytes = right.baseAddress
    else { return (left.isEmpty ? 1 : 0) - (right.isEmpty ? 1 : 0) }
    let common = Int(memcmp(leftBytes, rightBytes, min(left.count, right.count)))
    let difference = common == 0 ? left.count - right.count : common
    return isDescending ? -difference : difference
  }

  private static func appendNumber(_ value: ArraySlice<UInt8>, to bytes: inout [UInt8]) {
    guard let number = Int64(String(decoding: value, as: UTF8.self)) else {
      // What is no number is greater than all numbers.
      bytes += Array(repeating: UInt8.max, count: 8)
      bytes += value
      return
    }
    // Without the sign's bit turned over, negative numbers would be the greatest.
    let ordered = UInt64(bitPattern: number) ^ (1 << 63)
    withUnsafeBytes(of: ordered.bigEndian) { bytes += $0 }
  }

  private static func appendLetters(_ value: ArraySlice<UInt8>, to bytes: inout [UInt8]) {
    let start = bytes.count
    guard !appendKnownLetters(value, to: &bytes) else { return }
    bytes.removeSubrange(start...)
    for scalar in String(decoding: value, as: UTF8.self).lowercased().unicodeScalars {
      let letter: Unicode.Scalar = scalar == "ё" ? "е" : scalar
      bytes += letter.utf8
    }
  }

  /// Appends a text of ASCII, Cyrillic letters and the usual quotes and dashes in small letters.
  ///
  /// Names hardly hold anything else, and a `String` for each takes ten times as long.
  ///
  /// - Returns: Whether it holds nothing else; otherwise what was appended is of no use.
  private static func appendKnownLetters(
    _ value: ArraySlice<UInt8>, to bytes: inout [UInt8]
  ) -> Bool {
    var index = value.startIndex
    while index < value.endIndex {
      let byte = value[index]
      index += 1
      if byte < 0x80 {
        bytes.append((0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
        continue
      }
      guard index < value.endIndex else { return false }
      let next = value[index]
      index += 1
      var (first, second) = (byte, next)
      switch (byte, next) {
      case (0xD0, 0x81), (0xD1, 0x91): (first, second) = (0xD0, 0xB5)  // Ё, ё
      case (0xD0, 0x80...0x8F): (first, second) = (0xD1, next + 0x10)  // Ѐ to Џ
      case (0xD0, 0x90...0x9F): second = next + 0x20  // А to П
      case (0xD0, 0xA0...0xAF): (first, second) = (0xD1, next - 0x20)  // Р to Я
      case (0xD0, 0xB0...0xBF), (0xD1, 0x80...0x9F): break
      case (0xC2, 0x80...0xBF): break  // « and »
      case (0xE2, 0x80):  // dashes, and quotes as the CRM stores them
        guard index < value.endIndex, (0x80...0xBF).contains(value[index]) else { return false }
        bytes.append(first)
        (first, second) = (second, value[index])
        index += 1
      default: return false
      }
      bytes.append(first)
      bytes.append(second)
    }
    return true
  }
}
