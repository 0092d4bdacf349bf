/// Bytes that can be read at any place, such as a file's.
///
/// Formats that keep their table of contents at the end (ZIP) cannot be read from front to back; the
/// caller, who may open files, hands them over in this form.
package protocol RandomAccessBytes: Sendable {
  /// How many bytes there are.
  var count: Int { get }

  /// Replaces `bytes` by those of a range.
  ///
  /// - Parameters:
  ///   - range: Which bytes; it lies inside `0..<count`.
  ///   - bytes: Where they go.
  /// - Throws: ``FormatError`` with ``FormatError/Code/unreadable`` if they cannot be read.
  func read(_ range: Range<Int>, into bytes: inout [UInt8]) throws(FormatError)
}

/// A place outside memory for what would take too much of it; it disappears with its last reference.
package protocol SpillStore: RandomAccessBytes, AnyObject {
  /// Appends bytes behind those that are there.
  ///
  /// - Throws: ``FormatError`` with ``FormatError/Code/spillFailed``, on a full disk for instance.
  func append(_ bytes: Span<UInt8>) throws(FormatError)
}
