/// A workbook's package: where its parts are, and what the small ones say.
struct Workbook {
  /// What the parts that are kept in memory may unpack to.
  static let smallPartLimit = 64 << 20
  /// What sheets and shared texts, which are streamed, may unpack to.
  static let largePartLimit = 8 << 30

  /// A worksheet that can be read.
  struct Sheet {
    /// Its name on the tab.
    var name: String
    /// Whether its tab is shown.
    var isVisible: Bool
    /// Its part's path in the package.
    var path: String
  }

  /// The package.
  let archive: ZipArchive
  /// The worksheets in the order of their tabs; charts and macros have none.
  private(set) var sheets: [Sheet] = []
  /// From when dates are counted.
  let epoch: SerialDate.Epoch
  /// What the numbers in cells of each style mean.
  private(set) var formats: [NumberFormat] = []
  private let relationships: [Relationship]

  /// Opens a package and reads what leads to the sheets.
  ///
  /// - Throws: ``FormatError`` if it is damaged, has a password, or is no workbook.
  init(_ file: any RandomAccessBytes) throws(FormatError) {
    let signature = try file.bytes(from: 0, count: min(4, file.count))
    guard signature != FileFormat.compoundFileSignature else {
      throw try CompoundFile(file).refusal
    }
    archive = try ZipArchive(file)
    let path = try Self.workbookPath(in: archive)
    let folder = Self.folder(of: path)
    relationships = try Self.relationships(of: path, in: archive)
    let book = try Self.parsed(WorkbookHandler(), path: path, in: archive)
    epoch = book.epoch
    let targets = Dictionary(relationships.map { ($0.id, $0) }) { first, _ in first }
    for sheet in book.sheets {
      guard let target = targets[sheet.relationshipID], target.kind == "worksheet" else { continue }
      sheets.append(Sheet(name: sheet.name, isVisible: sheet.isVisible, path: target.path))
    }
    if let path = part("styles", otherwise: folder + "/styles.xml") {
      formats = try Self.parsed(StylesHandler(), path: path, in: archive).formats
    }
  }

  /// Reads the shared texts.
  ///
  /// - Parameters:
  ///   - memoryLimit: How many bytes they may take in memory.
  ///   - makeStore: Makes a temporary file if they take more.
  /// - Returns: The texts; none where the workbook has no part for them.
  /// - Throws: ``FormatError`` if the part is damaged.
  func sharedStrings(
    memoryLimit: Int = SharedStrings.memoryLimit,
    _ makeStore: () throws(FormatError) -> any SpillStore
  ) throws(FormatError) -> SharedStrings {
    guard let path = part("sharedStrings", otherwise: nil), let member = archive.member(path)
    else { return SharedStrings() }
    var parser = XMLPushParser(
      handler: SharedStringsHandler(SharedStrings(memoryLimit: memoryLimit)))
    var reader = try ZipMemberReader(member, of: archive.file, limit: Self.largePartLimit)
    var piece: [UInt8] = []
    do throws(FormatError) {
      while try reader.read(into: &piece) {
        try parser.push(piece.span)
        try parser.handler.strings.moveOut(makeStore)
      }
      try parser.finish()
      try parser.handler.strings.finish()
    } catch { throw error.inPart(path) }
    return parser.handler.strings
  }

  /// The path of a part the workbook refers to, if the package has it.
  private func part(_ kind: String, otherwise usual: String?) -> String? {
    let path = relationships.first { $0.kind == kind }?.path ?? usual
    return path.flatMap { archive.member($0) }?.path
  }

  private static func folder(of path: String) -> String {
    path.split(separator: "/").dropLast().joined(separator: "/")
  }

  /// Finds the workbook by the package's own relationships, or where it usually is.
  private static func workbookPath(in archive: ZipArchive) throws(FormatError) -> String {
    let found = try relationships(of: "", in: archive).first { $0.kind == "officeDocument" }
    for path in [found?.path, "xl/workbook.xml"] {
      if let path, archive.member(path) != nil, !isOtherDocument(path) { return path }
    }
    throw FormatError(.brokenPackage, found: kind(of: archive))
  }

  private static func isOtherDocument(_ path: String) -> Bool {
    let path = path.lowercased()
    return path.hasSuffix(".bin") || path.hasPrefix("word/") || path.hasPrefix("ppt/")
  }

  /// What a package without a workbook is.
  private static func kind(of archive: ZipArchive) -> String {
    let paths = archive.members.map { $0.path.lowercased() }
    if paths.contains("xl/workbook.bin") { return "XLSB" }
    if paths.contains("mimetype"), paths.contains("content.xml") { return "OpenDocument" }
    if paths.contains(where: { $0.hasPrefix("word/") }) { return "Word" }
    if paths.contains(where: { $0.hasPrefix("ppt/") }) { return "PowerPoint" }
    return "ZIP"
  }

  private static func relationships(
    of path: String, in archive: ZipArchive
  ) throws(FormatError) -> [Relationship] {
    let folder = folder(of: path)
    let name = path.split(separator: "/").last ?? ""
    let part = (folder.isEmpty ? "" : folder + "/") + "_rels/\(name).rels"
    guard archive.member(part) != nil else { return [] }
    return try parsed(RelationshipsHandler(folder: folder), path: part, in: archive).relationships
  }

  private static func parsed<Handler: XMLHandler>(
    _ handler: Handler, path: String, in archive: ZipArchive
  ) throws(FormatError) -> Handler {
    guard let member = archive.member(path) else { return handler }
    var parser = XMLPushParser(handler: handler)
    var reader = try ZipMemberReader(member, of: archive.file, limit: smallPartLimit)
    var piece: [UInt8] = []
    do throws(FormatError) {
      while try reader.read(into: &piece) { try parser.push(piece.span) }
      try parser.finish()
    } catch { throw error.inPart(path) }
    return parser.handler
  }
}

extension FormatError {
  /// The error as one of a package, if it is about the XML in it.
  func inPart(_ path: String) -> FormatError {
    guard code == .brokenXML else { return self }
    let place = line.map { ":\($0)" } ?? ""
    return FormatError(.brokenPackage, found: "\(path)\(place)\(found.isEmpty ? "" : ": \(found)")")
  }
}
