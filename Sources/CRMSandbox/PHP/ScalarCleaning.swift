/// What the CRM does to the plain variables of a v2 form before it looks at them.
enum ScalarCleaning {
  /// Cleans the variables that are no arrays.
  static func clean(_ variables: PHPArray) -> PHPArray {
    var result = variables
    for (key, value) in zip(variables.keys, variables.values) {
      if case .bytes(let bytes) = value { result.set(key, to: .bytes(clean(bytes))) }
    }
    return result
  }

  /// Trims a text, replaces its quotes and removes the four signs `\n\r`.
  static func clean(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var place = 0
    while place < bytes.count {
      switch bytes[place] {
      case UInt8(ascii: "\""): result += "”".utf8
      case UInt8(ascii: "'"): result += "&acute;".utf8
      case UInt8(ascii: "\\") where bytes[place...].starts(with: "\\n\\r".utf8): place += 3
      case let byte: result.append(byte)
      }
      place += 1
    }
    return trimmed(result)
  }

  /// PHP's `trim`: blanks, tabs, line ends, vertical tabs and NUL bytes go from both ends.
  static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
    let isBlank = { (byte: UInt8) in
      byte == 0x20 || (0x09...0x0B).contains(byte) || byte == 0x0D || byte == 0
    }
    guard let first = bytes.firstIndex(where: { !isBlank($0) }),
      let last = bytes.lastIndex(where: { !isBlank($0) })
    else { return [] }
    return Array(bytes[first...last])
  }
}
