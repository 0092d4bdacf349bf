import Testing

@testable import RunJournal

@Suite struct FingerprintTests {
  // The digests are the examples of FIPS 180-2, appendix B, and of the empty text.
  @Test(
    "a fingerprint is the first half of the SHA-256",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb924"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039"
      ),
    ])
  func digest(text: String, hexadecimal: String) {
    #expect(Fingerprint(of: Array(text.utf8).span).description == hexadecimal)
  }

  @Test("short numbers keep their leading zeros")
  func zeros() {
    #expect(Fingerprint(high: 1, low: 0xAB).description == "000000000000000100000000000000ab")
  }
}
