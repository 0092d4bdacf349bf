package import ContactModel
package import RunJournal

extension UndoneContact.Fate {
  /// The fate's name in tables.
  package func name(in language: Language) -> String {
    switch self {
    case .removed: language.pick("deleted", "удалено")
    case .absent: language.pick("already gone", "уже не было")
    case .edited: language.pick("edited since, kept", "изменены, оставлены")
    case .unproven:
      language.pick("matched by values only, kept", "найдены лишь по значениям, оставлены")
    case .lastCopy: language.pick("the only one left, kept", "единственные оставшиеся, оставлены")
    case .hasDeals: language.pick("with deals, kept", "со сделками, оставлены")
    case .refused: language.pick("not deleted by the server", "сервер не удалил")
    case .unclear: language.pick("unclear", "неясно")
    }
  }

  /// Why one contact stays, in a list of contacts.
  package func reason(in language: Language) -> String {
    switch self {
    case .removed: language.pick("deleted", "удалён")
    case .absent: language.pick("already gone", "уже не было")
    case .edited: language.pick("edited since the import", "изменён после импорта")
    case .unproven:
      language.pick(
        "only its values say that the run made it", "что он создан запуском, говорят лишь значения")
    case .lastCopy:
      language.pick("the row's other contact is gone", "второго контакта этой строки уже нет")
    case .hasDeals: language.pick("has deals", "есть сделки")
    case .refused: language.pick("the server did not delete it", "сервер его не удалил")
    case .unclear:
      language.pick("what became of it could not be seen", "что с ним стало, выяснить не удалось")
    }
  }

  /// The fate's name in JSON documents.
  package var jsonKey: String {
    switch self {
    case .removed: "removed"
    case .absent: "absent"
    case .edited: "edited"
    case .unproven: "unproven"
    case .lastCopy: "lastCopy"
    case .hasDeals: "hasDeals"
    case .refused: "refused"
    case .unclear: "unclear"
    }
  }
}
