/// What stands in an SQL text between `LIKE '` and the closing quote, and whether a text is like it.
///
/// Compares as the CRM's collation does: without letter case, `е` like `ё`.
struct MySQLPattern: Sendable {
  /// What the next place of a text has to be.
  private enum Step: Equatable {
    case scalar(Unicode.Scalar)
    case one
    case any
  }

  private let steps: [Step]

  /// Reads the inside of a quoted text, first as the literal it is, then as a pattern.
  init(literal: String) {
    var steps: [Step] = []
    var isEscaped = false
    for scalar in TextMatch.folded(Self.unescaped(literal)) {
      if isEscaped {
        steps.append(.scalar(scalar))
        isEscaped = false
      } else {
        switch scalar {
        case "\\": isEscaped = true
        case "%": if steps.last != .any { steps.append(.any) }
        case "_": steps.append(.one)
        default: steps.append(.scalar(scalar))
        }
      }
    }
    if isEscaped { steps.append(.scalar("\\")) }
    self.steps = steps
  }

  /// A pattern that is looked for anywhere in a text: folded, with `%` and `_` as wildcards and no way
  /// to escape them.
  init(containing pattern: [Unicode.Scalar]) {
    let inner = pattern.map { scalar -> Step in
      switch scalar {
      case "%": .any
      case "_": .one
      default: .scalar(scalar)
      }
    }
    steps = [.any] + inner + [.any]
  }

  /// Whether a whole text is like the pattern.
  func matches(_ text: String) -> Bool { matches(folded: TextMatch.folded(text)) }

  /// Whether a whole text, folded, is like the pattern: one pass with a single place to come back to.
  func matches(folded text: [Unicode.Scalar]) -> Bool {
    var place = 0
    var step = 0
    var retry: (step: Int, place: Int)?
    while place < text.count {
      if step < steps.count, steps[step] == .any {
        step += 1
        retry = (step, place)
      } else if step < steps.count, steps[step] == .one || steps[step] == .scalar(text[place]) {
        step += 1
        place += 1
      } else if let last = retry {
        retry = (last.step, last.place + 1)
        step = last.step
        place = last.place + 1
      } else {
        return false
      }
    }
    return steps[step...].allSatisfy { $0 == .any }
  }

  /// The literal's value: a backslash goes, but before the two wildcards.
  private static func unescaped(_ literal: String) -> String {
    guard literal.unicodeScalars.contains("\\") else { return literal }
    var result = String.UnicodeScalarView()
    var isEscaped = false
    for scalar in literal.unicodeScalars {
      guard isEscaped || scalar == "\\" else {
        result.append(scalar)
        continue
      }
      guard isEscaped else {
        isEscaped = true
        continue
      }
      isEscaped = false
      switch scalar {
      case "n": result.append("\n")
      case "r": result.append("\r")
      case "t": result.append("\t")
      case "b": result.append("\u{8}")
      case "Z": result.append("\u{1A}")
      case "0": result.append("\0")
      case "%", "_":
        result.append("\\")
        result.append(scalar)
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}
