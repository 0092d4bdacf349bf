import TestSupport
import Testing

@testable import CRMSandbox

@Suite("The form decoder, judged by a real PHP", .timeLimit(.minutes(20)))
struct PHPFormDecoderTests {
  @Test(
    "names and values are PHP's",
    arguments: [
      ("a=1&a=2", "(s61=s32)"),
      ("a[]=1&a[]=2", "(s61=(i0=s31,i1=s32))"),
      ("p[0][s][b]=x", "(s70=(i0=(s73=(s62=s78))))"),
      ("x y.z=1", "(s785f795f7a=s31)"),
      ("%20%20x=1", "(s78=s31)"),
      ("a[b=1", "(s615f62=s31)"),
      ("a[x y]=1", "(s61=(s782079=s31))"),
      ("a=%4&b=%zz&c=%41+%2B", "(s61=s2534,s62=s257a7a,s63=s41202b)"),
      ("7=1&07=2", "(i7=s31,s3037=s32)"),
      ("=1&&a", "(s61=s)"),
      ("a=1&a[b]=2", "(s61=(s62=s32))"),
    ])
  func names(_ query: String, _ expected: String) {
    let decoder = PHPFormDecoder()
    #expect(dump(.array(decoder.decodeQuery(Array(query.utf8)))) == expected)
    #expect(dump(.array(decoder.decodeBody(Array(query.utf8)))) == expected)
  }

  @Test("a query keeps 1000 variables and a body 1001, as PHP does")
  func limits() {
    let text = Array((0..<1200).map { "v\($0)=1" }.joined(separator: "&").utf8)
    #expect(PHPFormDecoder().decodeQuery(text).count == 1000)
    #expect(PHPFormDecoder().decodeBody(text).count == 1001)
    #expect(PHPFormDecoder(maxInputVars: nil).decodeBody(text).count == 1200)
  }

  @Test("the merged request prefers the form and merges arrays")
  func merging() {
    let decoder = PHPFormDecoder()
    var request = decoder.decodeQuery(Array("a=1&b[x]=1&b[y]=2&c[]=1".utf8))
    request.merge(decoder.decodeBody(Array("d=4&a=2&b[y]=3&c[]=2&c[]=3".utf8)))
    #expect(
      dump(.array(request))
        == "(s61=s32,s62=(s78=s31,s79=s33),s63=(i0=s32,i1=s33),s64=s34)")
  }

  @Test(
    "random queries are decoded as parse_str decodes them",
    .enabled(if: PHP.isExpected, "php is not installed"))
  func randomQueries() async throws {
    var generator = SeededGenerator(seed: 2026)
    let queries = Self.hardCases + (0..<800).map { _ in RandomForm.text(&generator) }
    let program =
      PHP.dump + """
        while (($line = fgets(STDIN)) !== false) {
          parse_str(hex2bin(trim($line)), $r);
          echo dump($r), "\\n";
        }
        """
    let output = try await PHP.run(
      program, input: queries.map { hexadecimal($0) + "\n" }.joined())
    let answers = output.split(separator: "\n")
    try #require(answers.count == queries.count)
    for (query, answer) in zip(queries, answers) {
      let decoded = dump(.array(PHPFormDecoder().decodeQuery(query)))
      #expect(decoded == answer, "\(String(decoding: query, as: UTF8.self))")
    }
  }

  @Test(
    "GET, POST and REQUEST are PHP's, limits included",
    .enabled(if: PHP.isExpected, "php is not installed"))
  func randomRequests() async throws {
    let server = try await PHPServer(options: ["-d", "max_input_vars=8"])
    defer { server.stop() }
    var generator = SeededGenerator(seed: 7)
    let decoder = PHPFormDecoder(maxInputVars: 8)
    for _ in 0..<200 {
      // A request line holds neither blanks nor control characters, and PHP's own web server,
      // unlike PHP, eats question marks before the query.
      let query = Array(
        RandomForm.text(&generator).filter { $0 > 0x20 && $0 < 0x7F && $0 != 0x23 }
          .drop { $0 == UInt8(ascii: "?") })
      let body = RandomForm.text(&generator)
      let reply = try await SocketClient(port: server.port).send(
        .form(encoded: body, query: query))
      let get = decoder.decodeQuery(query)
      let post = decoder.decodeBody(body)
      var request = get
      request.merge(post)
      let expected = [get, post, request].map { dump(.array($0)) }.joined(separator: "\n")
      let lines = String(decoding: reply.body, as: UTF8.self).split(separator: "\n").suffix(3)
      #expect(
        lines.joined(separator: "\n") == expected,
        "\(String(decoding: query, as: UTF8.self)) | \(String(decoding: body, as: UTF8.self))")
    }
  }

  /// Names that hit each rule of PHP's `php_register_variable_ex`.
  private static let hardCases: [[UInt8]] = [
    "a[b.c d[e=1", "a.b[c.d e=1", "a[b][c.d=2", "a[]=1&a[][x=3", " .a=1", "a[ ]=1&a[ b]=2",
    "a[-9223372036854775808]=1&a[9223372036854775807]=2&a[]=3", "[a]=1&[=2&]=3&=4&a",
    "a[9223372036854775808]=1&a[-9223372036854775809]=2&a[99999999999999999999]=3",
    "a[b]c[d]=1", "a[b]=1&a=2&a[c]=3", "a%00b=1&a[x%00y]=2&a[z%00]=4", "a[[b]=1&a[b]]=2&a[[b]]=3",
    "__Host-a=1&..Host-a=2&_.Secure-b=2", "a[-0]=1&a[01]=2&a[1e3]=1&a[+1]=5&a[-1]=4",
    "a[\t]=1&a[\n]=2&a[\tb]=3", "a[.]=5&a[b[c]]=1", "a[b][c]=1&a[b][c][d]=2",
    "a[=1&b[[=2&c[.[=3&d[]x[=4", "a=1\0&b=2", "a" + String(repeating: "[b]", count: 64) + "=1",
    "a=1&b=2&a" + String(repeating: "[b]", count: 65) + "=1&c=3", "%=1&%a=2&%aa=3&+a=4",
    "5=a&[5]=b&5[]=c&5[]=d", "a[2]=x&a[]=y&a[1]=z&a[]=w", "a[%5Bb]=1&a%5Bb%5D=2&a%5B%5D=3",
    (0..<1200).map { "v\($0 % 1100)=\($0)" }.joined(separator: "&"),
    (0..<60).map { "a[\($0 * 7 % 50)]=\($0)" }.joined(separator: "&"),
  ].map { Array($0.utf8) }
}

/// Texts in which a form decoder can go wrong.
enum RandomForm {
  private static let pieces = [
    "a", "b", "abc", "persons", "0", "1", "10", "01", "x", "я", "[", "]", "[]", "[0]", "[a]", "[b]",
    "[1][c]", " ", ".", "+", "%20", "%5B", "%5D", "%2E", "%00", "%", "%4", "%zz", "%D1%84", "%FF",
    "_", "=", "&", "&", "=", "\t", "\"", "'", "-1", "[ x]", "[ ]", ";", "\u{1F600}", "#", "?",
  ]

  static func text(_ generator: inout SeededGenerator) -> [UInt8] {
    var text: [UInt8] = []
    for _ in 0..<Int.random(in: 1...40, using: &generator) {
      text += Array((pieces.randomElement(using: &generator) ?? "").utf8)
    }
    return text
  }
}

func dump(_ value: PHPValue) -> String {
  switch value {
  case .bytes(let bytes): return "s" + hexadecimal(bytes)
  case .array(let array):
    let members = zip(array.keys, array.values).map { key, value in
      switch key {
      case .number(let number): "i\(number)=\(dump(value))"
      case .text(let bytes): "s\(hexadecimal(bytes))=\(dump(value))"
      }
    }
    return "(" + members.joined(separator: ",") + ")"
  default: return "no form brings this"
  }
}

func hexadecimal(_ bytes: [UInt8]) -> String {
  bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}
