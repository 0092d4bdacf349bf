import ContactModel

/// The text that a row carries in a field of its own, so that its contact is found by it alone:
/// `ferry-k7pq2m4a.0000.0000001234;`.
///
/// It is of one width, ends with a sign of its own and has nothing in it that a server changes or a
/// search takes for a wildcard. The server is asked with the part that all rows of a run have in
/// common; the whole key is compared here.
package struct ImportKey: Sendable, Hashable {
  /// What stands for the run: ``token(_:)`` of its identifier.
  package let run: String
  /// The file's number in its run, from 0.
  package let file: Int
  /// The record's number in its file.
  package let record: Int

  private static let start = "ferry-"
  private static let letters = Array("abcdefghijkmnpqrstuvwxyz23456789".utf8)
  /// How many letters a token has.
  private static let tokenLength = 8
  /// How many digits files and records have.
  private static let (fileDigits, recordDigits) = (4, 10)
  /// How many bytes a key has.
  package static let length = start.utf8.count + tokenLength + fileDigits + recordDigits + 3

  /// The key of a record.
  ///
  /// - Precondition: `run` is a ``token(_:)``, `file` below 10,000 and `record` below 10,000,000,000.
  package init(run: String, file: Int, record: Int) {
    precondition(run.utf8.count == Self.tokenLength, "a token for the run")
    precondition((0..<10_000).contains(file), "four digits for the file")
    precondition((0..<10_000_000_000).contains(record), "ten digits for the record")
    self.run = run
    self.file = file
    self.record = record
  }

  /// Reads a stored value that is a key from its first byte to its last; `nil` for any other.
  package init?(parsing stored: some Collection<UInt8>) {
    guard stored.count == Self.length else { return nil }
    let bytes = Array(stored)
    guard bytes.starts(with: Self.start.utf8), bytes.last == ASCII.semicolon else { return nil }
    let parts = bytes.dropFirst(Self.start.utf8.count).dropLast()
      .split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].count == Self.tokenLength,
      parts[0].allSatisfy(Self.letters.contains), parts[1].count == Self.fileDigits,
      let file = Self.number(parts[1]), let record = Self.number(parts[2])
    else { return nil }
    self.init(run: String(decoding: parts[0], as: UTF8.self), file: file, record: record)
  }

  /// The key as it is sent and stored.
  package var text: String {
    var bytes = Array(Self.filter(run: run).utf8)
    Self.append(file, digits: Self.fileDigits, to: &bytes)
    bytes.append(UInt8(ascii: "."))
    Self.append(record, digits: Self.recordDigits, to: &bytes)
    bytes.append(ASCII.semicolon)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// What all keys of a run contain and no others: the text to ask the server with.
  package static func filter(run: String) -> String { start + run + "." }

  /// Eight letters and digits that stand for a run.
  package static func token(_ runID: String) -> String {
    var hash = StableHash.hash(runID, domain: StableHash.domain("import-key"))
    var bytes: [UInt8] = []
    for _ in 0..<tokenLength {
      bytes.append(letters[Int(hash & 31)])
      hash >>= 5
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func append(_ number: Int, digits: Int, to bytes: inout [UInt8]) {
    var rest = number
    var text: [UInt8] = []
    for _ in 0..<digits {
      text.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    }
    bytes.append(contentsOf: text.reversed())
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    var number = 0
    for byte in digits {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      number = number * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return number
  }
}
