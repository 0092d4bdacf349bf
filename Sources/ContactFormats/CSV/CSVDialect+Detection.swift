import ContactModel

extension CSVDialect {
  /// The delimiters that are tried, the likeliest first.
  static let candidateDelimiters: [UInt8] = [
    UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "\t"), UInt8(ascii: "|"),
  ]
  /// Finds the dialect from the beginning of a text.
  ///
  /// Each candidate reads the first records, and the table in them is looked for as
  /// ``HeaderFinder`` does; the candidate wins that gives the most records of the table as many
  /// fields as its first, without an issue, provided that is more than one. Ties go to another
  /// delimiter than the comma, then to the one with more fields, then to the simpler one. A text in which none splits the first record has one
  /// column and is read with commas.
  ///
  /// - Parameters:
  ///   - sample: The beginning of the text, in UTF-8 (some tens of kilobytes are plenty).
  ///   - isWhole: Whether the sample is the whole text; otherwise its last record is left out.
  ///   - settings: What the user fixed.
  /// - Returns: The dialect that fits best.
  /// - Complexity: O(*n*) in the sample for each candidate.
  package static func detect(
    in sample: [UInt8], isWhole: Bool, settings: ReaderSettings = ReaderSettings()
  ) -> CSVDialect {
    let separator = SeparatorLine(in: sample)
    let skipped = separator == nil ? 0 : 1
    let text = Array(sample[PhysicalLines.start(ofLine: skipped, in: sample)...])
    let candidates = candidates(for: text, separator: separator, settings)
    var best: CSVTrial?
    for candidate in candidates {
      let trial = CSVTrial(candidate, text: text, isWhole: isWhole, header: settings.header)
      if trial.isBetter(than: best) { best = trial }
    }
    // Where none splits the first record, commas will do as well as anything.
    let fallback = candidates.first { $0.delimiter == UInt8(ascii: ",") } ?? candidates[0]
    var dialect =
      (best ?? CSVTrial(fallback, text: text, isWhole: isWhole, header: settings.header)).dialect
    dialect.lineEnd = firstLineEnd(in: sample)
    dialect.hasSeparatorLine = separator != nil
    dialect.preambleLines += skipped
    if case .line(let number) = settings.header { dialect.preambleLines = max(0, number - 1) }
    return dialect
  }

  /// Every combination worth trying, the likeliest first; never none.
  private static func candidates(
    for text: [UInt8], separator: SeparatorLine?, _ settings: ReaderSettings
  ) -> [CSVDialect] {
    let told = settings.delimiter ?? separator?.delimiter
    let delimiters = told.map { [$0] } ?? candidateDelimiters
    let quotes = settings.quote.map { [$0] } ?? candidateQuotes(in: text)
    return delimiters.flatMap { delimiter in
      quotes.flatMap { quote in
        candidateEscapes(in: text, quote: quote, settings).map { escape in
          CSVDialect(delimiter: delimiter, quote: quote, escape: escape == quote ? nil : escape)
        }
      }
    }
  }

  /// The escapes that are tried: a backslash only where one stands before a quote.
  private static func candidateEscapes(
    in text: [UInt8], quote: UInt8, _ settings: ReaderSettings
  ) -> [UInt8?] {
    if let escape = settings.escape { return [escape] }
    let backslash = UInt8(ascii: "\\")
    return text.withUnsafeBufferPointer { text in
      var index = 1
      while index < text.count {
        if text[index] == quote, text[index - 1] == backslash { return [nil, backslash] }
        index += 1
      }
      return [nil]
    }
  }

  /// The quotes that are tried: an apostrophe only where it encloses several fields and no double
  /// quote encloses any, since text has apostrophes of its own.
  private static func candidateQuotes(in text: [UInt8]) -> [UInt8] {
    let (quote, apostrophe) = (UInt8(ascii: "\""), UInt8(ascii: "'"))
    let isApostrophe =
      enclosedFields(in: text, by: quote) == 0 && enclosedFields(in: text, by: apostrophe) >= 2
    return isApostrophe ? [apostrophe, quote] : [quote]
  }

  /// How many fields seem to begin and to end with a quote, whatever the delimiter is.
  private static func enclosedFields(in text: [UInt8], by quote: UInt8) -> Int {
    let ends = candidateDelimiters + [Byte.lineFeed, Byte.carriageReturn]
    return text.withUnsafeBufferPointer { text in
      var count = 0
      var isOpen = false
      var index = 0
      while index < text.count {
        defer { index += 1 }
        guard text[index] == quote else { continue }
        let isBehindEnd = index == 0 || ends.contains(text[index - 1])
        let isBeforeEnd = index + 1 == text.count || ends.contains(text[index + 1])
        if isOpen, isBeforeEnd {
          count += 1
          isOpen = false
        } else if !isOpen {
          isOpen = isBehindEnd
        }
      }
      return count
    }
  }

  /// The first end of line; CR alone only where there is no other.
  private static func firstLineEnd(in sample: [UInt8]) -> LineEnd {
    guard let index = sample.firstIndex(of: Byte.lineFeed) else {
      return sample.contains(Byte.carriageReturn) ? .carriageReturn : .lineFeed
    }
    return index > 0 && sample[index - 1] == Byte.carriageReturn
      ? .carriageReturnLineFeed : .lineFeed
  }
}
