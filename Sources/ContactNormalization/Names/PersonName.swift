package import ContactModel

/// The parts of a person's name, as far as its words tell them, and what told them.
///
/// ```swift
/// let name = PersonName(reading: "Иванов Пётр Сергеевич")
/// name.written(in: .givenFirst)   // "Пётр Сергеевич Иванов"
/// ```
///
/// The parts are vCard's (RFC 6350 §6.2.2), except that each holds one text: two given names or
/// surnames stand in one part with a blank between. A patronymic is an additional name. The text is
/// taken as it stands; capitals and look-alike letters are ``NameCell``'s affair.
///
/// What is known about names here is Russian first, then what Russian address books hold besides:
/// names of the former Soviet Union and of the West. Names of other customs mostly are unclear,
/// and nothing is guessed.
package struct PersonName: Sendable, Equatable {
  /// How much the words tell.
  package enum Clarity: Sendable, Equatable {
    /// Every word has its part.
    case clear
    /// Some word could be one part as well as another; the parts are empty.
    case unclear
    /// This is a company, several people, or a name with a remark; the parts are empty.
    case notAPerson
  }

  /// What stands before the name, such as `г-н` or `Dr.`.
  package var prefix = ""
  /// The surname.
  package var family = ""
  /// The first name.
  package var given = ""
  /// The patronymic or middle names.
  package var additional = ""
  /// What stands behind the name, such as `Jr.` or `III`.
  package var suffix = ""
  /// The order in which the text has the parts; `nil` if it is neither or there is but one.
  package var order: NameOrder?
  /// How much the words tell.
  package var clarity = Clarity.clear
  /// What told it, in the order in which it was weighed.
  package var evidence: [PersonNameEvidence] = []
  /// Whether the given and the additional name stand without a blank between, as in `И.И.`.
  var isUnspaced = false

  /// Reads a name whose blanks are single and inside.
  ///
  /// - Complexity: O(*n*) in the text.
  package init(reading text: String) {
    self = PersonNameReader.read(text)
  }

  init(clarity: Clarity, evidence: [PersonNameEvidence]) {
    self.clarity = clarity
    self.evidence = evidence
  }

  /// Whether two readings have the same parts.
  func hasParts(of other: PersonName) -> Bool {
    clarity == other.clarity && family == other.family && given == other.given
      && additional == other.additional && prefix == other.prefix && suffix == other.suffix
  }

  /// The whole name in an order; empty unless the name is clear.
  package func written(in order: NameOrder) -> String {
    let called = isUnspaced ? given + additional : Self.joined([given, additional])
    return switch order {
    case .familyFirst: Self.joined([prefix, family, called, suffix])
    case .givenFirst: Self.joined([prefix, called, family, suffix])
    }
  }

  /// One part of the name.
  package func part(_ part: NamePart) -> String {
    switch part {
    case .family: family
    case .given: given
    case .additional: additional
    }
  }

  private static func joined(_ parts: [String]) -> String {
    parts.filter { !$0.isEmpty }.joined(separator: " ")
  }
}

extension PersonName {
  /// What is read from a cell and why, a sentence a line, for people who ask.
  ///
  /// The first line has the parts, the others what told them, and the last one, where the settings
  /// ask for an order or a part, what is written.
  package static func explain(
    _ text: String, settings: NameSettings = NameSettings(), language: Language
  ) -> [String] {
    let repaired = NameCell.normalized(text, settings: NameSettings())
    let name = PersonName(reading: repaired.text)
    var lines = [name.summary(in: language)]
    lines += name.evidence.map { $0.sentence(in: language) }
    if settings != NameSettings() {
      let result = NameCell.normalized(text, settings: settings).text
      lines.append(
        result.isEmpty
          ? language.pick("nothing is written", "не пишется ничего")
          : language.pick("written as “\(result)”", "пишется «\(result)»"))
    }
    return lines
  }

  private func summary(in language: Language) -> String {
    switch clarity {
    case .notAPerson:
      return language.pick("not read as one person's name", "не читается как имя одного человека")
    case .unclear:
      return language.pick(
        "which word is the surname cannot be told", "нельзя понять, какое слово — фамилия")
    case .clear:
      let parts = [
        (language.pick("surname", "фамилия"), family), (language.pick("name", "имя"), given),
        (language.pick("patronymic or middle name", "отчество или второе имя"), additional),
      ]
      return parts.filter { !$0.1.isEmpty }
        .map { language.pick("\($0.0) “\($0.1)”", "\($0.0) «\($0.1)»") }.joined(separator: ", ")
    }
  }
}
