import ContactModel

// What the CRM makes of values: names it has to know, and values it stores in another way.

extension IssueText {
  /// The text the CRM stores in place of a value, in a sentence; empty for none.
  ///
  /// Unlike the issues' own sentences it holds people's data.
  static func stored(_ text: String, in language: Language) -> String {
    text.isEmpty
      ? language.pick("nothing will be stored", "не сохранится ничего")
      : language.pick("will be stored as: ", "сохранится как: ") + text
  }

  /// The sentence of an issue about what the CRM would make of a value.
  static func stored(
    _ code: IssueCode, detail: Int, field: PersonField?, in language: Language
  ) -> String {
    switch code {
    case .ownerUnknown:
      language.pick("the CRM has no user with this login", "в CRM нет пользователя с таким логином")
    case .ownerInactive:
      language.pick(
        "the access of this user is switched off in the CRM",
        "доступ этого пользователя в CRM отключён")
    case .guideUnknown:
      language.pick("the CRM's guide has no such entry", "в справочнике CRM нет такой записи")
    case .guideCreated:
      language.pick(
        "the CRM's guide has no such entry yet; a new one will be made",
        "в справочнике CRM такой записи ещё нет; будет создана новая")
    case .clientUnknown:
      language.pick(
        "no client in the CRM has exactly this title", "в CRM нет клиента с точно таким названием")
    case .clientAmbiguous:
      language.pick(
        "several clients in the CRM have this title", "в CRM несколько клиентов с таким названием")
    default: storedValue(code, detail: detail, field: field, in: language)
    }
  }

  private static func storedValue(
    _ code: IssueCode, detail: Int, field: PersonField?, in language: Language
  ) -> String {
    switch code {
    case .storedCut where detail > 0 && (field == .rol || field?.socialKey != nil):
      return language.pick(
        "the CRM cuts the value at \(Plural.english(detail, "byte", "bytes"))",
        "CRM обрежет значение: поле вмещает "
          + Plural.russian(detail, "байт", "байта", "байтов"))
    case .storedCut where detail > 0:
      return language.pick(
        "the CRM cuts the value at \(Plural.english(detail, "character", "characters"))",
        "CRM обрежет значение: поле вмещает "
          + Plural.russian(detail, "символ", "символа", "символов"))
    case .storedCut:
      return language.pick(
        "the value is longer than its field, and the CRM cuts it",
        "значение длиннее поля, CRM обрежет его")
    case .storedTagsRemoved:
      return language.pick(
        "the CRM takes '<' and what follows for a tag and removes it",
        "CRM примет «<» и текст за ним за тег и удалит")
    case .storedQuotesChanged:
      return language.pick(
        "the CRM stores other quotes or brackets", "CRM сохранит другие кавычки или скобки")
    case .storedTrimmed:
      return language.pick(
        "the CRM removes blanks at the ends of the value", "CRM уберёт пробелы по краям значения")
    case .storedEmpty:
      return language.pick(
        "the CRM stores nothing for this value", "вместо этого значения CRM не сохранит ничего")
    case .storedCharactersLost:
      return language.pick(
        "the CRM cannot store some of the characters, such as emoji",
        "часть символов, например эмодзи, CRM сохранить не может")
    case .storedSemicolon:
      return language.pick(
        "a semicolon in a social contact shifts those behind it in the CRM",
        "точка с запятой в соцсети сдвигает в CRM следующие за ней")
    case .storedInactiveField:
      return language.pick(
        "the field is switched off in the CRM, which drops the value",
        "поле в CRM выключено, значение не сохранится")
    case .storedNoName:
      return language.pick(
        "the CRM stores nothing for this name, so the contact would have none",
        "вместо этого имени CRM не сохранит ничего, контакт останется без имени")
    default:
      return language.pick(
        "the value would break the whole request on the server, so it is not sent",
        "значение сорвало бы на сервере весь запрос, поэтому не отправляется")
    }
  }

  /// What to do about such an issue; `nil` where nothing has to be done.
  static func storedHint(for code: IssueCode, in language: Language) -> String? {
    switch code {
    case .ownerUnknown:
      language.pick(
        "correct the login; 'ferry doctor' lists those the CRM has",
        "исправьте логин; «ferry doctor» покажет те, что есть в CRM")
    case .ownerInactive:
      language.pick(
        "name another owner, or switch the access on",
        "назначьте другого ответственного или включите доступ")
    case .guideUnknown:
      language.pick(
        "correct the text, name the entry by '{ id: N }' under 'values:', or add it to the guide",
        "исправьте текст, укажите запись как «{ id: N }» в «values:» или добавьте её в справочник")
    case .guideCreated:
      language.pick(
        "see whether it is an entry you want; otherwise correct the text",
        "проверьте, нужна ли такая запись; если нет, исправьте текст")
    case .clientUnknown:
      language.pick(
        "correct the title, or add the client first",
        "исправьте название или сначала добавьте клиента")
    case .clientAmbiguous:
      language.pick(
        "name the client by its number, or give the clients titles of their own",
        "укажите номер клиента или дайте клиентам разные названия")
    default: storedValueHint(for: code, in: language)
    }
  }

  private static func storedValueHint(for code: IssueCode, in language: Language) -> String? {
    switch code {
    case .storedCut:
      language.pick(
        "shorten the value, or move a part of it to another field",
        "сократите значение или перенесите часть в другое поле")
    case .storedTagsRemoved:
      language.pick(
        "write a blank behind '<', or write it in words",
        "поставьте после «<» пробел или напишите словами")
    case .storedEmpty:
      language.pick(
        "if the value is needed, write it in another way, such as '00'",
        "если значение нужно, запишите его иначе, например «00»")
    case .storedCharactersLost:
      language.pick(
        "write the value without them", "запишите значение без них")
    case .storedSemicolon:
      language.pick(
        "write a comma instead", "замените её запятой")
    case .storedInactiveField:
      language.pick(
        "switch the field on in the CRM's settings, or use another one",
        "включите поле в настройках CRM или используйте другое")
    case .storedNoName:
      language.pick("correct the name", "исправьте имя")
    case .storedNotSent:
      language.pick(
        "correct the value, or set 'invalid: drop' to send the row without it",
        "исправьте значение или укажите «invalid: drop», чтобы отправить строку без него")
    default: nil
    }
  }
}
