/// A compound file ([MS-CFB]), the container of old Office documents and of those with a password.
///
/// Only the names in its directory are read: enough to say what it is.
struct CompoundFile {
  /// The names of its streams and storages.
  let names: [String]

  private static let headerSize = 512
  private static let entrySize = 128
  private static let nameSize = 64
  /// How many sectors of the directory are looked at; what counts stands at its beginning.
  private static let mostSectors = 256
  /// How many parts of the sector table the header lists.
  private static let tablesInHeader = 109

  /// Reads the directory of a compound file.
  ///
  /// - Throws: ``FormatError`` if the file is cut off.
  init(_ file: any RandomAccessBytes) throws(FormatError) {
    let header = try file.bytes(from: 0, count: Self.headerSize)
    guard let shift = header.littleEndian(at: 30, byteCount: 2), shift == 9 || shift == 12,
      var sector = header.littleEndian(at: 48, byteCount: 4)
    else { throw FormatError(.brokenPackage, found: "a damaged compound file") }
    var names: [String] = []
    for _ in 0..<Self.mostSectors {
      // A chain that leaves the file has ended; what was seen before is enough or nothing is.
      guard sector < file.count >> shift else { break }
      let bytes = try file.bytes(
        from: (sector + 1) << shift, count: min(1 << shift, file.count - (sector + 1) << shift))
      names += Self.names(in: bytes)
      guard let next = try Self.sector(after: sector, in: file, header: header, shift: shift)
      else { break }
      sector = next
    }
    self.names = names
  }

  /// What kind of document it is, as an error, since none of them can be read.
  var refusal: FormatError {
    if names.contains("EncryptedPackage") { return FormatError(.encrypted) }
    if names.contains("Workbook") || names.contains("Book") {
      return FormatError(.binary, found: "Excel 97–2003")
    }
    if names.contains("WordDocument") { return FormatError(.binary, found: "Word 97–2003") }
    return FormatError(.binary, found: "OLE")
  }

  /// The next sector of a chain; `nil` where the table says it ends, or does not say.
  private static func sector(
    after sector: Int, in file: any RandomAccessBytes, header: [UInt8], shift: Int
  ) throws(FormatError) -> Int? {
    let numbersPerTable = 1 << (shift - 2)
    let table = sector / numbersPerTable
    guard table < tablesInHeader,
      let tableSector = header.littleEndian(at: 76 + 4 * table, byteCount: 4)
    else { return nil }
    let place = (tableSector + 1) << shift + 4 * (sector % numbersPerTable)
    guard place <= file.count - 4 else { return nil }
    return try file.bytes(from: place, count: 4).littleEndian(at: 0, byteCount: 4)
  }

  private static func names(in sector: [UInt8]) -> [String] {
    stride(from: 0, through: sector.count - entrySize, by: entrySize).compactMap { place in
      guard let length = sector.littleEndian(at: place + nameSize, byteCount: 2), length >= 2,
        length <= nameSize
      else { return nil }
      // The length counts the bytes of UTF-16, with a NUL at the end.
      let units = stride(from: place, to: place + length - 2, by: 2).map {
        UInt16(sector[$0]) | UInt16(sector[$0 + 1]) << 8
      }
      return String(decoding: units, as: UTF16.self)
    }
  }
}
