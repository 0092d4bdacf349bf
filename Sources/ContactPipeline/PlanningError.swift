package import ContactFormats
import ContactMapping
package import ContactModel
import PersonAPI

/// A mapping that is well-formed and yet cannot be used with this file or this server.
///
/// Found before anything is sent; each would otherwise make wrong contacts without a word.
package enum PlanningError: Error, Sendable, Equatable {
  /// All columns are named by number, and nothing says whether the first row is data.
  case headerNotStated
  /// There is no mapping, and a file of this format does not say by itself what its columns are.
  case mappingNeeded(FileFormat)
  /// This server takes a guide's entries by text, and the mapping names one by its number.
  case guideNumber(PersonField)
  /// This server takes a guide's entries by number; of a text it would take the leading digits.
  case guideText(PersonField)

  /// The sentence for a person: what is wrong, then what to do.
  package func message(in language: Language) -> String {
    switch self {
    case .headerNotStated:
      language.pick(
        "the mapping names columns by number only, so it has to say whether the first row is data; add 'source: { header: no }' or 'yes'",
        "сопоставление называет столбцы только номерами, поэтому должно сказать, данные ли в первой строке; добавьте 'source: { header: no }' или 'yes'"
      )
    case .mappingNeeded(let format):
      language.pick(
        "a \(format.name) file needs a mapping that says which column goes into which field; add --mapping, some are in mappings/",
        "файлу \(format.name) нужно сопоставление, какой столбец в какое поле; добавьте --mapping, готовые лежат в mappings/"
      )
    case .guideNumber(let field):
      language.pick(
        "this server takes '\(field.name)' as a text and would make a new entry called by the number; write the entry's text instead of { id: … }",
        "этот сервер принимает '\(field.name)' текстом и завёл бы новую запись с номером вместо названия; напишите текст записи вместо { id: … }"
      )
    case .guideText(let field):
      language.pick(
        "this server takes '\(field.name)' only by number and would misread a text; list the texts under 'values' with { id: … }, or leave the field out",
        "этот сервер принимает '\(field.name)' только номером и понял бы текст неверно; перечислите тексты в 'values' с { id: … } или уберите поле"
      )
    }
  }
}

extension Mapping {
  /// Refuses a file without a stated header whose columns have only numbers.
  func checkHeader() throws(PlanningError) {
    let names = fields.flatMap(\.content.columns).map(\.name)
    guard source.header == .auto, !names.isEmpty, names.allSatisfy({ $0.hasPrefix("#") }) else {
      return
    }
    throw .headerNotStated
  }

  /// Refuses guide entries that this kind of server would take for others.
  func checkGuides(for variant: Variant) throws(PlanningError) {
    for rule in fields where rule.field == .loyalty || rule.field == .clientpath {
      if variant.takesGuideTexts {
        if rule.mappedValues.contains(where: \.isNumber) { throw .guideNumber(rule.field) }
      } else if rule.takesTexts || rule.mappedValues.contains(where: { !$0.isNumber }) {
        throw .guideText(rule.field)
      }
    }
  }
}

extension FieldRule {
  /// The values that the mapping itself gives.
  fileprivate var mappedValues: [MappedValue] {
    let fallbacks = fallback.map { [$0] } ?? []
    if case .constant(let value) = content { return [value] + fallbacks }
    return (values.map { Array($0.values) } ?? []) + fallbacks
  }

  /// Whether texts of the file are sent as they stand.
  fileprivate var takesTexts: Bool { values == nil && !content.columns.isEmpty }
}

extension MappedValue {
  fileprivate var isNumber: Bool {
    if case .id = self { return true }
    return false
  }
}
