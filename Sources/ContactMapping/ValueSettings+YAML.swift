import ContactModel
import Yams

extension MappingReader {
  /// `region: RU`, two letters in any case.
  func region(_ node: Node) throws(MappingError) -> String {
    let name = try string(node, key: "region")
    let isCode = name.utf8.count == 2 && name.allSatisfy { $0.isASCII && $0.isLetter }
    guard isCode else {
      let allowed = ["RU", "BY", "KZ", "UA", "DE", "US", "GB"]
      throw error(.badValue(key: "region", value: name, allowed: allowed), at: node.place)
    }
    return name.uppercased()
  }

  /// Reads `phones: { format: crm, areaCode: 342, mobiles: move }`.
  func phones(_ node: Node, into settings: inout PhoneSettings) throws(MappingError) {
    for entry in try entries(of: node, key: "phones", expected: .settings) {
      switch entry.key {
      case "format": settings.format = try choice(entry.value, key: entry.key)
      case "areaCode":
        let digits = try string(entry.value, key: entry.key)
        let isAreaCode = digits.utf8.count <= 6 && digits.allSatisfy { ("0"..."9").contains($0) }
        guard isAreaCode else {
          throw error(
            .badValue(key: entry.key, value: digits, allowed: ["342", "495", "812"]),
            at: entry.value.place)
        }
        settings.areaCode = digits
      case "mobiles": settings.mobiles = try choice(entry.value, key: entry.key)
      default:
        let known = ["format", "areaCode", "mobiles"]
        throw error(.unknownKey(entry.key, known: known), at: entry.place)
      }
    }
  }

  /// Reads `emails: { domain: unicode, typos: report }`.
  func emails(_ node: Node) throws(MappingError) -> EmailSettings {
    var settings = EmailSettings()
    for entry in try entries(of: node, key: "emails", expected: .emailSettings) {
      switch entry.key {
      case "domain": settings.domain = try choice(entry.value, key: entry.key)
      case "typos": settings.typos = try choice(entry.value, key: entry.key)
      default: throw error(.unknownKey(entry.key, known: ["domain", "typos"]), at: entry.place)
      }
    }
    return settings
  }

  /// Reads `dates: { order: dmy, century: 1930, format: YYYY-MM-DD }`.
  func dates(_ node: Node) throws(MappingError) -> DateSettings {
    var settings = DateSettings()
    var formatPlace: MappingPlace?
    for entry in try entries(of: node, key: "dates", expected: .dateSettings) {
      switch entry.key {
      case "order": settings.order = try choice(entry.value, key: entry.key)
      case "century": settings.century = try century(entry.value)
      case "format":
        settings.format = try choice(entry.value, key: entry.key)
        formatPlace = entry.value.place
      default:
        let known = ["order", "century", "format"]
        throw error(.unknownKey(entry.key, known: known), at: entry.place)
      }
    }
    // A corrected result file is read with the same mapping: what was written must be read as meant.
    if settings.format == .monthFirst, settings.order != .mdy {
      throw error(.unreadableDates(settings.format), at: formatPlace)
    }
    return settings
  }

  /// The first of the hundred years that years of two digits mean.
  private func century(_ node: Node) throws(MappingError) -> Int {
    let year = Int(try string(node, key: "century", expected: .year))
    guard let year, (1800...2100).contains(year) else {
      throw error(.wrongType(key: "century", expected: .year), at: node.place)
    }
    return year
  }
}
