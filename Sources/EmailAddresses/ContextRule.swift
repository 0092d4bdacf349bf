/// The rules for characters that labels may have only beside certain others (RFC 5892 appendix A).
enum ContextRule {
  private static let arabicDigits: ClosedRange<UInt32> = 0x660...0x669
  private static let extendedArabicDigits: ClosedRange<UInt32> = 0x6F0...0x6F9

  /// Whether the rule of a label's character holds.
  static func holds(for label: [Unicode.Scalar], at index: Int) -> Bool {
    let tables = UnicodeTables.shared
    let before = index > 0 ? label[index - 1] : nil
    let after = index + 1 < label.count ? label[index + 1] : nil
    switch label[index].value {
    case 0xB7: return before == "l" && after == "l"
    case 0x375: return after.map { tables[$0].script == .greek } ?? false
    case 0x5F3, 0x5F4: return before.map { tables[$0].script == .hebrew } ?? false
    case 0x30FB: return label.contains { $0.value != 0x30FB && tables[$0].script == .japanese }
    case arabicDigits: return !label.contains { extendedArabicDigits.contains($0.value) }
    case extendedArabicDigits: return !label.contains { arabicDigits.contains($0.value) }
    default: return false
    }
  }
}
