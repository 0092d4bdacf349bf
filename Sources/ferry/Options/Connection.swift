import CRMClient
import CRMSandbox
import ContactModel
import Foundation
import PersonAPI

/// A CRM that can be asked, with whatever has to be closed afterwards.
struct Connection {
  /// What asks it.
  let client: CRMClient
  private let transport: AsyncHTTPTransport
  private let sandbox: SandboxServer?

  /// Connects to the CRM the flags and the environment name, uses it, and closes everything.
  ///
  /// - Parameters:
  ///   - options: The flags.
  ///   - createsSandbox: Whether a sandbox file that does not exist is made. A command that only
  ///     reads would otherwise find an empty CRM behind a mistyped name.
  ///   - findsVariant: Whether the server's variant has to be known; where the flags name a version of
  ///     the API it is found out in any case.
  ///   - language: The language of messages.
  ///   - body: What is to be done with the client.
  /// - Returns: What `body` returns.
  /// - Throws: ``Failure`` if there is no such CRM, and whatever `body` throws.
  static func with<Result>(
    _ options: ConnectionOptions, createsSandbox: Bool = false, findsVariant: Bool = false,
    language: Language, _ body: (CRMClient) async throws -> Result
  ) async throws -> Result {
    if let file = options.sandbox, !createsSandbox, !FileManager.default.fileExists(atPath: file) {
      throw Failure(
        language.pick(
          "\(file): there is no such sandbox; an import makes one",
          "\(file): такой песочницы нет; её создаёт импорт"), status: .usage)
    }
    let connection = try await open(options, language: language)
    do {
      var client = connection.client
      if findsVariant || options.api != .auto {
        client.variant = try await client.detectVariant(options.api)
      }
      let result = try await body(client)
      await connection.close()
      return result
    } catch {
      await connection.close()
      throw error
    }
  }

  private static func open(
    _ options: ConnectionOptions, language: Language
  ) async throws -> Connection {
    if let file = options.sandbox { return try await openSandbox(file, language: language) }
    let settings = try ServerSettings(
      environment: ProcessInfo.processInfo.environment, allowsPlainHTTP: options.allowHttp,
      language: language)
    if let file = options.caFile {
      let text = FileManager.default.contents(atPath: file).map {
        String(decoding: $0, as: UTF8.self)
      }
      guard text?.contains("-----BEGIN CERTIFICATE-----") == true else {
        throw Failure(
          language.pick(
            "\(file): this is no file of certificates; give one in PEM form",
            "\(file): это не файл сертификатов; нужен файл в виде PEM"),
          status: .usage)
      }
    }
    let proxy: ProxySettings.Proxy?
    do throws(ProxySettings.Problem) {
      // What stands on this machine needs none, whatever the variables say.
      proxy =
        settings.address.isLoopback
        ? nil
        : try ProxySettings(environment: ProcessInfo.processInfo.environment)
          .proxy(for: settings.address)
    } catch {
      throw Failure(error.message(in: language), status: .usage)
    }
    let transport = AsyncHTTPTransport(
      address: settings.address, authorityFile: options.caFile, proxy: proxy)
    return Connection(
      client: CRMClient(
        server: settings.address.root, credentials: settings.credentials, retry: RetryPolicy(),
        transport: transport),
      transport: transport, sandbox: nil)
  }

  private static func openSandbox(_ file: String, language: Language) async throws -> Connection {
    let configuration = try Sandbox.configuration(file: file, language: language)
    let server = try Sandbox.server(configuration, language: language)
    let port = try await server.start()
    let address: ServerAddress
    do {
      address = try ServerAddress("http://127.0.0.1:\(port)")
    } catch {
      throw Failure(error.message(in: language), status: .unavailable)
    }
    let transport = AsyncHTTPTransport(address: address)
    let name = Sandbox.serverName(file: file, identity: server.application.identity)
    let credentials = Credentials(
      login: configuration.fixture.chief, apikey: configuration.fixture.apikey)
    return Connection(
      client: CRMClient(
        server: name, credentials: credentials, transport: transport),
      transport: transport, sandbox: server)
  }

  private func close() async {
    await transport.shutDown()
    await sandbox?.stop()
  }
}

/// Which server, as whom: what the environment says.
///
/// The key goes only to the address it was given with, so both come from the environment.
struct ServerSettings {
  let address: ServerAddress
  let credentials: Credentials

  init(
    environment: [String: String], allowsPlainHTTP: Bool, language: Language
  ) throws(Failure) {
    func value(_ name: String) -> String? {
      environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
    func missing(_ name: String) -> Failure {
      Failure(
        language.pick(
          "\(name) is not set; set FERRY_URL, FERRY_LOGIN and FERRY_APIKEY, or use --sandbox FILE",
          "не задана переменная \(name); задайте FERRY_URL, FERRY_LOGIN и FERRY_APIKEY или используйте --sandbox ФАЙЛ"
        ), status: .usage)
    }
    guard let url = value("FERRY_URL") else { throw missing("FERRY_URL") }
    guard let login = value("FERRY_LOGIN") else { throw missing("FERRY_LOGIN") }
    do {
      address = try ServerAddress(url, allowsPlainHTTP: allowsPlainHTTP)
    } catch {
      throw Failure(error.message(in: language), status: .usage)
    }
    var key = value("FERRY_APIKEY")
    if key == nil, let file = value("FERRY_APIKEY_FILE") {
      guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
        throw Failure(
          language.pick(
            "FERRY_APIKEY_FILE: the file \(file) cannot be read; check its name and rights",
            "FERRY_APIKEY_FILE: файл \(file) не читается; проверьте имя и права"),
          status: .usage)
      }
      key = text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
    guard let key, !key.isEmpty else { throw missing("FERRY_APIKEY") }
    credentials = Credentials(login: login, apikey: key)
  }
}
