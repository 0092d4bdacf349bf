package import ContactFormats
package import ContactModel

/// The batches of one source, read on a thread of its own.
///
/// ```swift
/// let stream = try await BatchStream(file: "contacts.csv", settings: settings)
/// let profile = stream.profile
/// while let batch = try await stream.next() { … }
/// ```
package actor BatchStream {
  /// What the source turned out to be.
  package private(set) var profile: SourceProfile
  /// The file as the user named it.
  package nonisolated let file: String
  /// How many bytes have been read so far.
  package private(set) var byteCount = 0
  private var input: InputFile?
  private var reader: RecordReader
  private var isFinished = false
  private let executor: BlockingExecutor

  package nonisolated var unownedExecutor: UnownedSerialExecutor {
    executor.asUnownedSerialExecutor()
  }

  /// Opens a source and reads as much of it as it takes to know what it is.
  ///
  /// - Parameters:
  ///   - file: A path, or `-` for standard input.
  ///   - settings: What the user fixed about it.
  /// - Throws: ``InputError``, also for a file that is not one of contacts.
  package init(file: String, settings: ReaderSettings) async throws(InputError) {
    executor = BlockingExecutor(label: "ferry.input")
    self.file = file
    reader = RecordReader(settings: settings)
    profile = SourceProfile()
    try await open()
  }

  /// Opens the file on the actor's own thread: opening a pipe waits for its writer.
  private func open() async throws(InputError) {
    input = try InputFile(file)
    while reader.profile == nil { try readMore() }
    if let found = reader.profile { profile = found }
  }

  /// The next batch, or `nil` at the end of the source.
  package func next() throws(InputError) -> RecordBatch? {
    while true {
      if let batch = reader.nextBatch() { return batch }
      guard !isFinished else { return nil }
      try readMore()
    }
  }

  private func readMore() throws(InputError) {
    let outcome = try input?.readChunk { (chunk) throws(FormatError) in
      byteCount += chunk.count
      try reader.push(chunk)
    }
    do {
      if try outcome?.get() == true { return }
      try reader.finish()
      isFinished = true
      if let found = reader.profile { profile = found }
    } catch {
      throw InputError(file: file, cause: .format(error))
    }
  }
}
