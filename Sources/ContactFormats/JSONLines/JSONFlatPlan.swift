import ContactModel
import JSONSyntax

/// How records are written whose columns are all plain keys: most tables are of this kind.
///
/// What stands before each value is prepared, so that a record is a row of copies. It writes what
/// ``JSONLinesWriter`` writes along the steps of a ``JSONColumnPlan``, about five times as fast.
struct JSONFlatPlan: Sendable {
  /// Before each column's value, one after the other: a comma, the key, a colon, a quote.
  private var openings: [UInt8] = []
  private var openingEnds: [Int] = []

  /// - Returns: `nil` if a column stands inside an object or array.
  init?(_ plan: JSONColumnPlan) {
    for step in plan.steps {
      guard case .value(let column, .key(let key)) = step, column == openingEnds.count
      else { return nil }
      openings.append(JSONByte.comma)
      openings.append(contentsOf: key)
      openings.append(JSONByte.quote)
      openingEnds.append(openings.count)
    }
  }

  /// The most bytes an escape has: `\u001f`.
  private static let longestEscape = 6

  /// Appends a record as one line.
  ///
  /// - Parameters:
  ///   - batch: The records.
  ///   - fields: The indexes of the record's fields, from that of the first column on.
  ///   - target: Where the line goes.
  /// - Complexity: O(*n*) in the record's bytes and the columns.
  func append(_ batch: RecordBatch, fields: Range<Int>, to target: inout [UInt8]) {
    let start = fields.isEmpty ? 0 : batch.fieldRange(at: fields.lowerBound).lowerBound
    let end = fields.isEmpty ? 0 : batch.fieldRange(at: fields.upperBound - 1).upperBound
    // Braces, the line end, a quote behind every value, and a word that is stored beyond the last.
    let room =
      openings.count + Self.longestEscape * (end - start) + openingEnds.count + 3 + Self.wordSize
    target.append(addingCapacity: room) { output in
      output.withUnsafeMutableBufferPointer { buffer, count in
        guard let base = buffer.baseAddress else { return }
        count += write(batch, fields, textStart: start, to: UnsafeMutableRawPointer(base + count))
      }
    }
  }

  private static let wordSize = 8

  private func write(
    _ batch: RecordBatch, _ fields: Range<Int>, textStart: Int, to target: UnsafeMutableRawPointer
  ) -> Int {
    batch.bytes.withUnsafeBytes { text in
      batch.fieldEnds.withUnsafeBufferPointer { ends in
        openings.withUnsafeBytes { openings in
          var out = 0
          var start = textStart
          var opening = 0
          target.storeBytes(of: JSONByte.openBrace, as: UInt8.self)
          for column in 0..<min(fields.count, openingEnds.count) {
            let end = Int(ends[fields.lowerBound &+ column])
            let openingEnd = openingEnds[column]
            if end > start, let source = openings.baseAddress {
              // The first comma gives way to the brace.
              let skipped = out == 0 ? 1 : 0
              if out == 0 { out = 1 }
              let count = openingEnd &- opening &- skipped
              (target + out).copyMemory(from: source + opening + skipped, byteCount: count)
              out &+= count
              out &+= Self.copy(text, start..<end, to: target + out)
              target.storeBytes(of: JSONByte.quote, toByteOffset: out, as: UInt8.self)
              out &+= 1
            }
            opening = openingEnd
            start = end
          }
          if out == 0 { out = 1 }
          target.storeBytes(of: JSONByte.closeBrace, toByteOffset: out, as: UInt8.self)
          target.storeBytes(of: Byte.lineFeed, toByteOffset: out &+ 1, as: UInt8.self)
          return out &+ 2
        }
      }
    }
  }

  /// Copies a value, escaped; up to seven bytes behind its end are written too.
  ///
  /// - Returns: How many bytes mean something.
  @inline(__always)
  private static func copy(
    _ text: UnsafeRawBufferPointer, _ range: Range<Int>, to target: UnsafeMutableRawPointer
  ) -> Int {
    var index = range.lowerBound
    var out = 0
    while index < range.upperBound {
      let count = min(wordSize, range.upperBound &- index)
      let word =
        index &+ wordSize <= text.count
        ? text.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        : lastWord(of: text, from: index)
      target.storeBytes(of: word, toByteOffset: out, as: UInt64.self)
      let special = StringWord.special(in: word) & StringWord.mask(count)
      guard special != 0 else {
        index &+= count
        out &+= count
        continue
      }
      let plain = special.trailingZeroBitCount &>> 3
      let (escape, length) = JSONWriter.escape(of: text[index &+ plain])
      target.storeBytes(of: escape, toByteOffset: out &+ plain, as: UInt64.self)
      index &+= plain &+ 1
      out &+= plain &+ length
    }
    return out
  }

  /// The last bytes of a text, fewer than a word of them.
  private static func lastWord(of text: UnsafeRawBufferPointer, from start: Int) -> UInt64 {
    var word: UInt64 = 0
    for index in (start..<text.count).reversed() { word = word << 8 | UInt64(text[index]) }
    return word
  }
}
