package import ContactModel

/// Text that is not YAML: libyaml's complaint, and what it means.
package struct YAMLProblem: Sendable, Equatable {
  /// libyaml's own words.
  package let complaint: String

  /// The complaint as a sentence for a person.
  package func sentence(in language: Language) -> String {
    let known = YAMLProblem.known[complaint]
    return language.pick("this is not YAML: ", "это не YAML: ")
      + language.pick(known?.english ?? complaint, known?.russian ?? complaint)
  }

  /// What usually helps, where that is known.
  package func hint(in language: Language) -> String? {
    guard let cure = YAMLProblem.known[complaint]?.cure else { return nil }
    return switch cure {
    case .quote:
      language.pick(
        "put names with : # [ ] { } , & * ! | > ' \" % @ ` in quotes",
        "имена со знаками : # [ ] { } , & * ! | > ' \" % @ ` возьмите в кавычки")
    case .indent:
      language.pick(
        "entries of one list begin in the same column; indent by blanks, not tabs",
        "строки одного списка начинаются в одном столбце; отступ из пробелов, не табуляций")
    case .close:
      language.pick(
        "a quote or bracket opened above is not closed",
        "кавычка или скобка, открытая выше, не закрыта")
    }
  }

  private enum Cure { case quote, indent, close }

  private struct Meaning {
    let english: String
    let russian: String
    let cure: Cure?

    init(_ english: String, _ russian: String, _ cure: Cure? = nil) {
      self.english = english
      self.russian = russian
      self.cure = cure
    }
  }

  private static let known: [String: Meaning] = [
    "found character that cannot start any token": Meaning(
      "no value begins with this character", "значение не может начинаться с этого знака", .quote),
    "mapping values are not allowed in this context": Meaning(
      "a colon is not expected here", "двоеточия здесь быть не может", .quote),
    "did not find expected key": Meaning(
      "a key was expected here", "здесь ожидался ключ", .indent),
    "could not find expected ':'": Meaning(
      "a colon after the key was expected", "после ключа ожидалось двоеточие", .indent),
    "block sequence entries are not allowed in this context": Meaning(
      "a list is not expected here", "списка здесь быть не может", .indent),
    "did not find expected '-' indicator": Meaning(
      "an entry of the list was expected here", "здесь ожидалась строка списка", .indent),
    "found unexpected end of stream": Meaning(
      "the text ends inside quotes", "текст кончился внутри кавычек", .close),
    "did not find expected ',' or ']'": Meaning(
      "the list is not closed with ]", "список не закрыт знаком ]", .close),
    "did not find expected ',' or '}'": Meaning(
      "the braces are not closed with }", "скобки не закрыты знаком }", .close),
    "did not find expected node content": Meaning(
      "a value was expected here", "здесь ожидалось значение", .close),
    "but found another document": Meaning(
      "a second document begins here", "здесь начинается второй документ"),
    "control characters are not allowed": Meaning(
      "it has a control character", "в нём есть управляющий символ"),
    "found unknown escape character": Meaning(
      "\\ inside double quotes is followed by an unknown letter",
      "после \\ внутри двойных кавычек стоит неизвестная буква"),
    "found undefined alias": Meaning("an alias without an anchor", "ссылка без якоря"),
    "Maximum nesting level reached, set with yaml_set_max_nest_level())": Meaning(
      "it is nested too deeply", "слишком глубокая вложенность"),
  ]
}
