package import ContactModel

/// Reads a file's bytes into batches of records, finding out by itself how it is written.
///
/// The reader is pushed: it owns no file and never waits. Give it chunks in order and take batches
/// in between; the last batch comes after ``finish()``.
///
/// ```swift
/// var reader = RecordReader(settings: ReaderSettings())
/// for chunk in chunks {
///   try reader.push(chunk.span)
///   while let batch = try reader.nextBatch() { use(batch) }
/// }
/// try reader.finish()
/// while let batch = try reader.nextBatch() { use(batch) }
/// ```
///
/// Nothing is parsed before ``beginningSize`` bytes (or the end) have come: compression, format,
/// encoding, dialect and header are found in that sample and then stand in ``profile``. A workbook
/// cannot be read from front to back; see ``XLSXReader``.
package struct RecordReader: ~Copyable {
  /// How many bytes are looked at to find the format and the dialect.
  package static let sampleSize = 64 * 1024
  /// How many bytes are waited for before anything is decided, so that it does not depend on the
  /// chunks: a header may go on behind the sample, and so may the first letters beyond ASCII.
  static let beginningSize = 2 * sampleSize

  /// What was found out about the source; `nil` until enough of it has come.
  package private(set) var profile: SourceProfile?
  private let settings: ReaderSettings
  private var intake = ByteIntake()
  /// The beginning of the file, unpacked, while it is too little to go by.
  private var beginning: [UInt8] = []
  /// What came with the beginning, and is to be read behind it.
  private var behindBeginning: [UInt8] = []
  private var stage: (any ReadingStage)?
  private var isFinished = false
  /// Whether the text kept back for want of more bytes has been given to the format's reader.
  private var isDrained = false
  /// Whether the format's reader has been told that nothing more comes.
  private var isEnded = false
  private var failure: FormatError?
  /// Where a compressed file is damaged; what came before is read all the same.
  private var damage: FormatError?

  package init(settings: ReaderSettings) { self.settings = settings }

  /// Takes the next bytes of the file.
  ///
  /// - Throws: ``FormatError`` if this is not a file ferry can read.
  package mutating func push(_ chunk: Span<UInt8>) throws(FormatError) {
    intake.push(chunk)
    if stage == nil { try gatherSample() }
  }

  /// Ends the file; afterwards ``nextBatch()`` gives what is left.
  ///
  /// - Throws: ``FormatError`` if there was nothing in it that can be read.
  package mutating func finish() throws(FormatError) {
    guard !isFinished else { return }
    isFinished = true
    intake.end()
    if stage == nil { try gatherSample() }
  }

  /// The next batch of records: a full one, or after ``finish()`` whatever is left; otherwise `nil`.
  ///
  /// - Throws: ``FormatError`` where the file cannot be read any further; the batches before have
  ///   been handed over.
  package mutating func nextBatch() throws(FormatError) -> RecordBatch? {
    guard let stage else { return nil }
    if !isEnded {
      do throws(FormatError) {
        guard try fill(stage) else { return nil }
      } catch {
        (failure, isEnded) = (error, true)
      }
    }
    let batch = stage.takeBatch()
    profile?.header = stage.header
    profile?.encoding = stage.encoding
    // What was complete before the file broke off is handed over first.
    if batch == nil, let failure { throw failure }
    return batch
  }

  /// Reads until a batch is full or the file has ended; `false` if more has to be pushed for that.
  private mutating func fill(_ stage: any ReadingStage) throws(FormatError) -> Bool {
    while !stage.isBatchFull {
      if try stage.readOn() { continue }
      if let plain = takeBytes() {
        stage.take(plain)
      } else if !isFinished, damage == nil {
        return false
      } else if !isDrained {
        isDrained = true
        stage.end()
      } else {
        isEnded = true
        // A record that the damage cut in two is not handed over as if it were whole.
        if let damage { throw damage }
        try intake.finish()
        try stage.finish()
        return true
      }
    }
    return true
  }

  /// The next bytes of the file, unpacked; `nil` where there are none yet, or none any more.
  private mutating func takeBytes() -> [UInt8]? {
    if !behindBeginning.isEmpty {
      defer { behindBeginning = [] }
      return behindBeginning
    }
    guard damage == nil else { return nil }
    var plain: [UInt8] = []
    do throws(FormatError) {
      return try intake.take(into: &plain) ? plain : nil
    } catch {
      damage = error
      return plain.isEmpty ? nil : plain
    }
  }

  /// Collects the beginning of the file until there is enough of it to set up the format's reader.
  private mutating func gatherSample() throws(FormatError) {
    while beginning.count <= Self.beginningSize, let plain = takeBytes() { beginning += plain }
    let isWhole = (isFinished && intake.isEmpty) || damage != nil
    guard beginning.count > Self.beginningSize || isWhole else { return }
    if let damage, beginning.isEmpty { throw damage }
    let looked = Array(beginning.prefix(Self.beginningSize))
    behindBeginning = Array(beginning.dropFirst(looked.count))
    beginning = []
    (stage, profile) = try SourceBeginning(
      looked, isWhole: isWhole && damage == nil && behindBeginning.isEmpty, settings: settings
    ).begin(isCompressed: intake.isCompressed)
  }
}
