import ContactModel
import JSONSyntax
import PersonAPI
import Testing

/// The marks of rows that were sent to a real server, against what `info` showed of them afterwards.
@Suite(
  "marks against recordings", .enabled(if: Recordings.arePresent, "../shared/crm is absent"))
struct RecordedMarkTests {
  @Test("the mark of every recorded row is that of its contact")
  func rows() throws {
    var count = 0
    for prefix in ["add-", "addlist-", "idem-", "v3-add", "json-add", "value-addlist-"] {
      for exchange in try Recordings.exchanges(prefix) {
        let sent = StoredRowTests.sentRows(exchange)
        let after = exchange.document["info_after"]
        let shown = after?.elements ?? [after].compactMap(\.self)
        guard sent.count == shown.count else { continue }
        for (sent, shown) in zip(sent, shown) {
          var writer = JSONWriter()
          writer.value(shown)
          guard case .contact(let details) = InfoReply(ReplyBody(writer.take())),
            let row = row(sent)
          else { continue }
          try check(row, details, exchange)
          count += 1
        }
      }
    }
    #expect(count > 60, "\(count)")
  }

  private func check(
    _ row: SampleContacts, _ details: ContactDetails, _ exchange: Recordings.Exchange
  ) throws {
    let isDefault =
      exchange.name.contains("defaultform") || exchange.name.contains("inactive")
    let predictor = StoredValuePredictor(
      schema: row.schema, variant: .dotted, route: StoredRowTests.route(exchange),
      activeFields: isDefault ? StoredRowTests.defaultFields : nil)
    let marker = RowMarker(predictor: predictor)
    var marks = RowMarks()
    marker.mark(row.batch, contact: 0, into: &marks)
    let seen = try #require(marker.seen(details))
    let differences = marker.differences(of: row.batch, contact: 0, from: details.values)
    #expect(seen.matches(marks.stored[0]), "\(exchange.name): \(differences)")
    #expect(differences.isEmpty, "\(exchange.name)")
    #expect(Set(seen.traces) == Set(marks.traces(of: 0)), "\(exchange.name)")
  }

  /// A recorded row as a contact; `nil` where it holds what ferry never sends: arrays for texts, flat
  /// social contacts, logins in the place of numbers.
  private func row(_ sent: JSONValue) -> SampleContacts? {
    var values: [PersonField: String] = [:]
    for member in sent.members ?? [] {
      if member.key == "socials" {
        guard let socials = member.value.members else { return nil }
        for social in socials {
          guard let field = PersonField(rawValue: "socials." + social.key) else { continue }
          guard let text = social.value.string else { return nil }
          values[field] = text
        }
      } else if let field = PersonField(rawValue: member.key) {
        guard let text = StoredRowTests.text(member.value) else { return nil }
        if RowMarker.isCompared(field) { values[field] = text }
      } else if PersonField(rawValue: "socials." + member.key) != nil {
        return nil
      }
    }
    let fields = PersonField.allCases.filter { values[$0] != nil }
    return SampleContacts(fields, rows: [fields.map { values[$0] ?? "" }])
  }
}
