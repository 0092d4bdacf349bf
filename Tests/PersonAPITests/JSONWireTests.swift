import ContactModel
import JSONSyntax
import PersonAPI
import TestSupport
import Testing

@Suite("JSON on the wire")
struct JSONWireTests {
  private let plain = Credentials(login: "a@b.c", apikey: "key")

  private func builder(
    _ contacts: SampleContacts, _ limits: AddListLimits = Variant.v3.limits
  ) -> AddListBatchBuilder {
    AddListBatchBuilder(schema: contacts.schema, credentials: plain, variant: .v3, limits: limits)
  }

  @Test("rows are objects of texts, person first, social contacts in an object at the end")
  func body() {
    let contacts = SampleContacts(
      [.skype, .tel, .person, .blog, .mail],
      rows: [["s\"", "+7 1", "Ян\n", "", "a@b"], ["", "", "", "", ""], ["x", "", "", "b\\", ""]])
    var builder = builder(contacts)
    let (bodies, rowCounts) = requests(of: contacts, &builder)
    #expect(rowCounts == [3])
    #expect(
      bodies.map { String(decoding: $0, as: UTF8.self) } == [
        #"{"persons":[{"person":"Ян\n","tel":"+7 1","mail":"a@b","socials":{"skype":"s\""}},"#
          + #"{"person":""},{"socials":{"skype":"x","blog":"b\\"}}]}"#
      ])
  }

  @Test("a request without rows has none")
  func rowless() {
    var builder = builder(SampleContacts([.person], rows: []))
    #expect(builder.finish() == Array(#"{"persons":[]}"#.utf8))
  }

  @Test("a row without a user gets the schema's owner")
  func owner() {
    let contacts = SampleContacts([.person, .user], rows: [["A", ""], ["B", "x"]], owner: "o@p")
    var builder = builder(contacts)
    #expect(
      requests(of: contacts, &builder).bodies == [
        Array(
          #"{"persons":[{"person":"A","user":"o@p"},{"person":"B","user":"x"}]}"#.utf8)
      ])
  }

  @Test("variables are not counted, rows and bytes are, exactly")
  func limits() {
    let contacts = SampleContacts([.person, .tel], rows: Array(repeating: ["A", "1"], count: 10))
    func rowCounts(_ limits: AddListLimits) -> [Int] {
      var builder = builder(contacts, limits)
      return requests(of: contacts, &builder).rowCounts
    }
    #expect(rowCounts(AddListLimits(maximumRows: 4)) == [4, 4, 2])
    #expect(rowCounts(AddListLimits(maximumVariables: 5)) == [10])
    let own = #"{"persons":[]}"#.utf8.count
    let row = #"{"person":"A","tel":"1"},"#.utf8.count
    #expect(rowCounts(AddListLimits(maximumBytes: own + 5 * row - 1)) == [5, 5])
    #expect(rowCounts(AddListLimits(maximumBytes: own + 5 * row - 2)) == [4, 4, 2])
  }

  @Test("a row that fits into no request is told from one that fits into the next")
  func tooLarge() {
    let own = #"{"persons":[]}"#.utf8.count
    let row = #"{"person":"AAA"}"#.utf8.count
    let contacts = SampleContacts([.person], rows: [["A"], ["AAA"], ["AAAA"]])
    var builder = builder(contacts, AddListLimits(maximumBytes: own + row))
    let batch = contacts.batch
    #expect(builder.append(batch, contact: 2) == .tooLarge)
    #expect(builder.append(batch, contact: 0) == .appended)
    #expect(builder.append(batch, contact: 1) == .full)
    #expect(builder.finish() == Array(#"{"persons":[{"person":"A"}]}"#.utf8))
    #expect(builder.append(batch, contact: 1) == .appended)
  }

  @Test("every batch parses to exactly its rows, and is as long as was said", arguments: 0..<6)
  func properties(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let contacts = SampleContacts(seed: seed, count: 150)
    var builder = builder(
      contacts,
      AddListLimits(
        maximumRows: Int.random(in: 1...90, using: &generator),
        maximumBytes: Int.random(in: 2000...20_000, using: &generator)))
    let batch = contacts.batch
    var row = 0
    func finish() throws {
      let (rowCount, byteCount) = (builder.rowCount, builder.byteCount)
      let body = builder.finish()
      #expect(body.count == byteCount)
      let rows = try #require(JSONValue(parsing: body)["persons"]?.elements)
      #expect(rows.count == rowCount)
      for value in rows {
        #expect(
          PHPServer.Variable(value) == contacts.expected(row: row, format: .json),
          "seed \(seed), row \(row)")
        row += 1
      }
    }
    for contact in 0..<batch.count {
      guard builder.append(batch, contact: contact) == .full else { continue }
      try finish()
      #expect(builder.append(batch, contact: contact) == .appended)
    }
    try finish()
    #expect(row == contacts.rows.count)
  }

  @Test("bytes that are not UTF-8 spoil neither the row nor the batch", arguments: 0..<4)
  func invalidBytes(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let bytes: [UInt8] = [
      0x41, 0x80, 0xBF, 0xC0, 0xC2, 0xD0, 0x9F, 0xE0, 0xA0, 0xED, 0xEF, 0xBF, 0xF0, 0x90, 0xF4,
      0xF5, 0xFF, 0x22, 0x5C, 0x00, 0x1F, 0x20,
    ]
    for _ in 0..<500 {
      let value = (0..<Int.random(in: 1...24, using: &generator)).map { _ in
        bytes[Int.random(in: bytes.indices, using: &generator)]
      }
      var batch = ContactBatch(columnCount: 1)
      batch.bytes = value
      batch.endValue()
      var builder = builder(SampleContacts([.person], rows: []))
      #expect(builder.append(batch, contact: 0) == .appended)
      let row = try JSONValue(parsing: builder.finish())["persons"]?.elements?.first
      let text = try #require(row?["person"]?.string)
      // Letters that were whole are whole still; nothing else is added but U+FFFD.
      if String(validating: value, as: UTF8.self) != nil {
        #expect(Array(text.utf8) == value, "seed \(seed)")
      } else {
        #expect(text.unicodeScalars.contains("\u{FFFD}"), "seed \(seed)")
        let kept = text.unicodeScalars.filter { $0 != "\u{FFFD}" }
        let decoded = String(decoding: value, as: UTF8.self).unicodeScalars
        #expect(Array(kept) == decoded.filter { $0 != "\u{FFFD}" }, "seed \(seed)")
      }
    }
  }

  @Test("every request is a path, a type, two headers and an object of texts")
  func requestsOfOtherActions() throws {
    let list = ListRequest(
      page: 2, order: "pid", first: .oldestFirst, word: "\"я\\",
      filter: [.init(field: "input7", value: "a"), .init(field: "clid", value: "5")])
    let values = [FieldValue(.person, "П"), FieldValue(.skype, "s"), FieldValue(.blog, "b")]
    let cases: [(any PersonRequest, String, String)] = [
      (FieldsRequest(), "fields", "{}"),
      (
        list, "list",
        #"{"offset":"2","order":"pid","first":"old","word":"\"я\\","#
          + #""filter":{"input7":"a","clid":"5"}}"#
      ),
      (InfoRequest(pid: 7), "info", #"{"pid":"7","socinfo":"yes"}"#),
      (
        AddRequest(values: values), "add",
        #"{"person":"П","socials":{"skype":"s","blog":"b"}}"#
      ),
      (
        UpdateRequest(pid: 8, values: values), "update",
        #"{"pid":"8","person":"П","skype":"s","blog":"b"}"#
      ),
      (DeleteRequest(pid: 9), "delete", #"{"pid":"9"}"#),
    ]
    for (request, name, body) in cases {
      let wire = request.request(credentials: plain, variant: .v3)
      #expect(wire.path == "developer/v3/person/\(name)")
      #expect(wire.contentType == "application/json")
      #expect(wire.headers == [HeaderField("apikey", "key"), HeaderField("login", "a@b.c")])
      #expect(String(decoding: wire.body, as: UTF8.self) == body)
    }
    let wire = Variant.v3.request(.addList, body: [], credentials: plain)
    #expect(wire.path == "developer/v3/person/add.list")
  }

  @Test("a request's description shows neither the key nor what it carries")
  func hidden() {
    let secret = Credentials(login: "who@example.com", apikey: "s3cr3t")
    for variant in Variant.all {
      let wire = AddRequest(values: [FieldValue(.person, "Пётр")])
        .request(credentials: secret, variant: variant)
      var dumped = ""
      dump(wire, to: &dumped)
      for text in ["\(wire)", String(reflecting: wire), "\([wire])", dumped] {
        #expect(!text.contains("s3cr3t") && !text.contains("Пётр"), "\(text)")
      }
    }
  }
}

/// What a real PHP makes of our JSON.
@Suite("JSON, judged by PHP", .serialized, .enabled(if: PHPServer.isWanted, "php is not installed"))
struct JSONJudgedByPHPTests {
  @Test("addlist arrives exactly as the rows that were sent", arguments: [1, 2] as [UInt64])
  func addList(seed: UInt64) throws {
    let server = try PHPServer()
    defer { server.stop() }
    let contacts = SampleContacts(seed: seed, count: 300)
    var builder = AddListBatchBuilder(
      schema: contacts.schema, credentials: credentials, variant: .v3, limits: Variant.v3.limits)
    let (bodies, rowCounts) = requests(of: contacts, &builder)
    #expect(rowCounts == [300])
    let rows = (0..<300).map {
      (key: "\($0)", value: contacts.expected(row: $0, format: .json))
    }
    #expect(
      try server.decode(bodies[0], format: .json) == .array([("persons", .array(rows))]),
      "seed \(seed)")
  }

  @Test("every byte leaves a body that parses")
  func everyByte() throws {
    let server = try PHPServer()
    defer { server.stop() }
    let contacts = SampleContacts([.person], rows: [])
    var builder = AddListBatchBuilder(
      schema: contacts.schema, credentials: credentials, variant: .v3, limits: Variant.v3.limits)
    for byte in UInt8(0)...0xFF {
      var batch = ContactBatch(columnCount: 1)
      batch.bytes = [0x41, byte, 0x42]
      batch.endValue()
      #expect(builder.append(batch, contact: 0) == .appended)
    }
    let rows = (0...255).map { byte -> (key: String, value: PHPServer.Variable) in
      let middle: [UInt8] = byte < 0x80 ? [UInt8(byte)] : [0xEF, 0xBF, 0xBD]
      return ("\(byte)", .array([("person", .text([0x41] + middle + [0x42]))]))
    }
    #expect(
      try server.decode(builder.finish(), format: .json) == .array([("persons", .array(rows))]))
  }
}

extension PHPServer.Variable {
  /// A JSON value as PHP decodes it.
  init(_ value: JSONValue) {
    switch value {
    case .string(let text): self = .text(Array(text.utf8))
    case .object(let members): self = .array(members.map { ($0.key, Self($0.value)) })
    case .array(let elements):
      self = .array(elements.enumerated().map { ("\($0)", Self($1)) })
    default: self = .other
    }
  }
}
