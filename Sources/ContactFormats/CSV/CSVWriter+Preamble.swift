extension CSVWriter {
  /// Writes as many lines as stood above the header of the source that the dialect is from.
  ///
  /// The `sep=` line is written as such, the others are blank: whoever names the header's line finds it
  /// there, and whoever looks for it passes over blanks.
  package mutating func writePreamble() {
    begin(header: [])
    let written = dialect.hasSeparatorLine ? 1 : 0
    for _ in 0..<max(0, dialect.preambleLines - written) { endRecord() }
  }
}
