import JSONSyntax
import TestSupport
import Testing

@Suite("JSONReader")
struct JSONReaderTests {
  @Test(
    "takes every form of value that RFC 8259 has",
    arguments: [
      "null", "true", "false", "0", "-0", "7", "-7", "10", "0.5", "-0.0", "1e5", "1E+5", "1e-05",
      "123456789012345678901234567890", "1.5e300", #""""#, #""a""#, "[]", "{}", "[[]]", "[{}]",
      #"{"":0}"#, #"{"a":{"a":[1,2,{"b":null}]}}"#, " \t\r\n1 \t\r\n", "[ 1 , 2 ]",
      #"{ "a" : 1 , "a" : 2 }"#, #""\"\\\/\b\f\n\r\t""#, #""\u0041\u00e9\u20AC""#,
      #""\ud83d\ude00""#, #""😀 Ж \#u{7f} \#u{2028}""#, #""\u0000""#,
    ])
  func accepts(text: String) throws {
    #expect(throws: Never.self) { try check(Array(text.utf8)) }
  }

  @Test(
    "rejects what RFC 8259 does not have, and says where",
    arguments: [
      ("", JSONError.Code.unexpectedEnd, 0), ("  ", .unexpectedEnd, 2),
      ("nul", .unexpectedEnd, 3), ("nulL", .unexpectedByte, 3), ("True", .unexpectedByte, 0),
      ("NaN", .unexpectedByte, 0), ("+1", .unexpectedByte, 0), (".5", .unexpectedByte, 0),
      ("01", .invalidNumber, 0), ("-01", .invalidNumber, 1), ("-", .unexpectedEnd, 1),
      ("-a", .invalidNumber, 1), ("1.", .unexpectedEnd, 2), ("1.e1", .invalidNumber, 2),
      ("1e", .unexpectedEnd, 2), ("1e+", .unexpectedEnd, 3), ("1e+x", .invalidNumber, 3),
      ("1 2", .trailingBytes, 2), ("[1,]", .unexpectedByte, 3), ("[,1]", .unexpectedByte, 1),
      ("[1 2]", .unexpectedByte, 3), ("[1", .unexpectedEnd, 2), ("[1}", .unexpectedByte, 2),
      ("]", .unexpectedByte, 0), (#"{"a":1,}"#, .unexpectedByte, 7),
      (#"{"a" 1}"#, .unexpectedByte, 5), (#"{"a":}"#, .unexpectedByte, 5),
      (#"{a:1}"#, .unexpectedByte, 1), (#"{1:1}"#, .unexpectedByte, 1),
      (#"{"a":1]"#, .unexpectedByte, 6), (#"{"a""#, .unexpectedEnd, 4),
      ("{'a':1}", .unexpectedByte, 1), ("[1] x", .trailingBytes, 4), ("{}}", .trailingBytes, 2),
      (#""abc"#, .unexpectedEnd, 4), (#""\x""#, .invalidEscape, 1), (#""\"#, .unexpectedEnd, 2),
      (#""\u12"#, .unexpectedEnd, 1), (#""\u12G4 ""#, .invalidEscape, 1),
      (#""\ud83d""#, .unpairedSurrogate, 1), (#""\ude00""#, .unpairedSurrogate, 1),
      (#""\ud83d\u0041""#, .unpairedSurrogate, 1), (#""\ud83d\n""#, .unpairedSurrogate, 1),
      ("\"a\tb\"", .controlCharacter, 2), ("\"a\u{0}b\"", .controlCharacter, 2),
      ("\"123456789\nb\"", .controlCharacter, 10), ("// c\n1", .unexpectedByte, 0),
      ("\u{FEFF}1", .unexpectedByte, 0),
    ])
  func rejects(text: String, code: JSONError.Code, offset: Int) {
    #expect(throws: JSONError(code, at: offset)) { try check(Array(text.utf8)) }
  }

  @Test(
    "a key is taken only where it is due, exactly as it is written",
    arguments: [
      (#"{"ab":1}"#, 1, true), (#"{"ab":1,"ab":2}"#, 3, true), (#"{"a":{},"ab":2}"#, 4, true),
      (#"[{"ab":1}]"#, 2, true), (#"{"ab" :1}"#, 1, false), (#"{ "ab":1}"#, 1, false),
      (#"{"ac":1}"#, 1, false), (#"{"abc":1}"#, 1, false), (#"{"ab":1, "ab":2}"#, 3, false),
      (#"{"a":"ab"}"#, 2, false), (#"["ab"]"#, 1, false), (#"[1,"ab"]"#, 2, false),
      (#""ab""#, 0, false), (#"{}"#, 1, false), (#"{"ab""#, 1, false), (#"{"#, 1, false),
      (#"{"a":1,"ab":"#, 3, true), (#"{"a":1}"#, 3, false), (#"{"a":1}"#, 4, false),
    ])
  func takenKeys(text: String, tokens: Int, isThere: Bool) throws {
    let bytes = Array(text.utf8)
    var reader = JSONReader()
    for _ in 0..<tokens { _ = try reader.next(in: bytes.span) }
    var taking = reader
    #expect(taking.takeKey(Array(#""ab":"#.utf8).span, in: bytes.span) == isThere)
    // Taken or not, the rest reads as if nobody had asked.
    if isThere {
      guard case .key(let key) = try reader.next(in: bytes.span) else {
        Issue.record("no key is due")
        return
      }
      #expect(key.text(from: bytes.span) == "ab")
    }
    #expect(taking.position == reader.position)
    #expect((try? taking.next(in: bytes.span)) == (try? reader.next(in: bytes.span)))
  }

  @Test("hands out the tokens in order, as ranges of the text")
  func tokens() throws {
    let text = Array(#"{"name":"Пётр","tags":["a\n",-1.5e2,true,null],"none":{}}"#.utf8)
    var reader = JSONReader()
    var seen: [String] = []
    loop: while true {
      switch try reader.next(in: text.span) {
      case .beginObject: seen.append("{")
      case .endObject: seen.append("}")
      case .beginArray: seen.append("[")
      case .endArray: seen.append("]")
      case .key(let key): seen.append("key " + key.text(from: text.span))
      case .string(let string): seen.append("string " + string.text(from: text.span))
      case .number(let range): seen.append("number " + String(decoding: text[range], as: UTF8.self))
      case .bool(let flag): seen.append("\(flag)")
      case .null: seen.append("null")
      case .end: break loop
      }
    }
    #expect(
      seen == [
        "{", "key name", "string Пётр", "key tags", "[", "string a\n", "number -1.5e2", "true",
        "null", "]", "key none", "{", "}", "}",
      ])
    #expect(try next(&reader, text) == .end)
    #expect(reader.position == text.count)
  }

  @Test("skips a value with everything in it, and reads on behind it")
  func skipping() throws {
    let text = Array(#"{"a":[1,{"b":["}"]}],"c":2}"#.utf8)
    var reader = JSONReader()
    #expect(try next(&reader, text) == .beginObject)
    guard case .key = try reader.next(in: text.span) else {
      Issue.record("a key was due")
      return
    }
    try reader.skipValue(in: text.span)
    guard case .key(let key) = try reader.next(in: text.span) else {
      Issue.record("a key was due")
      return
    }
    let isNext = key.equals("c", in: text.span)
    #expect(isNext)
    try reader.skipValue(in: text.span)
    #expect(try next(&reader, text) == .endObject)
    try reader.finish(in: text.span)
  }

  @Test("goes 512 levels deep and no deeper", arguments: [("[", "]"), (#"{"a":"#, "}")])
  func depth(open: String, close: String) {
    func nested(_ levels: Int) -> [UInt8] {
      let inside = open == "[" ? "" : "1"
      return Array(
        (String(repeating: open, count: levels) + inside + String(repeating: close, count: levels))
          .utf8)
    }
    #expect(throws: Never.self) { try check(nested(512)) }
    #expect(throws: JSONError(.tooDeep, at: 512 * open.utf8.count)) { try check(nested(513)) }
    #expect(throws: (any Error).self) { try check(nested(100_000)) }
  }

  @Test("remembers at every level whether it is an object or an array")
  func mixedLevels() throws {
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<50 {
      let levels = (0..<Int.random(in: 1...512, using: &generator)).map { _ in
        Bool.random(using: &generator)
      }
      let open = levels.map { $0 ? #"{"k":"# : "[" }.joined()
      let close = levels.reversed().map { $0 ? "}" : "]" }.joined()
      #expect(throws: Never.self) { try check(Array((open + "0" + close).utf8)) }
      var wrong = Array(close.utf8)
      let place = Int.random(in: wrong.indices, using: &generator)
      wrong[place] = wrong[place] == UInt8(ascii: "}") ? UInt8(ascii: "]") : UInt8(ascii: "}")
      let offset = open.utf8.count + 1 + place
      #expect(throws: JSONError(.unexpectedByte, at: offset)) {
        try check(Array((open + "0").utf8) + wrong)
      }
    }
  }

  @Test("calls every proper beginning of a text cut")
  func everyPrefixIsCut() {
    let text = Array(#"{"ключ":["\ud83d\ude00 \u00e9\n",-1.5e+2,true,false,null,{"a":"€😀"}]}"#.utf8)
    #expect(throws: Never.self) { try check(text) }
    for length in 0..<text.count {
      let error = #expect(throws: JSONError.self) { try check(Array(text[..<length])) }
      #expect(error?.code == .unexpectedEnd, "cut at \(length)")
    }
  }

  @Test("takes exactly the strings that are UTF-8, wherever they stand", arguments: 0..<8)
  func validUTF8(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    // The edges of the ranges in RFC 3629, so that wrong characters come near to right ones.
    let edges: [UInt8] = [
      0x20, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xD0, 0xDF, 0xE0,
      0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
    ]
    let whole = ["a", "Ж", "€", "😀", "é", "\u{D7FF}", "\u{E000}", "\u{10FFFF}", "ЖЖЖЖЖ"]
    for _ in 0..<4000 {
      var content: [UInt8] = []
      for _ in 0..<Int.random(in: 0...12, using: &generator) {
        if Int.random(in: 0..<4, using: &generator) == 0 {
          content.append(edges[Int.random(in: edges.indices, using: &generator)])
        } else {
          content += whole[Int.random(in: whole.indices, using: &generator)].utf8
        }
      }
      let isValid = String(validating: content, as: UTF8.self) != nil
      let isTaken = (try? check([0x22] + content + [0x22])) != nil
      #expect(isTaken == isValid, "seed \(seed): \(content)")
    }
  }

  @Test("ends with a value or an error on any bytes", arguments: 0..<4)
  func mutations(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let text = Array(
      #"[{"result":"Контакт","data":1029,"error":"\u0410"},{"a":[-1.5e3,null]}]"#.utf8)
    let alphabet = Array(#"{}[]":,\u0019.eE+-tfn "#.utf8) + [0x00, 0x80, 0xD0, 0xFF]
    for _ in 0..<3000 {
      var mutant = text
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let place = Int.random(in: mutant.indices, using: &generator)
        mutant[place] = alphabet[Int.random(in: alphabet.indices, using: &generator)]
      }
      do {
        try check(mutant)
      } catch let error as JSONError {
        #expect((0...mutant.count).contains(error.offset), "seed \(seed)")
      } catch {
        Issue.record("seed \(seed): \(error)")
      }
    }
  }
}

/// Reads a whole text, keeping nothing.
func check(_ bytes: [UInt8]) throws {
  var reader = JSONReader()
  while try reader.next(in: bytes.span) != .end {}
  try reader.finish(in: bytes.span)
}

/// The next token; a function, since a span may not stand inside `#expect`.
func next(_ reader: inout JSONReader, _ bytes: [UInt8]) throws -> JSONToken {
  try reader.next(in: bytes.span)
}
