import TestSupport
import Testing

@testable import ContactFormats

@Suite("gzip")
struct GzipTests {
  /// ``russianText``, packed by another program with a time in the header.
  static let russian: [UInt8] = [
    31, 139, 8, 0, 0, 241, 83, 101, 2, 255, 187, 48, 227, 194, 158, 139, 253, 214, 23, 176, 80,
    92, 23, 230, 95, 156, 120, 177, 233, 98, 131, 53, 110, 6, 23, 0, 53, 34, 210, 12, 64, 0, 0, 0,
  ]

  static let russianText = Array("Имя;Имя;Имя;Имя\nПётр;Пётр;Пётр;Пётр\n".utf8)

  /// `a,b` and `1,2`, each a line, with a file name and a comment in the header.
  static let named: [UInt8] =
    [31, 139, 8, 0x18, 1, 2, 3, 4, 0, 3] + Array("people.csv\0made up\0".utf8) + namedData
    + namedTrailer
  static let namedData: [UInt8] = [75, 212, 73, 226, 50, 212, 49, 226, 2, 0]
  static let namedTrailer: [UInt8] = [123, 7, 151, 10, 8, 0, 0, 0]

  /// What comes out of a file that is pushed in chunks, and the error it ends with.
  static func unpack(
    _ chunks: [[UInt8]], atMost limit: Int = 1000
  ) -> (bytes: [UInt8], error: FormatError?) {
    var inflater = Inflater()
    var all: [UInt8] = []
    var pending: [UInt8] = []
    do throws(FormatError) {
      for chunk in chunks {
        pending += chunk
        var place = 0
        while place < pending.count {
          var piece: [UInt8] = []
          place += try inflater.inflate(pending.span, from: place, into: &piece, atMost: limit)
          #expect(piece.count <= limit)
          all += piece
          // What is left comes again with the next chunk, as a reader's intake does it.
          if piece.isEmpty { break }
        }
        pending.removeSubrange(..<place)
      }
      while !pending.isEmpty {
        let count = try inflater.inflate(pending.span, from: 0, into: &all, atMost: limit)
        pending.removeSubrange(..<count)
      }
      try inflater.finish()
    } catch {
      return (all, error)
    }
    return (all, nil)
  }

  static func pack(_ bytes: [UInt8], level: Int = 6) -> [UInt8] {
    var deflater = Deflater(level: level)
    return deflater.append(bytes) + deflater.finish()
  }

  @Test("a file of another program is unpacked, however it is cut")
  func otherProgram() {
    everySplit(of: Self.russian) { chunks, cut in
      let (bytes, error) = Self.unpack(chunks)
      #expect(bytes == Self.russianText, "\(cut)")
      #expect(error == nil, "\(cut)")
    }
  }

  @Test("a header with a name and a comment is skipped")
  func namedFile() {
    everySplit(of: Self.named) { chunks, cut in
      #expect(Self.unpack(chunks).bytes == Array("a,b\n1,2\n".utf8), "\(cut)")
      #expect(Self.unpack(chunks).error == nil, "\(cut)")
    }
  }

  @Test("members one behind the other are one text, and zeros behind the last are padding")
  func members() {
    let file = Self.named + Self.russian + Self.named + [0, 0, 0, 0, 0]
    let text = Array("a,b\n1,2\n".utf8)
    everySplit(of: file) { chunks, cut in
      let (bytes, error) = Self.unpack(chunks)
      #expect(bytes == text + Self.russianText + text, "\(cut)")
      #expect(error == nil, "\(cut)")
    }
  }

  @Test(
    "no call unpacks more than its limit, and nothing is lost", arguments: [1, 2, 7, 100, 4096])
  func limit(limit: Int) {
    // Zeros pack so well that zlib takes all the input long before it has given all the output.
    let text = [UInt8](repeating: 0, count: 20_000) + Array("end".utf8)
    let file = Self.pack(text) + Self.pack(Array("next".utf8))
    for size in [1, 2, 5, file.count] {
      let (bytes, error) = Self.unpack(pieces(of: file, size), atMost: limit)
      #expect(bytes == text + Array("next".utf8), "chunks of \(size)")
      #expect(error == nil, "chunks of \(size)")
    }
  }

  @Test("a file cut off anywhere gives a beginning of its text and an error")
  func truncated() {
    let file = Self.pack(Self.russianText)
    for length in 2..<file.count {
      let (bytes, error) = Self.unpack([Array(file[..<length])])
      #expect(Self.russianText.starts(with: bytes), "\(length) bytes")
      #expect(error == FormatError(.brokenGzip, found: "unexpected end of file"), "\(length) bytes")
    }
    // Without its trailer the text is complete, though nobody can vouch for it.
    #expect(Self.unpack([file.dropLast(8)]).bytes == Self.russianText)
  }

  @Test("a wrong check sum or length is an error behind all of the text", arguments: [1, 5])
  func wrongTrailer(place: Int) {
    var file = Self.russian
    file[file.count - place] ^= 1
    everySplit(of: file) { chunks, cut in
      let (bytes, error) = Self.unpack(chunks)
      #expect(bytes == Self.russianText, "\(cut)")
      #expect(error?.code == .brokenGzip && error?.found.isEmpty == false, "\(cut)")
    }
  }

  @Test(
    "stray bytes behind the text are an error, after the text",
    arguments: [[0x41], [0, 0, 0x41], [0x1F, 0x8C], [0x1F], [0x1F, 0x8B, 9]] as [[UInt8]])
  func strayBytes(bytes stray: [UInt8]) {
    everySplit(of: Self.russian + stray) { chunks, cut in
      let (bytes, error) = Self.unpack(chunks)
      #expect(bytes == Self.russianText, "\(cut)")
      #expect(error?.code == .brokenGzip, "\(cut)")
    }
  }

  @Test("damage loses nothing that stands before it and ends in an error", arguments: 0..<200)
  func damage(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let text = (0..<2000).flatMap { Array("row \($0 * 7919 % 1000);".utf8) }
    var file = Self.pack(text)
    let place = Int.random(in: 2..<file.count, using: &generator)
    file[place] ^= UInt8.random(in: 1...255, using: &generator)
    let (bytes, error) = Self.unpack(pieces(of: file, 100))
    // Nothing checks the header's flags and time.
    guard place >= 10 else { return }
    #expect(error?.code == .brokenGzip, "seed \(seed)")
    // What the bytes before the damage say does not depend on it.
    let intact = Self.unpack([Array(file[..<place])]).bytes
    #expect(bytes.starts(with: intact) && text.starts(with: intact), "seed \(seed)")
  }

  @Test("every kind of damage ends without a crash", arguments: 0..<200)
  func mutations(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let file = Self.named + Self.russian
    let damaged = mutated(file, with: &generator)
    let whole = Self.unpack([damaged])
    let cut = Self.unpack(damaged.map { [$0] })
    #expect(whole.bytes == cut.bytes && whole.error?.code == cut.error?.code, "seed \(seed)")
  }

  @Test("what is packed comes back, at every level", arguments: [0, 1, 6, 9, 99])
  func roundTrip(level: Int) {
    var generator = SeededGenerator(seed: UInt64(level))
    for count in [0, 1, 1000, 200_000] {
      let text = (0..<count).map { _ in UInt8.random(in: 0...63, using: &generator) }
      #expect(Self.unpack([Self.pack(text, level: level)], atMost: 300_000).bytes == text)
      #expect(Self.unpack([Self.pack(text, level: level)], atMost: 300_000).error == nil)
    }
  }

  @Test("packing in pieces and twice gives the same bytes, without a time or a system")
  func deterministic() {
    let text = Array(repeating: Self.russianText, count: 500).flatMap(\.self)
    var deflater = Deflater()
    var packed: [UInt8] = []
    for piece in pieces(of: text, 97) { packed += deflater.append(piece) }
    packed += deflater.finish()
    #expect(deflater.finish().isEmpty)
    #expect(packed == Self.pack(text))
    #expect(packed.prefix(10).elementsEqual([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]))
    #expect(packed.count < text.count / 50)
  }
}

@Suite("bare DEFLATE data")
struct RawInflaterTests {
  @Test("it is unpacked however it is cut, and nothing behind its end is taken")
  func raw() throws {
    try everySplit(of: GzipTests.namedData + [0x41, 0x42]) { chunks, cut in
      var inflater = RawInflater()
      var bytes: [UInt8] = []
      var taken = 0
      for chunk in chunks {
        var place = 0
        while place < chunk.count, !inflater.isAtEnd {
          place += try inflater.inflate(chunk.span, from: place, into: &bytes, atMost: 100)
        }
        taken += place
      }
      try inflater.finish()
      #expect(bytes == Array("a,b\n1,2\n".utf8), "\(cut)")
      #expect(taken == GzipTests.namedData.count, "\(cut)")
    }
  }

  @Test("cut off or damaged data is a broken package")
  func broken() {
    for length in 0..<GzipTests.namedData.count {
      var inflater = RawInflater()
      var bytes: [UInt8] = []
      let packed = Array(GzipTests.namedData[..<length])
      #expect(throws: FormatError(.brokenPackage, found: "unexpected end of data")) {
        _ = try inflater.inflate(packed.span, from: 0, into: &bytes, atMost: 100)
        try inflater.finish()
      }
    }
    var inflater = RawInflater()
    var bytes: [UInt8] = []
    // A block of the type that RFC 1951 §3.2.3 reserves.
    #expect(throws: FormatError(.brokenPackage, found: "invalid block type")) {
      _ = try inflater.inflate([0x07, 0, 0].span, from: 0, into: &bytes, atMost: 100)
    }
  }

  @Test("the check value of the standard's test text, in pieces, too")
  func check() {
    let digits = Array("123456789".utf8)
    #expect(CyclicRedundancyCheck.value(of: digits) == 0xCBF4_3926)
    everySplit(of: digits) { chunks, cut in
      var check = CyclicRedundancyCheck()
      for chunk in chunks { check.append(chunk) }
      check.append([])
      #expect(check.value == 0xCBF4_3926, "\(cut)")
    }
    #expect(CyclicRedundancyCheck.value(of: []) == 0)
  }
}
