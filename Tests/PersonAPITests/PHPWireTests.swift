import ContactModel
import PersonAPI
import TestSupport
import Testing

/// What a real PHP makes of our bodies.
@Suite(
  "The wire, judged by PHP", .serialized, .enabled(if: PHPServer.isWanted, "php is not installed"))
struct PHPWireTests {
  @Test("addlist arrives exactly as the rows that were sent", arguments: [1, 2, 3] as [UInt64])
  func addList(seed: UInt64) throws {
    let server = try PHPServer()
    defer { server.stop() }
    let contacts = SampleContacts(seed: seed, count: 200)
    let variant = seed == 2 ? Variant.documented : .dotted
    var builder = AddListBatchBuilder(
      schema: contacts.schema, credentials: credentials, variant: variant)
    let (bodies, rowCounts) = requests(of: contacts, &builder)
    #expect(rowCounts.reduce(0, +) == contacts.rows.count)
    var row = 0
    for (body, rowCount) in zip(bodies, rowCounts) {
      #expect(rowCount <= 75)
      #expect(body.count <= 2_000_000)
      let form = try server.decode(body)
      #expect(form.leafCount < 900, "seed \(seed)")
      let rows = (0..<rowCount).map { ("\($0)", contacts.expected(row: row + $0)) }
      #expect(
        form
          == .array([
            ("login", .text(Array("chief+1@example.com".utf8))),
            ("apikey", .text(Array("k3y&=%/Ж".utf8))),
            ("persons", .array(rows.map { (key: $0.0, value: $0.1) })),
            ("action", .text(Array((seed == 2 ? "addlist" : "add.list").utf8))),
          ]), "seed \(seed), rows from \(row)")
      row += rowCount
    }
  }

  @Test("an addlist that max_input_vars truncates arrives without an action")
  func truncated() throws {
    let server = try PHPServer()
    defer { server.stop() }
    let fields = Array(SampleContacts.fields.suffix(12))
    let contacts = SampleContacts(
      fields, rows: Array(repeating: Array(repeating: "x", count: 12), count: 200))
    let limits = AddListLimits(maximumRows: 200, maximumVariables: 10_000)
    var builder = AddListBatchBuilder(
      schema: contacts.schema, credentials: credentials, variant: .dotted, limits: limits)
    let (bodies, _) = requests(of: contacts, &builder)
    #expect(bodies.count == 1)
    let form = try server.decode(bodies[0])
    #expect(form["login"] == .text(Array("chief+1@example.com".utf8)))
    #expect(form["apikey"] != nil)
    #expect(form["action"] == nil)
    guard case .array(let rows) = form["persons"] else {
      Issue.record("some rows arrive")
      return
    }
    #expect(rows.count < 200)
  }

  @Test("a row without values still arrives as a row")
  func emptyRow() throws {
    let server = try PHPServer()
    defer { server.stop() }
    let contacts = SampleContacts([.tel, .person], rows: [["", ""], ["1", ""], ["", "Б"]])
    var builder = AddListBatchBuilder(
      schema: contacts.schema, credentials: credentials, variant: .dotted)
    let (bodies, _) = requests(of: contacts, &builder)
    #expect(
      try server.decode(bodies[0])["persons"]
        == .array([
          ("0", .array([("person", .text([]))])), ("1", .array([("tel", .text([0x31]))])),
          ("2", .array([("person", .text(Array("Б".utf8)))])),
        ]))
  }

  @Test("every byte arrives as itself, in values and in keys")
  func everyByte() throws {
    let server = try PHPServer()
    defer { server.stop() }
    for byte in UInt8(0)...0xFF {
      var form = Array("v=".utf8)
      FormEncoder.append([0x41, byte, 0x42].span, to: &form)
      #expect(try server.decode(form)["v"] == .text([0x41, byte, 0x42]), "byte \(byte)")
    }
    var body = FormBody(credentials: credentials)
    body.append("filter", "in put&=%", "a]b")
    #expect(
      try server.decode(body.ended(by: .list, variant: .dotted))["filter"]
        == .array([("in put&=%", .text(Array("a]b".utf8)))]))
  }

  @Test("the other actions arrive with their parameters, credentials first and action last")
  func otherActions() throws {
    let server = try PHPServer()
    defer { server.stop() }
    let list = ListRequest(
      page: 3, order: "pid", first: .oldestFirst, user: "a@example.com", dateStart: "2026-01-01",
      dateEnd: "2026-01-31 23:59:59", word: "Иванов & сын", fields: [.person, .skype, .client],
      filter: [.init(field: "input7", value: "imp-7f3a:"), .init(field: "clid", value: "5")])
    let values = [
      FieldValue(.person, "Пётр"), FieldValue(.skype, "p.p"), FieldValue(.blog, ""),
      FieldValue(.pid, "9"),
    ]
    let socials: (key: String, value: PHPServer.Variable) = (
      "socials", .array([("skype", .text(Array("p.p".utf8))), ("blog", .text([]))])
    )
    let cases: [(any PersonRequest, Variant, [(key: String, value: PHPServer.Variable)])] = [
      (FieldsRequest(), .dotted, [("action", "fields")]),
      (
        list, .dotted,
        [
          ("offset", "3"), ("order", "pid"), ("first", "old"), ("user", "a@example.com"),
          ("dateStart", "2026-01-01"), ("dateEnd", "2026-01-31 23:59:59"),
          ("word", "Иванов & сын"), ("fields", "pid,person,clid"), ("socinfo", "yes"),
          ("filter", .array([("input7", "imp-7f3a:"), ("clid", "5")])), ("action", "list"),
        ]
      ),
      (ListRequest(), .dotted, [("offset", "0"), ("action", "list")]),
      (
        InfoRequest(pid: 7, fields: [.person, .user], wantsSocials: false), .dotted,
        [("pid", "7"), ("fields", "pid,person,iduser"), ("action", "info")]
      ),
      (InfoRequest(pid: 7), .dotted, [("pid", "7"), ("socinfo", "yes"), ("action", "info")]),
      (AddRequest(values: values), .dotted, [("person", "Пётр"), socials, ("action", "add")]),
      (
        UpdateRequest(pid: 8, values: values), .documented,
        [("pid", "8"), ("person", "Пётр"), socials, ("action", "update")]
      ),
      (
        UpdateRequest(pid: 8, values: values), .dotted,
        [("pid", "8"), ("person", "Пётр"), ("skype", "p.p"), ("blog", ""), ("action", "update")]
      ),
      (DeleteRequest(pid: 9), .documented, [("pid", "9"), ("action", "delete")]),
    ]
    for (request, variant, expected) in cases {
      let form = try server.decode(request.body(credentials: credentials, variant: variant))
      #expect(
        form == .array([("login", "chief+1@example.com"), ("apikey", "k3y&=%/Ж")] + expected),
        "\(request.action)")
    }
  }
}

extension PHPServer.Variable: ExpressibleByStringLiteral {
  init(stringLiteral text: String) { self = .text(Array(text.utf8)) }

  subscript(key: String) -> PHPServer.Variable? {
    guard case .array(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  /// How many variables PHP counts: every value that is not an array.
  var leafCount: Int {
    switch self {
    case .text, .other: 1
    case .array(let members): members.map(\.value.leafCount).reduce(0, +)
    }
  }
}
