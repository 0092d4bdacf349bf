extension FileFormat {
  /// The first bytes of a ZIP package (APPNOTE 4.3.7), such as an XLSX workbook.
  static let packageSignature: [UInt8] = [0x50, 0x4B, 0x03, 0x04]
  /// The first bytes of a compound file ([MS-CFB] 2.2): old workbooks, and those with a password.
  static let compoundFileSignature: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0]

  /// Whether a file has to be read by ``XLSXReader``, going by its first bytes.
  package static func isPackage(_ head: [UInt8]) -> Bool {
    head.starts(with: packageSignature) || head.starts(with: compoundFileSignature)
  }

  /// The name of a kind of file that is not text, going by its first bytes.
  ///
  /// Signatures come from the formats' own specifications; PDF is ISO 32000.
  static func binaryName(of head: [UInt8]) -> String? {
    if head.starts(with: packageSignature) { return "ZIP" }
    if head.starts(with: compoundFileSignature) { return "Excel 97–2003" }
    if head.starts(with: Inflater.signature) { return "gzip" }
    if head.starts(with: Array("%PDF-".utf8)) { return "PDF" }
    return nil
  }

  /// Whether a beginning is no text: in its first 4 KB every twentieth byte is a control character
  /// that text does not have, or every second one is NUL.
  ///
  /// A few occur in text, NULs or an escape that some export left behind, or the ^Z with which DOS
  /// ends one.
  static func isBinary(_ text: [UInt8]) -> Bool {
    let head = text.prefix(4096)
    let nuls = head.count { $0 == Byte.nul }
    let controls = head.count { $0 < Byte.space && !Byte.isBlank($0) && $0 != 0x1A } - nuls
    return controls * 20 > head.count || nuls * 2 > head.count
  }

  /// What a text says it is, whatever its file's name: vCard (RFC 6350 §3.3), XML §2.8, JSON, or else
  /// a table.
  ///
  /// - Parameter text: The beginning, decoded.
  /// - Returns: `nil` if there is nothing but blanks.
  static func detect(in text: [UInt8]) -> FileFormat? {
    let text = text.drop(while: Byte.isBlank)
    guard let first = text.first else { return nil }
    if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") { return .jsonLines }
    if text.prefix(11).map({ $0 & 0xDF }).elementsEqual("BEGIN:VCARD".utf8.map { $0 & 0xDF }) {
      return .vCard
    }
    return first == UInt8(ascii: "<") && isMarkup(text.dropFirst()) ? .xCard : .csv
  }

  /// Whether what stands behind a first `<` makes it XML: a declaration, or the element of cards.
  private static func isMarkup(_ text: ArraySlice<UInt8>) -> Bool {
    if text.starts(with: "?xml".utf8) || text.starts(with: "!DOCTYPE".utf8) { return true }
    let name = text.prefix { $0 != UInt8(ascii: ">") && !Byte.isBlank($0) }
    let local = name.split(separator: UInt8(ascii: ":")).last ?? []
    return local.elementsEqual("vcards".utf8) || local.elementsEqual("vcard".utf8)
  }
}
