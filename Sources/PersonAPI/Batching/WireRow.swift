import ContactModel

/// Which columns of a schema go over the wire, and in which order.
struct WireRow: Sendable {
  /// A column and the field it fills.
  struct Column: Sendable {
    /// The column's index in the schema; `nil` for an owner that no column holds.
    var index: Int?
    var field: PersonField

    /// Where the column's value stands in the bytes of a batch; empty where no column holds it.
    ///
    /// Works on the ends alone, since on the hot path a batch is not touched as a whole.
    func range(in valueEnds: Span<UInt32>, firstValue: Int) -> Range<Int> {
      guard let index else { return 0..<0 }
      let value = firstValue + index
      return (value == 0 ? 0 : Int(valueEnds[value - 1]))..<Int(valueEnds[value])
    }
  }

  /// The columns, `person` first, otherwise in the schema's order.
  let columns: [Column]
  /// The owner of rows that name none, in UTF-8; empty for none.
  let owner: [UInt8]

  init(schema: ContactSchema) {
    var columns: [Column] = []
    for (index, column) in schema.columns.enumerated() where column.field.isWritable {
      columns.append(Column(index: index, field: column.field))
    }
    owner = Array((schema.owner ?? "").utf8)
    if !owner.isEmpty, schema.column(of: .user) == nil {
      columns.append(Column(index: nil, field: .user))
    }
    self.columns = columns.filter { $0.field == .person } + columns.filter { $0.field != .person }
  }

  /// The columns in the order of ``PersonField``, whatever the schema's.
  var canonicalColumns: [Column] {
    PersonField.allCases.flatMap { field in columns.filter { $0.field == field } }
  }
}
