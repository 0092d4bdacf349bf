import ContactModel
import Yams

extension MappingReader {
  /// Reads `source: { format: csv, encoding: auto, delimiter: auto, header: auto }`.
  func source(_ node: Node) throws(MappingError) -> SourceSettings {
    var source = SourceSettings()
    var escapesByBackslash: Bool?
    for entry in try entries(of: node, key: "source", expected: .settings) {
      switch entry.key {
      case "format": source.format = try choiceOrAuto(entry.value, key: entry.key)
      case "encoding": source.encoding = try encoding(entry.value)
      case "delimiter": source.delimiter = try delimiter(entry.value)
      case "quote": source.quote = try quote(entry.value)
      case "escape": escapesByBackslash = try isBackslash(entry.value)
      case "header": source.header = try header(entry.value)
      case "sheet": source.sheet = try sheet(entry.value)
      default:
        let known = ["format", "encoding", "delimiter", "quote", "escape", "header", "sheet"]
        throw error(.unknownKey(entry.key, known: known), at: entry.place)
      }
    }
    // What is doubled is the quote, which may be written below.
    if let escapesByBackslash {
      source.escape = escapesByBackslash ? ASCII.backslash : source.quote ?? ASCII.quote
    }
    return source
  }

  private func encoding(_ node: Node) throws(MappingError) -> SourceEncoding? {
    let name = try string(node, key: "encoding", expected: .sourceValue)
    if name == "auto" { return nil }
    guard let encoding = SourceEncoding(name: name) else {
      let allowed = ["auto"] + SourceEncoding.allCases.map(\.rawValue)
      throw error(.badValue(key: "encoding", value: name, allowed: allowed), at: node.place)
    }
    return encoding
  }

  /// A delimiter is one ASCII sign that is neither a quote nor part of a word, or `tab`.
  private func delimiter(_ node: Node) throws(MappingError) -> UInt8? {
    // A tab in double quotes is the tab itself, which trimming would take away.
    if case .scalar(let scalar) = node, scalar.string == "\t" { return ASCII.tab }
    let name = try string(node, key: "delimiter", expected: .sourceValue)
    if name == "auto" { return nil }
    if name == "tab" || name == "\\t" { return ASCII.tab }
    let bytes = Array(name.utf8)
    guard bytes.count == 1, ";,|:~^".utf8.contains(bytes[0]) else {
      let allowed = ["auto", "';'", "','", "tab", "'|'"]
      throw error(.badValue(key: "delimiter", value: name, allowed: allowed), at: node.place)
    }
    return bytes[0]
  }

  /// `quote: double`, or the sign itself, which YAML wants in quotes of the other kind.
  private func quote(_ node: Node) throws(MappingError) -> UInt8? {
    let name = try string(node, key: "quote", expected: .sourceValue)
    switch name {
    case "auto": return nil
    case "double", "\"": return ASCII.quote
    case "single", "'": return ASCII.apostrophe
    default:
      let allowed = ["auto", "double", "single"]
      throw error(.badValue(key: "quote", value: name, allowed: allowed), at: node.place)
    }
  }

  /// `escape: backslash` or `escape: doubled`; whether it is the first.
  private func isBackslash(_ node: Node) throws(MappingError) -> Bool? {
    let name = try string(node, key: "escape", expected: .sourceValue)
    switch name {
    case "auto": return nil
    case "backslash", "\\": return true
    case "doubled": return false
    default:
      let allowed = ["auto", "doubled", "backslash"]
      throw error(.badValue(key: "escape", value: name, allowed: allowed), at: node.place)
    }
  }

  /// `header: yes`, or the number of the line it stands on, as in `header: 4`.
  private func header(_ node: Node) throws(MappingError) -> HeaderSetting {
    let word = try string(node, key: "header", expected: .name)
    switch word {
    case "auto": return .auto
    case "yes": return .yes
    case "no": return .no
    default:
      if let line = Int(word), line > 0 { return .line(line) }
      let allowed = ["auto", "yes", "no", "4"]
      throw error(.badValue(key: "header", value: word, allowed: allowed), at: node.place)
    }
  }

  /// A sheet's name or its number, which is told apart beside the workbook.
  private func sheet(_ node: Node) throws(MappingError) -> String? {
    let name = try string(node, key: "sheet", expected: .sourceValue)
    return name == "auto" ? nil : name
  }
}
