import ContactModel
import JSONSyntax
import PersonAPI
import Testing

@Suite("stored values against recordings", .enabled(if: Recordings.arePresent))
struct StoredValueMatrixTests {
  static func predictor(
    _ route: ValueRoute = .listForm, active: Set<PersonField>? = nil
  ) -> StoredValuePredictor {
    StoredValuePredictor(
      schema: ContactSchema(columns: []), variant: .dotted, route: route, activeFields: active)
  }

  /// What `info` shows for a value; the text is `nil` for null.
  static func shown(_ value: StoredValue) -> String? {
    switch value {
    case .text(let bytes): return String(decoding: bytes, as: UTF8.self)
    case .nothing: return nil
    default:
      Testing.Issue.record("no text: \(value)")
      return nil
    }
  }

  @Test(
    "every probe is stored as predicted, whatever the way it was sent",
    arguments: [
      ("addlist-form", ValueRoute.listForm), ("add-form", .addForm), ("add-json", .addJSON),
      ("v3-json", .listJSON),
    ])
  func values(mode: String, route: ValueRoute) throws {
    let predictor = Self.predictor(route)
    for exchange in try Recordings.exchanges("matrix-values-\(mode).") {
      let names = try #require(exchange.document["fields_sent_same_value"]?.elements)
        .compactMap(\.string)
      let fields = names.compactMap(PersonField.init(rawValue:))
      #expect(fields.count == names.count)
      let rows = try #require(exchange.document["rows"]?.elements)
      #expect(rows.count > 40)
      for row in rows {
        let sent = Array(try #require(row["sent"]?.string).utf8)
        let probe = row["probe"]?.string ?? ""
        let socials = PersonField.socials.map { fields.contains($0) ? sent : [] }
        #expect(
          String(decoding: predictor.storedSocialColumn(of: socials), as: UTF8.self)
            == row["db"]?["social"]?.string, "\(probe)")
        for field in [PersonField.person, .ptitle] {
          let value = Self.shown(predictor.storedValue(of: sent, in: field))
          #expect(value == row["db"]?[field.name]?.string, "\(probe) \(field)")
        }
        // What holds \u0410 cannot be read back as JSON.
        guard let info = row["info"] else {
          #expect(probe == "uesc")
          continue
        }
        guard predictor.storedValue(of: sent, in: .person) != .nothing else {
          // Of a contact without a name `info` shows nothing at all (info-null-person).
          for field in fields where field.socialKey == nil { #expect(info[field.name] == .null) }
          continue
        }
        for field in fields where field.socialKey == nil {
          let value = Self.shown(predictor.storedValue(of: sent, in: field))
          #expect(info[field.name] == value.map(JSONValue.string) ?? .null, "\(probe) \(field)")
        }
        for (field, stored) in zip(PersonField.socials, predictor.storedSocials(of: socials)) {
          let value = Self.shown(stored)
          #expect(
            info["socials"]?[field.wireKey] == value.map(JSONValue.string) ?? .null,
            "\(probe) \(field)")
        }
      }
    }
  }

  @Test("tags are removed as recorded")
  func tags() throws {
    for exchange in try Recordings.exchanges("matrix-striptags") {
      for row in try #require(exchange.document["rows"]?.elements) {
        let sent = try #require(row["sent"]?.string)
        let value = Self.shown(Self.predictor().storedValue(of: Array(sent.utf8), in: .ptitle))
        #expect(value == row["stored"]?.string, "\(sent.debugDescription)")
      }
    }
  }

  @Test("values are cut at the recorded lengths")
  func lengths() throws {
    let letters = ["ascii": "x", "cyr": "ж"]
    for exchange in try Recordings.exchanges("matrix-lengths") {
      let rows = try #require(exchange.document.elements)
      for row in rows {
        guard let field = row["column"]?.string.flatMap(PersonField.init(rawValue:)) else {
          try checkSocialsLength(row)
          continue
        }
        let letter = try #require(letters[row["kind"]?.string ?? ""])
        let count = try #require(row["sent_chars"]?.integer)
        let sent = String(repeating: letter, count: count)
        let prediction = Self.predictor().prediction(of: Array(sent.utf8), in: field)
        let value = Self.shown(prediction.value)
        let stored = row["stored_chars"]?.integer ?? 0
        #expect(value?.unicodeScalars.count == stored, "\(field) \(letter) \(count)")
        #expect(value.map { sent.hasPrefix($0) } == row["prefix_of_sent"]?.bool)
        #expect(prediction.changes == (stored < count ? .cut : []))
        let length = try #require(StoredLength(of: field))
        #expect(
          length.limit == (row["column_chars"] ?? row["column_bytes"])?.integer, "\(field)")
      }
    }
  }

  private func checkSocialsLength(_ row: JSONValue) throws {
    #expect(row["sent"]?.string == "blog 65530 x b, skype \"skype\", mykrug \"tail\"")
    var values = [[UInt8]](repeating: [], count: 8)
    values[0] = Array(repeating: UInt8(ascii: "b"), count: 65_530)
    values[4] = Array("skype".utf8)
    values[7] = Array("tail".utf8)
    let shown = Self.predictor().storedSocials(of: values).map(Self.shown)
    #expect(shown[0].map { "\($0.count) chars" } == row["got"]?["blog"]?.string)
    for (field, value) in zip(PersonField.socials, shown).dropFirst() {
      #expect(row["got"]?[field.wireKey] == value.map(JSONValue.string) ?? .null, "\(field)")
    }
  }

  @Test("what breaks a request was recorded to, and nothing else")
  func poison() throws {
    var count = 0
    for exchange in try Recordings.exchanges("matrix-poison") {
      for row in try #require(exchange.document["rows"]?.elements) {
        let field = try #require(row["field"]?.string.flatMap(PersonField.init(rawValue:)))
        let value = try #require(row["value"]?.string)
        let breaking = BreakingValue(
          Array(value.utf8), in: field, by: .listForm,
          comparesNames: row["duplicates_module"]?.string == "on")
        switch (row["reply"]?.string, row["poison_row_stored"]?.bool) {
        case ("json", _):
          let isHarmless = breaking == nil || breaking == .runsAsSQL
          #expect(isHarmless, "\(field) \(value)")
        case (_, true): #expect(breaking == .breaksAfterRow, "\(field) \(value)")
        default: #expect(breaking == .breaksBeforeRow, "\(field) \(value)")
        }
        count += 1
      }
    }
    #expect(count > 80)
  }

  @Test("bytes that are no UTF-8 become question marks")
  func notUTF8() throws {
    // utf8-invalid-person: «Иван Петров» in windows-1251; utf8-invalid-mail ends in a fatal error.
    let sent: [UInt8] = [0xC8, 0xE2, 0xE0, 0xED, 0x20, 0xCF, 0xE5, 0xF2, 0xF0, 0xEE, 0xE2]
    #expect(
      Self.predictor().storedValue(of: sent, in: .person) == .text(Array("???? ??????".utf8)))
    #expect(BreakingValue(sent, in: .mail, by: .listForm) == .breaksAfterRow)
    #expect(BreakingValue(sent, in: .person, by: .listForm) == nil)
  }
}
