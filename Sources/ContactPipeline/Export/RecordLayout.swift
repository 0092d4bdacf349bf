import ContactModel

/// How contacts that follow each other in an arena become records of a file.
protocol RecordLayout: Sendable {
  /// The names of the file's columns.
  var header: [String] { get }

  /// The records of contacts.
  ///
  /// - Parameters:
  ///   - bytes: All values, one after the other.
  ///   - valueEnds: Where each ends; as many for each contact as the layout knows values.
  ///   - lines: A line of the source for each contact.
  ///   - firstRecord: The first one's number.
  /// - Returns: The records, with the file's columns.
  func records(bytes: [UInt8], valueEnds: [UInt32], lines: [Int], firstRecord: Int) -> RecordBatch
}

extension ContactLayout: RecordLayout {}
