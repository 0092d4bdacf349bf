package import ContactModel

/// A mapping turned round: the columns of a file that it would read, and how the CRM's fields fill
/// them.
///
/// An export that is written so is read back with the same mapping. What a rule lists is parted over
/// its columns, what it joins is taken apart again, and several fields that it cuts out of one column
/// are put together there.
///
/// ```swift
/// let reversal = try MappingReversal(mapping, writing: .csv)
/// reversal.columns.map(\.name)      // ["Фамилия", "Имя", "Отчество", "Телефон"]
/// ```
///
/// What has no column is not written: constants (`value:`), and fields the mapping does not name.
/// Dates stay as the CRM has them: a mapping sends them in a form that it reads, and reads the CRM's.
package struct MappingReversal: Sendable, Equatable {
  /// A column of the file.
  package struct Column: Sendable, Equatable {
    /// Its title, as the mapping writes it.
    package let name: String
    /// What it holds, in order.
    ///
    /// `nil` is a part of the cell that no field has. A column that stays empty has no part.
    package let parts: [Part?]
    /// What stands between the parts.
    package let separator: String
    /// What becomes of parts that are empty.
    package let gaps: Gaps
  }

  /// A part of a value.
  package struct Part: Sendable, Equatable {
    /// Whose value, as an index into ``MappingReversal/sources``.
    package let source: Int
    /// Which of its parts, from 0.
    package let number: Int
  }

  /// What becomes of empty parts between which separators stand.
  package enum Gaps: Sendable, Equatable {
    /// They are left out with their separators.
    case closed
    /// Those before a part that has text keep their place: parts are counted from the beginning.
    case keptInFront
    /// Those behind one keep theirs: parts are counted from the end.
    case keptBehind
    /// All keep theirs where any part has text.
    case kept
  }

  /// A rule turned round: a value on its way into columns.
  package struct Source: Sendable, Equatable {
    /// The fields whose values it is made of; several are listed, as phones are.
    package let fields: [PersonField]
    /// How the value is taken apart.
    package let parting: Parting
    /// Into how many parts.
    package let partCount: Int
    /// What the file has for values of a closed list (`values:`); others stay as they are.
    package let texts: [String: String]
  }

  /// How a value is taken apart.
  package enum Parting: Sendable, Equatable {
    /// Not at all: the last part has it.
    case whole
    /// At `, `, which stands between several values; the last part has the rest.
    case list
    /// At a text; the last part has the rest.
    case joined(separator: String)
    /// As a person's name in an order, into these parts.
    case name(NameOrder, [NamePart])
  }

  /// A field that may come back as another value than was written.
  package struct Inexactness: Sendable, Equatable {
    /// The field.
    package let field: PersonField
    /// The key of the mapping that is to blame.
    package let key: String
  }

  /// The file's columns, in the order in which the mapping names them.
  package let columns: [Column]
  /// What fills them.
  package let sources: [Source]
  /// What may come back otherwise.
  package let inexact: [Inexactness]
}

extension MappingReversal {
  /// Turns a mapping round.
  ///
  /// - Parameters:
  ///   - mapping: What the user wrote.
  ///   - format: The kind of file that is written. Cards and JSON lines may lack a column, tables may
  ///     not; in cards several phones or addresses of one field are several properties.
  /// - Throws: ``MappingError`` at the line that names a column of which it cannot be told what it
  ///   holds: one that several fields are read from, or that has a number in place of a title.
  package init(_ mapping: Mapping, writing format: SourceFormat) throws(MappingError) {
    var builder = ReversalBuilder(mapping, writing: format)
    for rule in mapping.fields { try builder.add(rule) }
    self = try builder.finish()
  }

  /// The fields it writes, each once.
  package var fields: [PersonField] {
    var fields: [PersonField] = []
    for field in sources.flatMap(\.fields) where !fields.contains(field) { fields.append(field) }
    return fields
  }

  /// What may come back otherwise, in a line for a person; `nil` where nothing may.
  package func remark(in language: Language) -> String? {
    guard !inexact.isEmpty else { return nil }
    let list = inexact.map { "\($0.field.name) (\($0.key))" }.joined(separator: ", ")
    return language.pick(
      "note: imported again with this mapping, these fields may change: \(list)",
      "заметка: при обратной загрузке с этим сопоставлением могут измениться поля: \(list)")
  }
}
