/// A big provider's domain and the slips that lead away from it.
struct Provider {
  /// The domain.
  let text: StaticString
  /// The same, for comparing.
  let name: KnownDomain
  private let letters: [UInt8]
  /// Where the dot stands.
  private let dot: Int

  /// A provider's domain of two labels.
  init(_ text: StaticString) {
    self.text = text
    letters = text.withUTF8Buffer { Array($0) }
    name = KnownDomain(letters, from: 0)
    dot = letters.firstIndex(of: UInt8(ascii: ".")) ?? letters.count
  }

  /// Whether the domain that ends a text is one slip away from this one.
  ///
  /// ``KnownDomains`` says which edits count as slips. ``ProviderIndex`` has compared the first
  /// letters.
  func isLikelyMeant(by text: [UInt8], from start: Int) -> Bool {
    let count = text.count - start
    let shorter = min(count, letters.count)
    var prefix = 0
    while prefix < shorter, text[start + prefix] == letters[prefix] { prefix += 1 }
    var suffix = 0
    while suffix < shorter - prefix,
      text[text.count - 1 - suffix] == letters[letters.count - 1 - suffix]
    {
      suffix += 1
    }
    let isSwapped =
      count == letters.count && prefix + suffix == count - 2
      && text[start + prefix] == letters[prefix + 1]
      && text[start + prefix + 1] == letters[prefix]
    let isOneEdit = prefix + suffix == max(count, letters.count) - 1
    guard isSwapped || isOneEdit else { return false }
    let place = start + prefix
    let isDoubled =
      count == letters.count + 1 && prefix > 0 && text[place] == text[place - 1]
    if prefix > dot { return isMisspeltTopLevel(text, from: start) }
    // A letter that has jumped over the dot, `gmai.lcom`.
    if isSwapped, prefix + 1 >= dot { return true }
    // At the dot's place only a letter more leaves two labels.
    if prefix == dot, count <= letters.count { return false }
    return dot > 4 || (dot == 4 && (isSwapped || isDoubled))
  }

  private func isMisspeltTopLevel(_ text: [UInt8], from start: Int) -> Bool {
    guard letters.last == UInt8(ascii: "u") else { return true }
    let name = text[start...]
    guard let last = name.lastIndex(of: UInt8(ascii: ".")) else { return false }
    let topLevel = String(decoding: name[(last + 1)...], as: UTF8.self)
    return !KnownDomains.neighborsOfRU.contains(topLevel)
  }
}

/// Finds the few providers that a domain may be one slip away from, as bits of a word.
struct ProviderIndex {
  private var withFirst: [UInt32] = Array(repeating: 0, count: 256)
  private var withSecond: [UInt32] = Array(repeating: 0, count: 256)
  private var names: [KnownDomain] = []
  private var withLength: [UInt32] = Array(repeating: 0, count: KnownDomain.longest + 2)

  /// An index of at most 32 providers.
  init(_ providers: [Provider]) {
    for (number, provider) in providers.enumerated() {
      names.append(provider.name)
      let bit = UInt32(1) << UInt32(number)
      withFirst[Int(provider.name.first)] |= bit
      withSecond[Int(provider.name.second)] |= bit
      for length in -1...1 { withLength[provider.name.count + length] |= bit }
    }
  }

  /// The providers whose lengths and first letters allow for a slip.
  @inline(__always)
  func candidates(for name: KnownDomain) -> UInt32 {
    let (first, second) = (Int(name.first), Int(name.second))
    return withLength[name.count]
      & (withFirst[first] | (withFirst[second] & withSecond[first]))
  }

  /// Whether a domain is one of some candidates itself.
  @inline(__always)
  func hasProvider(_ name: KnownDomain, among candidates: UInt32) -> Bool {
    var rest = candidates
    while rest != 0 {
      if names[rest.trailingZeroBitCount] == name { return true }
      rest &= rest &- 1
    }
    return false
  }
}
