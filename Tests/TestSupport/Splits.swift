/// Calls `body` with the bytes cut in every way that can matter to a push parser.
///
/// Whole, byte by byte, and at every single place: what a parser makes of a text must not depend
/// on where the chunks happen to end.
package func everySplit(
  of bytes: [UInt8], _ body: (_ chunks: [[UInt8]], _ name: String) throws -> Void
) rethrows {
  try body([bytes], "whole")
  try body(bytes.map { [$0] }, "byte by byte")
  guard bytes.count > 1 else { return }
  for place in 1..<bytes.count {
    try body([Array(bytes[..<place]), Array(bytes[place...])], "split at \(place)")
  }
}
