/// The Bidi Rule of labels (RFC 5893 §2).
enum BidiRule {
  /// Whether a text has characters that make its domain one from right to left.
  static func isRightToLeft(_ text: [Unicode.Scalar]) -> Bool {
    // Nothing below the Hebrew block is.
    text.contains { scalar in
      guard scalar.value >= 0x590 else { return false }
      switch UnicodeTables.shared[scalar].direction {
      case .right, .arabicLetter, .arabicNumber: return true
      default: return false
      }
    }
  }

  /// Whether a label obeys the rule.
  static func holds(for label: [Unicode.Scalar]) -> Bool {
    let directions = label.map { UnicodeTables.shared[$0].direction }
    let last = directions.last { $0 != .mark }
    switch directions.first {
    case .left:
      return last == .left || last == .europeanNumber
        ? directions.allSatisfy { $0 == .left || isAllowedInBoth($0) } : false
    case .right, .arabicLetter:
      guard let last, [.right, .arabicLetter, .europeanNumber, .arabicNumber].contains(last),
        !(directions.contains(.europeanNumber) && directions.contains(.arabicNumber))
      else { return false }
      return directions.allSatisfy {
        $0 == .right || $0 == .arabicLetter || $0 == .arabicNumber || isAllowedInBoth($0)
      }
    default: return false
    }
  }

  private static func isAllowedInBoth(_ direction: ScalarProperties.Direction) -> Bool {
    switch direction {
    case .europeanNumber, .europeanSeparator, .commonSeparator, .europeanTerminator, .neutral,
      .boundary, .mark:
      true
    case .other, .left, .right, .arabicLetter, .arabicNumber: false
    }
  }
}
