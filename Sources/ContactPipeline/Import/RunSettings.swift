import ContactFormats
import ContactModel
import RunJournal

/// What a journal keeps of a run's flags, so that it is resumed exactly as it was begun.
///
/// Kept as names and texts: a journal outlives the version of ferry that wrote it.
struct RunSettings: Equatable {
  var reading: ReaderSettings
  var keyField: PersonField?
  var sendsAgain: Bool
  var createsGuides: Bool
  var skip: Int
  var limit: Int?
  var settle: Duration?
  var wait: Duration?
  /// Where the bytes of each source file are.
  var paths: [String]

  init(reading: ReaderSettings, options: ImportOptions, paths: [String]) {
    self.reading = reading
    keyField = options.keyField
    sendsAgain = options.sendsAgain
    createsGuides = options.createsGuides
    skip = options.skip
    limit = options.limit
    settle = options.settle
    wait = options.wait
    self.paths = paths
  }

  /// The settings as a journal keeps them.
  var texts: [String: String] {
    var texts: [String: String] = [:]
    texts["format"] = reading.format?.rawValue
    texts["encoding"] = reading.encoding?.rawValue
    texts["delimiter"] = reading.delimiter.map { String($0) }
    texts["quote"] = reading.quote.map { String($0) }
    texts["escape"] = reading.escape.map { String($0) }
    texts["header"] = reading.header.text
    texts["sheet"] = reading.sheet
    texts["key-field"] = keyField?.rawValue
    texts["again"] = sendsAgain ? "yes" : nil
    texts["create-guides"] = createsGuides ? "yes" : nil
    texts["skip"] = skip == 0 ? nil : String(skip)
    texts["limit"] = limit.map { String($0) }
    texts["settle"] = settle.map { String($0.wholeMilliseconds) }
    texts["wait"] = wait.map { String($0.wholeMilliseconds) }
    for (number, path) in paths.enumerated() { texts["path.\(number)"] = path }
    return texts
  }

  /// Reads settings from a journal; what is not there is as if it had not been given.
  init(_ texts: [String: String], fileCount: Int) {
    reading = ReaderSettings(
      format: texts["format"].flatMap { FileFormat(rawValue: $0) },
      encoding: texts["encoding"].flatMap { TextEncoding(rawValue: $0) },
      delimiter: texts["delimiter"].flatMap { UInt8($0) },
      quote: texts["quote"].flatMap { UInt8($0) }, escape: texts["escape"].flatMap { UInt8($0) },
      header: texts["header"].flatMap { HeaderChoice(text: $0) } ?? .auto, sheet: texts["sheet"])
    keyField = texts["key-field"].flatMap { PersonField(rawValue: $0) }
    sendsAgain = texts["again"] == "yes"
    createsGuides = texts["create-guides"] == "yes"
    skip = texts["skip"].flatMap { Int($0) } ?? 0
    limit = texts["limit"].flatMap { Int($0) }
    settle = texts["settle"].flatMap { Int($0) }.map { .milliseconds($0) }
    wait = texts["wait"].flatMap { Int($0) }.map { .milliseconds($0) }
    paths = (0..<fileCount).map { texts["path.\($0)"] ?? "" }
  }

  /// The options with what the run was begun with.
  func applied(to options: ImportOptions) -> ImportOptions {
    var options = options
    options.keyField = keyField
    options.sendsAgain = sendsAgain
    options.createsGuides = createsGuides
    options.skip = skip
    options.limit = limit
    options.settle = options.settle ?? settle
    options.wait = options.wait ?? wait
    return options
  }
}

extension RunDescription {
  /// The field that carries the run's import keys, if one does.
  var keyField: PersonField? { RunSettings(settings, fileCount: 0).keyField }
}

extension Duration {
  fileprivate var wholeMilliseconds: Int { Int(self / .milliseconds(1)) }
}

extension HeaderChoice {
  fileprivate var text: String {
    switch self {
    case .auto: "auto"
    case .first: "first"
    case .none: "none"
    case .line(let line): String(line)
    }
  }

  fileprivate init?(text: String) {
    switch text {
    case "auto": self = .auto
    case "first": self = .first
    case "none": self = .none
    default:
      guard let line = Int(text) else { return nil }
      self = .line(line)
    }
  }
}
