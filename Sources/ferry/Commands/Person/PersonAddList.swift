import ArgumentParser
import CRMClient
import ContactModel
import Foundation
import JSONSyntax
import PersonAPI

/// The command `ferry person addlist`.
struct PersonAddList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "addlist", abstract: "Creates the contacts of a JSON array in one request.",
    discussion: """
      The array holds objects of field names and texts. The request goes out as it is, without \
      validation or journal; for more than a few contacts use 'ferry import'.

      Example: echo '[{"person":"Проба Пётр"},{"person":"Проба Анна"}]' | ferry person addlist -
      """)

  @Argument(help: "A JSON file; - reads standard input.", completion: .file())
  var file: String

  @OptionGroup var options: PersonOptions
  var common: CommonOptions { options.common }

  func run() async throws {
    let language = common.language
    let rows = try readRows(language)
    let reconciled = try await Connection.with(
      options.connection, createsSandbox: true, language: language
    ) { client in
      var client = client
      client.variant = try await client.detectVariant()
      let body = try Self.body(rows, credentials: client.credentials, client.variant, language)
      let (ending, error) = await client.addList(body: body, rows: rows.count)
      if let error, error.isNothingSent {
        throw CRMError(.addList, server: client.server, cause: .transport(error))
      }
      return AddListReconciler(rowCount: rows.count, ending: ending)
    }
    try show(reconciled.verdicts, language: language)
    if let error = reconciled.error {
      Terminal.say(
        language.pick("the server says", "сервер отвечает") + ": \(error.text) (\(error.code))")
    }
    if reconciled.verdicts.contains(.unknown) { throw Finished(status: .uncertain) }
    if reconciled.verdicts.contains(where: { $0.pid == nil }) { throw Finished(status: .rows) }
  }

  private func show(_ verdicts: [RowVerdict], language: Language) throws {
    if options.json {
      try PersonOutput.print { json in
        json.beginArray()
        for verdict in verdicts {
          json.beginObject()
          json.key("result")
          json.string(verdict.name)
          json.key("pid")
          if let pid = verdict.pid { json.int(pid) } else { json.null() }
          json.endObject()
        }
        json.endArray()
      }
    } else {
      try PersonOutput.print(
        rows: verdicts.enumerated().map { index, verdict in
          ["\(index + 1)", verdict.pid.map(String.init) ?? verdict.name(in: language)]
        })
    }
  }

  private func readRows(_ language: Language) throws -> [[PersonField: String]] {
    let data: Data?
    if file == "-" {
      data = try FileHandle.standardInput.readToEnd() ?? Data()
    } else {
      data = FileManager.default.contents(atPath: file)
    }
    guard let data else {
      throw Failure(
        language.pick(
          "\(file): there is no such file, or it cannot be read; check its name and rights",
          "\(file): такого файла нет, или он не читается; проверьте имя и права"),
        status: .input)
    }
    guard let value = try? JSONValue(parsing: Array(data).span), let rows = value.elements,
      !rows.isEmpty
    else {
      throw Failure(
        language.pick(
          "\(file): this is not a JSON array of objects with field names and texts",
          "\(file): это не массив JSON из объектов с именами полей и текстами"), status: .input)
    }
    return try rows.map { try Self.row($0, language) }
  }

  private static func row(
    _ value: JSONValue, _ language: Language
  ) throws -> [PersonField: String] {
    guard let members = value.members else {
      throw Failure(
        language.pick(
          "every element of the array has to be an object of field names and texts",
          "каждый элемент массива должен быть объектом из имён полей и текстов"), status: .input)
    }
    var row: [PersonField: String] = [:]
    for member in members {
      for inner in member.value.members ?? [member] {
        let field = try FieldName.parse(inner.key)
        switch inner.value {
        case .string(let text), .number(let text): row[field] = text
        case .null: break
        default:
          throw Failure(
            language.pick(
              "'\(inner.key)' has to be a text; put it in quotes",
              "значение '\(inner.key)' должно быть текстом; возьмите его в кавычки"),
            status: .input)
        }
      }
    }
    return row
  }

  private static func body(
    _ rows: [[PersonField: String]], credentials: Credentials, _ variant: Variant,
    _ language: Language
  ) throws -> [UInt8] {
    let fields = PersonField.allCases.filter { field in rows.contains { $0[field] != nil } }
    let schema = ContactSchema(columns: fields.map { ContactColumn(field: $0, treatment: .text) })
    var contacts = ContactBatch(columnCount: fields.count)
    for row in rows {
      for field in fields {
        contacts.bytes.append(contentsOf: (row[field] ?? "").utf8)
        contacts.endValue()
      }
    }
    var builder = AddListBatchBuilder(
      schema: schema, credentials: credentials, variant: variant,
      limits: AddListLimits(maximumRows: rows.count))
    for contact in rows.indices {
      guard builder.append(contacts, contact: contact) == .appended else {
        throw Failure(
          language.pick(
            "these are too many rows for one request; use 'ferry import'",
            "для одного запроса строк слишком много; используйте 'ferry import'"), status: .usage)
      }
    }
    return builder.finish()
  }
}

extension RowVerdict {
  fileprivate var pid: Int? {
    guard case .created(let pid) = self else { return nil }
    return pid
  }

  /// The verdict's name for machines.
  fileprivate var name: String {
    switch self {
    case .created: "created"
    case .refused: "refused"
    case .notExecuted: "not executed"
    case .unknown: "uncertain"
    }
  }

  /// The verdict's name for people.
  fileprivate func name(in language: Language) -> String {
    switch self {
    case .created: language.pick(name, "создано")
    case .refused: language.pick(name, "не принято")
    case .notExecuted: language.pick(name, "не выполнялось")
    case .unknown: language.pick(name, "неясно")
    }
  }
}
