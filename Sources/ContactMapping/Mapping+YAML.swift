import ContactModel
import Yams

extension Mapping {
  /// Reads a mapping file.
  ///
  /// Every key is checked: an unknown one is an error, not a setting that silently does nothing.
  /// Whether the columns exist is known only beside a header; see ``MappingPlan``.
  ///
  /// - Parameters:
  ///   - yaml: The file's text; a byte order mark and CRLF line ends do no harm.
  ///   - fileName: The file as the user named it, for messages.
  /// - Throws: ``MappingError`` for the first mistake found.
  package init(yaml: String, fileName: String) throws(MappingError) {
    let hasMark = yaml.unicodeScalars.first == "\u{FEFF}"
    let text = MappingText(
      fileName: fileName, yaml: hasMark ? String(yaml.unicodeScalars.dropFirst()) : yaml)
    let reader = MappingReader(text: text)
    self.init(fields: [])
    self.text = text

    let root = try text.compose()
    var requiredPlaces: [MappingPlace?] = []
    for entry in try reader.entries(of: root, key: "mapping", expected: .settings) {
      switch entry.key {
      case "version": version = try reader.version(entry.value)
      case "source": source = try reader.source(entry.value)
      case "region": phones.region = try reader.region(entry.value)
      case "phones": try reader.phones(entry.value, into: &phones)
      case "emails": emails = try reader.emails(entry.value)
      case "dates": dates = try reader.dates(entry.value)
      case "owner": owner = try reader.string(entry.value, key: entry.key)
      case "invalid": invalid = try reader.choice(entry.value, key: entry.key)
      case "unmapped": unmapped = try reader.choice(entry.value, key: entry.key)
      case "absent": absent = try reader.choice(entry.value, key: entry.key)
      case "fields":
        fields = try reader.rules(entry.value)
        fieldsPlace = entry.place
      case "required": (required, requiredPlaces) = try reader.required(entry.value)
      default:
        throw reader.error(.unknownKey(entry.key, known: Mapping.keys), at: entry.place)
      }
    }
    guard let fieldsPlace else { throw reader.error(.missingFields, at: root.place) }
    guard fields.contains(where: { $0.field == .person }) else {
      throw reader.error(.missingPerson, at: fieldsPlace)
    }
    for (field, place) in zip(required, requiredPlaces)
    where !fields.contains(where: { $0.field == field }) && !(field == .mob && movesMobiles) {
      throw reader.error(.requiredWithoutRule(field), at: place)
    }
  }

  /// Reads a mapping file from its bytes.
  ///
  /// - Parameters:
  ///   - bytes: The whole file, in UTF-8.
  ///   - fileName: The file as the user named it, for messages.
  /// - Throws: ``MappingError`` for the first mistake found; also where the bytes are not UTF-8, as
  ///   when an editor saved them in a code page, which would only show as columns not found.
  package init(bytes: [UInt8], fileName: String) throws(MappingError) {
    let text = MappingText(fileName: fileName, yaml: "")
    guard bytes.count <= Mapping.largestSize else {
      throw MappingError(.tooLarge(bytes: bytes.count), in: text, at: nil)
    }
    guard let yaml = String(validating: bytes, as: UTF8.self) else {
      throw MappingError(.notUTF8, in: text, at: nil)
    }
    try self.init(yaml: yaml, fileName: fileName)
  }

  private static let keys = [
    "version", "source", "region", "phones", "emails", "dates", "owner", "invalid", "fields",
    "required", "unmapped", "absent",
  ]
}

extension MappingReader {
  /// Reads `version: 1`.
  fileprivate func version(_ node: Node) throws(MappingError) -> Int {
    let version = try string(node, key: "version")
    guard version == String(Mapping.currentVersion) else {
      throw error(.unsupportedVersion(version), at: node.place)
    }
    return Mapping.currentVersion
  }

  /// `required: [person, mail]`, or one field alone.
  fileprivate func required(_ node: Node)
    throws(MappingError) -> (fields: [PersonField], places: [MappingPlace?])
  {
    var nodes = [node]
    if case .sequence(let sequence) = node { nodes = Array(sequence) }
    var fields: [PersonField] = []
    var places: [MappingPlace?] = []
    for node in nodes {
      let name = try string(node, key: "required", expected: .fieldNames)
      let field = try field(named: name, at: node.place)
      guard !fields.contains(field) else { throw error(.duplicateKey(name), at: node.place) }
      fields.append(field)
      places.append(node.place)
    }
    return (fields, places)
  }
}
