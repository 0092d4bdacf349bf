/// The path that PHP reads from a variable's name: `a.b[0][]` is `a_b`, `0`, next free number.
struct PHPVariableName {
  /// The keys from the outermost array inwards; `nil` is `[]`.
  let steps: [PHPKey?]
  /// How many brackets were opened.
  let brackets: Int

  /// Reads a name whose percent signs are decoded; `nil` where PHP ignores the variable.
  init?(decoded bytes: [UInt8]) {
    // Names end at a NUL byte, and blanks before them are not part of them.
    let end = bytes.firstIndex(of: 0) ?? bytes.endIndex
    let name = bytes[..<end].drop { $0 == UInt8(ascii: " ") }
    let open = name.firstIndex(of: UInt8(ascii: "[")) ?? name.endIndex
    let base = Self.mangled(name[..<open])
    guard !base.isEmpty, !Self.isForged(base, of: name) else { return nil }
    guard open < name.endIndex else {
      steps = [PHPKey(base)]
      brackets = 0
      return
    }
    var steps: [PHPKey?] = [PHPKey(base)]
    var brackets = 0
    var place = open
    while place < name.endIndex, name[place] == UInt8(ascii: "[") {
      brackets += 1
      let start = place + 1
      var search = start
      if search < name.endIndex, Self.isSpace(name[search]) { search += 1 }
      if search < name.endIndex, name[search] == UInt8(ascii: "]") {
        steps.append(nil)
        place = search + 1
      } else if let close = name[search...].firstIndex(of: UInt8(ascii: "]")) {
        steps.append(PHPKey(name[start..<close]))
        place = close + 1
      } else {
        // Never closed. In the first place the bracket and all behind it belong to the plain
        // name; further in the rest of the name is dropped.
        if steps.count == 1 { steps = [PHPKey(base + Self.mangled(name[place...]))] }
        break
      }
    }
    self.steps = steps
    self.brackets = brackets
  }

  private static func mangled(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    bytes.map { byte in
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "."), UInt8(ascii: "["): UInt8(ascii: "_")
      default: byte
      }
    }
  }

  /// Whether mangling made the prefix of a protected cookie, which PHP refuses everywhere.
  private static func isForged(_ base: [UInt8], of name: ArraySlice<UInt8>) -> Bool {
    ["__Host-", "__Secure-"].contains { base.starts(with: $0.utf8) && !name.starts(with: $0.utf8) }
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }
}
