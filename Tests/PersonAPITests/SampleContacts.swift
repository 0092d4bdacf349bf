import ContactModel
import PersonAPI
import TestSupport

/// Contacts for tests: a schema and rows of texts.
struct SampleContacts {
  var schema: ContactSchema
  var rows: [[String]]

  init(_ fields: [PersonField], rows: [[String]], owner: String? = nil) {
    schema = ContactSchema(columns: fields.map { ContactColumn(field: $0) }, owner: owner)
    self.rows = rows
  }

  /// Random contacts with the values that hurt: everything that means something in a form.
  init(seed: UInt64, count: Int, fields: [PersonField] = Self.fields) {
    var generator = SeededGenerator(seed: seed)
    let pieces = [
      "a", "Я", "ё", "😀", "€", "\"", "'", "%", "%41", "&", "=", "[", "]", "+", " ", "  ", ";", "\\",
      "\n", "\r\n", "\t", "\u{1}", "\u{7f}", "#", "?", "/", "<b>", "&amp;", "~", "-_.", "\u{A0}",
      "persons[0][person]=x&action=delete", "0",
    ]
    self.init(
      fields,
      rows: (0..<count).map { _ in
        fields.map { field in
          guard field == .person || Int.random(in: 0..<3, using: &generator) > 0 else { return "" }
          let length = Int.random(in: field == .person ? 1...8 : 0...8, using: &generator)
          return (0..<length).map { _ in
            pieces[Int.random(in: pieces.indices, using: &generator)]
          }.joined()
        }
      })
  }

  /// All fields that an import may fill, `person` not first on purpose.
  static let fields: [PersonField] =
    PersonField.allCases.filter { $0.isWritable && $0 != .person }.reversed() + [.person]

  /// The rows as a batch.
  var batch: ContactBatch {
    var batch = ContactBatch(columnCount: schema.columns.count)
    for value in rows.joined() {
      batch.bytes += value.utf8
      batch.endValue()
    }
    return batch
  }

  /// A row as PHP has to show it: `person` first, empty values left out, socials in their array, which
  /// stands last in JSON.
  func expected(row: Int, format: WireFormat = .form) -> PHPServer.Variable {
    var flat: [(key: String, value: PHPServer.Variable)] = []
    var socials: [(key: String, value: PHPServer.Variable)] = []
    var socialsPlace: Int?
    let values = zip(schema.columns.map(\.field), rows[row])
    for (field, value) in values.filter({ $0.0 == .person }) + values.filter({ $0.0 != .person })
    where !value.isEmpty {
      if let key = field.socialKey {
        socialsPlace = socialsPlace ?? flat.count
        socials.append((key, .text(Array(value.utf8))))
      } else {
        flat.append((field.rawValue, .text(Array(value.utf8))))
      }
    }
    if let socialsPlace {
      let place = format == .json ? flat.count : socialsPlace
      flat.insert(("socials", .array(socials)), at: place)
    }
    return .array(flat)
  }
}

/// Fills requests with all contacts, as a pipeline does; returns their bodies and row counts.
func requests(
  of contacts: SampleContacts, _ builder: inout AddListBatchBuilder
) -> (bodies: [[UInt8]], rowCounts: [Int]) {
  var bodies: [[UInt8]] = []
  var rowCounts: [Int] = []
  let batch = contacts.batch
  for contact in 0..<batch.count {
    if builder.append(batch, contact: contact) == .full {
      rowCounts.append(builder.rowCount)
      bodies.append(builder.finish())
      _ = builder.append(batch, contact: contact)
    }
  }
  rowCounts.append(builder.rowCount)
  bodies.append(builder.finish())
  return (bodies, rowCounts)
}

let credentials = Credentials(login: "chief+1@example.com", apikey: "k3y&=%/Ж")
