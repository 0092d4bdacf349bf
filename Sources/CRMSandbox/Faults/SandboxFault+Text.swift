extension SandboxFault {
  /// Why a text is no fault, and what would be one, in both languages.
  package struct Problem: Error, Equatable {
    /// The sentence in English.
    package let english: String
    /// The sentence in Russian.
    package let russian: String

    init(_ text: String, _ english: String, _ russian: String) {
      self.english = "'\(text)': \(english)"
      self.russian = "«\(text)»: \(russian)"
    }
  }

  /// The names with what may follow them, as a help page lists them.
  package static let forms = [
    "refuse", "stall=10s", "late=20s", "drop-after=3", "hang-up=3", "status=500", "html-before",
    "html-after", "cut-reply", "cut-text", "slow=40ms", "busy=429", "database-gone=3", "churn=5",
  ]

  /// Reads a fault: `NAME[=VALUE][@WHEN]`.
  ///
  /// `WHEN` is an action (`list`, `addlist`, …, or `read`, `write`, `any`), or numbers of requests
  /// (`3`, `2-4`, `5+`), or a chance (`10%`), or an action and one of the others with a colon
  /// between them. Numbers and chances without an action are about requests that write, except
  /// where the fault itself is about another action.
  ///
  /// - Throws: ``Problem`` that names the part in question.
  package init(_ text: String) throws(Problem) {
    let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    let sides = (parts.first ?? "").split(
      separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let value = FaultValue(
      fault: text, name: String(sides.first ?? ""), text: sides.count > 1 ? String(sides[1]) : nil)
    let kind = try Self.kind(value)
    var scope = kind.widestScope
    var timing = FaultTiming.always
    if parts.count > 1 {
      (scope, timing) = try Self.occasion(String(parts[1]), of: kind, in: text)
    }
    self.init(kind, in: scope, timing)
  }

  private static func kind(_ value: FaultValue) throws(Problem) -> Kind {
    switch value.name {
    case "refuse": try value.none(.refuse)
    case "html-before": try value.none(.htmlBefore)
    case "html-after": try value.none(.htmlAfter)
    case "cut-reply": try value.none(.cutReply)
    case "cut-text": try value.none(.cutText)
    case "stall": .stall(try value.duration())
    case "late": .late(try value.duration())
    case "slow": .slow(try value.duration())
    case "drop-after": .dropAfter(try value.number(0...100_000))
    case "hang-up": .hangUp(try value.number(0...100_000))
    case "database-gone": .databaseGone(try value.number(1...100_000))
    case "churn": .churn(try value.number(1...100_000))
    case "status": .status(try value.number(400...599))
    case "busy": .busy(try value.number([429, 503]))
    default:
      throw Problem(
        value.fault, "there is no such fault; use one of \(forms.joined(separator: ", "))",
        "такого сбоя нет; допустимы \(forms.joined(separator: ", "))")
    }
  }

  private static func occasion(_ when: String, of kind: Kind, in fault: String) throws(Problem)
    -> (FaultScope, FaultTiming)
  {
    let widest = kind.widestScope
    let parts = when.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let scope = FaultScope(rawValue: String(first)) else {
      guard parts.count < 2, let timing = FaultTiming(when) else {
        throw unknownOccasion(when, fault)
      }
      return (widest == .any ? .write : widest, timing)
    }
    guard widest == .any || scope.contains(widest) else {
      throw Problem(
        fault, "this fault happens in \(widest.rawValue) only",
        "этот сбой бывает только в \(widest.rawValue)")
    }
    var timing = FaultTiming.always
    if parts.count > 1 {
      guard let given = FaultTiming(String(parts[1])) else { throw unknownOccasion(when, fault) }
      timing = given
    }
    return (widest == .any ? scope : widest, timing)
  }

  private static func unknownOccasion(_ when: String, _ fault: String) -> Problem {
    let actions = FaultScope.allCases.map(\.rawValue).joined(separator: ", ")
    return Problem(
      fault,
      "'\(when)' does not say when; use 3, 2-4, 5+ or 10%, an action (\(actions)), "
        + "or both as list:3",
      "из «\(when)» не понять, когда; допустимы 3, 2-4, 5+ или 10%, действие (\(actions)) "
        + "или вместе: list:3")
  }
}

extension FaultTiming {
  /// Reads `3`, `2-4`, `5+` or `10%`; `nil` for anything else.
  init?(_ text: String) {
    let number = { (digits: Substring) -> Int? in
      guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
      return Int(digits)
    }
    if text.hasSuffix("%") {
      guard let percent = number(text.dropLast()), (0...100).contains(percent) else { return nil }
      self = .chance(percent: percent)
    } else if text.hasSuffix("+") {
      guard let first = number(text.dropLast()), first > 0 else { return nil }
      self = .numbers(first...Int.max)
    } else {
      let ends = text.split(separator: "-", omittingEmptySubsequences: false).map(number)
      guard ends.count <= 2, let first = ends.first ?? nil, let last = ends.last ?? nil, first > 0,
        first <= last
      else { return nil }
      self = .numbers(first...last)
    }
  }
}

/// What stands behind the name of a fault.
private struct FaultValue {
  let fault: String
  let name: String
  let text: String?

  func none(_ kind: SandboxFault.Kind) throws(SandboxFault.Problem) -> SandboxFault.Kind {
    guard text == nil else {
      throw problem("'\(name)' takes no value", "у сбоя \(name) нет значения")
    }
    return kind
  }

  func number(_ range: ClosedRange<Int>) throws(SandboxFault.Problem) -> Int {
    guard let number = text.flatMap(Int.init), range.contains(number) else {
      throw problem(
        "'\(name)' needs a number from \(range.lowerBound) to \(range.upperBound), as \(example)",
        "нужно число от \(range.lowerBound) до \(range.upperBound), например \(example)")
    }
    return number
  }

  func number(_ choices: [Int]) throws(SandboxFault.Problem) -> Int {
    guard let number = text.flatMap(Int.init), choices.contains(number) else {
      let (english, russian) = (
        choices.map(String.init).joined(separator: " or "),
        choices.map(String.init).joined(separator: " или ")
      )
      throw problem("'\(name)' needs \(english)", "нужно значение \(russian)")
    }
    return number
  }

  func duration() throws(SandboxFault.Problem) -> Duration {
    let units: [(String, Int)] = [("ms", 1), ("s", 1000), ("m", 60_000)]
    for (unit, milliseconds) in units {
      guard let text, text.hasSuffix(unit), let count = Int(text.dropLast(unit.count)),
        (0...3_600_000 / milliseconds).contains(count)
      else { continue }
      return .milliseconds(count * milliseconds)
    }
    throw problem(
      "'\(name)' needs a time of at most an hour with its unit: 40ms, 10s, 2m",
      "нужно время не больше часа с единицей: 40ms, 10s, 2m")
  }

  private var example: String {
    SandboxFault.forms.first { $0.hasPrefix(name + "=") } ?? "\(name)=1"
  }

  private func problem(_ english: String, _ russian: String) -> SandboxFault.Problem {
    SandboxFault.Problem(fault, english, russian)
  }
}
