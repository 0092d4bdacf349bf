/// Finds the name a person may have meant.
enum NearestName {
  /// The candidate with the fewest typing mistakes, if they are few for the name's length.
  static func of(_ name: String, among candidates: [String]) -> String? {
    let wanted = Array(name.lowercased().prefix(longest))
    guard !wanted.isEmpty else { return nil }
    var best: (name: String, distance: Int)?
    for candidate in candidates {
      let letters = Array(candidate.lowercased().prefix(longest))
      let distance = typingMistakes(wanted, letters)
      let allowed = max(1, min(wanted.count, letters.count) / 3)
      guard distance <= allowed, distance < wanted.count else { continue }
      if distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.name
  }

  /// Names are compared up to here; the table below grows with the square.
  private static let longest = 64

  /// How many letters must be added, taken away, replaced or swapped with their neighbour (the
  /// restricted Damerau–Levenshtein distance).
  static func typingMistakes(_ left: [Character], _ right: [Character]) -> Int {
    var older: [Int] = []
    var previous = Array(0...right.count)
    for i in 0..<left.count {
      var current = [i + 1]
      for j in 0..<right.count {
        var cost = min(previous[j + 1] + 1, current[j] + 1)
        cost = min(cost, previous[j] + (left[i] == right[j] ? 0 : 1))
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
          cost = min(cost, older[j - 1] + 1)
        }
        current.append(cost)
      }
      older = previous
      previous = current
    }
    return previous[right.count]
  }
}
