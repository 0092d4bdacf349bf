/// How a source is to be read (`source:` in a mapping); what is `nil` is found out from the file.
package struct SourceSettings: Sendable, Equatable {
  /// The kind of file.
  package var format: SourceFormat?
  /// The encoding of its text.
  package var encoding: SourceEncoding?
  /// The ASCII byte between the fields of a CSV file.
  package var delimiter: UInt8?
  /// Whether the first row names the columns.
  package var header: HeaderSetting

  package init(
    format: SourceFormat? = nil, encoding: SourceEncoding? = nil, delimiter: UInt8? = nil,
    header: HeaderSetting = .auto
  ) {
    self.format = format
    self.encoding = encoding
    self.delimiter = delimiter
    self.header = header
  }
}

/// The kinds of file a mapping can name, under the names the readers use.
package enum SourceFormat: String, Sendable, CaseIterable {
  case csv
  case xlsx
  /// JSON lines.
  case jsonl
  /// vCard.
  case vcf
  /// xCard.
  case xml

  /// Whether a record may lack columns that others have, as a card without a phone does.
  ///
  /// A column named in the mapping and absent from such a source is empty; in a table it is a
  /// mistake.
  package var hasOpenColumns: Bool {
    switch self {
    case .csv, .xlsx: false
    case .jsonl, .vcf, .xml: true
    }
  }
}

/// The encodings a mapping can name, under their IANA names.
package enum SourceEncoding: String, Sendable, CaseIterable {
  case utf8 = "utf-8"
  case windows1251 = "windows-1251"

  /// Finds an encoding by any of its usual names, in any case.
  init?(name: String) {
    switch name.lowercased() {
    case "utf-8", "utf8": self = .utf8
    case "windows-1251", "windows1251", "cp1251", "win1251": self = .windows1251
    default: return nil
    }
  }
}

/// Whether the first row of a table names the columns (`source: { header: … }`).
package enum HeaderSetting: String, Sendable, CaseIterable {
  /// The reader decides.
  case auto
  /// It does.
  case yes
  /// It is data; columns are addressed as `"#1"`, `"#2"`.
  case no
}
