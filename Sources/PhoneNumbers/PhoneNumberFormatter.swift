/// How a telephone number is written.
package enum PhoneStyle: Sendable, CaseIterable {
  /// `+7(342)206-72-02`, the CRM's own; numbers that are not ten digits behind +7 as international.
  case crm
  /// `+73422067202`
  case e164
  /// `+7 342 206-72-02`
  case international
  /// `8 (342) 206-72-02` for numbers of the home country's calling code; others as international,
  /// since nobody could tell their country from the national form.
  case national
}

/// Writes telephone numbers as bytes.
///
/// The international and the national form are libphonenumber's, for every country. Extensions
/// follow as ` доб. 12`, in the international form as ` ext. 12`, and behind E.164, which knows
/// none, as `;ext=12` (RFC 3966). ``PhoneNumberParser`` reads all of it back.
package struct PhoneNumberFormatter: Sendable {
  /// The style of every number written.
  package let style: PhoneStyle
  /// The calling code of the numbers that the national style is for.
  let home: Int
  let metadata: PhoneMetadata

  /// A formatter for one style.
  ///
  /// - Parameters:
  ///   - style: How numbers are written.
  ///   - home: The calling code of the home country, ``PhoneNumberParser/homeCallingCode``.
  package init(_ style: PhoneStyle, home: Int = 7) {
    self.style = style
    self.home = home
    metadata = .shared
  }

  /// Appends a number to some text.
  ///
  /// - Parameters:
  ///   - number: A number that ``PhoneNumberParser`` has read; one that is not in use has no groups.
  ///   - text: What is appended to.
  package func append(_ number: PhoneNumber, to text: inout [UInt8]) {
    switch style {
    case .crm:
      if number.callingCode == 7, number.national.count == 10 {
        Self.appendCRM(number.national, to: &text)
      } else {
        appendInternational(number, to: &text)
      }
    case .e164: Self.appendE164(number, to: &text)
    case .international: appendInternational(number, to: &text)
    case .national:
      if number.callingCode == home {
        appendGrouped(number, isNational: true, to: &text)
      } else {
        appendInternational(number, to: &text)
      }
    }
    if number.extensionDigits.count > 0 { appendExtension(of: number, to: &text) }
  }

  /// Appends a number as `+73422067202`.
  private static func appendE164(_ number: PhoneNumber, to text: inout [UInt8]) {
    let (code, national) = (number.callingCode, number.national)
    let codeCount = code >= 100 ? 3 : code >= 10 ? 2 : 1
    let count = codeCount + national.count
    guard count <= 16 else {
      appendCallingCode(code, to: &text)
      return append(national, to: &text)
    }
    // All digits in one register, the first in its highest bits.
    let codeBits = UInt64((code / 100) << 8 | (code / 10 % 10) << 4 | code % 10)
    let bits = codeBits << UInt64(4 * national.count) | UInt64(truncatingIfNeeded: national.bits)
    text.append(addingCapacity: count + 1) { output in
      output.append(UInt8(ascii: "+"))
      var rest = bits &<< UInt64(64 - 4 * count)
      for _ in 0..<count {
        output.append(48 + UInt8(truncatingIfNeeded: rest &>> 60))
        rest &<<= 4
      }
    }
  }

  /// Appends ten digits as `+7(342)206-72-02`.
  private static func appendCRM(_ national: DigitRun, to text: inout [UInt8]) {
    let digits = UInt64(truncatingIfNeeded: national.bits)
    text.append(addingCapacity: 16) { output in
      output.append(UInt8(ascii: "+"))
      output.append(UInt8(ascii: "7"))
      output.append(UInt8(ascii: "("))
      output.append(digit(digits, 9))
      output.append(digit(digits, 8))
      output.append(digit(digits, 7))
      output.append(UInt8(ascii: ")"))
      output.append(digit(digits, 6))
      output.append(digit(digits, 5))
      output.append(digit(digits, 4))
      output.append(UInt8(ascii: "-"))
      output.append(digit(digits, 3))
      output.append(digit(digits, 2))
      output.append(UInt8(ascii: "-"))
      output.append(digit(digits, 1))
      output.append(digit(digits, 0))
    }
  }

  /// A digit as a character, by its place from the end.
  @inline(__always)
  private static func digit(_ digits: UInt64, _ place: UInt64) -> UInt8 {
    48 + UInt8(truncatingIfNeeded: digits >> (place * 4) & 15)
  }

  private func appendInternational(_ number: PhoneNumber, to text: inout [UInt8]) {
    Self.appendCallingCode(number.callingCode, to: &text)
    text.append(UInt8(ascii: " "))
    appendGrouped(number, isNational: false, to: &text)
  }

  private static func appendCallingCode(_ code: Int, to text: inout [UInt8]) {
    text.append(UInt8(ascii: "+"))
    if code >= 100 { text.append(48 + UInt8(code / 100)) }
    if code >= 10 { text.append(48 + UInt8(code / 10 % 10)) }
    text.append(48 + UInt8(code % 10))
  }

  /// Appends a national number in its groups, as its template has them.
  private func appendGrouped(_ number: PhoneNumber, isNational: Bool, to text: inout [UInt8]) {
    let digits = number.national
    guard let country = metadata.country(ofCallingCode: number.callingCode) else {
      return Self.append(digits, to: &text)
    }
    let standing = metadata.standing(of: digits, in: country)
    let index = isNational ? standing.national : standing.international
    guard index > 0 else { return Self.append(digits, to: &text) }
    let template = metadata.templates[index]
    text.append(addingCapacity: template.count) { output in
      for byte in template {
        let isDigit = byte >= UInt8(ascii: "a")
        output.append(isDigit ? 48 + digits[Int(byte - UInt8(ascii: "a"))] : byte)
      }
    }
  }

  /// Appends digits, leading zeros included.
  private static func append(_ digits: DigitRun, to text: inout [UInt8]) {
    text.append(addingCapacity: digits.count) { output in
      for index in 0..<digits.count { output.append(48 + digits[index]) }
    }
  }

  private func appendExtension(of number: PhoneNumber, to text: inout [UInt8]) {
    let marker: StaticString =
      switch style {
      case .crm: " доб. "
      case .e164: ";ext="
      case .international: " ext. "
      case .national: number.callingCode == 7 ? " доб. " : " ext. "
      }
    marker.withUTF8Buffer { text.append(contentsOf: $0) }
    Self.append(number.extensionDigits, to: &text)
  }
}
