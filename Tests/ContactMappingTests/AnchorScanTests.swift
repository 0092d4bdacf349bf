import Testing

@testable import ContactMapping

@Suite("AnchorScan: anchors and aliases without parsing")
struct AnchorScanTests {
  private func offset(_ yaml: String) -> Int? { AnchorScan.firstAnchor(in: Array(yaml.utf8)) }

  @Test(
    "an anchor or alias is found wherever one may stand",
    arguments: [
      ("a: &x 1", 3), ("a: *x", 3), ("- *x", 2), ("&x a: 1", 0), ("[a, *x]", 4), ("{a: *x}", 4),
      ("{a: 1, *x : 2}", 7), ("? *x\n: 1", 2), ("a:\n  *x", 5), ("a: !!str &x b", 9),
      ("a: 'q' # c\nb: *x", 14), ("a: \"q\\\"\" \nb: *x", 13), ("a: 'it''s'\nb: *x", 14),
      ("a: b'c\nd: *x", 10), ("- - *x", 4), ("a: [b]\nc: *x", 10),
    ])
  func found(yaml: String, offset: Int) {
    #expect(self.offset(yaml) == offset)
  }

  @Test(
    "signs in quotes, comments and words are none",
    arguments: [
      "a: '* Mobile'", "a: \"*x &y\"", "a: b # *x", "a: b*c", "a: b *c", "a: R&D", "a: Р & Д",
      "# *x\na: b", "a: 'it''s *x'", "a: \"\\\" *x\"", "a: b, *c", "a: b-*c", "", "a: * ",
    ])
  func notFound(yaml: String) {
    #expect(offset(yaml) == nil)
  }
}
