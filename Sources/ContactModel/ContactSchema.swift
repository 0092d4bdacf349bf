/// What the columns of a ``ContactBatch`` are and how their values are to be treated.
///
/// A mapping compiles to this: data, no code. The mapper fills the columns from the source, the
/// normalizer interprets the treatments, the wire takes the fields' names.
package struct ContactSchema: Sendable, Equatable {
  /// The columns, in the order of ``PersonField``'s cases, in which they go over the wire; no field
  /// occurs twice.
  package var columns: [ContactColumn]
  /// What becomes of a value that is not valid.
  package var invalid: InvalidPolicy
  /// How phones are read and written.
  package var phones: PhoneSettings
  /// How e-mail addresses are written.
  package var emails: EmailSettings
  /// How dates are read and written.
  package var dates: DateSettings
  /// The login that owns contacts whose row names none.
  package var owner: String?

  package init(
    columns: [ContactColumn], invalid: InvalidPolicy = .reject,
    phones: PhoneSettings = PhoneSettings(), emails: EmailSettings = EmailSettings(),
    dates: DateSettings = DateSettings(), owner: String? = nil
  ) {
    self.columns = columns
    self.invalid = invalid
    self.phones = phones
    self.emails = emails
    self.dates = dates
    self.owner = owner
  }

  /// The column of a field, if the schema has it.
  package func column(of field: PersonField) -> Int? { columns.firstIndex { $0.field == field } }
}

/// One column of a contact: a field of the CRM, where its value comes from and what is done to it.
///
/// The properties stand in the order in which they are applied.
package struct ContactColumn: Sendable, Equatable {
  /// The CRM's field this column fills.
  package var field: PersonField
  /// The indexes of the source columns it is made from, in order; empty for a constant.
  package var sources: [Int]
  /// Whether the cells are to be joined (`join:`) rather than listed (`[A, B]`).
  package var isJoined: Bool
  /// What stands between joined cells that are not empty.
  package var separator: String
  /// The value of a column that has no source.
  package var constant: String?
  /// What must be so for the value to count; `nil` where it always does.
  package var condition: ValueCondition?
  /// What is done to a cell's text first.
  package var transforms: ValueTransforms
  /// Texts to be replaced, if the column has a closed list of them.
  package var values: ValueTable?
  /// What its values are.
  package var treatment: ValueTreatment
  /// How names are written, where ``treatment`` is ``ValueTreatment/name``.
  package var name: NameSettings
  /// The value of a contact that would have none (`default:`).
  package var fallback: String?
  /// What becomes of a value that is not valid, where it differs from ``ContactSchema/invalid``.
  package var invalid: InvalidPolicy?
  /// Whether a row without a value is rejected.
  package var isRequired: Bool
  /// Whether its values are names that the CRM has to be asked about (`lookup:`).
  package var isLookedUp: Bool

  package init(
    field: PersonField, sources: [Int] = [], isJoined: Bool = false, separator: String = " ",
    constant: String? = nil, condition: ValueCondition? = nil,
    transforms: ValueTransforms = ValueTransforms(), treatment: ValueTreatment? = nil,
    values: ValueTable? = nil, name: NameSettings = NameSettings(), fallback: String? = nil,
    invalid: InvalidPolicy? = nil, isRequired: Bool = false, isLookedUp: Bool = false
  ) {
    self.field = field
    self.sources = sources
    self.isJoined = isJoined
    self.separator = separator
    self.constant = constant
    self.condition = condition
    self.transforms = transforms
    self.values = values
    self.treatment = treatment ?? field.defaultTreatment
    self.name = name
    self.fallback = fallback
    self.invalid = invalid
    self.isRequired = isRequired
    self.isLookedUp = isLookedUp
  }
}

/// What kind of value a column holds, which says how it is validated and normalized.
package enum ValueTreatment: String, Sendable, CaseIterable {
  /// Any text. Trimmed; several cells are listed with `, `.
  case text
  /// Phone numbers, several a cell allowed.
  case phone
  /// E-mail addresses, several a cell allowed.
  case email
  /// A person's name: capitals, look-alike letters and the order of its parts.
  case name
  /// A calendar date, written as ``DateSettings`` says.
  case date
  /// A whole number that is not negative, such as a client's identifier.
  case number
}

/// What becomes of a value that is not valid (`invalid:` in a mapping).
package enum InvalidPolicy: String, Sendable, CaseIterable {
  /// The row is not sent.
  case reject
  /// The row is sent without the value.
  case drop
  /// The row is sent with the value as it stands.
  case keep
}

/// A closed list of texts and what each stands for (`values:` in a mapping).
package struct ValueTable: Sendable, Equatable {
  /// The texts in the file, trimmed, and their replacements, in UTF-8.
  package var entries: [[UInt8]: [UInt8]]

  package init(_ entries: [String: String]) {
    self.entries = Dictionary(
      uniqueKeysWithValues: entries.map { (Array($0.key.utf8), Array($0.value.utf8)) })
  }
}
