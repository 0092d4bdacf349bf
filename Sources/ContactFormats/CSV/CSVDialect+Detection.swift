import ContactModel

extension CSVDialect {
  /// The delimiters that are tried, the likeliest first.
  static let candidateDelimiters: [UInt8] = [
    UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "\t"), UInt8(ascii: "|"),
  ]

  /// Finds the dialect from the beginning of a text.
  ///
  /// Each candidate delimiter splits the first records; the one wins that gives the most records
  /// as many fields as the header has, provided that is more than one. Ties go to the one with
  /// more fields. A text in which none splits the header has one column and is read with commas.
  ///
  /// - Parameters:
  ///   - sample: The beginning of the text, in UTF-8 (some tens of kilobytes are plenty).
  ///   - isWhole: Whether the sample is the whole text; otherwise its last record is left out.
  /// - Returns: The dialect that fits best.
  /// - Complexity: O(*n*) in the sample for each candidate.
  package static func detect(in sample: [UInt8], isWhole: Bool) -> CSVDialect {
    var best = CSVDialect()
    var bestScore = (records: 0.0, fields: 0)
    for delimiter in candidateDelimiters {
      let candidate = CSVDialect(delimiter: delimiter)
      var reader = CSVReader(dialect: candidate, recordsPerBatch: 100)
      _ = reader.read(sample.span, from: 0)
      if isWhole { reader.finish() }
      guard let batch = reader.takeBatch(), batch.count > 0 else { continue }
      let width = batch.fieldCount(ofRecord: 0)
      guard width > 1 else { continue }
      let agreeing = (0..<batch.count).count { batch.fieldCount(ofRecord: $0) == width }
      let score = (records: Double(agreeing) / Double(batch.count), fields: width)
      if score > bestScore { (best, bestScore) = (candidate, score) }
    }
    best.lineEnd = firstLineEnd(in: sample)
    return best
  }

  private static func firstLineEnd(in sample: [UInt8]) -> LineEnd {
    guard let index = sample.firstIndex(where: { $0 == Byte.lineFeed }) else { return .lineFeed }
    return index > 0 && sample[index - 1] == Byte.carriageReturn
      ? .carriageReturnLineFeed : .lineFeed
  }
}
