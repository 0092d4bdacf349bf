import Crypto
import Foundation
import RunJournal

/// What proves that a file is the one that was read before: its length and SHA-256.
actor SourceIdentity {
  private let executor = BlockingExecutor(label: "ferry.identity")

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  /// Reads a file to its end.
  ///
  /// Standard input cannot be read twice; it has no identity and gets an empty digest.
  func identify(_ file: String) throws(InputError) -> RunDescription.SourceFile {
    guard file != "-" else { return RunDescription.SourceFile(name: file, size: 0, sha256: "") }
    var input = try InputFile(file)
    var hash = SHA256()
    var size = 0
    while true {
      let more = try input.readChunk { (chunk) throws(Never) in
        size += chunk.count
        chunk.withUnsafeBytes { hash.update(bufferPointer: $0) }
      }
      guard case .success(true) = more else { break }
    }
    let digest = hash.finalize().map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    return RunDescription.SourceFile(name: file, size: size, sha256: digest.joined())
  }
}
