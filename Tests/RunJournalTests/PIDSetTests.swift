import TestSupport
import Testing

@testable import RunJournal

@Suite struct PIDSetTests {
  @Test("a set of identifiers answers as a set of numbers does", arguments: [1, 2, 3] as [UInt64])
  func againstSet(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var pids = PIDSet()
    var numbers: Set<Int> = []
    for _ in 0..<4000 {
      let magnitude = 1 << Int.random(in: 0...34, using: &generator)
      let pid = Int.random(in: 0..<magnitude, using: &generator)
      if Int.random(in: 0..<4, using: &generator) == 0 {
        #expect(pids.remove(pid) == (numbers.remove(pid) != nil))
      } else {
        #expect(pids.insert(pid) == numbers.insert(pid).inserted)
      }
      #expect(pids.contains(pid) == numbers.contains(pid))
      #expect(pids.count == numbers.count)
    }
    #expect(numbers.allSatisfy(pids.contains))
    #expect(pids.max == numbers.max())
  }

  @Test("the greatest identifier is the one that is left")
  func max() {
    var pids = PIDSet()
    #expect(pids.max == nil)
    #expect(pids.isEmpty)
    for pid in [5, 63, 64, 4095, 4096, 1_000_000] { pids.insert(pid) }
    var found: [Int] = []
    while let greatest = pids.max {
      found.append(greatest)
      pids.remove(greatest)
    }
    #expect(found == [1_000_000, 4096, 4095, 64, 63, 5])
  }

  @Test("two sets together hold what either held, counted once")
  func union() {
    var left = PIDSet()
    var right = PIDSet()
    for pid in stride(from: 0, to: 20_000, by: 2) { left.insert(pid) }
    for pid in stride(from: 0, to: 60_000, by: 3) { right.insert(pid) }
    left.formUnion(right)
    // 10,000 even ones, 20,000 multiples of three, of which the multiples of six below 20,000 twice.
    #expect(left.count == 10_000 + 20_000 - 3334)
    #expect(left.contains(59_997) && left.contains(19_998) && !left.contains(59_998))
  }
}
