/// Gathers a workbook's shared texts (ECMA-376-1 §18.4.9).
struct SharedStringsHandler: XMLHandler {
  static let callbacks = XMLCallbacks(
    start: { Self.receiveStart($0, $1, $3, $6, $8) },
    end: { Self.receiveEnd($0, $1, $3) },
    text: { Self.receiveText($0, $1, $2) })

  /// The texts so far.
  var strings: SharedStrings
  private var names = XMLNameTable(["si", "t", "r"])
  private var item = RichText()
  private var isInItem = false

  init(_ strings: SharedStrings) { self.strings = strings }

  mutating func start(_ tag: XMLStartTag) throws(FormatError) {
    let name = names.number(of: tag.name)
    if isInItem {
      item.start(name == 1 ? .text : name == 2 ? .run : .other)
    } else if name == 0 {
      isInItem = true
      item.begin()
    }
  }

  mutating func end(_ name: XMLName) throws(FormatError) {
    guard isInItem, item.end() else { return }
    isInItem = false
    strings.endString()
  }

  mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(FormatError) {
    if item.isCollecting { strings.append(bytes) }
  }
}
