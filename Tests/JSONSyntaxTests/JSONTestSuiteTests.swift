import Foundation
import JSONSyntax
import Testing

/// Nicolas Seriot's JSONTestSuite, where it lies beside this repository.
@Suite(
  "JSONTestSuite",
  .enabled(if: JSONTestSuite.folder != nil, "../shared/corpora is absent")
)
struct JSONTestSuiteTests {
  @Test("takes what has to be taken, rejects what has to be rejected")
  func verdicts() throws {
    let files = try JSONTestSuite.files()
    #expect(files.count > 150)
    for file in files {
      let isTaken = (try? check(Array(try Data(contentsOf: file)))) != nil
      switch file.lastPathComponent.prefix(2) {
      case "y_": #expect(isTaken, "\(file.lastPathComponent)")
      case "n_": #expect(!isTaken, "\(file.lastPathComponent)")
      // Left open by the standard; that it ends at all is what is asked here.
      default: break
      }
    }
  }

  @Test("writes what it has read, and reads the same again")
  func roundTrip() throws {
    for file in try JSONTestSuite.files() where file.lastPathComponent.hasPrefix("y_") {
      let value = try JSONValue(parsing: Array(try Data(contentsOf: file)))
      for style in [JSONWriter.Style.compact, .pretty] {
        var writer = JSONWriter(style: style)
        writer.value(value)
        #expect(try JSONValue(parsing: writer.bytes) == value, "\(file.lastPathComponent)")
      }
    }
  }
}

enum JSONTestSuite {
  /// `shared/corpora/…` beside the repository, looked for upwards from this file.
  static let folder: URL? = {
    var folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    while folder.path != "/" {
      folder.deleteLastPathComponent()
      let corpus = folder.appendingPathComponent("shared/corpora/json/JSONTestSuite/test_parsing")
      if FileManager.default.fileExists(atPath: corpus.path) { return corpus }
    }
    return nil
  }()

  static func files() throws -> [URL] {
    try FileManager.default.contentsOfDirectory(
      at: try #require(folder), includingPropertiesForKeys: nil
    ).filter { $0.pathExtension == "json" }
  }
}
