import ContactMapping
import ContactModel

/// How contacts become records of the file that a mapping reads.
struct ReversedLayout: RecordLayout {
  /// A value on its way into columns.
  private struct Source: Sendable {
    /// Where the values of its fields stand in a contact.
    var places: [Int]
    var parting: ContactParts.Parting
    /// Where its parts stand among all parts of a contact.
    var parts: Range<Int>
    /// What the file has for values of a closed list.
    var texts: [(value: [UInt8], text: [UInt8])]
  }

  /// What is written into a column.
  private struct Column: Sendable {
    /// Which of a contact's parts; `nil` for those nobody knows.
    var parts: [Int?]
    var separator: [UInt8]
    var gaps: MappingReversal.Gaps
  }

  let header: [String]
  private let sources: [Source]
  private let columns: [Column]
  /// How many values a contact has.
  private let width: Int
  private let partCount: Int

  /// - Parameters:
  ///   - reversal: The mapping turned round.
  ///   - read: The columns of the contacts; a field that is none of them is empty.
  init(_ reversal: MappingReversal, read: [PersonField]) {
    header = reversal.columns.map(\.name)
    width = read.count
    var sources: [Source] = []
    var end = 0
    for source in reversal.sources {
      let start = end
      end += source.partCount
      sources.append(
        Source(
          places: source.fields.compactMap { read.firstIndex(of: $0) },
          parting: ContactParts.Parting(source.parting), parts: start..<end,
          texts: source.texts.map {
            (value: Array($0.key.utf8), text: Array($0.value.utf8))
          }))
    }
    self.sources = sources
    partCount = end
    columns = reversal.columns.map { column in
      Column(
        parts: column.parts.map { part in
          part.map { sources[$0.source].parts.lowerBound + $0.number }
        },
        separator: Array(column.separator.utf8), gaps: column.gaps)
    }
  }

  func records(
    bytes: [UInt8], valueEnds: [UInt32], lines: [Int], firstRecord: Int
  ) -> RecordBatch {
    var written: [UInt8] = []
    written.reserveCapacity(bytes.count)
    var fieldEnds: [UInt32] = []
    fieldEnds.reserveCapacity(lines.count * columns.count)
    var parts = ContactParts(count: partCount)
    for contact in lines.indices {
      parts.removeAll()
      for source in sources {
        gather(source, of: contact, from: bytes, valueEnds, into: &parts)
      }
      for column in columns {
        write(column, of: parts, to: &written)
        fieldEnds.append(UInt32(written.count))
      }
    }
    return RecordBatch(
      bytes: written, fieldEnds: fieldEnds,
      recordEnds: lines.indices.map { UInt32(($0 + 1) * columns.count) }, lines: lines,
      firstRecord: firstRecord, header: header, hasFieldLines: false)
  }

  /// Takes the values of a contact for a source and parts them.
  private func gather(
    _ source: Source, of contact: Int, from bytes: [UInt8], _ valueEnds: [UInt32],
    into parts: inout ContactParts
  ) {
    let start = parts.bytes.count
    for place in source.places {
      let index = contact * width + place
      let value = (index == 0 ? 0 : Int(valueEnds[index - 1]))..<Int(valueEnds[index])
      guard !value.isEmpty else { continue }
      if parts.bytes.count > start { parts.bytes += ContactParts.listSeparator }
      parts.bytes += bytes[value]
    }
    var value = start..<parts.bytes.count
    guard !value.isEmpty else { return }
    // Of listed cells each is an entry of its own, of joined ones the whole is.
    if case .list = source.parting {
      parts.part(value, source.parting, into: source.parts)
      for part in source.parts {
        guard let entry = text(for: parts.ranges[part], of: parts, in: source) else { continue }
        let range = parts.append(entry)
        parts.ranges[part] = range
      }
    } else {
      if let entry = text(for: value, of: parts, in: source) { value = parts.append(entry) }
      parts.part(value, source.parting, into: source.parts)
    }
  }

  /// What the file has for a value of a closed list; `nil` for one that is not in it.
  private func text(
    for range: Range<Int>, of parts: ContactParts, in source: Source
  ) -> [UInt8]? {
    source.texts.first { entry in
      entry.value.count == range.count && parts.bytes[range].elementsEqual(entry.value)
    }?.text
  }

  private func write(_ column: Column, of parts: ContactParts, to bytes: inout [UInt8]) {
    guard let first = column.parts.firstIndex(where: parts.hasText),
      let last = column.parts.lastIndex(where: parts.hasText)
    else { return }
    let isFromStart = column.gaps == .keptInFront || column.gaps == .kept
    let isToEnd = column.gaps == .keptBehind || column.gaps == .kept
    let start = isFromStart ? 0 : first
    let end = isToEnd ? column.parts.count : last + 1
    for index in start..<end {
      let part = column.parts[index]
      if column.gaps == .closed, !parts.hasText(part) { continue }
      if index > start { bytes += column.separator }
      if let part { bytes += parts.bytes[parts.ranges[part]] }
    }
  }
}
