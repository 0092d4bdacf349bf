import CRMSandbox
import ContactModel
import Foundation

/// Opens sandboxes, in words a person understands where it does not work.
enum Sandbox {
  static func server(
    _ configuration: SandboxConfiguration, language: Language
  ) throws(Failure) -> SandboxServer {
    do {
      return try SandboxServer(configuration)
    } catch {
      throw unusable(configuration.database ?? "", language: language)
    }
  }

  /// A sandbox kept in a file, as the file remembers it.
  ///
  /// - Parameters:
  ///   - file: The file; a new one will be made.
  ///   - profile: The kind of server to be; `nil` leaves it to the file.
  ///   - fixture: What a new file begins with; `nil` for the standard account.
  ///   - language: The language of messages.
  /// - Returns: The configuration.
  /// - Throws: ``Failure`` where the file is something else, or has data and a fixture is given.
  static func configuration(
    file: String, profile: SandboxProfile? = nil, fixture: SandboxFixture? = nil, language: Language
  ) throws(Failure) -> SandboxConfiguration {
    do {
      return try SandboxConfiguration(file: file, profile: profile, fixture: fixture)
    } catch SandboxError.hasData {
      throw Failure(
        language.pick(
          "\(file): this sandbox has its data already; --fixture fills only a new file: "
            + "name one with --database",
          "\(file): в этой песочнице уже есть данные; --fixture наполняет только новый файл: "
            + "укажите его через --database"),
        status: .usage)
    } catch {
      throw unusable(file, language: language)
    }
  }

  /// What a sandbox is called in journals and reports: where its file is, and which file that is.
  ///
  /// What was created in one file says nothing about another, nor about one made anew in its place.
  static func serverName(file: String, identity: String) -> String {
    let resolved = realpath(file, nil)
    defer { free(resolved) }
    return "sandbox \(resolved.map { String(cString: $0) } ?? file)#\(identity)"
  }

  /// The file that a name of ``serverName(file:identity:)`` is about; `nil` for other servers.
  static func file(ofServer name: String) -> String? {
    guard name.hasPrefix("sandbox "), let mark = name.lastIndex(of: "#") else { return nil }
    return String(name[..<mark].dropFirst("sandbox ".count))
  }

  private static func unusable(_ file: String, language: Language) -> Failure {
    Failure(
      language.pick(
        "\(file): this file cannot be used as a sandbox; name a new one, or one a sandbox has made",
        "\(file): этот файл не годится для песочницы; укажите новый или созданный песочницей"),
      status: .usage)
  }
}
