import CRMClient
import ContactModel
import PersonAPI
import TestSupport
import Testing

@Suite("what is foretold is what is stored")
struct ForetoldValuesTests {
  private static let fields: [PersonField] = [
    .person, .ptitle, .tel, .mail, .rol, .input1, .input2, .input10, .blog, .skype, .mykrug,
  ]

  /// Pieces that the CRM changes, cuts or chokes on, and plain ones.
  private static let pieces = [
    "Ёлка", "plain", " ", "  ", "\"", "«", "»", "<", ">", "<b>", "</b>", "< ", "<!--", "-->", "<?",
    "&laquo;", "&quot;", "&", ";", "; ", "😀", "𠮷", "日本", "0", "'", "\\", "?s", "?x", "?", ",", "\n",
    "\t",
    "\u{A0}", "\u{200B}", "%", "_", "\\r\\n", "`", "@test.invalid",
    String(repeating: "ж", count: 120),
    String(repeating: "d", count: 249),
  ]

  private static func contacts(_ count: Int, seed: UInt64) -> ContactBatch {
    var generator = SeededGenerator(seed: seed)
    var contacts = ContactBatch(columnCount: fields.count)
    for _ in 0..<count {
      for field in fields {
        let length = Int.random(in: field == .person ? 1...4 : 0...4, using: &generator)
        for _ in 0..<length {
          let piece = pieces[Int.random(in: 0..<pieces.count, using: &generator)]
          contacts.bytes.append(contentsOf: piece.utf8)
        }
        contacts.endValue()
      }
    }
    return contacts
  }

  @Test("whatever is sent, the list shows what was foretold", arguments: ServedCRM.all)
  func stored(_ crm: ServedCRM) async throws {
    try await crm.serve { client in
      let schema = ContactSchema(
        columns: Self.fields.map { ContactColumn(field: $0, treatment: .text) }, invalid: .drop)
      let predictor = StoredValuePredictor(
        schema: schema, variant: client.variant,
        route: client.variant.format == .json ? .listJSON : .listForm)
      let sample = Self.contacts(150, seed: 41)
      let reviewed = ContactReviewer(predictor: predictor).review(
        sample, isRejected: Array(repeating: false, count: sample.count))
      #expect(reviewed.isRejected.contains(false))
      var builder = AddListBatchBuilder(
        schema: schema, credentials: client.credentials, variant: client.variant)
      var sent: [Int] = []
      var differences: [String] = []
      func send() async throws {
        let body = builder.finish()
        let ending = await client.addList(body: body, rows: sent.count).ending
        let verdicts = AddListReconciler(rowCount: sent.count, ending: ending).verdicts
        if verdicts.allSatisfy({ $0 == .unknown }), case .reply(_, let reply) = ending {
          Issue.record(
            "a value broke the request: \(String(decoding: reply.prefix(700), as: UTF8.self))")
          sent = []
          return
        }
        for (contact, verdict) in zip(sent, verdicts) {
          guard case .created(let pid) = verdict else {
            Issue.record("row \(contact): \(verdict)")
            continue
          }
          let page = try await client.list(
            ListRequest(
              fields: Self.fields, wantsSocials: true,
              filter: [.init(field: "pid", value: "\(pid)")]),
            columns: Self.fields)
          guard let record = page.pids.firstIndex(of: pid) else {
            Issue.record("pid \(pid) is not listed")
            continue
          }
          let foretold = predictor.storedValues(of: reviewed.contacts, contact: contact)
          for column in Self.fields.indices {
            let found = page.records.text(record: record, field: column)
            let expected = foretold[column].text ?? ""
            if found != expected {
              differences.append(
                "\(Self.fields[column].name) \(sample.text(contact: contact, column: column).debugDescription): foretold \(expected.debugDescription), stored \(found.debugDescription)"
              )
            }
          }
        }
        sent = []
      }
      for contact in 0..<reviewed.contacts.count where !reviewed.isRejected[contact] {
        if builder.append(reviewed.contacts, contact: contact) == .full {
          try await send()
          #expect(builder.append(reviewed.contacts, contact: contact) == .appended)
        }
        sent.append(contact)
      }
      try await send()
      #expect(differences.isEmpty, "\(differences.count): \(differences.prefix(5))")
    }
  }
}

extension StoredValue {
  /// The text, if one is stored.
  fileprivate var text: String? {
    if case .text(let bytes) = self { String(decoding: bytes, as: UTF8.self) } else { nil }
  }
}
