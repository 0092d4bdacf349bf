/// Damages a file the way disks, editors and people do, the same way for the same seed.
///
/// One to four changes: a byte replaced, removed, doubled or inserted, a piece cut out, a piece
/// repeated, the end cut off. Inserted bytes are often those that mean something to a format.
package func mutated(_ bytes: [UInt8], with generator: inout SeededGenerator) -> [UInt8] {
  var result = bytes
  for _ in 0..<Int.random(in: 1...4, using: &generator) where !result.isEmpty {
    let place = Int.random(in: 0..<result.count, using: &generator)
    let end = min(result.count, place + Int.random(in: 1...40, using: &generator))
    switch Int.random(in: 0..<7, using: &generator) {
    case 0: result[place] = UInt8.random(in: 0...255, using: &generator)
    case 1: result.remove(at: place)
    case 2: result.insert(result[place], at: place)
    case 3:
      let meaningful = Array("\"';,:=\\\r\n\t<>&[]{}\0".utf8)
      result.insert(meaningful.randomElement(using: &generator) ?? 0, at: place)
    case 4: result.removeSubrange(place..<end)
    case 5: result.insert(contentsOf: result[place..<end], at: place)
    default: result.removeSubrange(place...)
    }
  }
  return result
}
