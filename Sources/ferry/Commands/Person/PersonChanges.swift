import ArgumentParser
import CRMClient
import ContactModel
import ContactPipeline
import PersonAPI

/// The command `ferry person add`.
struct PersonAdd: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Creates one contact.",
    discussion: "Example: ferry person add person='Проба Пётр' tel='+7(342)200-00-00'")

  @Argument(help: ArgumentHelp("The values, each as field=value.", valueName: "field=value"))
  var values: [String]

  @OptionGroup var options: PersonOptions
  var common: CommonOptions { options.common }

  func validate() throws {
    guard
      try values.map(Assignment.parse).contains(where: { $0.field == .person && $0.value != "" })
    else {
      throw ValidationError("a contact needs a name: person='…'", "контакту нужно имя: person='…'")
    }
  }

  func run() async throws {
    let language = common.language
    let request = AddRequest(values: try values.map(Assignment.parse))
    let reply = try await Connection.with(
      options.connection, createsSandbox: true, language: language
    ) { client in
      var client = client
      client.variant = try await client.detectVariant(options.connection.api)
      try await PersonCommand.check([request.values], for: client, language: language)
      return try await client.add(request)
    }
    let status = try PersonOutput.print(reply, json: options.json, language: common.language)
    if status != .success { throw Finished(status: status) }
  }
}

/// The command `ferry person update`.
struct PersonUpdate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "update", abstract: "Changes one contact.",
    discussion: """
      What is not named stays. Where the server would empty it, the contact is read first and sent \
      whole; if something in it cannot be kept that way, nothing is sent.

      Example: ferry person update 2509 mob='+7(922)200-00-00' fax=
      """)

  @Argument(help: "The contact's number.")
  var pid: Int

  @Argument(help: ArgumentHelp("The new values, each as field=value.", valueName: "field=value"))
  var values: [String]

  @OptionGroup var options: PersonOptions
  var common: CommonOptions { options.common }

  func validate() throws {
    if try Assignment.parseAll(values).contains(where: { $0.field == .person && $0.value.isEmpty })
    {
      throw ValidationError(
        "a contact cannot be left without a name", "оставить контакт без имени нельзя")
    }
  }

  func run() async throws {
    let language = common.language
    let changes = try values.map(Assignment.parse)
    let reply = try await Connection.with(options.connection, language: language) { client in
      var client = client
      client.variant = try await client.detectVariant(options.connection.api)
      do {
        return try await ContactUpdate(client).change(pid, to: changes)
      } catch let problem as ContactUpdate.Problem {
        throw Failure(problem.message(in: language), status: .usage)
      }
    }
    let status = try PersonOutput.print(reply, json: options.json, language: common.language)
    if status != .success { throw Finished(status: status) }
  }
}

/// The command `ferry person delete`.
struct PersonDelete: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Deletes one contact, unless it has deals.")

  @Argument(help: "The contact's number.")
  var pid: Int

  @OptionGroup var options: PersonOptions
  var common: CommonOptions { options.common }

  func validate() throws {
    guard pid > 0 else {
      throw ValidationError("a contact's number is above 0", "номер контакта больше нуля")
    }
  }

  func run() async throws {
    let language = common.language
    let reply = try await Connection.with(options.connection, language: language) { client in
      // The observed server confirms the deletion of contacts that do not exist.
      guard try await client.info(InfoRequest(pid: pid, wantsSocials: false)) != nil else {
        throw Failure(
          language.pick(
            "there is no contact \(pid)", "контакта \(pid) нет"), status: .rows)
      }
      return try await client.delete(DeleteRequest(pid: pid))
    }
    let status = try PersonOutput.print(reply, json: options.json, language: common.language)
    if status != .success { throw Finished(status: status) }
  }
}
