/// How wide a range of numbers is, as the power of two that it fits in.
///
/// Which ranges touch a given one cannot be asked of an index on their first numbers alone: a range
/// that began far below may reach up to it. Among ranges of one class none began lower than its
/// width below, so an index on class and first number answers in a few steps, however long the
/// journal is.
enum SpanClass {
  /// The greatest class that is asked for.
  private static let greatest = 62

  /// The class of a range: the smallest `n` with at most 2ⁿ numbers in it.
  static func of(first: Int, last: Int) -> Int {
    let (distance, overflow) = last.subtractingReportingOverflow(first)
    if overflow { return greatest }
    return distance <= 0 ? 0 : min(greatest, Int.bitWidth - distance.leadingZeroBitCount)
  }

  /// A query for the rows of a table whose range touches `:lower ... :upper`.
  ///
  /// - Parameters:
  ///   - column: What is wanted of each row, in its order.
  ///   - table: The table.
  ///   - index: Its index: the columns of the condition, then the class and the range.
  ///   - first: The column with the first number of a range.
  ///   - last: The column with its last number.
  ///   - condition: What else must hold.
  /// - Returns: The query in SQL.
  static func query(
    _ column: String, from table: String, index: String, first: String, last: String,
    where condition: String = "TRUE"
  ) -> String {
    """
    WITH RECURSIVE class (n) AS
      (SELECT 0 UNION ALL SELECT n + 1 FROM class WHERE n < \(greatest))
    SELECT \(column) FROM class CROSS JOIN \(table) INDEXED BY \(index)
    WHERE \(condition) AND span = n AND \(first) > :lower - (1 << n) AND \(first) <= :upper
      AND \(last) >= :lower ORDER BY \(column)
    """
  }
}
