import CRMClient
import ContactFormats
import ContactMapping
import ContactModel
import ContactPipeline
import Foundation
import PersonAPI
import Synchronization
import TestSupport

/// A folder with a source, and an import of it through a fake transport.
struct ImportBench {
  static let mapping = """
    version: 1
    fields:
      person: Name
      mail: Mail
    required: [person]
    """

  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Writes a source with records `Person 1` and so on; those that `isValid` denies get a bad mail.
  func write(records: Int, isValid: (Int) -> Bool = { _ in true }) throws {
    var text = "Name,Mail\n"
    for number in stride(from: 1, through: records, by: 1) {
      text += "Person \(number),\(isValid(number) ? "p\(number)@example.com" : "no address")\n"
    }
    try folder.write(text, to: "source.csv")
  }

  func request(mapping: String = Self.mapping) throws -> SourceRequest {
    SourceRequest(
      file: folder.file("source.csv"), settings: ReaderSettings(),
      mapping: try Mapping(bytes: Array(mapping.utf8), fileName: "map.yaml"), mappingText: mapping)
  }

  func client(_ transport: FakeTransport) -> CRMClient {
    CRMClient(
      server: "http://fake.example",
      credentials: Credentials(login: "me@example.com", apikey: "key-that-must-not-show"),
      transport: transport)
  }

  func run(
    _ transport: FakeTransport, batchSize: Int = 4, maxInFlight: Int = 1,
    mapping: String = Self.mapping,
    isInterrupted: @escaping @Sendable () -> Bool = { false }
  ) async throws -> ImportResult {
    try await ImportPipeline(
      request: try request(mapping: mapping), client: client(transport),
      options: ImportOptions(
        runsFolder: folder.file("runs"), stateFolder: folder.file("state"), batchSize: batchSize,
        maxInFlight: maxInFlight, clock: .instant)
    ).run(isInterrupted: isInterrupted)
  }

  /// The rows of a result file as columns by name; none where there is no such file.
  func rows(_ name: String, of result: ImportResult) throws -> [[String: String]] {
    let path = "\(result.folder)/\(name).csv"
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return [] }
    // The values of these tests hold no quotes and no line breaks; reasons hold no commas.
    let lines = text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    guard let header = lines.first else { return [] }
    return lines.dropFirst().map { line in
      Dictionary(zip(header, line), uniquingKeysWith: { first, _ in first })
    }
  }
}

extension RunClock {
  /// A clock on which waiting takes no time: whoever waits moves it on.
  static var instant: RunClock {
    let time = Mutex(Duration.zero)
    return RunClock(
      now: { time.withLock { $0 } }, sleep: { pause in time.withLock { $0 += pause } })
  }
}
