package import ContactModel
import Foundation
package import RunReports

/// What became of the files that a manifest vouches for.
package struct ManifestCheck: Sendable {
  /// The manifest's path.
  package let path: String
  /// What became of each file, in the manifest's order.
  package let findings: [(file: Manifest.Entry, verdict: ManifestFile.Verdict)]

  /// Reads a manifest and compares its files with it.
  ///
  /// Blocks.
  ///
  /// - Parameters:
  ///   - path: The manifest; a file that was exported, beside which it stands; or a run's folder.
  ///   - language: The language of an error's reason.
  /// - Throws: ``ExportError/noManifest(_:reason:)``.
  package init(of path: String, language: Language = .english) throws(ExportError) {
    self.path = Self.manifest(of: path)
    let manifest: ManifestFile
    do throws(ManifestFile.ReadingError) {
      manifest = try ManifestFile(path: self.path)
    } catch {
      throw .noManifest(self.path, reason: error.reason(in: language))
    }
    var findings = manifest.files.map { ($0, manifest.check($0)) }
    let name = ExportFiles.name(of: path)
    if self.path != path, Self.isFile(path), !manifest.files.contains(where: { $0.name == name }) {
      let file = Manifest.Entry(
        name: name, written: WrittenFile(path: path, byteCount: 0, sha256: nil))
      findings.insert((file, .unlisted), at: 0)
    }
    self.findings = findings
  }

  /// Whether nothing speaks against the files.
  package var isGood: Bool { findings.allSatisfy(\.verdict.isGood) }

  private static func manifest(of path: String) -> String {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      return (path.hasSuffix("/") ? path : path + "/") + "manifest.json"
    }
    let beside = ExportNames(path: path).manifest
    if FileManager.default.fileExists(atPath: beside) { return beside }
    if path.hasSuffix("manifest.json") { return path }
    return listing(path) ?? beside
  }

  /// The manifest that lists a part of a divided export, or a file of a run.
  private static func listing(_ path: String) -> String? {
    guard isFile(path) else { return nil }
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    let name = ExportFiles.name(of: path)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix("manifest.json") }.sorted()
      .map { folder.appending(path: $0).path }
      .first { (try? ManifestFile(path: $0))?.files.contains { $0.name == name } == true }
  }

  private static func isFile(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && !isFolder.boolValue
  }

  /// The findings for a person; every line is ended.
  package func text(in language: Language) -> String {
    let rows = findings.map { file, verdict in
      [
        verdict.isGood ? language.pick("good", "цел") : language.pick("BAD", "ПЛОХО"),
        PlainText.shown(file.name),
        file.rowCount.map {
          language.pick(
            Plural.english($0, "row", "rows"), Plural.russian($0, "строка", "строки", "строк"))
        } ?? "", verdict.text(was: file.byteCount, in: language),
      ]
    }
    let lines = TextTable(rows, alignedRight: [2]).lines
    return lines.map { $0 + "\n" }.joined()
  }
}

extension ManifestFile.Verdict {
  /// The verdict for a person.
  fileprivate func text(was byteCount: Int, in language: Language) -> String {
    let bytes = Plural.grouped(byteCount, in: language)
    switch self {
    case .intact:
      return language.pick("\(bytes) bytes, SHA-256 as it was", "\(bytes) байт, SHA-256 прежний")
    case .sameLength:
      return language.pick(
        "\(bytes) bytes as it was; no SHA-256 to compare",
        "\(bytes) байт, как было; SHA-256 не записан")
    case .missing: return language.pick("is not there", "файла нет")
    case .notAFile: return language.pick("is not a plain file", "не обычный файл")
    case .unlisted:
      return language.pick(
        "is none of the files of the last export", "не относится к последней выгрузке")
    case .otherLength(let length):
      let now = Plural.grouped(length, in: language)
      return language.pick("\(now) bytes instead of \(bytes)", "\(now) байт вместо \(bytes)")
    case .otherContent:
      return language.pick(
        "the same length, but not the same bytes", "длина прежняя, а содержание другое")
    case .unreadable(let reason): return PlainText.shown(reason)
    }
  }
}

extension ManifestFile.ReadingError {
  fileprivate func reason(in language: Language) -> String {
    switch self {
    case .missing: language.pick("there is no such file", "такого файла нет")
    case .unreadable(let reason): reason
    case .notAManifest: language.pick("this is not a manifest", "это не манифест")
    }
  }
}
