import ContactModel
import Synchronization

@testable import ContactFormats

/// A file in memory.
struct MemoryBytes: RandomAccessBytes {
  var bytes: [UInt8]
  var count: Int { bytes.count }

  func read(_ range: Range<Int>, into target: inout [UInt8]) throws(FormatError) {
    target = Array(bytes[range])
  }
}

/// A temporary file in memory.
final class MemoryStore: SpillStore {
  private let bytes = Mutex<[UInt8]>([])
  var count: Int { bytes.withLock(\.count) }

  func append(_ new: Span<UInt8>) throws(FormatError) {
    let copy = new.withUnsafeBufferPointer { Array($0) }
    bytes.withLock { $0 += copy }
  }

  func read(_ range: Range<Int>, into target: inout [UInt8]) throws(FormatError) {
    target = bytes.withLock { Array($0[range]) }
  }
}

/// A ZIP archive of stored members, written the plainest way there is.
struct StoredZip {
  var members: [(path: String, bytes: [UInt8])] = []
  var comment: [UInt8] = []

  /// The archive, and where each member's bytes begin.
  func archive() -> (bytes: [UInt8], places: [Int]) {
    var bytes: [UInt8] = []
    var directory: [UInt8] = []
    var places: [Int] = []
    for (path, content) in members {
      let facts =
        number(0, 2) + number(0, 4)
        + number(Int(CyclicRedundancyCheck.value(of: content)), 4)
        + number(content.count, 4) + number(content.count, 4) + number(path.utf8.count, 2)
        + number(0, 2)
      directory += number(0x0201_4B50, 4) + number(20, 2) + number(20, 2) + number(0, 2) + facts
      directory += number(0, 2) + number(0, 2) + number(0, 2) + number(0, 4)
      directory += number(bytes.count, 4) + Array(path.utf8)
      bytes += number(0x0403_4B50, 4) + number(20, 2) + number(0, 2) + facts + Array(path.utf8)
      places.append(bytes.count)
      bytes += content
    }
    let start = bytes.count
    bytes += directory + number(0x0605_4B50, 4) + number(0, 4)
    bytes += number(members.count, 2) + number(members.count, 2) + number(directory.count, 4)
    bytes += number(start, 4) + number(comment.count, 2) + comment
    return (bytes, places)
  }

  private func number(_ number: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }
}

/// A workbook by the XML of its parts, as tests need them.
struct TestWorkbook {
  static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  static let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

  /// What stands in `<sheetData>` of each sheet, with its name and state.
  var sheets: [(name: String, state: String, data: String)]
  /// What stands in `<sst>`.
  var strings = ""
  /// What stands in `<styleSheet>`.
  var styles = ""
  /// Attributes of `<workbookPr>`.
  var properties = ""

  /// A workbook with one sheet.
  init(
    _ data: String, strings: String = "", styles: String = "", properties: String = ""
  ) {
    sheets = [("List", "visible", data)]
    self.strings = strings
    self.styles = styles
    self.properties = properties
  }

  var zip: StoredZip {
    let numbers = sheets.indices
    let links = numbers.map {
      "<Relationship Id='s\($0)' Type='\(Self.relations)/worksheet' Target='worksheets/s\($0).xml'/>"
    }
    let list = numbers.map {
      "<sheet name='\(sheets[$0].name)' sheetId='\($0 + 1)' state='\(sheets[$0].state)' r:id='s\($0)'/>"
    }
    var parts: [(String, String)] = [
      (
        "_rels/.rels",
        "<Relationships><Relationship Id='a' Type='\(Self.relations)/officeDocument' Target='xl/workbook.xml'/></Relationships>"
      ),
      (
        "xl/workbook.xml",
        "<workbook xmlns='\(Self.main)' xmlns:r='\(Self.relations)'><workbookPr \(properties)/><sheets>\(list.joined())</sheets></workbook>"
      ),
      (
        "xl/_rels/workbook.xml.rels",
        "<Relationships>\(links.joined())<Relationship Id='t' Type='\(Self.relations)/sharedStrings' Target='/xl/sharedStrings.xml'/><Relationship Id='u' Type='\(Self.relations)/styles' Target='styles.xml'/></Relationships>"
      ),
      ("xl/sharedStrings.xml", "<sst xmlns='\(Self.main)'>\(strings)</sst>"),
      ("xl/styles.xml", "<styleSheet xmlns='\(Self.main)'>\(styles)</styleSheet>"),
    ]
    for (index, sheet) in sheets.enumerated() {
      parts.append(("xl/worksheets/s\(index).xml", Self.sheetXML(sheet.data)))
    }
    return StoredZip(members: parts.map { ($0.0, Array($0.1.utf8)) })
  }

  static func sheetXML(_ data: String) -> String {
    "<worksheet xmlns='\(main)'><sheetData>\(data)</sheetData></worksheet>"
  }

  var bytes: [UInt8] { zip.archive().bytes }
}

/// What a workbook reads as.
struct WorkbookContent {
  var content = CSVContent()
  var profile = SourceProfile()
  var issues: [ContactModel.Issue] = []
  /// Why reading ended early.
  var failure: FormatError?
}

/// Reads a workbook the way a caller does.
func readWorkbook(
  _ bytes: [UInt8], header: HeaderChoice = .none, sheet: String? = nil
) throws(FormatError) -> WorkbookContent {
  var reader = try XLSXReader(
    MemoryBytes(bytes: bytes), settings: ReaderSettings(header: header, sheet: sheet)
  ) { () throws(FormatError) in MemoryStore() }
  var result = WorkbookContent()
  result.profile = reader.profile
  do throws(FormatError) {
    while let batch = try reader.nextBatch() {
      result.content.append(batch)
      result.issues += batch.issues
    }
  } catch {
    result.failure = error
  }
  return result
}

/// The rows of a sheet with this data.
func readRows(
  _ data: String, strings: String = "", styles: String = "", properties: String = ""
) throws(FormatError) -> [[String]] {
  try readWorkbook(
    TestWorkbook(data, strings: strings, styles: styles, properties: properties).bytes
  ).content.rows
}
