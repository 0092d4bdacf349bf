import Crypto
import Foundation

/// A manifest on the disk, of an export or of a run, and the files it vouches for.
package struct ManifestFile: Sendable {
  /// A manifest that cannot be used.
  package enum ReadingError: Error, Sendable, Equatable {
    /// There is no such file.
    case missing
    /// It cannot be read; the system says why.
    case unreadable(String)
    /// It is not a manifest that this ferry knows.
    case notAManifest
  }

  /// What became of a file since its manifest was made.
  package enum Verdict: Sendable, Equatable {
    /// It is what it was.
    case intact
    /// It has the length that it had; the manifest does not say more.
    case sameLength
    /// It is not there.
    case missing
    /// A folder, a pipe or a device stands there.
    case notAFile
    /// It is not one of the manifest's files.
    case unlisted
    /// It has another length now.
    case otherLength(Int)
    /// It has its length, and other bytes.
    case otherContent
    /// It cannot be read; the system says why.
    case unreadable(String)

    /// Whether nothing speaks against the file.
    package var isGood: Bool { self == .intact || self == .sameLength }
  }

  private struct Document: Decodable {
    struct File: Decodable {
      var name: String
      var rows: Int?
      var bytes: Int
      var sha256: String?
    }

    var version: Int
    var files: [File]
  }

  /// The manifest's path.
  package let path: String
  /// The files.
  package let files: [Manifest.Entry]

  /// Reads a manifest.
  ///
  /// Blocks.
  package init(path: String) throws(ReadingError) {
    self.path = path
    guard let type = Self.type(of: path) else { throw .missing }
    guard type == .typeRegular else { throw .notAManifest }
    let data: Data
    do {
      data = try Data(contentsOf: URL(filePath: path))
    } catch {
      throw .unreadable((error as NSError).localizedDescription)
    }
    guard let document = try? JSONDecoder().decode(Document.self, from: data),
      document.version == 1, !document.files.isEmpty,
      document.files.allSatisfy({ !$0.name.contains("/") && !$0.name.isEmpty })
    else { throw .notAManifest }
    files = document.files.map {
      Manifest.Entry(
        name: $0.name, rowCount: $0.rows,
        written: WrittenFile(path: $0.name, byteCount: $0.bytes, sha256: $0.sha256))
    }
  }

  /// Compares a file with what the manifest says of it.
  ///
  /// Blocks; memory does not depend on its length.
  package func check(_ file: Manifest.Entry) -> Verdict {
    let place = URL(fileURLWithPath: path).deletingLastPathComponent().appending(path: file.name)
    guard let type = Self.type(of: place.path) else { return .missing }
    // A pipe would be waited for.
    guard type == .typeRegular else { return .notAFile }
    do {
      let handle = try FileHandle(forReadingFrom: place)
      defer { try? handle.close() }
      let length = Int(try handle.seekToEnd())
      guard length == file.byteCount else { return .otherLength(length) }
      guard let sha256 = file.sha256 else { return .sameLength }
      try handle.seek(toOffset: 0)
      var hash = SHA256()
      while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty {
        hash.update(data: piece)
      }
      return Hexadecimal.text(of: hash.finalize()) == sha256 ? .intact : .otherContent
    } catch {
      return .unreadable((error as NSError).localizedDescription)
    }
  }

  /// What stands under a name; `nil` for nothing.
  private static func type(of path: String) -> FileAttributeType? {
    let real = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    return (try? FileManager.default.attributesOfItem(atPath: real))?[.type] as? FileAttributeType
  }
}
