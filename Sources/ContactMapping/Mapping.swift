package import ContactModel

/// What a mapping file says: which columns of a source go into which fields of the CRM, and how.
///
/// A mapping knows names only. ``MappingPlan`` meets it with the header of one source and turns the
/// names into column numbers. `docs/mapping.md` explains every key.
///
/// ```swift
/// let mapping = try Mapping(yaml: text, fileName: "mappings/acme.yaml")
/// let plan = try MappingPlan(mapping, header: ["ФИО", "Телефон"])
/// ```
package struct Mapping: Sendable, Equatable {
  /// The only version of the format there is.
  package static let currentVersion = 1

  /// The format's version, `version:`.
  package var version: Int
  /// How the source is to be read, `source:`.
  package var source: SourceSettings
  /// How phones are read and written, `region:` and `phones:`.
  package var phones: PhoneSettings
  /// How e-mail addresses are written, `emails:`.
  package var emails: EmailSettings
  /// How dates are read and written, `dates:`.
  package var dates: DateSettings
  /// The login that owns contacts whose row names none, `owner:`.
  package var owner: String?
  /// What becomes of a value that is not valid, `invalid:`.
  package var invalid: InvalidPolicy
  /// Where each field comes from, `fields:`, in the file's order; no field occurs twice.
  package var fields: [FieldRule]
  /// The fields without which a row is rejected, `required:`; `person` is one even if not listed.
  package var required: [PersonField]
  /// What becomes of columns that go nowhere, `unmapped:`.
  package var unmapped: UnmappedPolicy
  /// What becomes of columns that it names and a table does not have, `absent:`.
  package var absent: AbsentPolicy

  /// The text it was read from, so that a later error can still point at its line.
  var text: MappingText
  /// Where the key `fields` stands in ``text``.
  var fieldsPlace: MappingPlace?

  /// A mapping made by a program rather than read from a file.
  package init(
    source: SourceSettings = SourceSettings(), phones: PhoneSettings = PhoneSettings(),
    emails: EmailSettings = EmailSettings(), dates: DateSettings = DateSettings(),
    owner: String? = nil, invalid: InvalidPolicy = .reject, fields: [FieldRule],
    required: [PersonField] = [], unmapped: UnmappedPolicy = .report,
    absent: AbsentPolicy = .error
  ) {
    self.version = Mapping.currentVersion
    self.source = source
    self.phones = phones
    self.emails = emails
    self.dates = dates
    self.owner = owner
    self.invalid = invalid
    self.fields = fields
    self.required = required
    self.unmapped = unmapped
    self.absent = absent
    self.text = MappingText(fileName: "", yaml: "")
    self.fieldsPlace = nil
  }

  /// The country of phones that name none.
  package var region: String { phones.region }

  /// Whether mobile numbers of other phone fields make values of `mob`, so that it needs no rule.
  var movesMobiles: Bool {
    phones.mobiles == .move && fields.contains { $0.field == .tel || $0.field == .fax }
  }
}

/// What becomes of columns that go nowhere (`unmapped:` in a mapping).
package enum UnmappedPolicy: String, Sendable, CaseIterable {
  /// Those that are not empty are counted and shown.
  case report
  /// Nothing.
  case ignore
  /// A row with a value in one of them is not sent.
  case reject
}

/// What becomes of columns that the mapping names and a table does not have (`absent:` in a mapping).
package enum AbsentPolicy: String, Sendable, CaseIterable {
  /// They are a mistake: mostly a name that is not spelled as in the file.
  case error
  /// They are empty, as those of cards and JSON lines are.
  case empty
}
