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
      The array holds objects of field names and texts. The request goes out as it is, without
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
    let reconciled = try await Connection.with(options.connection, language: language) { client in
      var client = client
      client.variant = try await client.detectVariant()
      let body = try Self.body(rows, credentials: client.credentials, client.variant, language)
      let (ending, _) = await client.addList(body: body, rows: rows.count)
      return AddListReconciler(rowCount: rows.count, ending: ending)
    }
    show(reconciled.verdicts, language: language)
    if reconciled.verdicts.contains(.unknown) { throw Finished(status: .uncertain) }
    if reconciled.verdicts.contains(where: { $0.pid == nil }) { throw Finished(status: .rows) }
  }

  private func show(_ verdicts: [RowVerdict], language: Language) {
    if options.json {
      PersonOutput.print { json in
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
      PersonOutput.print(
        rows: verdicts.enumerated().map { index, verdict in
          ["\(index + 1)", verdict.pid.map(String.init) ?? verdict.name]
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
          "\(file): there is no such file, or it cannot be read",
          "\(file): такого файла нет, или он не читается"),
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
    return try rows.map { try Self.row($0) }
  }

  private static func row(_ value: JSONValue) throws -> [PersonField: String] {
    guard let members = value.members else {
      throw ValidationError(
        "every element of the array has to be an object",
        "каждый элемент массива должен быть объектом")
    }
    var row: [PersonField: String] = [:]
    for member in members {
      for inner in member.value.members ?? [member] {
        let field = try FieldName.parse(inner.key)
        switch inner.value {
        case .string(let text), .number(let text): row[field] = text
        case .null: break
        default:
          throw ValidationError(
            "'\(inner.key)' has to be a text", "значение '\(inner.key)' должно быть текстом")
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

  fileprivate var name: String {
    switch self {
    case .created: "created"
    case .refused: "refused"
    case .notExecuted: "not executed"
    case .unknown: "uncertain"
    }
  }
}
