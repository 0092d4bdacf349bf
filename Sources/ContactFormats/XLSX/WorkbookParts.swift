/// What a part of a package says it has to do with another (ECMA-376-2 §6.5).
struct Relationship: Sendable {
  /// The name by which the part refers to it.
  var id: String
  /// The last word of its type, such as `worksheet`; the words before differ between the
  /// transitional and the strict form of the standard.
  var kind: String
  /// The other part's path in the package.
  var path: String
}

/// Gathers the relationships of a part.
struct RelationshipsHandler: XMLHandler {
  static let callbacks = XMLCallbacks(
    start: { Self.receiveStart($0, $1, $3, $6, $8) },
    end: { Self.receiveEnd($0, $1, $3) },
    text: { Self.receiveText($0, $1, $2) })

  /// What was found.
  private(set) var relationships: [Relationship] = []
  private let folder: String

  /// - Parameter folder: The folder of the part the relationships belong to; targets are seen from it.
  init(folder: String) { self.folder = folder }

  mutating func start(_ tag: XMLStartTag) throws(FormatError) {
    guard tag.name.isLocal("Relationship"), let id = tag.attributeString("Id"),
      let type = tag.attributeString("Type"), let target = tag.attributeString("Target"),
      tag.attributeString("TargetMode") != "External"
    else { return }
    let kind = type.split(separator: "/").last.map(String.init) ?? ""
    relationships.append(
      Relationship(id: id, kind: kind, path: Self.path(of: target, from: folder)))
  }

  mutating func end(_ name: XMLName) throws(FormatError) {}
  mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(FormatError) {}

  /// The path that a target means: from the root where it begins with `/`, else from a folder.
  static func path(of target: String, from folder: String) -> String {
    let target = String(target.map { $0 == "\\" ? "/" : $0 })
    var parts: [Substring] = target.hasPrefix("/") ? [] : folder.split(separator: "/")
    for part in target.split(separator: "/") {
      switch part {
      case ".": continue
      case "..": _ = parts.popLast()
      default: parts.append(part)
      }
    }
    return parts.joined(separator: "/")
  }
}

/// A sheet as the workbook lists it.
struct WorkbookSheet: Sendable {
  /// Its name on the tab.
  var name: String
  /// Whether its tab is shown.
  var isVisible: Bool
  /// The relationship that leads to its part.
  var relationshipID: String
}

/// Gathers what a workbook says of its sheets and dates (ECMA-376-1 §18.2).
///
/// A workbook with more than ``mostSheets`` is refused: no program could show their tabs.
struct WorkbookHandler: XMLHandler {
  /// How many sheets a workbook may have.
  static let mostSheets = 10_000

  static let callbacks = XMLCallbacks(
    start: { Self.receiveStart($0, $1, $3, $6, $8) },
    end: { Self.receiveEnd($0, $1, $3) },
    text: { Self.receiveText($0, $1, $2) })

  /// The sheets in the order of their tabs.
  private(set) var sheets: [WorkbookSheet] = []
  /// From when dates are counted.
  private(set) var epoch = SerialDate.Epoch.year1900

  mutating func start(_ tag: XMLStartTag) throws(FormatError) {
    if tag.name.isLocal("sheet") {
      guard let name = tag.attributeString("name"), let id = tag.attributeString("id") else {
        return
      }
      guard sheets.count < Self.mostSheets else {
        throw FormatError(.tooLarge, found: "its list of sheets")
      }
      let state = tag.attributeString("state") ?? "visible"
      sheets.append(
        WorkbookSheet(name: name, isVisible: state == "visible", relationshipID: id))
    } else if tag.name.isLocal("workbookPr") {
      let isFrom1904 = tag.attributeString("date1904").map { $0 == "1" || $0 == "true" }
      epoch = isFrom1904 == true ? .year1904 : .year1900
    }
  }

  mutating func end(_ name: XMLName) throws(FormatError) {}
  mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(FormatError) {}
}

/// Gathers which cell styles are for dates (ECMA-376-1 §18.8).
struct StylesHandler: XMLHandler {
  static let callbacks = XMLCallbacks(
    start: { Self.receiveStart($0, $1, $3, $6, $8) },
    end: { Self.receiveEnd($0, $1, $3) },
    text: { Self.receiveText($0, $1, $2) })

  /// The format of each cell style, by the number cells give.
  private(set) var formats: [NumberFormat] = []
  private var ownFormats: [Int: NumberFormat] = [:]
  /// Styles of other kinds, and differences between styles, hold elements of the same names.
  private var isInCellFormats = false
  private var isInNumberFormats = false

  mutating func start(_ tag: XMLStartTag) throws(FormatError) {
    if tag.name.isLocal("cellXfs") {
      isInCellFormats = true
    } else if tag.name.isLocal("numFmts") {
      isInNumberFormats = true
    } else if isInCellFormats, tag.name.isLocal("xf") {
      let number = tag.attributeNumber("numFmtId") ?? 0
      formats.append(ownFormats[number] ?? NumberFormat(builtIn: number))
    } else if isInNumberFormats, tag.name.isLocal("numFmt"),
      let number = tag.attributeNumber("numFmtId"), let code = tag.attributeText("formatCode")
    {
      ownFormats[number] = NumberFormat(code: code)
    }
  }

  mutating func end(_ name: XMLName) throws(FormatError) {
    if name.isLocal("cellXfs") { isInCellFormats = false }
    if name.isLocal("numFmts") { isInNumberFormats = false }
  }

  mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(FormatError) {}
}

extension XMLStartTag {
  /// The value of an attribute as text.
  func attributeString(_ name: StaticString) -> String? {
    attributeText(name).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The value of an attribute that is a number from 0.
  func attributeNumber(_ name: StaticString) -> Int? {
    attribute(name).flatMap(Int.init(digits:))
  }
}

extension Int {
  /// The number that digits spell, at most nine of them, so that it cannot grow too large.
  init?(digits: UnsafeBufferPointer<UInt8>) {
    guard 1...9 ~= digits.count else { return nil }
    self = 0
    for byte in digits {
      let digit = byte &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      self = self * 10 + Int(digit)
    }
  }
}
