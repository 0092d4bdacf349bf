package import ContactFormats
package import ContactMapping
package import ContactModel
package import PersonAPI
package import RunReports

/// What to export, and into which file.
package struct ExportRequest: Sendable {
  /// The file to write; `-` for standard output.
  ///
  /// Of a divided export the files' names begin like it.
  package var path: String
  /// How it is written.
  package var output: WriterSettings
  /// The columns, in order; empty for all that the server has.
  package var columns: [PersonField]
  /// The mapping in whose columns the file is written, turned round; `nil` for the API's.
  ///
  /// It says which fields are read; ``columns`` is not asked then.
  package var mapping: MappingReversal?
  /// Which contacts: `user`, dates, `word` and `filter` of a list request.
  package var selection: ListRequest
  /// How the contacts are divided among files; `nil` for one file.
  package var split: ExportSplit?
  /// Where it is remembered what the export before held; `nil` where nothing is compared.
  package var state: ExportState?
  /// Whether fields keep the import keys that ferry has put into them.
  package var keepsImportKeys: Bool
  /// The order of the contacts; `nil` for that of their identifiers.
  package var order: ExportOrder?
  /// Whether the columns are called what people of the account call the fields.
  package var usesTitles = false
  /// How telephone numbers are written; `nil` for as they are.
  package var phones: PhoneSettings?
  /// How many exports are kept beside the newest, that one among them; `nil` for none.
  package var keep: Int?
  /// Whether contacts that no list shows are looked for one by one.
  package var includesInvisible = false
  /// Whether to go on where an interrupted export of the same has ended.
  package var resumes = false
  /// How many windows of creation dates may be read at once; one for none.
  package var maxInFlight = 1
  /// How hard the CRM may be worked.
  package var limits = LoadLimits.none
  /// The access rights of the files.
  package var mode: UInt16
  /// ferry's version, for the manifest.
  package var version: String

  package init(
    path: String, output: WriterSettings, columns: [PersonField] = [],
    mapping: MappingReversal? = nil,
    selection: ListRequest = ListRequest(), split: ExportSplit? = nil, state: ExportState? = nil,
    keepsImportKeys: Bool = false, mode: UInt16 = 0o600, version: String = ""
  ) {
    self.path = path
    self.output = output
    self.columns = columns
    self.mapping = mapping
    self.selection = selection
    self.split = split
    self.state = state
    self.keepsImportKeys = keepsImportKeys
    self.mode = mode
    self.version = version
  }
}

/// What is remembered from one export to the next.
package struct ExportState: Sendable {
  /// The folder, of this export alone.
  package var folder: String
  /// How many of the contacts may be missing, in parts of one, before the export is given up.
  package var maxShrink: Double

  package init(folder: String, maxShrink: Double) {
    self.folder = folder
    self.maxShrink = maxShrink
  }

  var snapshotPath: String { "\(folder)/contacts.snapshot" }
  var lockPath: String { "\(folder)/lock" }
}

/// How an export differs from the one before.
package struct ExportChanges: Sendable, Equatable {
  /// Contacts that were not there before.
  package var added = 0
  /// Contacts of which a value is another one.
  package var changed = 0
  /// Contacts that the CRM has no more.
  package var deleted = 0
  /// Contacts that the CRM has and does not show to this account any more.
  package var hidden = 0

  /// Each of them has a file.
  static let fileCount = 4
}

/// What was exported.
package struct ExportResult: Sendable {
  /// How many contacts the files have.
  package let contacts: Int
  /// How many requests were made.
  package let requests: Int
  /// The files' columns.
  package let columns: [PersonField]
  /// The files.
  package let files: [Manifest.Entry]
  /// How it differs from the one before; `nil` where nothing was compared.
  package let changes: ExportChanges?
  /// How many values could not be written as they are, by kind.
  package let issues: [IssueCode: Int]
  /// Before the first request, as text in ISO 8601.
  package let from: String
  /// Behind the last request: every contact that was visible and existed all this time is there.
  package let until: String
  /// What the manifest says, or would say where there is no place for one.
  package let manifest: ExportManifest
  /// How many cells of telephone numbers have more in them than numbers, and stayed as they are.
  package let keptPhones: Int
  /// How many contacts an interrupted export had read, where this one went on with it.
  package let resumedContacts: Int
  /// Why this export could not be kept beside the last ones.
  package let archiveFailure: OutputError?
}

extension ExportChanges {
  /// The counts by their names in a manifest.
  package var described: [(name: String, count: Int)] {
    [("added", added), ("changed", changed), ("deleted", deleted), ("hidden", hidden)]
  }
}

extension ListRequest {
  /// What is asked for, by the names of the API's parameters.
  var described: [(name: String, value: String)] {
    let texts: [(String, String?)] = [
      ("user", user), ("dateStart", dateStart), ("dateEnd", dateEnd), ("word", word),
    ]
    return texts.compactMap { name, value in value.map { (name, $0) } }
      + filter.map { ("filter[\($0.field)]", $0.value) }
  }
}
