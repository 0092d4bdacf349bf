/// A key of a PHP array: a whole number where PHP would make it one, otherwise bytes.
enum PHPKey: Hashable, Sendable {
  case number(Int)
  case text([UInt8])

  /// Reads a key as PHP does: `7` and `-7` are numbers, `07`, `+7`, `-0` and `7.0` are text.
  init(_ bytes: some Collection<UInt8>) {
    if let number = PHPKey.canonicalNumber(bytes) {
      self = .number(number)
    } else {
      self = .text(Array(bytes))
    }
  }

  private static func canonicalNumber(_ bytes: some Collection<UInt8>) -> Int? {
    let isNegative = bytes.first == UInt8(ascii: "-")
    let digits = isNegative ? bytes.dropFirst() : bytes[...]
    guard let first = digits.first, digits.count <= 19 else { return nil }
    if first == UInt8(ascii: "0") && (digits.count > 1 || isNegative) { return nil }
    var value = 0
    for digit in digits {
      guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") else { return nil }
      let (product, overflows) = value.multipliedReportingOverflow(by: 10)
      // Summed on the negative side, because the smallest number has no positive twin.
      let (sum, exceeds) = product.subtractingReportingOverflow(Int(digit - UInt8(ascii: "0")))
      guard !overflows, !exceeds else { return nil }
      value = sum
    }
    if isNegative { return value }
    return value == .min ? nil : -value
  }
}

/// PHP's array as far as forms need it: keys in the order of their first arrival.
struct PHPArray: Sendable, Equatable {
  private(set) var keys: [PHPKey] = []
  private(set) var values: [PHPValue] = []
  /// Where each key stands; kept only once a linear search would be slower.
  private var places: [PHPKey: Int] = [:]
  /// The number the next `[]` gets; `nil` until a number has been used.
  private var nextNumber: Int?

  private static let linearSearchLimit = 16

  var count: Int { keys.count }
  var isEmpty: Bool { keys.isEmpty }

  subscript(key: PHPKey) -> PHPValue? {
    place(of: key).map { values[$0] }
  }

  /// The value under a text key, for names that are known not to look like numbers.
  subscript(name: StaticString) -> PHPValue? {
    let wanted = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
    for place in keys.indices {
      if case .text(let bytes) = keys[place], bytes.elementsEqual(wanted) { return values[place] }
    }
    return nil
  }

  static func == (left: PHPArray, right: PHPArray) -> Bool {
    left.keys == right.keys && left.values == right.values
  }

  /// Stores a value under a key; a key that exists keeps its place.
  mutating func set(_ key: PHPKey, to value: PHPValue) {
    if let place = place(of: key) {
      values[place] = value
    } else {
      append(key, value)
    }
  }

  /// Removes a key and its value.
  mutating func remove(_ key: PHPKey) {
    guard let place = place(of: key) else { return }
    keys.remove(at: place)
    values.remove(at: place)
    places.removeAll(keepingCapacity: true)
    if count > Self.linearSearchLimit { indexAll() }
  }

  /// Stores a value at the end of a path such as `persons`, `0`, `socials`, `blog`.
  ///
  /// A step without a key is PHP's `[]`. A plain value that stands in the way is replaced by an
  /// array; an array at the end of the path is replaced by the value.
  mutating func set(_ path: ArraySlice<PHPKey?>, to bytes: [UInt8]) {
    guard let step = path.first else { return }
    guard let key = step ?? freeKey() else { return }
    let rest = path.dropFirst()
    guard !rest.isEmpty else {
      set(key, to: .bytes(bytes))
      return
    }
    guard let place = place(of: key) else {
      var inner = PHPArray()
      inner.set(rest, to: bytes)
      append(key, .array(inner))
      return
    }
    var inner = PHPArray()
    if case .array(let present) = values[place] { inner = present }
    // The array's old copy goes first, so that the change below happens in place.
    values[place] = .bytes([])
    inner.set(rest, to: bytes)
    values[place] = .array(inner)
  }

  /// Merges another array over this one, as PHP makes `$_REQUEST` of `$_GET` and `$_POST`.
  ///
  /// Arrays under the same key are merged, numbers as keys included; any other value replaces.
  mutating func merge(_ other: PHPArray) {
    for (key, value) in zip(other.keys, other.values) {
      if case .array(let inner) = value, case .array(var own)? = self[key] {
        own.merge(inner)
        set(key, to: .array(own))
      } else {
        set(key, to: value)
      }
    }
  }

  private mutating func freeKey() -> PHPKey? {
    let key = PHPKey.number(nextNumber ?? 0)
    return place(of: key) == nil ? key : nil
  }

  private mutating func append(_ key: PHPKey, _ value: PHPValue) {
    if case .number(let number) = key, number >= nextNumber ?? .min {
      nextNumber = number == .max ? .max : number + 1
    }
    keys.append(key)
    values.append(value)
    if count == Self.linearSearchLimit + 1 {
      indexAll()
    } else if count > Self.linearSearchLimit {
      places[key] = count - 1
    }
  }

  private mutating func indexAll() {
    for (place, key) in keys.enumerated() { places[key] = place }
  }

  private func place(of key: PHPKey) -> Int? {
    count > Self.linearSearchLimit ? places[key] : keys.lastIndex(of: key)
  }
}
