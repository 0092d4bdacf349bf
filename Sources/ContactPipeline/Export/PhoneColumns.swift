import ContactModel
import ContactNormalization

/// Writes the telephone numbers of contacts in another form on their way into the files.
///
/// What cannot be read as a number stays as it is, and is counted.
struct PhoneColumns: Sendable {
  private let normalizer: ContactNormalizer
  /// The columns with numbers, rising.
  private let columns: [Int]
  private let width: Int
  /// How many values stayed as they are, by kind.
  private(set) var issues: [IssueCode: Int] = [:]

  /// - Parameters:
  ///   - columns: The columns of the pages.
  ///   - settings: How the numbers are read and written.
  /// - Throws: `ContactNormalizerError` if the region is not known.
  init(_ columns: [PersonField], _ settings: PhoneSettings) throws(ContactNormalizerError) {
    self.columns = columns.indices.filter { columns[$0].defaultTreatment == .phone }
    width = columns.count
    var settings = settings
    settings.mobiles = .keep
    normalizer = try ContactNormalizer(
      schema: ContactSchema(
        columns: self.columns.enumerated().map { place, column in
          ContactColumn(field: columns[column], sources: [place], treatment: .phone)
        }, invalid: .keep, phones: settings))
  }

  /// A page with the numbers in their new form.
  mutating func rewritten(_ page: RecordSpool.Page) -> RecordSpool.Page {
    guard !columns.isEmpty else { return page }
    let count = page.valueEnds.count / width
    var raw = ContactBatch(columnCount: columns.count, reservingContacts: count)
    for contact in 0..<count {
      for column in columns {
        raw.bytes += page.bytes[page.range(ofValue: contact * width + column)]
        raw.endValue()
      }
    }
    let normalized = normalizer.normalize(raw)
    for issue in normalized.issues where issue.severity == .error {
      issues[issue.code, default: 0] += 1
    }
    var result = RecordSpool.Page()
    result.bytes.reserveCapacity(page.bytes.count + page.bytes.count / 8)
    result.valueEnds.reserveCapacity(page.valueEnds.count)
    for contact in 0..<count {
      var place = 0
      for column in 0..<width {
        if place < columns.count, columns[place] == column {
          let range = normalized.contacts.valueRange(contact: contact, column: place)
          // What means nothing (`нет`) would be emptied on the way in; on the way out it stays.
          result.bytes +=
            range.isEmpty
            ? page.bytes[page.range(ofValue: contact * width + column)]
            : normalized.contacts.bytes[range]
          place += 1
        } else {
          result.bytes += page.bytes[page.range(ofValue: contact * width + column)]
        }
        result.valueEnds.append(UInt32(result.bytes.count))
      }
    }
    return result
  }
}
