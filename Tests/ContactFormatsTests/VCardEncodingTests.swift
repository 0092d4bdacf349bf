import ContactModel
import TestSupport
import Testing

@testable import ContactFormats

/// How values are folded, encoded and decoded.
@Suite struct VCardEncodingTests {
  private func expect(
    _ text: [UInt8], _ records: [[String]], issues: [String] = [], fallback: TextEncoding? = nil,
    encoding: TextEncoding? = nil
  ) throws {
    try everySplit(of: text) { chunks, name in
      let content = try readCards(chunks, encoding: encoding, fallback: fallback)
      #expect(content.records == records, "\(name)")
      #expect(content.issues == issues, "\(name)")
    }
  }

  @Test("Lines are unfolded before anything else is read", arguments: ["\r\n", "\n", "\r"])
  func unfolds(lineEnd: String) throws {
    let lines = [
      "BEGIN:VCARD", "FN:Ve", " ra Or", "\tlova", "ADR;TYPE=HOME:;;Main St", "  1;Perm", "TEL;TYP",
      " E=CE", " LL", " :1", "NOTE:a\\", " nb", "END:VCARD",
    ]
    try expect(
      Array(lines.map { $0 + lineEnd }.joined().utf8),
      [
        [
          "ADR[HOME].city=Perm", "ADR[HOME].street=Main St 1", "FN=Vera Orlova", "NOTE=a\nb",
          "TEL[CELL]=1",
        ]
      ])
  }

  @Test("A fold may stand inside a character")
  func unfoldsInsideCharacters() throws {
    var text = Array("BEGIN:VCARD\nFN:".utf8)
    for byte in "Вера".utf8 { text += [byte, 0x0A, 0x20] }
    try expect(text + Array("\nEND:VCARD\n".utf8), [["FN=Вера"]])
  }

  @Test("CR CR LF is a line end and a blank line, and folds go on behind it")
  func unfoldsOverBlankLines() throws {
    try expect(Array("BEGIN:VCARD\r\r\nFN:Ve\r\r\n ra\r\r\nEND:VCARD\r\r\n".utf8), [["FN=Vera"]])
  }

  struct Printable: Sendable, CustomTestStringConvertible {
    var text: String
    var record: [String]
    var issues: [String] = []
    var testDescription: String { text }
  }

  @Test(
    "QUOTED-PRINTABLE is decoded, with soft breaks anywhere",
    arguments: [
      Printable(
        text: "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=92=D0=B5=\n=D1=80=D0=B0\n",
        record: ["FN=Вера"]),
      Printable(
        text: "N;QUOTED-PRINTABLE;CHARSET=UTF-8:=\n=D0=9E;=\n=D0=92;;;\n",
        record: ["N.family=О", "N.given=В"]),
      Printable(
        text: "NOTE;ENCODING=QUOTED-PRINTABLE:a=0D=0Ab=0Ac=3D=\n d=\n\nTEL:1\n",
        record: ["NOTE=a\nb\nc= d", "TEL=1"]),
      Printable(
        text: "N;ENCODING=QUOTED-PRINTABLE:a=3Bb=5C;c;d\\;e;=3D\n",
        record: ["N.additional=d;e", "N.family=a;b\\", "N.given=c", "N.prefix=="]),
      Printable(
        text: "NOTE;ENCODING=quoted-printable:100%=zz=4\n", record: ["NOTE=100%=zz=4"],
        issues: ["1 vcard.undecodable-value"]),
      Printable(text: "NOTE;ENCODING=QUOTED-PRINTABLE:open=\n", record: ["NOTE=open"]),
      Printable(
        text: "NOTE;ENCODING=QUOTED-PRINTABLE:fold=41\n ed=\n it\n", record: ["NOTE=foldAed it"]),
      Printable(
        text: "N;CHARSET=windows-1251;ENCODING=QUOTED-PRINTABLE:=CE=F0;=C2\n",
        record: ["N.family=Ор", "N.given=В"]),
    ])
  func decodesQuotedPrintable(_ example: Printable) throws {
    try expect(
      Array("BEGIN:VCARD\nVERSION:2.1\n\(example.text)END:VCARD\n".utf8), [example.record],
      issues: example.issues)
  }

  /// `Вера` in windows-1251.
  private static let vera: [UInt8] = [0xC2, 0xE5, 0xF0, 0xE0]

  private func cardWith(_ head: String, _ value: [UInt8]) -> [UInt8] {
    Array("BEGIN:VCARD\nTEL:1\n\(head):".utf8) + value + Array("\nEND:VCARD\n".utf8)
  }

  @Test("A value in the encoding it names is decoded from that")
  func decodesNamedEncoding() throws {
    try expect(cardWith("FN;CHARSET=windows-1251", Self.vera), [["FN=Вера", "TEL=1"]])
    try expect(
      cardWith("FN;CHARSET=UTF-8", Array("Вера".utf8)), [["FN=Вера", "TEL=1"]],
      fallback: .windows1251)
  }

  @Test("A value in an encoding that ferry does not have is a guess, which an issue says")
  func unknownEncoding() throws {
    try expect(
      cardWith("FN;CHARSET=ISO-8859-2", Self.vera), [["FN=Вера", "TEL=1"]],
      issues: ["1 vcard.undecodable-value"], fallback: .windows1251)
    try expect(
      cardWith("FN;CHARSET=X-NONE", Array("Vera".utf8)), [["FN=Vera", "TEL=1"]],
      fallback: .windows1251)
  }

  @Test("A value that is not UTF-8 and names no encoding is in the fallback encoding")
  func decodesFallback() throws {
    try expect(cardWith("FN", Self.vera), [["FN=Вера", "TEL=1"]], fallback: .windows1251)
    try expect(
      cardWith("FN", Array("Вера".utf8)), [["FN=Вера", "TEL=1"]], fallback: .windows1251)
    try expect(
      cardWith("N", Self.vera + [0x3B] + Self.vera),
      [["N.family=Вера", "N.given=Вера", "TEL=1"]], fallback: .windows1251)
  }

  @Test("The encoding the user told is used for values that name none")
  func decodesTold() throws {
    try expect(
      cardWith("FN", Self.vera), [["FN=Вера", "TEL=1"]], encoding: .windows1251)
    try expect(
      cardWith("FN;CHARSET=UTF-8", Array("Вера".utf8)), [["FN=Вера", "TEL=1"]],
      encoding: .windows1251)
  }

  @Test("Bytes that no encoding explains become U+FFFD, with an issue")
  func replacesUndecodable() throws {
    try expect(
      cardWith("FN", [0x41, 0xFF, 0x42]), [["FN=A\u{FFFD}B", "TEL=1"]],
      issues: ["1 text.undecodable"])
  }

  @Test(
    "Pictures, sounds and keys in the file are left out, however their base 64 is folded",
    arguments: [
      "PHOTO;ENCODING=b;TYPE=JPEG:AAAABBBB\n CCCC\n",
      "PHOTO;BASE64:\n  AAAABBBB\n  CCCC==\n\n",
      "PHOTO;ENCODING=BASE64:AAAABBBB\nCCCCDDDD\nEEEE\n\n",
      "KEY;X509;ENCODING=BASE64:\n    AAAA\n    BBBB\n\n\n",
      "PHOTO:data:image/png;base64,AAAABBBB\n CCCC\n",
      "PHOTO:\n data:image/png;base64,AAAA\n BBBB\n",
      "SOUND;VALUE=BINARY:AAAA\n", "LOGO;ENCODING=b:AAAA\nPHOTO;ENCODING=b:AAAA\n",
    ])
  func leavesPicturesOut(lines: String) throws {
    try expect(
      Array("BEGIN:VCARD\nFN:Vera\n\(lines)TEL:1\nEND:VCARD\n".utf8), [["FN=Vera", "TEL=1"]],
      issues: ["1 vcard.picture-left-out"])
  }

  @Test("A picture of impossible length is dropped with an issue, the card is kept")
  func dropsBrokenPictures() throws {
    try expect(
      Array("BEGIN:VCARD\nFN:Vera\nPHOTO;ENCODING=b:AAAAB\n BBB=\n C\nTEL:1\nEND:VCARD\n".utf8),
      [["FN=Vera", "TEL=1"]], issues: ["1 vcard.undecodable-value"])
  }

  @Test("A picture that is somewhere else is a value, and no picture is none")
  func keepsPictureAddresses() throws {
    try expect(
      Array(
        "BEGIN:VCARD\nPHOTO;VALUE=URL;TYPE=GIF:http://a.example/\n b.gif\nLOGO:\nKEY;ENCODING=b:\nEND:VCARD\n"
          .utf8), [["PHOTO=http://a.example/b.gif"]])
  }

  @Test("A picture of several megabytes is passed over", arguments: [1 << 14, 1 << 23])
  func skipsLargePictures(chunkSize: Int) throws {
    let digits = String(repeating: "AAAA", count: 600_000)
    let folded = String(repeating: "\n AAAA", count: 250_000)
    let text =
      card("PHOTO;ENCODING=b:\(digits)==", "FN:Vera")
      + card("PHOTO;ENCODING=b:\(folded)", "FN:Igor")
    let content = try readCards(pieces(of: Array(text.utf8), chunkSize))
    #expect(content.records == [["FN=Vera"], ["FN=Igor"]])
    #expect(content.issues == ["1 vcard.picture-left-out", "2 vcard.picture-left-out"])
  }

  @Test("Text in base 64 is decoded; bytes that are no text are left out with an issue")
  func decodesBase64() throws {
    try expect(
      Array(
        "BEGIN:VCARD\nNOTE;ENCODING=b:0JLQ\n tdGA0LA=\nX-B;ENCODING=b:AAECAwQ=\nX-C;BASE64:A\nEND:VCARD\n"
          .utf8),
      [["NOTE=Вера"]], issues: ["1 vcard.undecodable-value"])
  }
}
