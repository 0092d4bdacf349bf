package import ContactModel
import JSONSyntax

/// Writes records as JSON lines: one object a line, every value a string.
///
/// Empty values are left out, so that what has no value has no member. Names such as
/// `socials.skype` become nested objects, as the API sends them.
package struct JSONLinesWriter: Sendable {
  private let columns: [Column]
  private var json = JSONWriter()

  private struct Column: Sendable {
    var parent: String?
    var name: String
  }

  /// - Parameter columns: The columns' names, in order; those with a common parent side by side.
  package init(columns: [String]) {
    self.columns = columns.map { name in
      guard let dot = name.firstIndex(of: ".") else { return Column(parent: nil, name: name) }
      return Column(
        parent: String(name[..<dot]), name: String(name[name.index(after: dot)...]))
    }
  }

  /// Appends one record of a batch.
  ///
  /// - Parameters:
  ///   - batch: The records.
  ///   - record: Which of them.
  ///   - firstField: Where in the record the first column stands.
  /// - Complexity: O(*n*) in the record's bytes.
  package mutating func append(_ batch: RecordBatch, record: Int, firstField: Int = 0) {
    json.beginObject()
    var openParent: String?
    for (index, column) in columns.enumerated() {
      let range = batch.fieldRange(record: record, field: firstField + index)
      guard !range.isEmpty else { continue }
      if column.parent != openParent {
        if openParent != nil { json.endObject() }
        if let parent = column.parent {
          json.key(parent)
          json.beginObject()
        }
        openParent = column.parent
      }
      json.key(column.name)
      json.string(batch.bytes.span.extracting(range))
    }
    if openParent != nil { json.endObject() }
    json.endObject()
    json.endLine()
  }

  /// Takes what has been written so far.
  package mutating func takeBytes() -> [UInt8] { json.take() }
}
