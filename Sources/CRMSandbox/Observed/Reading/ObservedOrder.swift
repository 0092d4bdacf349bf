/// In which order `list` answers.
struct ObservedOrder: Sendable {
  /// What stands in the CRM's SQL behind `ORDER BY`.
  let text: String
  /// The same for SQLite; equal contacts stand by pid, as they stand in the CRM's table.
  let clause: String

  private let names: String

  /// The columns of the CRM's table; text among them is compared without letter case.
  private static let numbers: Set<String> = [
    "pid", "clid", "clientpath", "loyalty", "creator", "editor", "uid",
  ]
  private static let dates: Set<String> = ["date_create", "date_edit"]
  private static let columns = Set(PersonColumn.allCases.map(\.rawValue)).union(numbers)

  /// Reads `order` and `first`.
  init(_ parameters: PHPArray) {
    let value = { (name: StaticString) in
      String(decoding: parameters[name]?.string ?? [], as: UTF8.self)
    }
    let order = value("order")
    names = order.isEmpty ? "date_create" : order
    let direction = value("first") == "old" ? "ASC" : "DESC"
    text = "\(names) \(direction)"
    var terms: [String] = []
    for part in Self.parts(names) {
      guard let column = Self.column(part.name) else { continue }
      terms.append(column + (part.isDescending ? " DESC" : ""))
    }
    // The direction belongs to the last column.
    if let last = terms.popLast() { terms.append("\(last) \(direction)") }
    clause = (terms + ["person.pid ASC"]).joined(separator: ", ")
  }

  /// The first name that is no column, if the database gets as far as looking.
  var unknownColumn: String? {
    Self.parts(names).lazy.map(\.name).first { Self.column($0) == nil }
  }

  /// A column as a filter sees it: dates as they are shown; `nil` where there is none.
  static func shown(_ name: String, offset: Int) -> String? {
    let name = name.lowercased()
    guard columns.contains(name) || name == "identity" else { return nil }
    if name == "identity" { return "'1'" }
    if dates.contains(name) { return "datetime(person.\(name), '\(offset) seconds')" }
    return "person.\(name)"
  }

  /// A column as an order sees it.
  private static func column(_ name: String) -> String? {
    let name = name.lowercased()
    if name == "identity" { return "'1'" }
    // A number is the number of a column.
    if let number = Int(name), (1...29).contains(number) { return "person.pid" }
    guard columns.contains(name) else { return nil }
    let isText = !numbers.contains(name) && !dates.contains(name)
    return "person.\(name)" + (isText ? " COLLATE crm_general_ci" : "")
  }

  private static func parts(_ names: String) -> [(name: String, isDescending: Bool)] {
    names.split(separator: ",", omittingEmptySubsequences: false).map { part in
      let words = part.split { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" }
      let name = words.first.map { $0.filter { $0 != "`" } } ?? ""
      return (name, words.count > 1 && words[1].lowercased() == "desc")
    }
  }
}
