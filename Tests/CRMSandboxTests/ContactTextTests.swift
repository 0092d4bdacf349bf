import Testing

@testable import CRMSandbox

@Suite("Texts on their way into a contact")
struct ContactTextTests {
  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test(
    "strip_tags keeps to its automaton",
    arguments: [
      ("a<b", "a"), ("a< b>c", "a< b>c"), ("<a title='x>y'>z", "z"), ("<!-- a > b -->c", "c"),
      ("<!-- it's -->c", "c"), ("<?php if (a > b) ?>y", "y"), ("<?php (?>x", ""),
      ("<?xml a>b", ""), ("x<?xml a>b", "xb"), ("<!DOCTYPE a 'b>c'>d", "d"), ("<a <b> c> d", " d"),
      ("x > y", "x > y"),
      ("a\0b", "ab"), ("<a 'b\" >c' >d", "d"), ("1 <= 2", "1 "), ("(a) <b (c> d", "(a)  d"),
    ])
  func tags(_ sent: String, _ kept: String) {
    #expect(text(TagStripper.strip(Array(sent.utf8))) == kept)
  }

  @Test("a plain variable of a form is trimmed before its quotes are replaced")
  func received() {
    let received = ContactText.received(Array("\t\"a\" 'b' \\n\\r \0".utf8))
    #expect(text(received) == "”a” &acute;b&acute; ")
    #expect(text(ContactText.received(Array("\\r\\n\\\\n\\r".utf8))) == "\\r\\n\\")
  }

  @Test("entities of guillemets go, and what they leave behind is not looked at again")
  func entities() {
    #expect(text(ContactText.cleaned(Array("&la&laquo;quo;«x»".utf8))) == "&laquo;”x”")
    #expect(text(ContactText.untagged(Array("<b>O'K</b> \"a\" \\ `x` «y»".utf8))) == "OK a  x y")
  }

  @Test("an array is joined by its numbers, and inner arrays without a separator before them")
  func joined() {
    var inner = PHPArray()
    inner.set(.number(0), to: .bytes(Array("3".utf8)))
    inner.set(.number(1), to: .bytes(Array("4".utf8)))
    var array = PHPArray()
    array.set(.number(0), to: .bytes(Array("1".utf8)))
    array.set(.number(1), to: .bytes(Array(" 2 ".utf8)))
    array.set(.number(2), to: .array(inner))
    #expect(text(ContactText.joined(.array(array))) == "1, 23, 4")
    var named = PHPArray()
    named.set(.text(Array("a".utf8)), to: .bytes(Array("x".utf8)))
    #expect(text(ContactText.joined(.array(named))) == "")
    var blank = PHPArray()
    blank.set(.number(0), to: .bytes([]))
    blank.set(.number(1), to: .bytes(Array("x".utf8)))
    #expect(text(ContactText.joined(.array(blank))) == ", x")
  }

  @Test("roles are cut at semicolons")
  func roles() {
    let roles = ContactText.roles(Array("Первая; Вторая ;;Третья".utf8))
    #expect(text(roles) == "Первая;Вторая;Третья")
    #expect(text(ContactText.roles(Array(";a; ;b".utf8))) == "a;b")
    #expect(text(ContactText.changedRoles(Array(";a; ;b".utf8))) == ";a;b")
  }

  @Test("a mail is cut at commas and semicolons")
  func addresses() {
    #expect(
      ContactText.addresses(Array("a@x, b@x;;c@x".utf8)).map(text) == ["a@x", "b@x", "c@x"])
  }

  @Test(
    "numbers are found as PHP finds them",
    arguments: [
      ("12abc", 12, false), (" 7", 7, true), ("-5", -5, true), ("1.9", 1, true),
      ("1e3", 1000, true),
      ("1e", 1, false), (".5", 0, true), (".", 0, false), ("", 0, false), ("0x1A", 0, false),
      ("+3 - x", 3, false), ("99999999999999999999", Int.max, true), ("5.", 5, true),
    ])
  func numbers(_ sent: String, _ integer: Int, _ isNumeric: Bool) {
    #expect(PHPNumber.integer(Array(sent.utf8)) == integer)
    #expect(PHPNumber.isNumeric(Array(sent.utf8)) == isNumeric)
  }
}

@Suite("What the tables make of values")
struct StoredValueTests {
  @Test("a byte that the table does not know becomes a question mark")
  func unknownBytes() {
    let stored = StoredText(Array("я😀".utf8) + [0xC8, 0x20, 0xE2, 0x82], width: .characters(20))
    #expect(String(decoding: stored.bytes, as: UTF8.self) == "я????? ??")
    #expect(stored.problem == .incorrect(Array("😀".utf8) + [0xC8, 0x20, 0xE2, 0x82]))
  }

  @Test("what is too long is cut between characters; blanks may go unnoticed")
  func cuts() {
    let long = StoredText(Array("яяя".utf8), width: .bytes(5))
    #expect(long == StoredText(Array("яя".utf8), width: .bytes(4)) || long.problem == .tooLong)
    #expect(String(decoding: long.bytes, as: UTF8.self) == "яя")
    #expect(StoredText(Array("ab  ".utf8), width: .characters(2)).problem == nil)
    #expect(StoredText(Array("abc ".utf8), width: .characters(2)).problem == .tooLong)
  }

  @Test(
    "a text in a column of numbers is the number it begins with, rounded and within range",
    arguments: [
      ("12", 12, nil), ("", 0, .incorrect), ("Завод", 0, .incorrect), ("-5.5", -6, nil),
      ("7 холмов", 7, .truncated), ("9999999999", 2_147_483_647, .outOfRange),
    ] as [(String, Int, StoredInteger.Problem?)])
  func integers(_ sent: String, _ value: Int, _ problem: StoredInteger.Problem?) {
    let stored = StoredInteger(Array(sent.utf8))
    #expect(stored.value == value)
    #expect(stored.problem == problem)
  }
}
