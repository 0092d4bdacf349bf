import Foundation
import GRDB

extension SandboxConfiguration {
  /// A sandbox that is kept in a file, as the file remembers it.
  ///
  /// A file that is there says which kind of server it is, which fields are active, and in which
  /// time zone; its key and its users stand in ``fixture``. A file that is not there will be made.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - profile: The kind of server to be from now on; `nil` leaves it to the file.
  ///   - fixture: What is put into a new file; `nil` for the standard account.
  /// - Throws: ``SandboxError/hasData(path:)`` where a fixture is given and the file has data,
  ///   ``SandboxError/foreignDatabase(path:)``, or an error of SQLite.
  package init(file path: String, profile: SandboxProfile? = nil, fixture: SandboxFixture? = nil)
    throws
  {
    let remembered = try Self.remembered(in: path)
    if remembered != nil, fixture != nil { throw SandboxError.hasData(path: path) }
    self.init(
      database: path, profile: profile ?? remembered?.profile ?? .documented,
      fixture: remembered?.account ?? fixture ?? .standard)
  }

  /// Whether a file is not there, or has nothing in it, so that a fixture can fill it.
  ///
  /// - Throws: ``SandboxError/foreignDatabase(path:)``, or an error of SQLite.
  package static func isNew(_ path: String) throws -> Bool { try remembered(in: path) == nil }

  /// What stands in a file; `nil` where there is none or nothing in it.
  private static func remembered(in path: String) throws
    -> (profile: SandboxProfile?, account: SandboxFixture)?
  {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    guard let attributes, attributes[.size] as? Int != 0 else { return nil }
    var settings = Configuration()
    settings.readonly = true
    settings.busyMode = .timeout(30)
    return try DatabaseQueue(path: path, configuration: settings).read { database in
      guard try SandboxStore.isSandbox(database) else {
        throw SandboxError.foreignDatabase(path: path)
      }
      return (
        try SandboxStore.profile(in: database), try SandboxStore.account(in: database)
      )
    }
  }
}

extension SandboxFixture {
  /// The login of the administrator; of the first user where there is none.
  package var chief: String { (users.first(where: \.isChief) ?? users.first)?.login ?? "" }
}
