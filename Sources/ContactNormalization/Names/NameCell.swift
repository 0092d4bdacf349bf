import ContactModel

/// A cell that holds a person's name.
///
/// Repaired are, in this order: blanks and invisible characters (``NameTidying``), letters of the
/// wrong alphabet (``NameLookAlikes``), capitals (``NameCapitals``). Then the parts are put in the
/// order that is asked for, or the part that is asked for is taken. What is not one person's name,
/// such as a company, is left as it is but for blanks and invisible characters.
///
/// - An order that cannot be told leaves the name as it is, with a warning.
/// - A part that cannot be told is left out, with a warning: a whole name in the field of surnames
///   would be worse than none. A single word that may be surname or given name is written into
///   either, with the warning. A part that the name does not have is empty without one.
enum NameCell {
  /// A name as it is to be written, and what was done to it.
  struct Result: Equatable {
    var text: String
    var codes: [IssueCode] = []
    /// How many invisible characters were removed.
    var removed = 0
  }

  /// Longer texts are not names; only their blanks are brought in order.
  private static let maximumByteCount = 400

  /// Writes the name of a trimmed cell.
  static func write(
    _ bytes: [UInt8], _ range: Range<Int>, settings: NameSettings, to writer: inout ValueWriter
  ) {
    if settings == NameSettings(), NameScan.isClean(bytes, range) {
      // The writer itself asks this of the field of names.
      if writer.field != .person, PlaceholderCell.mayMatch(bytes, range),
        PlaceholderCell.matches(bytes, range)
      {
        return writer.report(.placeholder)
      }
      return writer.appendElement(bytes, range)
    }
    if PlaceholderCell.matches(bytes, range) { return writer.report(.placeholder) }
    // Bytes that are no text have been reported by their reader.
    guard let text = String(validating: bytes[range], as: UTF8.self) else {
      return TextCell.write(bytes, range, isJoined: false, to: &writer)
    }
    let result = normalized(text, settings: settings)
    if result.removed > 0 { writer.report(.controlCharacters, detail: result.removed) }
    for code in result.codes { writer.report(code) }
    if result.text.isEmpty { return }
    writer.beginElement()
    writer.bytes.append(contentsOf: result.text.utf8)
  }

  /// Repairs a name and writes it as the settings say.
  static func normalized(_ text: String, settings: NameSettings) -> Result {
    let (tidied, removed) = NameTidying.tidied(text)
    var result = Result(text: tidied, removed: removed)
    if tidied.isEmpty { return result }
    let isLong = tidied.utf8.count > maximumByteCount
    if !isLong, PersonNameReader.notAPerson(tidied) == nil { repair(&result) }
    if settings == NameSettings() { return result }
    let name =
      isLong
      ? PersonName(clarity: .notAPerson, evidence: [.tooLong]) : PersonName(reading: result.text)
    if let part = settings.part {
      take(part, of: name, into: &result)
    } else if let order = settings.order {
      put(name, into: order, &result)
    }
    return result
  }

  private static func repair(_ result: inout Result) {
    let letters = NameLookAlikes.repaired(result.text)
    if letters.isRepaired { result.codes.append(.nameLookAlikesRepaired) }
    if letters.isMixed { result.codes.append(.nameMixedAlphabets) }
    result.text = letters.text
    // Letters of the right alphabet may be a company's: `OOO` that was typed in Latin.
    if letters.isMixed || PersonNameReader.notAPerson(result.text) != nil { return }
    let capitals = NameCapitals.repaired(result.text)
    // A capital may have a twin that its small letter has not: then the alphabet would be in doubt.
    let isStable = NameLookAlikes.repaired(capitals) == NameLookAlikes.Result(text: capitals)
    if capitals == result.text || !isStable { return }
    result.codes.append(.nameCapitals)
    result.text = capitals
  }

  private static func put(_ name: PersonName, into order: NameOrder, _ result: inout Result) {
    if name.order == order, !result.text.contains(",") { return }
    let isOnePart = [name.family, name.given + name.additional].contains("")
    if name.clarity == .clear, isOnePart { return }
    if name.clarity != .notAPerson, !result.text.contains(" "), !result.text.contains(",") {
      return
    }
    let written = name.written(in: order)
    if name.clarity == .clear, written == result.text { return }
    // A name that would be read or repaired otherwise the next time is not understood.
    guard name.clarity == .clear, !name.given.isEmpty,
      PersonName(reading: written).hasParts(of: name),
      normalized(written, settings: NameSettings()) == Result(text: written)
    else {
      return result.codes.append(.nameOrderUnclear)
    }
    result.text = written
    result.codes.append(.nameReordered)
  }

  private static func take(_ part: NamePart, of name: PersonName, into result: inout Result) {
    if name.clarity == .clear {
      result.text = name.part(part)
      return
    }
    if case .loneWord = name.evidence.last {
      if part == .additional { return result.text = "" }
    } else {
      result.text = ""
    }
    result.codes.append(.nameOrderUnclear)
  }
}
