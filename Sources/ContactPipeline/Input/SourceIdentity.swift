import Crypto
import Foundation
import RunJournal
import RunReports

/// What proves that a file is the one that was read before: its length and SHA-256.
actor SourceIdentity {
  private let executor = BlockingExecutor(label: "ferry.identity")

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  /// Reads a file to its end.
  ///
  /// Standard input and pipes cannot be read twice; they have no identity and get an empty digest.
  func identify(_ file: String) throws(InputError) -> RunDescription.SourceFile {
    guard InputFile.canBeReadTwice(file) else {
      return RunDescription.SourceFile(name: file, size: 0, sha256: "")
    }
    var input = try InputFile(file)
    var hash = SHA256()
    var size = 0
    while try input.readChunk({ chunk in
      size += chunk.count
      chunk.withUnsafeBytes { hash.update(bufferPointer: $0) }
    }) {}
    return RunDescription.SourceFile(
      name: file, size: size, sha256: Hexadecimal.text(of: hash.finalize()))
  }
}
