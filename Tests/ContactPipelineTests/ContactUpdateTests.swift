import CRMClient
import CRMSandbox
import ContactModel
import ContactPipeline
import PersonAPI
import Testing

@Suite("one contact is changed and keeps the rest")
struct ContactUpdateTests {
  private static let observed = ServedCRM.all.filter { $0.profile != .documented && !$0.isSocket }

  private static let columns: [PersonField] = [
    .person, .ptitle, .tel, .mail, .rol, .user, .clid, .clientpath, .loyalty, .input10, .blog,
    .mykrug,
  ]

  private func contact(_ pid: Int, _ client: CRMClient) async throws -> [PersonField: String] {
    let page = try await client.list(
      ListRequest(order: "pid", first: .oldestFirst, fields: Self.columns), columns: Self.columns)
    let record = try #require(page.pids.firstIndex(of: pid))
    return Dictionary(
      uniqueKeysWithValues: Self.columns.enumerated().map { column, field in
        (field, page.records.text(record: record, field: column))
      })
  }

  @Test("a changed field changes, and nothing else does", arguments: observed)
  func oneField(_ crm: ServedCRM) async throws {
    try await crm.serve(fixture: .recordingsUpdate) { client in
      var expected = try await contact(1001, client)
      #expect(expected[.loyalty]?.isEmpty == false && expected[.clientpath]?.isEmpty == false)
      let outcome = try await ContactUpdate(client).change(
        1001, to: [FieldValue(.ptitle, "Старший инженер")])
      guard case .done = outcome else {
        Issue.record("\(outcome)")
        return
      }
      expected[.ptitle] = "Старший инженер"
      let found = try await contact(1001, client)
      #expect(found == expected)
    }
  }

  @Test("an owner goes by number, a source by its number too", arguments: observed)
  func names(_ crm: ServedCRM) async throws {
    try await crm.serve(fixture: .recordingsUpdate) { client in
      var expected = try await contact(1001, client)
      _ = try await ContactUpdate(client).change(
        1001,
        to: [FieldValue(.user, "Seller.A@test.invalid"), FieldValue(.clientpath, "путь пятый")])
      expected[.user] = "seller.a@test.invalid"
      expected[.clientpath] = "Путь Пятый"
      let found = try await contact(1001, client)
      #expect(found == expected)
    }
  }

  @Test("what would do harm is refused, and nothing is sent", arguments: observed)
  func refused(_ crm: ServedCRM) async throws {
    var fixture = SandboxFixture.recordingsUpdate
    fixture.contacts.append(["pid": "1002", "person": "Ничей Никита", "iduser": "0"])
    let changes: [(Int, FieldValue, ContactUpdate.Problem)] = [
      (1002, FieldValue(.tel, "1"), .notListed),
      (1001, FieldValue(.user, "nobody@test.invalid"), .ownerUnknown("nobody@test.invalid")),
      (1001, FieldValue(.clientpath, "Новый"), .entryUnknown(.clientpath, "Новый")),
      (1001, FieldValue(.input5, "x"), .switchedOff(.input5)),
      (1001, FieldValue(.mail, "a\\"), .breaking(.mail)),
    ]
    try await crm.serve(fixture: fixture) { client in
      let before = try await contact(1001, client)
      for (pid, change, problem) in changes {
        await #expect(throws: problem) {
          _ = try await ContactUpdate(client).change(pid, to: [change])
        }
      }
      let after = try await contact(1001, client)
      #expect(after == before)
    }
  }

  @Test("what is typed by hand is looked at before it goes out as it is", arguments: observed)
  func typed(_ crm: ServedCRM) async throws {
    try await crm.serve { client in
      let harmful: [(FieldValue, ContactUpdate.Problem)] = [
        (FieldValue(.mail, "o'neil@test.invalid"), .breaking(.mail)),
        (FieldValue(.mail, "a?s@test.invalid"), .breaking(.mail)),
        (FieldValue(.user, "nobody@test.invalid"), .ownerUnknown("nobody@test.invalid")),
        (FieldValue(.clientpath, "Новый"), .guideText(.clientpath)),
        (FieldValue(.loyalty, "3 - Проба Три"), .guideText(.loyalty)),
      ]
      for (value, problem) in harmful {
        await #expect(throws: problem) {
          try await TypedValues([[FieldValue(.person, "А")], [value]]).check(for: client)
        }
      }
      try await TypedValues([
        [FieldValue(.person, "О'Нил"), FieldValue(.user, "SELLER.A@test.invalid")],
        [FieldValue(.person, "Б"), FieldValue(.clientpath, "3"), FieldValue(.loyalty, "5")],
      ]).check(for: client)
    }
  }

  @Test("the documented server takes the change alone")
  func documented() async throws {
    let crm = ServedCRM(profile: .documented, isSocket: false, api: .auto)
    try await crm.serve(fixture: .recordingsUpdate) { client in
      var expected = try await contact(1001, client)
      _ = try await ContactUpdate(client).change(1001, to: [FieldValue(.tel, "+7(342)200-00-01")])
      expected[.tel] = "+7(342)200-00-01"
      let found = try await contact(1001, client)
      #expect(found == expected)
    }
  }
}
