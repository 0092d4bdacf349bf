package import ContactModel

extension FormatError {
  /// The sentence for a person: what is wrong, then what to do.
  package func message(in language: Language) -> String {
    place(in: language) + sentence(in: language)
  }

  private func place(in language: Language) -> String {
    line.map { language.pick("line \($0): ", "строка \($0): ") } ?? ""
  }

  private func sentence(in language: Language) -> String {
    switch code {
    case .empty:
      language.pick(
        "the file is empty; export it again with at least a header row",
        "файл пуст; выгрузите его ещё раз, хотя бы со строкой заголовков")
    case .binary:
      language.pick(
        "this is not a text file\(inBrackets); save the table as CSV or XLSX and use that file",
        "это не текстовый файл\(inBrackets); сохраните таблицу как CSV или XLSX и укажите тот файл")
    case .endlessHeader:
      language.pick(
        "the first row does not end within 64 KB, so it is no header; look for a quote that is not closed",
        "первая строка не кончается в пределах 64 КБ, так что это не заголовок; поищите незакрытую кавычку"
      )
    case .noHeaderLine:
      language.pick(
        "the file has no such line to name the columns; see --header, or 'header' in the mapping",
        "в файле нет такой строки с названиями столбцов; проверьте --header или «header» в сопоставлении"
      )
    case .otherFormat:
      language.pick(
        "this is not the kind of file it is said to be\(inBrackets); leave the format out, or name the right one",
        "это файл не того формата, что указан\(inBrackets); уберите указание формата или исправьте его"
      )
    case .brokenGzip:
      language.pick(
        "the compressed file is damaged or incomplete\(inBrackets); get it again",
        "сжатый файл повреждён или неполон\(inBrackets); получите его ещё раз")
    case .notJSONObjects, .brokenXML, .entities, .otherXML: markup(in: language)
    case .encrypted, .brokenPackage, .tooLarge, .noSuchSheet: workbook(in: language)
    case .unreadable:
      language.pick(
        "reading stopped\(inBrackets); copy the file to a local disk and try again",
        "чтение прервалось\(inBrackets); скопируйте файл на локальный диск и повторите")
    case .spillFailed:
      language.pick(
        "a temporary file could not be written\(inBrackets); free some space, or set TMPDIR to a folder that has it",
        "не удалось записать временный файл\(inBrackets); освободите место или укажите в TMPDIR папку, где оно есть"
      )
    }
  }

  private func markup(in language: Language) -> String {
    switch code {
    case .notJSONObjects:
      language.pick(
        "there is no JSON object a line and no array of objects\(inBrackets); export the contacts as one of the two",
        "здесь нет ни объектов JSON по одному в строке, ни массива объектов\(inBrackets); выгрузите контакты так или так"
      )
    case .brokenXML:
      language.pick(
        "the XML is not well-formed\(inBrackets); export it again",
        "XML построен неверно\(inBrackets); выгрузите его ещё раз")
    case .entities:
      language.pick(
        "the XML declares entities, which files of contacts never need; export it without a DOCTYPE",
        "в XML объявлены сущности, которых в файлах контактов не бывает; выгрузите его без DOCTYPE")
    default:
      language.pick(
        "this XML holds no vCards\(inBrackets); export the contacts as xCard, vCard or CSV",
        "в этом XML нет карточек vCard\(inBrackets); выгрузите контакты как xCard, vCard или CSV")
    }
  }

  private func workbook(in language: Language) -> String {
    switch code {
    case .encrypted:
      language.pick(
        "the workbook is password-protected; open it and save it without the password",
        "книга защищена паролем; откройте её и сохраните без пароля")
    case .tooLarge:
      language.pick(
        "the workbook unpacks to far more than it should\(inBrackets); save the sheet as CSV",
        "книга распаковывается в нечто слишком большое\(inBrackets); сохраните лист как CSV")
    case .noSuchSheet:
      language.pick(
        "there is no such sheet\(inBrackets); name one of these",
        "такого листа нет\(inBrackets); укажите один из этих")
    default:
      language.pick(
        "the workbook is damaged, or is none\(inBrackets); open it and save it again as XLSX",
        "книга повреждена, или это не книга\(inBrackets); откройте её и сохраните снова как XLSX")
    }
  }

  private var inBrackets: String { found.isEmpty ? "" : " (\(found))" }
}
