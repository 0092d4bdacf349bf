import ContactFormats
import ContactModel
import Foundation

/// Runs one stage over a file and prints what it took, for `scripts/bench_formats.py`.
///
/// ```
/// FormatBench read contacts.csv               the reader of the file's format, records counted
/// FormatBench decode contacts.csv koi8-r      the decoder alone
/// ```
///
/// Prints `cpu-seconds bytes records`; CPU is the process's own, so that runs beside other work can
/// be compared.
@main
enum FormatBench {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard arguments.count >= 2 else {
      FileHandle.standardError.write(Data("usage: FormatBench read|decode FILE [ENCODING]\n".utf8))
      exit(64)
    }
    guard let file = FileHandle(forReadingAtPath: arguments[1]) else {
      FileHandle.standardError.write(Data("error: \(arguments[1]): cannot be read\n".utf8))
      exit(65)
    }
    let start = clock()
    let counts =
      arguments[0] == "decode"
      ? try decode(file, as: arguments.count > 2 ? arguments[2] : "utf-8") : try read(file)
    let seconds = Double(clock() - start) / Double(CLOCKS_PER_SEC)
    FileHandle.standardOutput.write(
      Data("\(seconds) \(counts.bytes) \(counts.records)\n".utf8))
  }

  private static func read(_ file: FileHandle) throws -> (bytes: Int, records: Int) {
    var reader = RecordReader(settings: ReaderSettings())
    var (bytes, records) = (0, 0)
    while let chunk = try file.read(upToCount: chunkSize), !chunk.isEmpty {
      bytes += chunk.count
      try reader.push(Array(chunk).span)
      while let batch = try reader.nextBatch() { records += batch.count }
    }
    try reader.finish()
    while let batch = try reader.nextBatch() { records += batch.count }
    return (bytes, records)
  }

  private static func decode(
    _ file: FileHandle, as name: String
  ) throws -> (bytes: Int, records: Int) {
    var decoder = TextDecoder(encoding: TextEncoding(name: name))
    var (bytes, characters) = (0, 0)
    var text: [UInt8] = []
    while let chunk = try file.read(upToCount: chunkSize), !chunk.isEmpty {
      bytes += chunk.count
      text.removeAll(keepingCapacity: true)
      decoder.decode(Array(chunk).span, into: &text)
      characters += text.count
    }
    decoder.finish(into: &text)
    return (bytes, characters)
  }

  private static let chunkSize = 128 * 1024
}
