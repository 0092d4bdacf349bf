import Foundation
import TestSupport

/// A folder under `Cases/<command>/<name>`: commands, the files they find, and what they must say.
///
/// - `cmd`: command lines, run one after the other in a copy of the folder; `#` begins a comment.
///   `ferry` is the one that was built; other words are programs of the system.
/// - `status`: the exit status of each, one a line.
/// - `stdout`, `stderr`: what all of them say together; missing where they say nothing.
/// - `expect/…`: files that must be there afterwards, with this text.
/// - every other file is an input.
struct GoldenCase: Sendable, CustomStringConvertible {
  /// The case's folder, as `check/clean-file`.
  let name: String
  /// What is expected of standard output, and so on.
  private static let goldens = ["stdout", "stderr", "status"]

  var description: String { name }

  /// The folder all cases live in.
  static var root: String {
    URL(filePath: #filePath).deletingLastPathComponent().appendingPathComponent("Cases").path
  }

  /// All cases, in order.
  static var all: [GoldenCase] {
    let files = FileManager.default
    let commands = (try? files.contentsOfDirectory(atPath: root).sorted()) ?? []
    return commands.flatMap { command in
      let names = (try? files.contentsOfDirectory(atPath: "\(root)/\(command)").sorted()) ?? []
      return names.map { GoldenCase(name: "\(command)/\($0)") }
    }
  }

  private var folder: String { "\(Self.root)/\(name)" }

  /// What the commands said and left behind, by the name of the golden file.
  func run() async throws -> [String: String] {
    let copy = try TemporaryFolder()
    for file in try inputs() {
      try copy.write([UInt8](try read(file)), to: file)
    }
    let volatile = VolatileText(folder: copy.path)
    var (output, errors, status) = ("", "", "")
    for text in String(decoding: try read("cmd"), as: UTF8.self).split(separator: "\n")
    where !text.hasPrefix("#") {
      let run = try await run(CaseLine(String(text)), in: copy)
      output += run.outputText
      errors += run.errorText
      status += "\(run.status)\n"
    }
    var actual = ["status": status]
    if !output.isEmpty { actual["stdout"] = volatile.normalized(output) }
    if !errors.isEmpty { actual["stderr"] = volatile.normalized(errors) }
    for file in try expected().keys where file.hasPrefix("expect/") {
      actual[file] = (try? copy.text(String(file.dropFirst("expect/".count))))
        .map(volatile.normalized)
    }
    return actual
  }

  /// What is expected, by the name of the golden file; without `status` nothing has been recorded.
  func expected() throws -> [String: String] {
    var expected: [String: String] = [:]
    for file in try files() where Self.goldens.contains(file) || file.hasPrefix("expect/") {
      expected[file] = String(decoding: try read(file), as: UTF8.self)
    }
    return expected
  }

  /// Makes what was said what is expected.
  func record(_ actual: [String: String]) throws {
    for file in Self.goldens where actual[file] == nil {
      try? FileManager.default.removeItem(atPath: "\(folder)/\(file)")
    }
    for (file, text) in actual {
      try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(file)"))
    }
  }

  private func run(_ line: CaseLine, in copy: TemporaryFolder) async throws -> CommandRun {
    let words = try line.words.map { try resolve($0, in: copy) }
    let path = { (word: CaseLine.Word?) -> String? in
      try word.map { $0.text.hasPrefix("/") ? $0.text : copy.file(try resolve($0, in: copy)) }
    }
    let isFerry = words.first == "ferry"
    let output = try path(line.output)
    if let output, !FileManager.default.fileExists(atPath: output) {
      _ = FileManager.default.createFile(atPath: output, contents: nil)
    }
    return try await RunningCommand(
      isFerry ? RunningCommand.ferryPath : "/usr/bin/env",
      isFerry ? Array(words.dropFirst()) : words,
      in: copy.path, environment: line.environment, input: try path(line.input), output: output
    ).end()
  }

  /// Puts the one name that fits in place of a `*`.
  private func resolve(_ word: CaseLine.Word, in copy: TemporaryFolder) throws -> String {
    guard !word.isQuoted, let star = word.text.firstIndex(of: "*") else { return word.text }
    let parts = word.text.split(separator: "/", omittingEmptySubsequences: false)
    guard let part = parts.firstIndex(where: { $0.contains("*") }) else { return word.text }
    let before = parts[..<part].joined(separator: "/")
    let pieces = parts[part].split(separator: "*", omittingEmptySubsequences: false)
    let fitting = (try? copy.names(in: before))?.filter {
      !$0.hasPrefix(".") && $0.hasPrefix(pieces[0]) && $0.hasSuffix(pieces[1])
    }
    guard let name = fitting?.last else { return String(word.text[..<star]) }
    return (parts[..<part] + [Substring(name)] + parts[(part + 1)...]).joined(separator: "/")
  }

  private func inputs() throws -> [String] {
    try files().filter {
      $0 != "cmd" && !Self.goldens.contains($0) && !$0.hasPrefix("expect/")
    }
  }

  private func files() throws -> [String] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
    return names.filter { name in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: "\(folder)/\(name)", isDirectory: &isFolder)
        && !isFolder.boolValue
    }
  }

  private func read(_ file: String) throws -> Data {
    try Data(contentsOf: URL(filePath: "\(folder)/\(file)"))
  }
}
