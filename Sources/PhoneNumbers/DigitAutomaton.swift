/// Automata over decimal digits, all in one table.
///
/// A state is twelve numbers: the ten states that the digits lead to, 0 where they lead nowhere, a
/// label, 0 for none, and one to round it off. State 0 is the dead end. What a label means, the
/// owner of the automaton's start state knows.
struct DigitAutomaton: Sendable {
  private static let width = 12
  private static let labelPlace = 10

  private var table: [UInt16] = Array(repeating: 0, count: Self.width)

  /// How many states there are, the dead end included.
  var count: Int { table.count / Self.width }

  mutating func reserveCapacity(_ states: Int) { table.reserveCapacity(states * Self.width) }

  /// Adds a state that leads nowhere yet.
  mutating func addState(label: Int) {
    table.append(contentsOf: repeatElement(0, count: Self.width))
    table[table.count - Self.width + Self.labelPlace] = UInt16(label)
  }

  /// Makes a digit lead from the last state added to another.
  mutating func connect(_ digit: Int, to state: Int) {
    table[table.count - Self.width + digit] = UInt16(state)
  }

  /// The label of the state that all the digits lead to; 0 if they lead nowhere.
  ///
  /// - Parameters:
  ///   - digits: At most ``DigitRun/capacity`` digits.
  ///   - start: The state to begin at.
  /// - Returns: The label, 0 for none.
  /// - Complexity: O(*n*) in the digits.
  @inline(__always)
  func label(of digits: DigitRun, from start: Int) -> Int {
    let table = table.span
    var state = start
    if digits.count <= 16 {
      // The digits from the highest bits down, in one register.
      var rest = UInt64(truncatingIfNeeded: digits.bits) << UInt64((16 - digits.count) * 4 & 63)
      if digits.count == 0 { rest = 0 }
      for _ in 0..<digits.count {
        state = Int(table[state * Self.width + Int(rest >> 60)])
        if state == 0 { return 0 }
        rest <<= 4
      }
    } else {
      for index in 0..<digits.count {
        state = Int(table[state * Self.width + Int(digits[index])])
        if state == 0 { return 0 }
      }
    }
    return Int(table[state * Self.width + Self.labelPlace])
  }

  /// The label that stands last on the way of the digits, and how many digits lead to it.
  ///
  /// - Returns: Label 0 and no digits if there is none.
  @inline(__always)
  func lastLabel(of digits: DigitRun, from start: Int) -> (label: Int, count: Int) {
    var last = (label: 0, count: 0)
    var state = start
    for index in 0..<digits.count {
      state = Int(table[state * Self.width + Int(digits[index])])
      if state == 0 { break }
      let label = Int(table[state * Self.width + Self.labelPlace])
      if label != 0 { last = (label, index + 1) }
    }
    return last
  }

  /// The labels on the way of the digits, handed over one by one with the digits that lead to each.
  func forEachLabel(
    of digits: DigitRun, from start: Int, _ body: (_ label: Int, _ count: Int) -> Void
  ) {
    var state = start
    for index in 0..<digits.count {
      state = Int(table[state * Self.width + Int(digits[index])])
      if state == 0 { return }
      let label = Int(table[state * Self.width + Self.labelPlace])
      if label != 0 { body(label, index + 1) }
    }
  }
}
