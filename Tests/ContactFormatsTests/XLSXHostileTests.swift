import ContactModel
import TestSupport
import Testing

@testable import ContactFormats

@Suite("Workbooks: damaged and hostile packages")
struct XLSXHostileTests {
  private static let data = (1...40).map {
    "<row r='\($0)'><c t='s'><v>\($0 % 3)</v></c><c><v>7922250505\($0)</v></c>"
      + "<c s='1'><v>\(44_000 + $0)</v></c><c t='inlineStr'><is><t>Анна &lt;\($0)&gt;</t></is></c></row>"
  }.joined(separator: "\n")

  private static let book = TestWorkbook(
    data, strings: "<si><t>a</t></si><si><r><t>b</t></r></si><si><t>c_x000D_</t></si>",
    styles: "<cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs>")

  private func failure(_ bytes: [UInt8]) -> FormatError? {
    do throws(FormatError) { return try readWorkbook(bytes).failure } catch { return error }
  }

  @Test("a damaged sheet gives the rows before the damage, and an error")
  func damagedSheet() throws {
    let expected = try readWorkbook(Self.book.bytes).content.rows
    #expect(expected.count == 40)
    let (archive, places) = Self.book.zip.archive()
    let sheet = Self.book.zip.members[5].bytes
    for seed in UInt64(0)..<150 {
      var generator = SeededGenerator(seed: seed)
      let place = Int.random(in: 0..<sheet.count, using: &generator)
      var damaged = archive
      damaged[places[5] + place] ^= UInt8.random(in: 1...255, using: &generator)
      let result = try? readWorkbook(damaged)
      let text = String(decoding: sheet[..<place], as: UTF8.self)
      let whole = text.components(of: "</row>")
      let rows = result?.content.rows ?? []
      #expect(Array(rows.prefix(whole)) == Array(expected.prefix(whole)), "seed \(seed)")
      // The checksum tells, even where the XML does not.
      #expect(result == nil || result?.failure != nil, "seed \(seed)")
    }
  }

  @Test("a damaged package never crashes")
  func mutations() {
    let original = Self.book.bytes
    for seed in UInt64(0)..<250 {
      var generator = SeededGenerator(seed: seed)
      _ = failure(mutated(original, with: &generator))
    }
  }

  @Test(
    "a sheet with damaged XML and the right checksum never crashes, and rows before it come out")
  func mutatedXML() throws {
    let expected = try readWorkbook(Self.book.bytes).content.rows
    for seed in UInt64(0)..<200 {
      var generator = SeededGenerator(seed: seed)
      var package = Self.book.zip
      let part = seed.isMultiple(of: 3) ? Int.random(in: 0..<5, using: &generator) : 5
      let bytes = mutated(package.members[part].bytes, with: &generator)
      let intact = zip(bytes, package.members[part].bytes).prefix { $0 == $1 }.count
      let text = String(decoding: bytes[..<intact], as: UTF8.self)
      package.members[part].bytes = bytes
      guard let result = try? readWorkbook(package.archive().bytes), part == 5 else { continue }
      let whole = text.components(of: "</row>")
      #expect(
        Array(result.content.rows.prefix(whole)) == Array(expected.prefix(whole)), "seed \(seed)")
    }
  }

  @Test(
    "a package that is no workbook is refused with what it is",
    arguments: [
      (["mimetype", "content.xml"], "OpenDocument"), (["xl/workbook.bin"], "XLSB"),
      (["word/document.xml"], "Word"), (["ppt/presentation.xml"], "PowerPoint"), (["a.txt"], "ZIP"),
      ([], "ZIP"),
    ])
  func otherPackages(paths: [String], name: String) {
    let zip = StoredZip(members: paths.map { ($0, [1]) })
    #expect(failure(zip.archive().bytes) == FormatError(.brokenPackage, found: name))
  }

  @Test("a package whose main part is of another kind is refused with what it is")
  func otherMainPart() {
    let link =
      "<Relationships><Relationship Id='a' Type='x/officeDocument' Target='TARGET'/></Relationships>"
    for (target, name) in [("xl/workbook.bin", "XLSB"), ("word/document.xml", "Word")] {
      let text = link.split(separator: "TARGET").joined(separator: target)
      let zip = StoredZip(members: [("_rels/.rels", Array(text.utf8)), (target, [1])])
      #expect(failure(zip.archive().bytes) == FormatError(.brokenPackage, found: name))
    }
  }

  @Test("a part that the workbook names and the package lacks is told")
  func missingSheet() {
    var zip = Self.book.zip
    zip.members.remove(at: 5)
    #expect(
      failure(zip.archive().bytes)
        == FormatError(.brokenPackage, found: "xl/worksheets/s0.xml is missing"))
  }

  @Test("without styles and shared texts the rest is read")
  func missingParts() throws {
    var zip = Self.book.zip
    zip.members.removeSubrange(3...4)
    let result = try readWorkbook(zip.archive().bytes)
    #expect(result.content.rows.first == ["", "79222505051", "44001", "Анна <1>"])
    #expect(result.issues.count == 40)
  }

  @Test("declared entities are refused in every part", arguments: 0..<6)
  func entities(part: Int) {
    var zip = Self.book.zip
    zip.members[part].bytes = Array(
      "<!DOCTYPE a [<!ENTITY b 'bb'><!ENTITY c '&b;&b;'>]><worksheet><c>&c;</c></worksheet>".utf8)
    #expect(failure(zip.archive().bytes)?.code == .entities)
  }

  @Test(
    "a compound file is told by what is in it",
    arguments: [
      (["Root Entry", "EncryptedPackage"], FormatError(.encrypted)),
      (
        ["Root Entry", "a", "b", "c", "d", "EncryptionInfo", "EncryptedPackage"],
        FormatError(.encrypted)
      ),
      (["Root Entry", "Workbook"], FormatError(.binary, found: "Excel 97–2003")),
      (["Root Entry", "Book"], FormatError(.binary, found: "Excel 97–2003")),
      (["Root Entry", "WordDocument"], FormatError(.binary, found: "Word 97–2003")),
      (["Root Entry"], FormatError(.binary, found: "OLE")),
    ])
  func compoundFiles(names: [String], expected: FormatError) {
    #expect(failure(compoundFile(names)) == expected)
  }

  @Test("a damaged compound file never crashes")
  func mutatedCompoundFiles() {
    let original = compoundFile(["Root Entry", "a", "b", "c", "d", "EncryptedPackage"])
    for seed in UInt64(0)..<200 {
      var generator = SeededGenerator(seed: seed)
      #expect(failure(mutated(original, with: &generator)) != nil, "seed \(seed)")
    }
    for end in stride(from: 0, to: original.count, by: 7) {
      #expect(failure(Array(original[..<end])) != nil)
    }
  }

  /// A compound file whose directory takes a sector for every four names, the last ones first.
  private func compoundFile(_ names: [String]) -> [UInt8] {
    let sectors = (names.count + 3) / 4
    var header = FileFormat.compoundFileSignature + [UInt8](repeating: 0, count: 508)
    header[30] = 9
    header[48] = UInt8(sectors)
    // Sector 0 is the table of sectors; the directory stands in 1, 2, … and is chained backwards.
    var table = [UInt8](repeating: 0xFF, count: 512)
    for sector in 1...sectors {
      let next = sector == 1 ? 0xFFFF_FFFE : sector - 1
      for index in 0..<4 {
        table[4 * sector + index] = UInt8(truncatingIfNeeded: next >> (8 * index))
      }
    }
    var directory: [UInt8] = []
    for index in 0..<sectors * 4 {
      var entry = [UInt8](repeating: 0, count: 128)
      let sector = sectors - 1 - index / 4
      let number = sector * 4 + index % 4
      if number < names.count {
        let units = Array(names[number].utf16)
        for (place, unit) in units.enumerated() { entry[2 * place] = UInt8(unit) }
        entry[64] = UInt8(2 * units.count + 2)
      }
      directory += entry
    }
    return header + table + directory
  }
}

extension String {
  /// How often a text stands in this one.
  fileprivate func components(of text: String) -> Int {
    split(separator: text, omittingEmptySubsequences: false).count - 1
  }
}
