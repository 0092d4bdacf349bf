import ContactModel
import PersonAPI
import Testing

@Suite("traces and hashes of contacts")
struct ContactTracesTests {
  private let marker = RowMarker(
    predictor: StoredValuePredictor(schema: ContactSchema(columns: []), variant: .dotted))

  private func traces(_ field: PersonField, _ text: String) throws -> Set<UInt32> {
    Set(try #require(marker.seen(ContactDetails(pid: 1, values: [field: text]))).traces)
  }

  @Test(
    "what people and servers do to a value leaves its trace alone",
    arguments: [
      (PersonField.person, "Фёдор Ёлкин", "федор  елкин."), (.person, "Smith-Jones", "smith jones"),
      (.person, "ÉCOLE", "école"), (.person, "Анна 😀", "Анна ????"), (.person, "«Ива»", "”Ива”"),
      (.person, "ЇЖАК", "їжак"), (.tel, "+7(495)123-45-67", "8 495 1234567"),
      (.mob, "8-495-123-45-67 доб. 1234567", "4951234567"),
      (.fax, "495 123-45-67 ext 5", "(495) 1234567"),
      (.mail, "Anna@Example.COM ", "anna@example.com"),
      (.mail, "anna@example.com", "anna@exam ple.com"),
    ])
  func same(field: PersonField, left: String, right: String) throws {
    #expect(try traces(field, left) == traces(field, right))
    #expect(try traces(field, left).count == 1)
  }

  @Test("cells are cut; phones of any field and addresses count one by one")
  func cells() throws {
    let phones = try traces(.tel, "+7(495)123-45-67, 8 (912) 345-67-89;1234567\n7654321")
    #expect(phones.count == 4)
    #expect(try traces(.mob, "9123456789").isSubset(of: phones))
    #expect(try traces(.fax, "765-43-21").isSubset(of: phones))
    let mails = try traces(.mail, "long.address.one@example.com, b@example.com;c@example.com")
    #expect(mails.count == 3)
    for mail in ["LONG.address.one@example.com", "b@example.com", "c@example.com"] {
      #expect(try traces(.mail, mail).isSubset(of: mails))
    }
  }

  @Test("too few digits, no @ and fields of another kind leave none; a name always does")
  func none() throws {
    #expect(try traces(.tel, "123-456").isEmpty)
    #expect(try traces(.mail, "нет").isEmpty)
    #expect(try traces(.input1, "anna@example.com").isEmpty)
    #expect(try traces(.person, "—").count == 1)
    #expect(try traces(.person, "—") != traces(.person, "!"))
  }

  @Test("values that differ leave different traces")
  func different() throws {
    let names = [
      "Анна", "Анны", "Ана", "Анна1", "Ann", "Аннааннааннаанна", "李", "林", "Ω", "й", "и",
    ]
    #expect(Set(try names.map { try traces(.person, $0) }).count == names.count)
    let mails = ["a@b.c", "a@b.d", "aa@b.c", "12345678@b.c", "12345678@b.c0", "12345678@b.c00000"]
    #expect(Set(try mails.map { try traces(.mail, $0) }).count == mails.count)
    #expect(try traces(.tel, "1234567") != traces(.tel, "1234568"))
    #expect(try traces(.person, "1234567").isDisjoint(with: traces(.tel, "1234567")))
  }

  @Test("an address is the same whether or not it is read eight bytes at once")
  func words() throws {
    let address = "Some.Body+Else[Z]@Long.Example.com"
    for blanks in 0..<12 {
      let text = address.dropLast(3) + String(repeating: " ", count: blanks) + "com"
      #expect(try traces(.mail, String(text)) == traces(.mail, address.lowercased()), "\(blanks)")
    }
    for length in 1..<20 {
      let first = String(repeating: "q", count: length) + "@x.invalid"
      #expect(
        try traces(.mail, first + "," + address)
          == traces(.mail, first).union(
            traces(.mail, address)))
    }
  }

  /// The hash as its description says, byte by byte.
  private func hash(_ text: String, domain: UInt64) -> UInt64 {
    func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
      // The product of 32-bit halves, as on paper.
      let (a, b, c, d) = (left >> 32, left & 0xFFFF_FFFF, right >> 32, right & 0xFFFF_FFFF)
      let low = b * d
      let middle = b * c + low >> 32
      let middle2 = a * d + middle & 0xFFFF_FFFF
      let high = a * c + middle >> 32 + middle2 >> 32
      return high ^ (middle2 << 32 | low & 0xFFFF_FFFF)
    }
    let bytes = Array(text.utf8)
    var state = fold(domain ^ 0x9E37_79B9_7F4A_7C15, UInt64(bytes.count) ^ 0x2436_A885_A308_D313)
    for start in stride(from: 0, to: bytes.count, by: 8) {
      var word: UInt64 = 0
      for (index, byte) in bytes[start..<min(start + 8, bytes.count)].enumerated() {
        word += UInt64(byte) << UInt64(8 * index)
      }
      state = fold(state ^ word, 0xB7E1_5162_8AED_2A6B)
    }
    return fold(state ^ 0x1319_8A2E_0370_7345, 0xB7E1_5162_8AED_2A6B)
  }

  @Test("the hash is the one that is described, so that old journals stay readable")
  func description() throws {
    let letters = Array("abcdefghijkmnpqrstuvwxyz23456789")
    for length in 0..<40 {
      let run = String("20261123T165301Z-k7pq-и-так-далее-и-тому-подобное".prefix(length))
      let number = hash(run, domain: hash("import-key", domain: 0))
      let expected = (0..<8).map { letters[Int(number >> UInt64(5 * $0) & 31)] }
      #expect(ImportKey.token(run) == String(expected))
    }
    let seen = try #require(marker.seen(ContactDetails(pid: 1, values: [.ptitle: "Директор"])))
    let row = hash("Директор", domain: hash("ptitle", domain: 0)) ^ hash("row", domain: 0)
    let product = row.multipliedFullWidth(by: 0xB7E1_5162_8AED_2A6B)
    #expect(seen.stored == product.high ^ product.low)
  }
}
