import ContactModel

/// A column of the schema, boiled down to what the loop over the values asks.
///
/// Holds no reference, so that reading one from an array costs no counting.
struct ColumnPlan {
  var field: PersonField
  var treatment: ValueTreatment
  /// Where the numbers of its source columns begin in the normalizer's list of them.
  var firstSource: Int
  /// How many source columns there are.
  var sourceCount: Int
  var isJoined: Bool
  var hasTable: Bool
  var isRequired: Bool
  /// Whether the schema's owner stands in for an empty value.
  var takesOwner: Bool

  init(_ column: ContactColumn, firstSource: Int, owner: String?) {
    field = column.field
    treatment = column.treatment
    sourceCount = column.sources.count
    self.firstSource = firstSource
    isJoined = column.isJoined
    hasTable = column.values != nil
    isRequired = column.isRequired
    takesOwner = column.field == .user && owner?.isEmpty == false
  }
}
