import ArgumentParser
import CRMClient
import ContactModel
import ContactPipeline
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
      client.variant = try await client.detectVariant(options.connection.api)
      try await PersonCommand.check(rows.values, for: client, language: language)
      let body: [UInt8]
      do throws(PersonRows.Problem) {
        body = try rows.body(credentials: client.credentials, variant: client.variant)
      } catch {
        throw Failure(error.message(in: language), status: .usage)
      }
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

  private func readRows(_ language: Language) throws -> PersonRows {
    let data =
      file == "-"
      ? try FileHandle.standardInput.readToEnd() ?? Data()
      : FileManager.default.contents(atPath: file)
    guard let data else {
      throw Failure(
        language.pick(
          "\(file): there is no such file, or it cannot be read; check its name and rights",
          "\(file): такого файла нет, или он не читается; проверьте имя и права"),
        status: .input)
    }
    do {
      return try PersonRows(json: Array(data))
    } catch {
      throw Failure("\(file): \(error.message(in: language))", status: .input)
    }
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
