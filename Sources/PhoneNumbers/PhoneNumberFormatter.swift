/// How a telephone number is written.
package enum PhoneStyle: Sendable, CaseIterable {
  /// `+7(342)206-72-02`, the CRM's own; numbers that are not ten digits behind +7 as international.
  case crm
  /// `+73422067202`
  case e164
  /// `+7 342 206-72-02`
  case international
  /// `8 (342) 206-72-02` for numbers of the home country; others as international, since nobody
  /// could tell their country from the national form.
  case national
}

/// Writes telephone numbers as bytes.
///
/// Groups are libphonenumber's: for +7 exactly, for other countries those of the country's example
/// number with so many digits, or threes from the end where there is none. The national form
/// outside Russia is those groups with the trunk prefix `0` before them where the country has one.
/// Extensions follow as ` доб. 12`, in the international form as ` ext. 12`, and behind E.164,
/// which knows none, as `;ext=12` (RFC 3966). ``PhoneNumberParser`` reads all of it back.
package struct PhoneNumberFormatter: Sendable {
  /// The style of every number written.
  package let style: PhoneStyle
  /// The calling code of the numbers that the national style is for.
  let home: Int
  let metadata: PhoneMetadata
  let plan7: NumberingPlan7

  /// A formatter for one style.
  ///
  /// - Parameters:
  ///   - style: How numbers are written.
  ///   - home: The calling code of the home country, ``PhoneNumberParser/homeCallingCode``.
  package init(_ style: PhoneStyle, home: Int = 7) {
    self.style = style
    self.home = home
    metadata = .shared
    plan7 = .shared
  }

  /// Appends a number to some text.
  ///
  /// - Parameters:
  ///   - number: A number that ``PhoneNumberParser`` has read.
  ///   - text: What is appended to.
  package func append(_ number: PhoneNumber, to text: inout [UInt8]) {
    let national = DigitRun(value: number.nationalNumber, count: number.nationalDigitCount)
    switch style {
    case .crm:
      if number.callingCode == 7, national.count == 10 {
        Self.appendCRM(national.value, to: &text)
      } else {
        appendInternational(number.callingCode, national, to: &text)
      }
    case .e164:
      text.append(UInt8(ascii: "+"))
      Self.append(UInt64(number.callingCode), to: &text)
      Self.append(national, to: &text)
    case .international: appendInternational(number.callingCode, national, to: &text)
    case .national:
      if number.callingCode == home {
        appendNational(number.callingCode, national, to: &text)
      } else {
        appendInternational(number.callingCode, national, to: &text)
      }
    }
    if number.extensionDigitCount > 0 { appendExtension(of: number, to: &text) }
  }

  /// Appends ten digits as `+7(342)206-72-02`.
  private static func appendCRM(_ national: UInt64, to text: inout [UInt8]) {
    let (high, low) = (UInt32(national / 100_000), UInt32(national % 100_000))
    text.append(addingCapacity: 16) { output in
      output.append(UInt8(ascii: "+"))
      output.append(UInt8(ascii: "7"))
      output.append(UInt8(ascii: "("))
      output.append(digit(high / 10_000))
      output.append(digit(high / 1000))
      output.append(digit(high / 100))
      output.append(UInt8(ascii: ")"))
      output.append(digit(high / 10))
      output.append(digit(high))
      output.append(digit(low / 10_000))
      output.append(UInt8(ascii: "-"))
      output.append(digit(low / 1000))
      output.append(digit(low / 100))
      output.append(UInt8(ascii: "-"))
      output.append(digit(low / 10))
      output.append(digit(low))
    }
  }

  /// The last digit of a number, as a character.
  @inline(__always)
  private static func digit(_ number: UInt32) -> UInt8 {
    48 + UInt8(truncatingIfNeeded: number % 10)
  }

  private func appendInternational(
    _ callingCode: Int, _ national: DigitRun, to text: inout [UInt8]
  ) {
    text.append(UInt8(ascii: "+"))
    Self.append(UInt64(callingCode), to: &text)
    text.append(UInt8(ascii: " "))
    Self.append(national, in: grouping(callingCode, national), to: &text)
  }

  private func appendNational(
    _ callingCode: Int, _ national: DigitRun, to text: inout [UInt8]
  ) {
    guard callingCode != 7 else {
      text.append(contentsOf: [UInt8(ascii: "8"), UInt8(ascii: " ")])
      Self.append(national, in: grouping(7, national), bracketsFirst: true, to: &text)
      return
    }
    if let country = metadata.country(ofCallingCode: callingCode),
      metadata.countries[country].trunk.count == 1, metadata.countries[country].trunk.value == 0
    {
      text.append(UInt8(ascii: "0"))
    }
    Self.append(national, in: grouping(callingCode, national), to: &text)
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
    let digits = DigitRun(value: number.extensionNumber, count: number.extensionDigitCount)
    Self.append(digits, to: &text)
  }
}
