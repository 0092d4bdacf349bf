/// Where in a text with or without formatting the parser is: `<si>` or `<is>` (ECMA-376-1 §18.4).
///
/// The text is what stands in `<t>`, directly or inside runs `<r>`; how it is pronounced (`<rPh>`)
/// and anything else is left out.
struct RichText {
  /// What counts inside; the owner's table numbers the names.
  enum Element {
    case text
    case run
    case other
  }

  private enum Place {
    case outside
    case item
    case run
    case text
    case textInRun
  }

  private var place = Place.outside
  private var skippedElements = 0

  /// Whether text belongs to the item.
  var isCollecting: Bool { skippedElements == 0 && (place == .text || place == .textInRun) }

  /// Enters the item itself.
  mutating func begin() {
    place = .item
    skippedElements = 0
  }

  /// Enters an element inside the item.
  mutating func start(_ element: Element) {
    guard skippedElements == 0 else {
      skippedElements += 1
      return
    }
    switch (place, element) {
    case (.item, .text): place = .text
    case (.item, .run): place = .run
    case (.run, .text): place = .textInRun
    default: skippedElements = 1
    }
  }

  /// Leaves the innermost element; returns `true` where that was the item itself.
  mutating func end() -> Bool {
    if skippedElements > 0 {
      skippedElements -= 1
      return false
    }
    switch place {
    case .textInRun: place = .run
    case .text, .run: place = .item
    case .item, .outside:
      place = .outside
      return true
    }
    return false
  }
}
