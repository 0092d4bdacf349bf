/// Knows the domains that most addresses have, those one slip away from them, and reserved ones.
///
/// A domain is taken for a slip if one edit (a letter more, less or other, or two swapped:
/// Damerau-Levenshtein distance 1) leads to a big provider's, and
/// - the first letter is the same, or was swapped with the second or doubled: `ymail.com` and
///   `cloud.com` are names of their own;
/// - in a name of four letters, two were swapped or one doubled: `mai.ru` and `last.ru` exist, and
///   shorter names have neighbors of their own throughout;
/// - a top-level domain beside `.ru` is none that exists;
/// - the domain is not known to be another's.
enum KnownDomains {
  enum Verdict {
    case ordinary
    /// Reserved (RFC 2606, 6761, 6762, 7686, 8375, 9476, and ICANN's `.internal`).
    case specialUse
    /// One slip away from the domain that follows.
    case typo(StaticString)
  }

  /// What is to be said of the domain that ends a text; it is ASCII in small letters, or is not
  /// judged.
  ///
  /// - Complexity: a few comparisons for the domains that most addresses have.
  @inline(__always)
  static func judge(_ text: [UInt8], from start: Int) -> Verdict {
    if isSpecialUse(text, from: start) { return .specialUse }
    guard text.count - start <= KnownDomain.longest else { return .ordinary }
    let name = KnownDomain(text, from: start)
    let candidates = index.candidates(for: name)
    // No provider's domain is one slip away from another's.
    if candidates == 0 || index.hasProvider(name, among: candidates) { return .ordinary }
    return judgeSlip(name, candidates, text, from: start)
  }

  @inline(never)
  private static func judgeSlip(
    _ name: KnownDomain, _ found: UInt32, _ text: [UInt8], from start: Int
  ) -> Verdict {
    var candidates = found
    var meant: Provider?
    while candidates != 0 {
      let provider = providers[candidates.trailingZeroBitCount]
      candidates &= candidates &- 1
      guard provider.isLikelyMeant(by: text, from: start) else { continue }
      // Two that are as near leave it open which was meant.
      if meant != nil { return .ordinary }
      meant = provider
    }
    guard let meant, !others.contains(name) else { return .ordinary }
    return .typo(meant.text)
  }

  private static let index = ProviderIndex(providers)

  /// The providers whose domains people misspell.
  static let providers: [Provider] = [
    "mail.ru", "gmail.com", "yandex.ru", "ya.ru", "bk.ru", "inbox.ru", "list.ru", "internet.ru",
    "rambler.ru", "yandex.com", "outlook.com", "hotmail.com", "yahoo.com", "icloud.com",
    "googlemail.com", "protonmail.com",
  ].map(Provider.init)

  /// Domains near those that are no slips.
  private static let others: Set<KnownDomain> = Set(
    ["mali.ru", "internat.ru", "ramble.ru"].map(KnownDomain.init))

  /// Top-level domains that exist and are one edit from `.ru`.
  static let neighborsOfRU: Set<String> = [
    "au", "cu", "eu", "gu", "hu", "lu", "mu", "nu", "re", "ro", "rs", "rw", "su", "vu",
  ]

  /// Reserved top-level domains, but for `.example`: that one and `example.com` are for documents
  /// (RFC 2606), where they are meant, so a remark on every row would only hide the others.
  private static let specialUse: [StaticString] = [
    "test", "invalid", "localhost", "local", "onion", "internal", "arpa", "alt",
  ]

  @inline(__always)
  private static func isSpecialUse(_ text: [UInt8], from start: Int) -> Bool {
    // Nearly every domain ends in two or three letters; of the reserved ones only `alt` does.
    let count = text.count
    if count >= 3, text[count - 3] == UInt8(ascii: ".") { return false }
    if count >= 4, text[count - 4] == UInt8(ascii: "."), text[count - 1] != UInt8(ascii: "t") {
      return false
    }
    return specialUse.contains { ends(text, from: start, with: $0) }
  }

  private static func ends(_ text: [UInt8], from start: Int, with label: StaticString) -> Bool {
    label.withUTF8Buffer { label in
      let begin = text.count - label.count
      guard begin > start, text[begin - 1] == UInt8(ascii: ".") else { return false }
      return label.indices.allSatisfy { text[begin + $0] == label[$0] }
    }
  }
}

/// A short domain as two words, so that it is compared in two steps.
struct KnownDomain: Hashable {
  /// The octets that fit.
  static let longest = 16

  private var low: UInt64 = 0
  private var high: UInt64 = 0
  /// How many octets the domain has.
  let count: Int
  let first: UInt8
  let second: UInt8

  /// A domain of at most ``longest`` octets that ends a text.
  @inline(__always)
  init(_ text: [UInt8], from start: Int) {
    count = text.count - start
    first = count > 0 ? text[start] : 0
    second = count > 1 ? text[start + 1] : 0
    let raw = text.span.bytes
    if count >= 8 {
      // Octets in the middle may be in both words; that hurts no comparison of equal lengths.
      low = raw.unsafeLoadUnaligned(fromByteOffset: start, as: UInt64.self)
      high = raw.unsafeLoadUnaligned(fromByteOffset: start + count - 8, as: UInt64.self)
    } else if text.count >= 8 {
      let last = raw.unsafeLoadUnaligned(fromByteOffset: text.count - 8, as: UInt64.self)
      // Without the octets before the domain, none of which remains if there is no domain.
      low = UInt64(littleEndian: last) >> UInt64(64 - 8 * count)
    } else {
      for index in (start..<text.count).reversed() { low = low << 8 | UInt64(text[index]) }
    }
  }

  init(_ text: String) { self.init(Array(text.utf8), from: 0) }
}
