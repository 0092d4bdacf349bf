import ContactModel

/// A column of the schema, boiled down to what the loop over the values asks.
///
/// Holds no reference, so that reading one from an array costs no counting.
struct ColumnPlan {
  var field: PersonField
  var treatment: ValueTreatment
  /// How names are written, where they are treated as such.
  var name: NameSettings
  /// Where the numbers of its source columns begin in the normalizer's list of them.
  var firstSource: Int
  /// How many source columns there are.
  var sourceCount: Int
  /// How many columns its condition looks at; their cells follow those of the value.
  var conditionCount: Int
  var isJoined: Bool
  var hasTable: Bool
  /// Whether a condition, transforms or a separator of its own keep it off the fast path.
  var isTransformed: Bool
  /// What becomes of a value that is not valid.
  var invalid: InvalidPolicy
  var isRequired: Bool
  /// Whether the schema's owner stands in for an empty value.
  var takesOwner: Bool
  /// Whether anything is to be done about an empty value.
  var fillsEmpty: Bool
  /// Whether its mobile numbers go to `mob`.
  var givesMobiles: Bool
  /// Whether it is the `mob` they go to.
  var takesMobiles: Bool

  init(_ column: ContactColumn, firstSource: Int, schema: ContactSchema) {
    field = column.field
    treatment = column.treatment
    name = column.name
    sourceCount = column.sources.count
    self.firstSource = firstSource
    conditionCount = column.condition?.sources.count ?? 0
    isJoined = column.isJoined
    hasTable = column.values != nil
    isTransformed =
      column.condition != nil || !column.transforms.isEmpty
      || (column.isJoined && column.separator != " ")
    invalid = column.invalid ?? schema.invalid
    isRequired = column.isRequired
    takesOwner = column.field == .user && schema.owner?.isEmpty == false
    fillsEmpty = isRequired || takesOwner || column.fallback != nil
    let isMoving =
      schema.phones.mobiles == .move && schema.columns.contains { $0.field == .mob }
    givesMobiles =
      isMoving && column.treatment == .phone && (column.field == .tel || column.field == .fax)
    takesMobiles = isMoving && column.field == .mob
  }
}
