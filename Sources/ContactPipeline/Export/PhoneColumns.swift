import ContactModel
import ContactNormalization

/// Writes the telephone numbers of contacts in another form on their way into the files.
///
/// A cell with anything else in it, a word or what cannot be read, stays as it is and is counted.
struct PhoneColumns: Sendable {
  private let normalizer: ContactNormalizer
  /// The columns with numbers, rising.
  private let columns: [Int]
  private let width: Int
  private let fields: [PersonField]
  /// How many values stayed as they are.
  private(set) var kept = 0

  /// - Parameters:
  ///   - columns: The columns of the pages.
  ///   - settings: How the numbers are read and written.
  /// - Throws: `ContactNormalizerError` if the region is not known.
  init(_ columns: [PersonField], _ settings: PhoneSettings) throws(ContactNormalizerError) {
    fields = columns
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

  /// What is put right in a number and loses nothing.
  private static let harmless: Set<IssueCode> = [
    .phoneAreaCodeAdded, .phoneSpreadsheetForm, .phonePlusAdded, .phoneLookAlikeLetters,
  ]

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
    // A cell with anything in it but numbers stays: on the way out nothing is dropped.
    var isKept = Array(repeating: false, count: count * columns.count)
    for issue in normalized.issues where !Self.harmless.contains(issue.code) {
      guard let place = columns.firstIndex(where: { fields[$0] == issue.field }) else { continue }
      isKept[Int(issue.record) * columns.count + place] = true
    }
    kept += isKept.count { $0 }
    var result = RecordSpool.Page()
    result.bytes.reserveCapacity(page.bytes.count + page.bytes.count / 8)
    result.valueEnds.reserveCapacity(page.valueEnds.count)
    for contact in 0..<count {
      var place = 0
      for column in 0..<width {
        if place < columns.count, columns[place] == column {
          let range = normalized.contacts.valueRange(contact: contact, column: place)
          result.bytes +=
            isKept[contact * columns.count + place]
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
