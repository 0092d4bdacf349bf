import TestSupport

/// When a process is killed.
struct KillMoment: Sendable, CustomStringConvertible {
  /// How many contacts of ours the server has to have stored before the time begins to run; 0 for
  /// the start of the process.
  var stored = 0
  /// How long after that.
  let delay: Duration

  var description: String {
    let time = "\(Int(delay / .milliseconds(1))) ms"
    return stored == 0 ? "after \(time)" : "\(time) after row \(stored)"
  }
}

/// How an import that nobody disturbs goes on, in time.
struct KillTimes: Sendable {
  /// From the start to the first row that is stored.
  var first = Duration.zero
  /// From the start to the last row that is stored.
  var last = Duration.zero
  /// From the start to the end of the process.
  var end = Duration.zero
}

/// One import, and the moments at which it and its resumes are killed.
struct KillPoint: Sendable, CustomStringConvertible {
  /// Its number among the points of a combination, from 0.
  let index: Int
  /// When the import is killed.
  let first: KillMoment
  /// When the resumes are killed, the first, the second and so on; the one behind them is left alone.
  let resumes: [KillMoment]
  /// How long nobody resumes.
  let pause: Duration
  /// Whether somebody tries to import the file again before it is resumed.
  let importsInstead: Bool
  /// Whether the file comes from standard input, where nobody can read it a second time.
  let isPiped: Bool
  /// Whether the file is imported a second time in the end.
  let repeats: Bool

  var description: String {
    "point \(index)\(isPiped ? ", piped" : ""): killed \(([first] + resumes).map(\.description).joined(separator: ", then "))"
  }

  /// Spreads points over an import.
  ///
  /// Every other one lies at an even distance from the next in time; of the rest, most are killed
  /// when so many rows are stored, and one in five in what follows the last row. The same seed and
  /// times give the same points. What follows a kill is killed again by a chance.
  static func spread(
    count: Int, over times: KillTimes, rows: Int, settings: KillSettings, salt: UInt64,
    again: Double = 0.33
  ) -> [KillPoint] {
    (0..<count).map { index in
      var chance = SeededGenerator(
        seed: settings.seed &* 1_000_003 &+ salt &* 7919 &+ UInt64(index))
      let first: KillMoment
      if index.isMultiple(of: 2) {
        let share = (Double(index) + Double.random(in: 0..<2, using: &chance)) / Double(count)
        first = KillMoment(delay: times.end * share)
      } else if index % 10 == 9 {
        let delay = (times.end - times.last) * Double.random(in: 0..<1, using: &chance)
        first = KillMoment(stored: rows, delay: delay)
      } else {
        first = KillMoment(
          stored: Int.random(in: 1...rows, using: &chance),
          delay: .milliseconds(Int.random(in: 0...20, using: &chance)))
      }
      var resumes: [KillMoment] = []
      while resumes.count < 3, Double.random(in: 0..<1, using: &chance) < again {
        // A resume settles first, so it may take longer than the import.
        let longest = times.end + .milliseconds(400)
        resumes.append(KillMoment(delay: longest * Double.random(in: 0..<1, using: &chance)))
      }
      let pause = [0, 0, 50, 400][Int.random(in: 0..<4, using: &chance)]
      return KillPoint(
        index: index, first: first, resumes: resumes, pause: .milliseconds(pause),
        importsInstead: Int.random(in: 0..<8, using: &chance) == 0,
        isPiped: Int.random(in: 0..<6, using: &chance) == 0,
        repeats: Int.random(in: 0..<100, using: &chance) < settings.repeats)
    }
  }
}
