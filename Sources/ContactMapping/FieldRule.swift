package import ContactModel

/// Where the values of one field come from and how they are treated (an entry of `fields:`).
package struct FieldRule: Sendable, Equatable {
  /// The CRM's field.
  package var field: PersonField
  /// What it is filled from.
  package var content: FieldContent
  /// What stands between joined columns (`with:`).
  package var separator: String
  /// What must be so in a row for the value to count (`when:`).
  package var condition: RuleCondition?
  /// What is done to a cell's text (`split:`, `trim:`, `replace:`, `case:`).
  package var transforms: ValueTransforms
  /// The closed list of its texts (`values:`), if it has one.
  package var values: [String: MappedValue]?
  /// What its values are, where the mapping says so (`as:`); otherwise the field's own treatment.
  package var treatment: ValueTreatment?
  /// How names are written (`order:` and `part:` beside `as: name`).
  package var name: NameSettings
  /// The value of a row that would have none (`default:`).
  package var fallback: MappedValue?
  /// What becomes of a value that is not valid, where it differs from the mapping's `invalid:`.
  package var invalid: InvalidPolicy?
  /// Where its texts are looked up (`lookup:`), if they are.
  package var lookup: FieldLookup?
  /// Where the rule stands in the file.
  var place: MappingPlace?
  /// Where the key `lookup` stands in the file.
  var lookupPlace: MappingPlace?

  package init(
    field: PersonField, content: FieldContent, separator: String = " ",
    condition: RuleCondition? = nil, transforms: ValueTransforms = ValueTransforms(),
    treatment: ValueTreatment? = nil, values: [String: MappedValue]? = nil,
    name: NameSettings = NameSettings(), fallback: MappedValue? = nil,
    invalid: InvalidPolicy? = nil, lookup: FieldLookup? = nil
  ) {
    self.field = field
    self.content = content
    self.separator = separator
    self.condition = condition
    self.transforms = transforms
    self.treatment = treatment
    self.values = values
    self.name = name
    self.fallback = fallback
    self.invalid = invalid
    self.lookup = lookup
  }
}

/// What must be so in a row for a rule's value to count: `when: { column: Тип, equals: VIP }`.
package struct RuleCondition: Sendable, Equatable {
  /// The column it looks at.
  package var column: ColumnReference
  /// What is asked of the column's cell.
  package var test: ConditionTest

  package init(column: ColumnReference, test: ConditionTest) {
    self.column = column
    self.test = test
  }
}

/// What a field is filled from.
package enum FieldContent: Sendable, Equatable {
  /// The cells of one or several columns, each a value: `tel: [Телефон, Факс]`.
  case columns([ColumnReference])
  /// The cells of several columns, together one value: `person: { join: [Фамилия, Имя] }`.
  case joined([ColumnReference])
  /// The first alternative that is not blank, each the cells of its columns together:
  /// `person: { first: [FN, { join: [N.family, N.given] }, ORG] }`.
  case first([[ColumnReference]])
  /// The same for every row: `clientpath: { value: Импорт 2026 }`.
  case constant(MappedValue)

  /// The columns it names.
  package var columns: [ColumnReference] {
    switch self {
    case .columns(let columns), .joined(let columns): columns
    case .first(let alternatives): alternatives.flatMap { $0 }
    case .constant: []
    }
  }
}

/// A column as the mapping names it: by its title, `Title (2)`, or its number, `#3`; or several
/// columns of one kind, `TEL[CELL]` or `TEL[*]`.
package struct ColumnReference: Sendable, Equatable {
  /// The name as written.
  package var name: String
  /// Where it stands in the file.
  var place: MappingPlace?

  package init(_ name: String) { self.name = name }
}

/// A value the mapping itself gives.
package enum MappedValue: Sendable, Equatable {
  /// A text, sent as it stands.
  case text(String)
  /// The number of an entry in one of the CRM's guides, `{ id: 3 }`.
  case id(Int)

  /// How it travels in a contact: a guide entry as its number.
  package var string: String {
    switch self {
    case .text(let text): text
    case .id(let number): String(number)
    }
  }
}

/// What a text can be looked up in (`lookup:` in a mapping).
package enum FieldLookup: String, Sendable, CaseIterable {
  /// The CRM's clients, by their exact title.
  case client
}
