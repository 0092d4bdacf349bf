/// Finds out from the beginning of a file what it is, and sets up the reader for it.
struct SourceBeginning: ~Copyable {
  private let bytes: [UInt8]
  private let isWhole: Bool
  private let settings: ReaderSettings
  private var decoder: TextDecoder
  private var text: [UInt8] = []

  /// - Parameters:
  ///   - bytes: The beginning of the file, unpacked.
  ///   - isWhole: Whether it is the whole file.
  ///   - settings: What the user fixed.
  init(_ bytes: [UInt8], isWhole: Bool, settings: ReaderSettings) {
    self.bytes = bytes
    self.isWhole = isWhole
    self.settings = settings
    decoder = TextDecoder(
      encoding: settings.encoding ?? Self.encoding(of: bytes, isWhole: isWhole))
  }

  /// The encoding, where there is enough to go by; otherwise the decoder waits for more letters.
  private static func encoding(of bytes: [UInt8], isWhole: Bool) -> TextEncoding? {
    guard let found = EncodingDetector.encoding(of: bytes, isWhole: isWhole) else { return nil }
    let letters = bytes.withUnsafeBufferPointer {
      bytes.count - UTF8Scanner.endOfASCII($0, from: 0)
    }
    return isWhole || found.isWide || letters >= TextDecoder.decisionLength ? found : nil
  }

  /// The reader at work and what is known of the source.
  ///
  /// - Throws: ``FormatError`` if this is not a file ferry can read.
  consuming func begin(isCompressed: Bool) throws(FormatError) -> (any ReadingStage, SourceProfile)
  {
    if let name = FileFormat.binaryName(of: bytes) { throw FormatError(.binary, found: name) }
    var text: [UInt8] = []
    // Spans are taken of locals, so that `self` stays free to change while they are in use.
    let head = bytes
    decoder.decode(head.span, into: &text)
    self.text = text
    let encoding = decoder.encoding
    guard let found = FileFormat.detect(in: text) else { throw FormatError(.empty) }
    // What begins as a card, as XML or as JSON is that, whatever one of its values holds.
    guard found != .csv || !FileFormat.isBinary(text) else { throw FormatError(.binary) }
    let format = settings.format ?? found
    guard format != .xlsx else {
      throw FormatError(.otherFormat, found: "\(found.name), not \(format.name)")
    }
    var profile = SourceProfile(
      format: format, encoding: encoding ?? .utf8, hasByteOrderMark: decoder.hasByteOrderMark,
      isCompressed: isCompressed)
    let stage: any ReadingStage
    switch format {
    case .csv: stage = try beginCSV(&profile)
    case .jsonLines:
      // UTF-8 is validated by the reader itself; anything else is decoded first, and so is what may
      // turn out to be anything.
      stage = try beginText(JSONLinesReader(), isRaw: encoding == .utf8)
    case .vCard:
      // Cards of version 2.1 name an encoding per value; only wide text has to be decoded first.
      let fallback = encoding ?? .windows1251
      stage = try beginText(
        VCardReader(encoding: settings.encoding, fallback: fallback == .utf8 ? nil : fallback),
        isRaw: encoding?.isWide != true)
    case .xCard, .xlsx:
      stage = RawStage(
        XCardReader(encoding: settings.encoding ?? (encoding?.isWide == true ? encoding : nil)),
        bytes: bytes, encoding: encoding ?? .utf8)
    }
    profile.header = stage.header
    return (stage, profile)
  }

  private mutating func beginCSV(_ profile: inout SourceProfile) throws(FormatError)
    -> any ReadingStage
  {
    if isWhole { decoder.finish(into: &text) }
    var consumed = 0
    let reader = try CSVReader(
      beginningOf: text, isWhole: isWhole, settings: settings,
      hasReplacements: decoder.replacementCount > 0, consumed: &consumed)
    profile.dialect = reader.dialect
    return try stage(reader, place: consumed)
  }

  private mutating func beginText<Reader: FormatReader & ~Copyable>(
    _ reader: consuming Reader, isRaw: Bool
  ) throws(FormatError) -> any ReadingStage {
    guard isRaw else { return try stage(reader, place: 0) }
    let mark = decoder.hasByteOrderMark ? TextEncoding.utf8ByteOrderMark.count : 0
    return RawStage(
      reader, bytes: Array(bytes.dropFirst(mark)), encoding: decoder.encoding ?? .utf8)
  }

  private mutating func stage<Reader: FormatReader & ~Copyable>(
    _ reader: consuming Reader, place: Int
  ) throws(FormatError) -> any ReadingStage {
    var used = TextDecoder()
    swap(&used, &decoder)
    return DecodingStage(reader, decoder: used, text: text, place: place)
  }
}
