extension RecordSpool.Page {
  /// What it takes in memory and on the disk.
  var size: Int { bytes.count + valueEnds.count * MemoryLayout<UInt32>.stride }

  /// Where a value stands among the bytes.
  func range(ofValue value: Int) -> Range<Int> {
    (value == 0 ? 0 : Int(valueEnds[value - 1]))..<Int(valueEnds[value])
  }

  /// Appends values of another page; there are some.
  mutating func append(values: Range<Int>, of other: RecordSpool.Page) {
    let start = other.range(ofValue: values.lowerBound).lowerBound
    let shift = bytes.count - start
    bytes += other.bytes[start..<Int(other.valueEnds[values.upperBound - 1])]
    for value in values { valueEnds.append(UInt32(Int(other.valueEnds[value]) + shift)) }
  }
}
