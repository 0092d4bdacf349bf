package import ContactModel

/// One thing that tells what a word of a name is, or why it cannot be told.
package enum PersonNameEvidence: Sendable, Equatable {
  /// A word ends as patronymics do, or is followed by `оглы` or the like.
  case patronymic(String)
  /// A word looks like a patronymic but stands where a surname stands.
  case patronymicAsFamily(String)
  /// A word is in the list of given names.
  case knownGiven(String)
  /// A word is in the list of surnames that no ending tells.
  case knownFamily(String)
  /// A word ends as surnames do.
  case familyEnding(String, ending: String)
  /// A word begins as surnames do: `Mc`, `О’`.
  case familyBeginning(String)
  /// Words such as `фон` and what follows them.
  case particle(String)
  /// One letter that stands for a name.
  case initial(String)
  /// A comma, which follows a surname.
  case comma
  /// The surname is what is left when the other words have their parts.
  case remaining(String)
  /// Nothing is known about a word that stands alone.
  case loneWord(String)
  /// The words say as much for one order as for the other.
  case undecided
  /// A word that companies have in their names.
  case companyWord(String)
  /// A sign that names do not have, such as a digit, a quote or a bracket.
  case sign(String)
  /// A word that is an abbreviation, as far as one can see.
  case abbreviation(String)
  /// Several people in one cell.
  case severalPeople
  /// More words than a name has.
  case tooLong

  /// The evidence as a sentence.
  package func sentence(in language: Language) -> String {
    switch self {
    case .patronymic(let word):
      language.pick(
        "“\(word)” is a patronymic, so the name before it is the given name",
        "«\(word)» — отчество, значит, перед ним стоит имя")
    case .patronymicAsFamily(let word):
      language.pick(
        "“\(word)” looks like a patronymic but stands where a surname does",
        "«\(word)» похоже на отчество, но стоит на месте фамилии")
    case .knownGiven(let word):
      language.pick("“\(word)” is a given name", "«\(word)» — имя")
    case .knownFamily(let word):
      language.pick("“\(word)” is a common surname", "«\(word)» — распространённая фамилия")
    case .familyEnding(let word, let ending):
      language.pick(
        "“\(word)” ends in “-\(ending)”, as surnames do",
        "«\(word)» кончается на «-\(ending)», как фамилии")
    case .familyBeginning(let word):
      language.pick("“\(word)” begins as surnames do", "«\(word)» начинается, как фамилии")
    case .particle(let words):
      language.pick(
        "“\(words)” begins with a particle that surnames have",
        "«\(words)» начинается с частицы, какие бывают у фамилий")
    case .initial(let word):
      language.pick(
        "“\(word)” is an initial, and surnames are written out",
        "«\(word)» — инициал, а фамилии пишут полностью")
    case .comma:
      language.pick("a comma stands behind the surname", "после фамилии стоит запятая")
    case .remaining(let word):
      language.pick(
        "“\(word)” is what is left for the surname", "на фамилию остаётся «\(word)»")
    case .loneWord(let word):
      language.pick(
        "“\(word)” alone could be a surname or a given name",
        "«\(word)» без других слов может быть и фамилией, и именем")
    case .undecided: undecided(in: language)
    case .companyWord(let word):
      language.pick(
        "“\(word)” is a word of companies' names", "«\(word)» бывает в названиях организаций")
    case .sign(let sign):
      language.pick("names have no “\(sign)”", "в именах не бывает знака «\(sign)»")
    case .abbreviation(let word):
      language.pick("“\(word)” may be an abbreviation", "«\(word)» может быть сокращением")
    case .severalPeople:
      language.pick("there may be several people", "похоже, здесь несколько человек")
    case .tooLong:
      language.pick("there are more words than a name has", "слов больше, чем бывает в имени")
    }
  }

  private func undecided(in language: Language) -> String {
    language.pick(
      "the words say as much for one order as for the other",
      "слова говорят за один порядок не больше, чем за другой")
  }
}
