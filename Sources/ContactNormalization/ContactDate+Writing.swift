import ContactModel

extension ContactDate {
  /// Writes the date of a trimmed cell in the form the settings ask for.
  ///
  /// What is written reads back as the same date under the same settings, except
  /// ``DateForm/monthFirst`` under ``DateOrder/dmy``.
  static func write(
    _ bytes: [UInt8], _ range: Range<Int>, settings: DateSettings, to writer: inout ValueWriter
  ) {
    let reading = read(bytes, range, settings: settings)
    switch reading {
    case .date(let date): return date.write(settings.format, to: &writer)
    case .serial(let date):
      writer.report(.dateFromSerial)
      return date.write(settings.format, to: &writer)
    default: break
    }
    if isZero(bytes, range) || PlaceholderCell.matches(bytes, range) {
      return writer.report(.placeholder)
    }
    switch reading {
    case .date, .serial: break
    case .impossible: writer.refuse(.dateImpossible, bytes, range)
    case .monthFirst: writer.refuse(.dateMonthFirst, bytes, range)
    case .noCentury: writer.refuse(.dateNoCentury, bytes, range)
    case .unreadable: writer.refuse(.dateUnreadable, bytes, range)
    }
  }

  private func write(_ form: DateForm, to writer: inout ValueWriter) {
    writer.beginElement()
    append(form, to: &writer.bytes)
  }

  /// Appends the date.
  func append(_ form: DateForm = .iso, to output: inout [UInt8]) {
    switch form {
    case .iso:
      appendYear(to: &output)
      output.append(UInt8(ascii: "-"))
      Self.append(month, to: &output)
      output.append(UInt8(ascii: "-"))
      Self.append(day, to: &output)
    case .dots:
      Self.append(day, to: &output)
      output.append(UInt8(ascii: "."))
      Self.append(month, to: &output)
      output.append(UInt8(ascii: "."))
      appendYear(to: &output)
    case .monthFirst:
      Self.append(month, to: &output)
      output.append(UInt8(ascii: "/"))
      Self.append(day, to: &output)
      output.append(UInt8(ascii: "/"))
      appendYear(to: &output)
    case .compact:
      appendYear(to: &output)
      Self.append(month, to: &output)
      Self.append(day, to: &output)
    }
  }

  private func appendYear(to output: inout [UInt8]) {
    Self.append(year / 100, to: &output)
    Self.append(year % 100, to: &output)
  }

  private static func append(_ pair: Int, to output: inout [UInt8]) {
    output.append(48 + UInt8(pair / 10))
    output.append(48 + UInt8(pair % 10))
  }

  /// Whether a cell is a date of zeros, perhaps with a time, as databases and address books write
  /// for none, or the 0 January 1900 that a spreadsheet makes of an empty cell.
  private static func isZero(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    var cursor = DateCursor(bytes: bytes, index: range.lowerBound, end: range.upperBound)
    var numbers: [Int] = []
    while numbers.count < 3 {
      let number = cursor.number()
      guard number.count > 0, number.count <= 4 else { return false }
      numbers.append(number.value)
      if numbers.count < 3, cursor.separator() == nil { return false }
    }
    return cursor.isAtDateEnd
      && [[0, 0, 0], [1900, 1, 0], [0, 1, 1900], [1, 0, 1900]].contains(numbers)
  }
}
