package import ContactModel

/// Everything that can be wrong with a mapping, with what its message needs.
package enum MappingProblem: Sendable, Equatable {
  // MARK: The file

  /// It has more bytes than are read.
  case tooLarge(bytes: Int)
  /// Its bytes are not UTF-8.
  case notUTF8
  /// There is nothing in it but comments.
  case empty
  /// It is not YAML.
  case syntax(YAMLProblem)
  /// It uses YAML's anchors or aliases.
  case alias

  // MARK: Keys and values

  /// A key that does not exist, beside those that do.
  case unknownKey(String, known: [String])
  /// A key, column or text that is written a second time.
  case duplicateKey(String)
  /// A list where a text is wanted, and the like.
  case wrongType(key: String, expected: ExpectedShape)
  /// A word the key does not know, beside those it does.
  case badValue(key: String, value: String, allowed: [String])
  /// A `version` other than the one there is.
  case unsupportedVersion(String)

  // MARK: Rules

  /// There is no `fields`.
  case missingFields
  /// There is no rule for `person`.
  case missingPerson
  /// A name the CRM has no field of.
  case unknownField(String)
  /// A field that only the CRM fills.
  case unwritableField(PersonField)
  /// A field in `required` that has no rule.
  case requiredWithoutRule(PersonField)
  /// A rule without `from`, `join` and `value`.
  case ruleWithoutSource(PersonField)
  /// Two keys that exclude each other, in the order they are written.
  case conflictingKeys(String, String)
  /// A key that says nothing unless another stands beside it.
  case keyWithout(String, needed: String)
  /// A key that another must have.
  case missingKey(String, in: String, expected: ExpectedShape)
  /// `replace` of the empty text.
  case emptySearch
  /// A text in `values` that no cell can have after `case`, beside the one it becomes.
  case unreachableValue(String, LetterCase, reachable: String)
  /// A form of dates that would be read as other dates than were written.
  case unreadableDates(DateForm)
  /// `{ id: N }` for a field that is not a guide.
  case idWithoutGuide(PersonField)
  /// `lookup` for a field that has none.
  case lookupField(PersonField)
  /// `lookup` where the CRM is not asked.
  case lookupUnavailable

  // MARK: The way back

  /// A column named by its number, which has no title that could be written.
  case numberedColumn(String)
  /// A column that two fields are read from, so that an export does not know which to write.
  case sharedColumn(String, PersonField, PersonField)
  /// No rule names a column.
  case noColumns

  // MARK: Columns

  /// A name no column has, beside those there are.
  case unknownColumn(String, columns: [String])
  /// `#9` of a header with fewer columns.
  case columnOutOfRange(String, count: Int)
  /// A name that several columns have.
  case ambiguousColumn(String, count: Int)

  /// The identifier that scripts and `docs/mapping.md` use.
  package var code: String {
    switch self {
    case .tooLarge: "mapping.too-large"
    case .notUTF8: "mapping.encoding"
    case .empty: "mapping.empty"
    case .syntax: "mapping.syntax"
    case .alias: "mapping.alias"
    case .unknownKey: "mapping.unknown-key"
    case .duplicateKey: "mapping.duplicate-key"
    case .wrongType: "mapping.wrong-type"
    case .badValue: "mapping.bad-value"
    case .unsupportedVersion: "mapping.version"
    case .missingFields: "mapping.no-fields"
    case .missingPerson: "mapping.no-person"
    case .unknownField: "mapping.unknown-field"
    case .unwritableField: "mapping.unwritable-field"
    case .requiredWithoutRule: "mapping.required-without-rule"
    case .ruleWithoutSource: "mapping.no-source"
    case .conflictingKeys: "mapping.conflicting-keys"
    case .keyWithout: "mapping.key-without"
    case .missingKey: "mapping.missing-key"
    case .emptySearch: "mapping.empty-search"
    case .unreachableValue: "mapping.unreachable-value"
    case .unreadableDates: "mapping.unreadable-dates"
    case .idWithoutGuide: "mapping.id-without-guide"
    case .lookupField: "mapping.lookup-field"
    case .lookupUnavailable: "mapping.lookup-unavailable"
    case .numberedColumn: "mapping.numbered-column"
    case .sharedColumn: "mapping.shared-column"
    case .noColumns: "mapping.no-columns"
    case .unknownColumn: "mapping.unknown-column"
    case .columnOutOfRange: "mapping.column-out-of-range"
    case .ambiguousColumn: "mapping.ambiguous-column"
    }
  }
}
