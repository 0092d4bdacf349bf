/// A contact that the server showed, as far as settlement needs it.
package struct SeenContact: Sendable, Equatable {
  /// Its identifier.
  package var pid: Int
  /// The hash of its values, its owner left out.
  package var stored: UInt64
  /// The same with its owner; equal to ``stored`` where the owner is not shown.
  package var storedWithOwner: UInt64
  /// The short hashes of its name, phones and addresses.
  package var traces: [UInt32]
  /// The import key it carries, if it is one.
  package var key: ImportKey?

  package init(
    pid: Int, stored: UInt64, storedWithOwner: UInt64? = nil, traces: [UInt32] = [],
    key: ImportKey? = nil
  ) {
    self.pid = pid
    self.stored = stored
    self.storedWithOwner = storedWithOwner ?? stored
    self.traces = traces
    self.key = key
  }

  /// Whether it holds what a row with this hash is stored as.
  ///
  /// The hash of a row that names its owner holds the owner, that of any other row does not.
  package func matches(_ mark: UInt64) -> Bool { mark == stored || mark == storedWithOwner }

  /// Whether it has a trace in common with a row.
  package func shares(_ other: some Collection<UInt32>) -> Bool {
    other.contains { traces.contains($0) }
  }
}
