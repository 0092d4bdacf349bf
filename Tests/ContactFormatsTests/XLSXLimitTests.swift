import ContactModel
import Synchronization
import Testing

@testable import ContactFormats

/// A file in memory that remembers where reading began.
private final class WatchedBytes: RandomAccessBytes {
  private let bytes: [UInt8]
  private let starts = Mutex<[Int]>([])
  var count: Int { bytes.count }

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func read(_ range: Range<Int>, into target: inout [UInt8]) throws(FormatError) {
    starts.withLock { $0.append(range.lowerBound) }
    target = Array(bytes[range])
  }

  func readings(from place: Int) -> Int { starts.withLock { $0.count { $0 == place } } }
}

/// What a workbook reads as, without keeping it.
private struct Tally {
  var records = 0
  var bytes = 0
  var largestBatch = 0
  var issues = 0
  var failure: FormatError?

  init(_ file: any RandomAccessBytes) throws(FormatError) {
    var reader = try XLSXReader(file, settings: ReaderSettings(header: .none)) {
      () throws(FormatError) in MemoryStore()
    }
    do throws(FormatError) {
      while let batch = try reader.nextBatch() {
        records += batch.count
        bytes += batch.bytes.count
        largestBatch = max(largestBatch, batch.bytes.count)
        issues += batch.issues.count
      }
    } catch {
      failure = error
    }
  }

  init(_ book: TestWorkbook) throws(FormatError) { try self.init(MemoryBytes(bytes: book.bytes)) }
}

@Suite("Workbooks: small packages that would grow without end")
struct XLSXLimitTests {
  private static func rows(_ count: Int, _ cells: String) -> String {
    String(repeating: "<row>\(cells)</row>", count: count)
  }

  private static func shared(_ length: Int) -> String {
    "<si><t>\(String(repeating: "a", count: length))</t></si>"
  }

  private static let sharedCell = "<c t='s'><v>0</v></c>"

  @Test("a long text in every row is refused before it comes to much, and never fills memory")
  func repeatedText() throws {
    let tally = try Tally(
      TestWorkbook(Self.rows(3000, Self.sharedCell), strings: Self.shared(250_000)))
    #expect(tally.failure == FormatError(.tooLarge, found: "its shared texts"))
    // 256 MB, 8 KB a row, and the text itself.
    #expect(1000...1200 ~= tally.records)
    #expect(tally.largestBatch <= 16 << 20)
  }

  @Test("a long text in every cell of a row is refused, too")
  func repeatedTextInRow() throws {
    let cells = String(repeating: Self.sharedCell, count: 3000)
    let book = TestWorkbook(Self.rows(1, cells), strings: Self.shared(250_000))
    #expect(throws: FormatError(.tooLarge, found: "its shared texts")) { try Tally(book) }
  }

  @Test("ten pages of the same text in each of many rows are read")
  func repeatedPages() throws {
    let tally = try Tally(
      TestWorkbook(Self.rows(15_000, Self.sharedCell), strings: Self.shared(20_000)))
    #expect(tally.failure == nil)
    #expect(tally.records == 15_000)
    #expect(tally.bytes == 300_000_000)
    #expect(tally.largestBatch <= 2 << 20)
  }

  @Test("a text of 256 KB is read, a longer one makes its record too long", arguments: [0, 1])
  func longestText(excess: Int) throws {
    let text = String(repeating: "a", count: 256 * 1024 + excess)
    let data = Self.rows(1, Self.sharedCell) + Self.rows(1, "<c t='str'><v>\(text)</v></c>")
    let content = try readWorkbook(
      TestWorkbook(data, strings: "<si><t>\(text)</t></si>").bytes
    ).content
    #expect(content.rows == (excess == 0 ? [[text], [text]] : [[], []]))
    #expect(
      content.issues == (excess == 0 ? [] : ["1 record.too-long", "2 record.too-long"]))
  }

  @Test("the longest text of Excel is read, even with every character escaped")
  func escapedText() throws {
    let text = String(repeating: "_x0416_", count: 32_767)
    let data = Self.rows(1, Self.sharedCell + "<c t='str'><v>\(text)</v></c>")
    let expected = String(repeating: "Ж", count: 32_767)
    #expect(try readRows(data, strings: "<si><t>\(text)</t></si>") == [[expected, expected]])
  }

  @Test("what is wrong with a cell that comes again and again is noted once")
  func repeatedIssues() throws {
    let formulas = String(repeating: "<c r='A1'><f/></c><c r='B1'><f/></c>", count: 20_000)
    let tally = try Tally(TestWorkbook(Self.rows(1, formulas)))
    #expect(tally.issues == 2)
    #expect(tally.records == 1)
  }

  @Test("a cell that comes again takes no more memory than one, and the last one counts")
  func repeatedCell() {
    var row = SheetRow()
    row.begin(line: 1)
    for _ in 0..<100_000 { row.append([49, 49], column: 3) }
    row.append([50], column: 3)
    #expect(row.bytes == [50])
    #expect(row.cells.count == 1)
    #expect(row.notes.map(\.code) == [.invalidCell])
  }

  @Test("cells that come again by turns take no more memory than a row has cells")
  func alternatingCells() {
    var row = SheetRow()
    row.begin(line: 1)
    for number in 0..<100_001 {
      row.append([UInt8(48 + number % 7)], column: number % 3)
      if row.cells.count > 2 * CellReference.columnLimit { break }
    }
    #expect(row.cells.count <= 2 * CellReference.columnLimit)
    row.finish()
    // The last numbers of each column: 99999, 100000, 99998.
    #expect(row.cells.map(\.column) == [0, 1, 2])
    let texts = row.cells.map { Int(row.bytes[$0.range.lowerBound]) - 48 }
    #expect(texts == [99_999 % 7, 100_000 % 7, 99_998 % 7])
    #expect(row.notes.map(\.code) == [.invalidCell])
  }

  @Test("thousands of sheets are found by their relationships, and more than 10,000 refused")
  func manySheets() throws {
    var zip = TestWorkbook("<row><c><v>1</v></c></row>").zip
    let others = (0..<20_000).map { "<Relationship Id='o\($0)' Type='t/x' Target='x'/>" }.joined()
    let links = String(decoding: zip.members[2].bytes, as: UTF8.self).split(separator: ">")
    zip.members[2].bytes = Array(
      "<Relationships>\(others)\(links.dropFirst().joined(separator: ">"))>".utf8)
    for count in [10_000, 10_001] {
      zip.members[1].bytes = Self.workbookXML(sheetCount: count)
      let bytes = zip.archive().bytes
      if count == 10_000 {
        #expect(try readWorkbook(bytes).content.rows == [["1"]])
        #expect(try readWorkbook(bytes, sheet: "10000").profile.sheet == "t9999")
      } else {
        #expect(throws: FormatError(.tooLarge, found: "its list of sheets")) {
          try readWorkbook(bytes)
        }
      }
    }
  }

  @Test("a blank part is read once, however many sheets lead to it")
  func sharedPart() throws {
    var zip = TestWorkbook("<row><c s='1'/></row>").zip
    zip.members[1].bytes = Self.workbookXML(sheetCount: 300)
    let (bytes, places) = zip.archive()
    let file = WatchedBytes(bytes)
    #expect(throws: FormatError(.empty)) { try Tally(file) }
    #expect(file.readings(from: places[5]) == 1)
  }

  /// A workbook all of whose sheets lead to one part.
  private static func workbookXML(sheetCount: Int) -> [UInt8] {
    let sheets = (0..<sheetCount).map { "<sheet name='t\($0)' id='s0'/>" }.joined()
    return Array("<workbook><sheets>\(sheets)</sheets></workbook>".utf8)
  }
}
