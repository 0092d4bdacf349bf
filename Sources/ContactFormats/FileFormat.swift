/// The kinds of file that hold contacts.
package enum FileFormat: String, Sendable, CaseIterable {
  case csv
  case jsonLines = "jsonl"
  case vCard = "vcf"
  case xCard = "xml"
  case xlsx

  /// The name people know it by.
  package var name: String {
    switch self {
    case .csv: "CSV"
    case .jsonLines: "JSON lines"
    case .vCard: "vCard"
    case .xCard: "xCard"
    case .xlsx: "XLSX"
    }
  }

  /// Whether a record may lack columns that others have, as a card without a phone does.
  package var hasOpenColumns: Bool {
    switch self {
    case .csv, .xlsx: false
    case .jsonLines, .vCard, .xCard: true
    }
  }

  /// The format a file's name promises, going by its extension.
  package init?(fileName: String) {
    guard let dot = fileName.lastIndex(of: ".") else { return nil }
    switch fileName[fileName.index(after: dot)...].lowercased() {
    case "csv", "tsv", "txt": self = .csv
    case "jsonl", "ndjson", "json": self = .jsonLines
    case "vcf", "vcard": self = .vCard
    case "xml": self = .xCard
    case "xlsx": self = .xlsx
    default: return nil
    }
  }
}
