import JSONSyntax

/// What an export has written (`<file>.manifest.json`), so that it can be checked later.
///
/// - `version`: 1; `kind`: `export`; `ferry`: the version; `server`, `login`
/// - `from`, `until`: text in ISO 8601; every contact that was visible and existed all this time is in the
///   files; `seconds`: how long it took
/// - `selection`: what was asked for, by the names of the API's parameters; `columns`: API names, or the
///   titles that a mapping gives
/// - `contacts`: how many there are; `requests`: how many requests it took
/// - `changes`: `added`, `changed`, `deleted`, `hidden`, where it was compared with the export before (`--state`)
/// - `files`: `name`, `rows`, `bytes`, `sha256`
package struct ExportManifest: Sendable {
  /// ferry's version.
  package var ferryVersion: String
  /// The CRM's address.
  package var server: String
  /// The account's login.
  package var login: String
  /// Before the first request, as text in ISO 8601.
  package var from: String
  /// Behind the last request, as text in ISO 8601.
  package var until: String
  /// How long it took.
  package var duration: Duration
  /// What was asked for.
  package var selection: [(name: String, value: String)]
  /// The files' columns.
  package var columns: [String]
  /// How many contacts there are.
  package var contacts: Int
  /// How many requests it took.
  package var requests: Int
  /// The files.
  package var files: [Manifest.Entry]
  /// How it differs from the export before; `nil` where nothing was compared.
  package var changes: [(name: String, count: Int)]?
  /// How many values could not be written as they are, by kind; only where it is a summary.
  package var issues: [(name: String, count: Int)]?

  package init(
    ferryVersion: String, server: String, login: String, from: String, until: String,
    duration: Duration, selection: [(name: String, value: String)], columns: [String],
    contacts: Int,
    requests: Int, files: [Manifest.Entry]
  ) {
    self.ferryVersion = ferryVersion
    self.server = server
    self.login = login
    self.from = from
    self.until = until
    self.duration = duration
    self.selection = selection
    self.columns = columns
    self.contacts = contacts
    self.requests = requests
    self.files = files
  }

  /// The document, in UTF-8, with a line break at its end.
  package var bytes: [UInt8] {
    var json = JSONWriter(style: .pretty)
    json.beginObject()
    json.member("version", 1)
    json.member("kind", "export")
    json.member("ferry", ferryVersion)
    json.member("server", server)
    json.member("login", login)
    json.member("from", from)
    json.member("until", until)
    json.key("seconds")
    json.number(JSONReport.thousandths(of: duration))
    json.key("selection")
    json.beginObject()
    for (name, value) in selection { json.member(name, value) }
    json.endObject()
    json.key("columns")
    json.beginArray()
    for column in columns { json.string(column) }
    json.endArray()
    json.member("contacts", contacts)
    json.member("requests", requests)
    if let changes {
      json.key("changes")
      json.beginObject()
      for (name, count) in changes { json.member(name, count) }
      json.endObject()
    }
    if let issues {
      json.key("issues")
      json.beginObject()
      for (name, count) in issues { json.member(name, count) }
      json.endObject()
    }
    json.array("files", of: files) { json, entry in entry.write(to: &json) }
    json.endObject()
    json.endLine()
    return json.take()
  }
}
