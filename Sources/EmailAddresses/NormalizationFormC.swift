/// Unicode's Normalization Form C (UAX #15), with the tables of ``UnicodeTables``.
enum NormalizationFormC {
  private static let hangulBase: UInt32 = 0xAC00
  private static let leadBase: UInt32 = 0x1100
  private static let vowelBase: UInt32 = 0x1161
  private static let tailBase: UInt32 = 0x11A7

  /// The text in Normalization Form C.
  ///
  /// - Complexity: O(*n* log *n*) at worst, for a text of combining marks alone.
  static func normalize(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
    let tables = UnicodeTables.shared
    if !text.contains(where: { $0.value >= 0xC0 && tables[$0].mayChangeInNFC }) { return text }
    var decomposed: [Unicode.Scalar] = []
    for scalar in text { decompose(scalar, tables, into: &decomposed) }
    let classes = decomposed.map { tables[$0].combiningClass }
    return compose(reordered(decomposed, classes), tables)
  }

  private static func decompose(
    _ scalar: Unicode.Scalar, _ tables: UnicodeTables, into output: inout [Unicode.Scalar]
  ) {
    if scalar.value &- hangulBase < 11172 {
      let index = scalar.value - hangulBase
      let tail = index % 28
      for value in [leadBase + index / 588, vowelBase + index % 588 / 28, tailBase + tail] {
        if value != tailBase, let part = Unicode.Scalar(value) { output.append(part) }
      }
    } else if let parts = tables.decomposition(of: scalar) {
      for part in parts { decompose(part, tables, into: &output) }
    } else {
      output.append(scalar)
    }
  }

  /// The scalars with each run of marks sorted by combining class, stably.
  private static func reordered(
    _ text: [Unicode.Scalar], _ classes: [UInt32]
  ) -> [(scalar: Unicode.Scalar, combiningClass: UInt32)] {
    var result: [(scalar: Unicode.Scalar, combiningClass: UInt32)] = []
    result.reserveCapacity(text.count)
    var index = 0
    while index < text.count {
      var end = index + 1
      if classes[index] != 0 {
        while end < text.count, classes[end] != 0 { end += 1 }
      }
      let run = (index..<end).sorted { (classes[$0], $0) < (classes[$1], $1) }
      for place in run { result.append((text[place], classes[place])) }
      index = end
    }
    return result
  }

  private static func compose(
    _ text: [(scalar: Unicode.Scalar, combiningClass: UInt32)], _ tables: UnicodeTables
  ) -> [Unicode.Scalar] {
    var output: [Unicode.Scalar] = []
    output.reserveCapacity(text.count)
    var starter: Int?
    var lastClass: UInt32 = 0
    for (scalar, combiningClass) in text {
      if let place = starter {
        // A mark is blocked from the starter by one of its own class or a higher one between.
        let isAdjacent = place == output.count - 1
        if isAdjacent || (lastClass != 0 && lastClass < combiningClass),
          let joined = composition(output[place], scalar, tables)
        {
          output[place] = joined
          continue
        }
      }
      output.append(scalar)
      if combiningClass == 0 { starter = output.count - 1 }
      lastClass = combiningClass
    }
    return output
  }

  private static func composition(
    _ first: Unicode.Scalar, _ second: Unicode.Scalar, _ tables: UnicodeTables
  ) -> Unicode.Scalar? {
    let lead = first.value &- leadBase
    let vowel = second.value &- vowelBase
    if lead < 19, vowel < 21 { return Unicode.Scalar(hangulBase + (lead * 21 + vowel) * 28) }
    let syllable = first.value &- hangulBase
    let tail = second.value &- tailBase
    if syllable < 11172, syllable % 28 == 0, tail > 0, tail < 28 {
      return Unicode.Scalar(first.value + tail)
    }
    return tables.composition(first, second)
  }
}
