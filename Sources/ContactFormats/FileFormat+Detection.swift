extension FileFormat {
  /// What the beginning of a file says it is.
  enum Detected: Equatable {
    case format(FileFormat)
    /// Something ferry does not read, under the name to show.
    case notText(String)
    /// Text in an encoding with two or four bytes a character.
    case wideText(String)
    case empty
  }

  /// Looks at the first bytes of a file, whatever its name says.
  ///
  /// Signatures come from the formats' own specifications: ZIP (APPNOTE 4.3.7), the compound file
  /// binary header ([MS-CFB] 2.2), gzip (RFC 1952), PDF (ISO 32000), vCard (RFC 6350 §3.3), XML §2.8.
  static func detect(in head: [UInt8]) -> Detected {
    if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return .format(.xlsx) }
    if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { return .notText("Excel 97–2003") }
    if head.starts(with: [0x1F, 0x8B]) { return .notText("gzip") }
    if head.starts(with: Array("%PDF-".utf8)) { return .notText("PDF") }
    if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) {
      return .wideText("UTF-16")
    }
    if head.contains(Byte.nul) { return looksWide(head) ? .wideText("UTF-16") : .notText("") }
    var text = head[...]
    if text.starts(with: TextEncoding.utf8ByteOrderMark) { text = text.dropFirst(3) }
    text = text.drop { $0 == Byte.space || (Byte.tab...Byte.carriageReturn).contains($0) }
    guard let first = text.first else { return .empty }
    if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") { return .format(.jsonLines) }
    if text.prefix(11).map({ $0 & 0xDF }).elementsEqual("BEGIN:VCARD".utf8.map { $0 & 0xDF }) {
      return .format(.vCard)
    }
    if text.starts(with: Array("<?xml".utf8)) || text.starts(with: Array("<vcards".utf8)) {
      return .format(.xCard)
    }
    return .format(.csv)
  }

  /// Whether every other byte of the beginning is mostly zero, as in UTF-16 without a mark.
  private static func looksWide(_ head: [UInt8]) -> Bool {
    let sample = head.prefix(256)
    var zeros = (even: 0, odd: 0)
    for (index, byte) in sample.enumerated() where byte == 0 {
      if index.isMultiple(of: 2) { zeros.even += 1 } else { zeros.odd += 1 }
    }
    return max(zeros.even, zeros.odd) >= sample.count / 8 && min(zeros.even, zeros.odd) == 0
  }
}
