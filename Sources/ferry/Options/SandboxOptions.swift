import ArgumentParser
import CRMSandbox
import ContactModel
import Foundation

/// Flags about the kind of CRM that a sandbox is, and about what goes wrong in it.
struct SandboxOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      The kind of server: documented (as the documentation has it), php74 or php82 (as real ones \
      were observed). A file remembers its kind; a new one is documented.
      """,
      valueName: "kind"))
  var profile: String?

  @Option(
    help: ArgumentHelp(
      """
      What a new file begins with: users, clients, guides, active fields and contacts from a JSON \
      file, or one of \(SandboxFixture.names.joined(separator: ", ")).
      """,
      valueName: "file"),
    completion: .file())
  var fixture: String?

  @Option(
    help: ArgumentHelp(
      """
      Something that goes wrong on purpose, as 'drop-after=3' or 'status=500@list:2'; repeatable. \
      Faults: \(SandboxFault.forms.joined(separator: ", ")). After '@' which requests it hits: \
      3, 2-4, 5+, 10%, an action, or both as list:3.
      """,
      valueName: "fault"))
  var fault: [String] = []

  @Option(
    help: ArgumentHelp(
      "A number that decides what faults leave to chance; the same number, the same chances.",
      valueName: "number"))
  var faultSeed: UInt64 = 1

  @Option(
    help: ArgumentHelp(
      """
      What PHP does with its errors: stock (shows what kills it), shown (warnings as well), \
      hidden (a status 500 and no text).
      """,
      valueName: "how"))
  var errors = SandboxErrorDisplay.stock.rawValue

  func validate() throws {
    _ = try kind
    _ = try display
    _ = try faults
  }

  /// The kind of server that is asked for; `nil` leaves it to the file.
  var kind: SandboxProfile? {
    get throws {
      guard let profile else { return nil }
      guard let kind = SandboxProfile(rawValue: profile) else {
        throw ValidationError.unknown(
          "--profile", profile, use: "documented, php74 or php82", "documented, php74, php82")
      }
      return kind
    }
  }

  /// What PHP does with its errors.
  var display: SandboxErrorDisplay {
    get throws {
      guard let display = SandboxErrorDisplay(rawValue: errors) else {
        throw ValidationError.unknown(
          "--errors", errors, use: "stock, shown or hidden", "stock, shown, hidden")
      }
      return display
    }
  }

  /// The faults in the order given.
  var faults: [SandboxFault] {
    get throws {
      var faults: [SandboxFault] = []
      for text in fault {
        do throws(SandboxFault.Problem) {
          faults.append(try SandboxFault(text))
        } catch {
          throw ValidationError("--fault: \(error.english)", "--fault: \(error.russian)")
        }
      }
      return faults
    }
  }

  /// The sandbox that the flags and the file make together.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - opensOnly: Whether a fixture is passed over where the file has data; otherwise that is a
  ///     mistake.
  ///   - language: The language of messages.
  /// - Returns: The configuration.
  /// - Throws: ``Failure`` where the fixture or the file will not do.
  func configuration(file: String, opensOnly: Bool = false, language: Language) throws
    -> SandboxConfiguration
  {
    var given = try fixture.map { try Self.read($0, language: language) }
    if opensOnly, (try? SandboxConfiguration.isNew(file)) == false { given = nil }
    var configuration = try Sandbox.configuration(
      file: file, profile: kind, fixture: given, language: language)
    configuration.errorDisplay = try display
    configuration.faults = try faults
    configuration.faultSeed = faultSeed
    return configuration
  }

  private static func read(_ name: String, language: Language) throws -> SandboxFixture {
    if let fixture = SandboxFixture.named(name) { return fixture }
    guard let data = FileManager.default.contents(atPath: name) else {
      let names = SandboxFixture.names.joined(separator: ", ")
      throw Failure(
        language.pick(
          "\(name): there is no such fixture; name a JSON file, or one of \(names)",
          "\(name): такого набора данных нет; укажите файл JSON или один из готовых: \(names)"),
        status: .usage)
    }
    do {
      return try SandboxFixture(json: Array(data))
    } catch {
      let place = path(of: error)
      throw Failure(
        language.pick(
          "\(name): this is no fixture\(place.map { ", \($0) is wrong" } ?? "");"
            + " docs/sandbox.md says what one looks like",
          "\(name): это не набор данных\(place.map { ", неверно \($0)" } ?? "");"
            + " как он устроен, сказано в docs/sandbox.md"),
        status: .usage)
    }
  }

  /// The member that does not fit: `users[1].login`.
  private static func path(of error: any Error) -> String? {
    let context: DecodingError.Context
    var last: (any CodingKey)?
    switch error as? DecodingError {
    case .typeMismatch(_, let found), .valueNotFound(_, let found):
      context = found
    case .keyNotFound(let key, let found):
      context = found
      last = key
    default: return nil
    }
    var path = ""
    for key in context.codingPath + (last.map { [$0] } ?? []) {
      if let index = key.intValue {
        path += "[\(index)]"
      } else {
        path += (path.isEmpty ? "" : ".") + key.stringValue
      }
    }
    return path.isEmpty ? nil : path
  }
}
