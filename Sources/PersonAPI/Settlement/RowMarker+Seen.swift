import ContactModel

extension RowMarker {
  /// The contacts of a page, for settlement; records without an identifier are left out.
  ///
  /// - Parameter page: A page that was decoded with ``comparedFields`` as its columns.
  /// - Returns: The contacts in the page's order.
  package func seen(_ page: ListPage) -> [SeenContact] {
    let bytes = page.records.bytes.span
    var contacts: [SeenContact] = []
    contacts.reserveCapacity(page.pids.count)
    for (record, pid) in page.pids.enumerated() {
      guard let pid else { continue }
      var sum: UInt64 = 0
      var owner: UInt64 = 0
      var marks = RowMarks()
      var key: ImportKey?
      for (index, column) in seenColumns.enumerated() {
        let range = page.records.fieldRange(record: record, field: index)
        if column.field == keyField { key = ImportKey(parsing: page.records.bytes[range]) }
        switch column.role {
        case .none: break
        case .owner: owner = ownerHash(bytes, range)
        case .text, .social, .client: add(bytes, range, column, to: &sum, &marks)
        }
      }
      contacts.append(contact(pid, sum, owner: owner, &marks, key))
    }
    return contacts
  }

  /// A contact as `info` shows it, for settlement.
  ///
  /// - Parameter details: A reply with every field of ``comparedFields``.
  /// - Returns: What a page would say of it; `nil` where the reply has no identifier.
  package func seen(_ details: ContactDetails) -> SeenContact? {
    guard let pid = details.pid else { return nil }
    var sum: UInt64 = 0
    var owner: UInt64 = 0
    var marks = RowMarks()
    var key: ImportKey?
    for column in seenColumns {
      let bytes = Array((details.values[column.field] ?? "").utf8)
      if column.field == keyField { key = ImportKey(parsing: bytes) }
      switch column.role {
      case .none: break
      case .owner: owner = ownerHash(bytes.span, 0..<bytes.count)
      case .text, .social, .client: add(bytes.span, 0..<bytes.count, column, to: &sum, &marks)
      }
    }
    return contact(pid, sum, owner: owner, &marks, key)
  }

  private func contact(
    _ pid: Int, _ sum: UInt64, owner: UInt64, _ marks: inout RowMarks, _ key: ImportKey?
  ) -> SeenContact {
    let stored = finish(sum)
    marks.endRow(stored: stored)
    return SeenContact(
      pid: pid, stored: stored, storedWithOwner: finish(sum &+ owner),
      traces: Array(marks.traces(of: 0)), key: key)
  }
}
