import JSONSyntax

/// What a run's folder holds (`manifest.json`), so that a copy can be checked against it.
///
/// - `version`: 1; `run`; `madeAt`: text in ISO 8601; `ferry`: the version
/// - `sources`: `name`, `bytes`, `records`
/// - `files`: `name`, `rows` (null where a file has none), `bytes`, `sha256`
package struct Manifest: Sendable {
  /// A file the manifest vouches for.
  package struct Entry: Sendable, Equatable {
    /// Its name in the folder.
    package var name: String
    /// How many rows it holds, where it holds rows.
    package var rowCount: Int?
    /// Its length.
    package var byteCount: Int
    /// Its SHA-256 in hexadecimal; `nil` for a file that was written without it.
    package var sha256: String?

    /// A file that has just been written.
    package init(name: String, rowCount: Int? = nil, written: WrittenFile) {
      self.name = name
      self.rowCount = rowCount
      byteCount = written.byteCount
      sha256 = written.sha256
    }
  }

  private let summary: RunSummary
  private let madeAt: String
  private let entries: [Entry]

  /// - Parameters:
  ///   - summary: The run.
  ///   - madeAt: Now, as text in ISO 8601.
  ///   - reports: The files besides the run's result files.
  package init(_ summary: RunSummary, madeAt: String, reports: [Entry] = []) {
    self.summary = summary
    self.madeAt = madeAt
    entries =
      summary.resultFiles.map {
        Entry(name: $0.name, rowCount: $0.rowCount, written: $0.written)
      } + reports
  }

  /// The document, in UTF-8, with a line break at its end.
  package var bytes: [UInt8] {
    var json = JSONWriter(style: .pretty)
    json.beginObject()
    json.member("version", 1)
    json.member("run", summary.runID)
    json.member("madeAt", madeAt)
    json.member("ferry", summary.ferryVersion)
    json.array("sources", of: summary.files) { json, file in
      json.member("name", file.name)
      json.member("bytes", file.byteCount)
      json.member("records", file.recordCount)
    }
    json.array("files", of: entries) { json, entry in entry.write(to: &json) }
    json.endObject()
    json.endLine()
    return json.take()
  }
}

extension Manifest.Entry {
  /// Writes the entry's members into an open object.
  func write(to json: inout JSONWriter) {
    json.member("name", name)
    json.member("rows", rowCount)
    json.member("bytes", byteCount)
    json.member("sha256", sha256)
  }
}
