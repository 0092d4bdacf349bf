/// How large an addlist request may become.
package struct AddListLimits: Sendable, Equatable {
  /// How many rows.
  package var maximumRows: Int
  /// How many variables in all, where the variant's format has them counted; PHP takes 1000 of a form
  /// unless told otherwise, and drops the rest silently.
  package var maximumVariables: Int
  /// How many bytes of body; PHP takes 8 MB unless told otherwise, and drops everything beyond.
  package var maximumBytes: Int

  package init(
    maximumRows: Int = 75, maximumVariables: Int = 899, maximumBytes: Int = 2_000_000
  ) {
    self.maximumRows = maximumRows
    self.maximumVariables = maximumVariables
    self.maximumBytes = maximumBytes
  }
}
