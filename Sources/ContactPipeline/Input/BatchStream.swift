package import ContactFormats
package import ContactModel

/// The batches of one source, read on a thread of its own.
///
/// ```swift
/// let stream = try await BatchStream(file: "contacts.csv", settings: settings)
/// let profile = await stream.profile
/// while let batch = try await stream.next() { … }
/// ```
package actor BatchStream {
  /// What the source turned out to be; its header grows where records name their own columns.
  package private(set) var profile: SourceProfile
  /// The file as the user named it.
  package nonisolated let file: String
  /// Where its bytes are.
  private let path: String
  /// How many bytes have been read so far.
  package private(set) var byteCount = 0
  /// The bytes read so far, where they had to be kept.
  private(set) var keptBytes: TemporaryFile?
  private let settings: ReaderSettings
  private let spool: TemporaryFile?
  private var input: InputFile?
  private var reader: RecordReader
  /// The reader of a workbook, which takes the place of ``reader``.
  private var workbook: XLSXReader?
  private var isFinished = false
  private let executor: BlockingExecutor

  package nonisolated var unownedExecutor: UnownedSerialExecutor {
    executor.asUnownedSerialExecutor()
  }

  /// Opens a source and reads as much of it as it takes to know what it is.
  ///
  /// - Parameters:
  ///   - file: A path, or `-` for standard input.
  ///   - path: Where the file's bytes are kept, if elsewhere.
  ///   - settings: What the user fixed about it.
  /// - Throws: ``InputError``, also for a file that is not one of contacts.
  package init(
    file: String, path: String? = nil, settings: ReaderSettings
  ) async throws(InputError) {
    try await self.init(file: file, path: path, spool: nil, settings: settings)
  }

  /// Opens a source whose bytes may have been kept in a temporary file, because they cannot be read
  /// twice.
  ///
  /// - Parameters:
  ///   - file: A path, or `-` for standard input.
  ///   - path: Where the file's bytes are kept, if elsewhere.
  ///   - spool: The bytes to read in place of the file's.
  ///   - settings: What the user fixed about it.
  ///   - keepsBytes: Whether a source that cannot be read twice is to be kept in ``keptBytes``, if its
  ///     records name their own columns.
  /// - Throws: ``InputError``, also for a file that is not one of contacts.
  init(
    file: String, path: String? = nil, spool: TemporaryFile?, settings: ReaderSettings,
    keepsBytes: Bool = false
  ) async throws(InputError) {
    executor = BlockingExecutor(label: "ferry.input")
    self.file = file
    self.path = path ?? file
    self.spool = spool
    self.settings = settings
    reader = RecordReader(settings: settings)
    profile = SourceProfile()
    try await open(keepsBytes: keepsBytes)
  }

  /// Opens the file on the actor's own thread: opening a pipe waits for its writer.
  private func open(keepsBytes: Bool) async throws(InputError) {
    if let spool {
      input = InputFile(file, bytes: spool)
    } else {
      input = try InputFile(file, path: path)
    }
    if keepsBytes, !InputFile.canBeReadTwice(path) { try startKeeping() }
    var head: [UInt8] = []
    while head.count < Self.headSize, try readChunk({ chunk in head.append(chunk) }) {}
    do throws(FormatError) {
      guard !FileFormat.isPackage(head) else { return try openWorkbook(head) }
      try reader.push(head.span)
    } catch {
      throw InputError(file: file, cause: .format(error))
    }
    while reader.profile == nil { try readMore() }
    if let found = reader.profile { profile = found }
    if !profile.format.hasOpenColumns { keptBytes = nil }
  }

  private func startKeeping() throws(InputError) {
    do throws(FormatError) {
      keptBytes = try TemporaryFile()
    } catch {
      throw InputError(file: file, cause: .format(error))
    }
  }

  /// How many bytes it takes to tell a workbook from a text.
  private static let headSize = 4

  /// Sets up the reader of a workbook, for which the file must be there as a whole.
  private func openWorkbook(_ head: [UInt8]) throws(FormatError) {
    let bytes: any RandomAccessBytes
    if let spool {
      bytes = spool
    } else if InputFile.canBeReadTwice(path) {
      bytes = try FileBytes(path: path)
    } else {
      bytes = try keepRest(behind: head)
    }
    byteCount = bytes.count
    input = nil
    workbook = try XLSXReader(bytes, settings: settings) { () throws(FormatError) in
      try TemporaryFile()
    }
    if let found = workbook?.profile { profile = found }
  }

  /// Reads what is left of a pipe into a temporary file.
  private func keepRest(behind head: [UInt8]) throws(FormatError) -> TemporaryFile {
    let kept = try TemporaryFile()
    try kept.append(head.span)
    var failure: FormatError?
    do throws(InputError) {
      while failure == nil,
        try readChunk({ chunk in
          do throws(FormatError) { try kept.append(chunk) } catch { failure = error }
        })
      {}
    } catch {
      throw FormatError(.unreadable)
    }
    if let failure { throw failure }
    return kept
  }

  /// The next batch, or `nil` at the end of the source.
  package func next() throws(InputError) -> RecordBatch? {
    do throws(FormatError) {
      if workbook != nil { return try workbook?.nextBatch() }
    } catch {
      throw InputError(file: file, cause: .format(error))
    }
    while true {
      if let batch = try nextRead() { return batch }
      guard !isFinished else { return nil }
      try readMore()
    }
  }

  private func nextRead() throws(InputError) -> RecordBatch? {
    do throws(FormatError) {
      let batch = try reader.nextBatch()
      if let found = reader.profile { profile = found }
      return batch
    } catch {
      throw InputError(file: file, cause: .format(error))
    }
  }

  /// Reads a chunk into the reader, or ends it.
  private func readMore() throws(InputError) {
    var failure: FormatError?
    let hasMore = try readChunk { chunk in
      do throws(FormatError) { try reader.push(chunk) } catch { failure = error }
    }
    do throws(FormatError) {
      if let failure { throw failure }
      if !hasMore {
        try reader.finish()
        isFinished = true
      }
    } catch {
      throw InputError(file: file, cause: .format(error))
    }
  }

  private func readChunk(_ body: (Span<UInt8>) -> Void) throws(InputError) -> Bool {
    var failure: FormatError?
    let hasMore =
      try input?.readChunk { chunk in
        byteCount += chunk.count
        do throws(FormatError) { try keptBytes?.append(chunk) } catch { failure = error }
        body(chunk)
      } ?? false
    if let failure { throw InputError(file: file, cause: .format(failure)) }
    return hasMore
  }
}

extension [UInt8] {
  /// Appends a chunk of a file.
  fileprivate mutating func append(_ chunk: Span<UInt8>) {
    chunk.withUnsafeBufferPointer { append(contentsOf: $0) }
  }
}
