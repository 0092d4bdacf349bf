import ContactModel
import JSONSyntax
import PersonAPI
import Testing

@Suite("MutationOutcome")
struct MutationOutcomeTests {
  private let update = UpdateRequest(
    pid: 7,
    values: [
      FieldValue(.person, "Проба"), FieldValue(.tel, "1"), FieldValue(.clid, "0"),
      FieldValue(.iduser, "5"), FieldValue(.clientpath, "3"),
    ])

  private func contact(_ person: String, tel: String, edited: String = "") -> ContactDetails {
    var values: [PersonField: String] = [.pid: "7", .person: person, .tel: tel]
    if !edited.isEmpty { values[.dateEdit] = edited }
    return ContactDetails(pid: 7, values: values)
  }

  private func outcome(
    before: ContactDetails?, after: ContactDetails?, kind: ReplyKind? = .fatalError
  ) -> String {
    name(of: MutationOutcome(update: update, before: before, after: after, kind: kind))
  }

  private func name(of outcome: MutationOutcome) -> String {
    switch outcome {
    case .done: "done"
    case .refused: "refused"
    case .unknown: "unknown"
    }
  }

  @Test("an update whose values are there is done, however the request ended")
  func done() {
    for kind in [ReplyKind.fatalError, .hiddenFailure, .gateway, .foreign, nil] {
      let after = contact("Проба", tel: "1", edited: "2026-01-01 00:00:00")
      #expect(outcome(before: contact("А", tel: "1"), after: after, kind: kind) == "done")
      #expect(outcome(before: nil, after: after, kind: kind) == "done")
    }
  }

  @Test("an update after which nothing has changed is not done, once PHP has ended")
  func refused() {
    let same = contact("А", tel: "1")
    #expect(outcome(before: same, after: same) == "refused")
    #expect(outcome(before: same, after: same, kind: .hiddenFailure) == "refused")
    #expect(outcome(before: same, after: same, kind: .gateway) == "unknown")
    #expect(outcome(before: same, after: same, kind: nil) == "unknown")
    #expect(outcome(before: nil, after: same) == "unknown")
    #expect(outcome(before: same, after: nil) == "refused", "there is no such contact")
    #expect(outcome(before: same, after: nil, kind: nil) == "unknown")
  }

  @Test("an update after which the contact is a third thing is never guessed at")
  func unknown() {
    let before = contact("А", tel: "1")
    #expect(outcome(before: before, after: contact("Другой", tel: "1")) == "unknown")
    let edited = contact("А", tel: "1", edited: "2026-01-01 00:00:00")
    #expect(outcome(before: before, after: edited) == "unknown")
    let bare = UpdateRequest(pid: 7, values: [FieldValue(.clientpath, "3")])
    #expect(
      name(of: MutationOutcome(update: bare, before: before, after: before, kind: .fatalError))
        == "unknown", "what is shown otherwise than sent decides nothing")
  }

  @Test("what the server makes of a value counts as that value")
  func stored() {
    let after = contact("ПРОБА", tel: "1")
    let outcome = MutationOutcome(
      update: update, before: nil, after: after, kind: .fatalError,
      stored: { $0.field == .person ? "ПРОБА" : $0.value })
    #expect(name(of: outcome) == "done")
  }

  @Test("a deletion is done when the contact is gone, and refused when PHP has ended and it is not")
  func deletion() {
    let request = DeleteRequest(pid: 7)
    func outcome(_ isThere: Bool, _ kind: ReplyKind?) -> String {
      name(of: MutationOutcome(deletion: request, isThere: isThere, kind: kind))
    }
    #expect(outcome(false, .fatalError) == "done")
    #expect(outcome(false, nil) == "done")
    #expect(outcome(true, .fatalError) == "refused")
    #expect(outcome(true, .gateway) == "unknown")
    #expect(outcome(true, nil) == "unknown")
  }

  @Test("a single contact goes out as an addlist of one, without what rows do not take")
  func asAddList() {
    let plain = Credentials(login: "a@b.c", apikey: "key")
    let request = AddRequest(values: [
      FieldValue(.tel, "1"), FieldValue(.person, "A"), FieldValue(.skype, "s"),
      FieldValue(.iduser, "5"), FieldValue(.tel, "2"),
    ])
    let wire = request.asAddList(credentials: plain, variant: .dotted)
    #expect(wire?.path == "developer/v2/person")
    #expect(
      wire.map { String(decoding: $0.body, as: UTF8.self) }
        == "login=a%40b.c&apikey=key&persons[0][person]=A&persons[0][tel]=2"
        + "&persons[0][socials][skype]=s&action=add.list")
    let huge = AddRequest(values: [FieldValue(.person, String(repeating: "я", count: 400_000))])
    #expect(huge.asAddList(credentials: plain, variant: .dotted) == nil)
  }

  @Test(
    "no recorded update that was stored is taken for one that was not",
    .enabled(if: Recordings.arePresent, "../shared/crm is absent"))
  func recordedUpdates() throws {
    var names: [String: Int] = [:]
    for exchange in try Recordings.exchanges("update-") {
      guard exchange.action == "update", let reply = exchange.reply,
        let before = details(exchange.document["row_before"]),
        let after = details(exchange.document["row_after"]), let pid = before.pid
      else { continue }
      let values = (exchange.document["request"]?["params"]?.members ?? []).compactMap {
        member -> FieldValue? in
        guard let field = PersonField(wireKey: member.key), let text = text(member.value)
        else { return nil }
        return FieldValue(field, text)
      }
      let outcome = name(
        of: MutationOutcome(
          update: UpdateRequest(pid: pid, values: values), before: before, after: after,
          kind: ReplyKind(status: reply.status, body: ReplyBody(reply.body))))
      names[outcome, default: 0] += 1
      let hasChanged = exchange.document["changed"]?.members?.isEmpty == false
      if outcome == "refused" { #expect(!hasChanged, "\(exchange.name)") }
    }
    #expect(names["done", default: 0] > 10, "\(names)")
  }

  /// A row of the table as `info` would show it.
  private func details(_ row: JSONValue?) -> ContactDetails? {
    guard let row, let pid = row["pid"]?.integer else { return nil }
    var values: [PersonField: String] = [:]
    for member in row.members ?? [] {
      if member.key == "social" {
        let parts = (member.value.string ?? "").split(
          separator: ";", omittingEmptySubsequences: false)
        for (field, part) in zip(PersonField.socials, parts) where !part.isEmpty {
          values[field] = String(part)
        }
      } else if let field = PersonField(wireKey: member.key), let text = text(member.value),
        text != ""
      {
        values[field] = text
      }
    }
    return ContactDetails(pid: pid, values: values)
  }

  private func text(_ value: JSONValue) -> String? {
    switch value {
    case .string(let text), .number(let text): text
    default: nil
    }
  }
}
