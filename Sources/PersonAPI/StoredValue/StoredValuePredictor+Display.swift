package import ContactModel

extension StoredValuePredictor {
  /// The text that is stored for a value, to be shown beside an issue about it; empty where nothing
  /// is stored, `nil` for issues about something else.
  ///
  /// An issue holds no text, so this is worked out again from the batch it belongs to, as that is
  /// sent, and only for the few issues that are shown.
  package func storedText(for issue: Issue, in contacts: ContactBatch) -> String? {
    switch issue.code {
    case .storedCut, .storedTagsRemoved, .storedQuotesChanged, .storedTrimmed, .storedEmpty,
      .storedCharactersLost, .storedSemicolon, .storedInactiveField, .storedNoName:
      break
    default: return nil
    }
    guard let column = issue.field.flatMap(schema.column(of:)),
      (0..<contacts.count).contains(Int(issue.record))
    else { return nil }
    return storedText(of: contacts, contact: Int(issue.record), column: column)
  }

  /// The text that is stored for a value, to be shown; empty where nothing is stored.
  ///
  /// An entry of a guide is shown as the mapping names it, `{ id: 3 }`.
  ///
  /// - Returns: `nil` where it cannot be told or is not shown.
  package func storedText(of contacts: ContactBatch, contact: Int, column: Int) -> String? {
    switch storedValues(of: contacts, contact: contact)[column] {
    case .text(let bytes): String(decoding: bytes, as: UTF8.self)
    case .nothing: ""
    case .guideEntry(0): ""
    case .guideEntry(let identifier): "{ id: \(identifier) }"
    case .decidedByServer, .notShown: nil
    }
  }
}
