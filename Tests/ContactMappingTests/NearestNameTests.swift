import Testing

@testable import ContactMapping

@Suite("NearestName: what a person may have meant")
struct NearestNameTests {
  @Test(
    "mistakes are letters added, missing, replaced or swapped",
    arguments: [
      ("tel", "tel", 0), ("tel", "teel", 1), ("tel", "tl", 1), ("tel", "tal", 1),
      ("tel", "tle", 1), ("", "abc", 3), ("abc", "", 3), ("kitten", "sitting", 3), ("ca", "abc", 3),
      ("Телефон", "Телфеон", 1),
    ])
  func mistakes(left: String, right: String, count: Int) {
    #expect(NearestName.typingMistakes(Array(left), Array(right)) == count)
    #expect(NearestName.typingMistakes(Array(right), Array(left)) == count)
  }

  @Test("the nearest of several is meant")
  func nearest() {
    #expect(NearestName.of("Телефн", among: ["Телефакс", "Телефон", "Моб."]) == "Телефон")
    #expect(NearestName.of("PERSON", among: ["pid", "person"]) == "person")
  }

  @Test(
    "what is far from everything is nothing's misspelling", arguments: ["", "x", "qwerty", "abc"])
  func far(name: String) {
    #expect(NearestName.of(name, among: ["tel", "mob", "mail", ""]) == nil)
  }

  @Test("names of any length are compared quickly")
  func long() {
    let name = String(repeating: "a", count: 1_000_000)
    #expect(NearestName.of(name, among: [name, "b"]) == name)
  }
}
