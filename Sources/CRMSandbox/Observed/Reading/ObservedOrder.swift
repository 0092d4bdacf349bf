/// In which order `list` answers, and what the database has against it.
struct ObservedOrder: Sendable {
  /// What stands in the CRM's SQL behind `ORDER BY`.
  let text: String
  /// The same for SQLite; equal contacts stand by pid, as they stand in the CRM's table.
  let clause: String

  private let names: String
  private let direction: String

  /// The columns of the CRM's table; text among them is compared without letter case.
  private static let numbers: Set<String> = [
    "pid", "clid", "clientpath", "loyalty", "creator", "editor", "uid",
  ]
  private static let dates: Set<String> = ["date_create", "date_edit"]
  private static let columns = Set(PersonColumn.allCases.map(\.rawValue)).union(numbers)

  /// Reads `order` and `first`.
  init(_ parameters: PHPArray, offset: Int) {
    let value = { (name: StaticString) in
      String(decoding: parameters[name]?.string ?? [], as: UTF8.self)
    }
    let order = value("order")
    names = order.isEmpty ? "date_create" : order
    direction = value("first") == "old" ? "ASC" : "DESC"
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

  /// What the database says against the order; `nil` where it takes it.
  func complaint(before offset: ObservedOffset) -> String? {
    let rest = " \(direction) LIMIT \(offset.text),\(ObservedQuery.pageSize)"
    let whole = names + rest
    if let quote = names.firstIndex(where: { $0 == "'" || $0 == "`" }) {
      return SQLLiteral.complaint(near: String((String(names[quote...]) + rest).prefix(80)))
    }
    if let end = names.firstIndex(of: ";") {
      let tail = whole[whole.index(after: end)...].drop { $0 == " " }
      return SQLLiteral.complaint(near: String(tail.prefix(80)))
    }
    var left = whole
    for part in Self.parts(names) {
      if part.name.isEmpty {
        return SQLLiteral.complaint(near: String(left.drop { $0 == " " }.prefix(80)))
      }
      if let stray = part.stray {
        let from =
          stray.isEmpty
          ? rest : left.firstRange(of: stray).map { String(left[$0.lowerBound...]) } ?? rest
        return SQLLiteral.complaint(near: String(from.drop { $0 == " " }.prefix(80)))
      }
      if Self.column(part.name) == nil { return "Unknown column '\(part.name)' in 'ORDER BY'" }
      if let comma = left.firstIndex(of: ",") { left = String(left[left.index(after: comma)...]) }
    }
    return nil
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
    if name == "identity" { return "1" }
    // A number is the number of a column.
    if let number = Int(name), (1...29).contains(number) { return "person.pid" }
    guard columns.contains(name) else { return nil }
    let isText = !numbers.contains(name) && !dates.contains(name)
    return "person.\(name)" + (isText ? " COLLATE crm_general_ci" : "")
  }

  private static func parts(_ names: String)
    -> [(name: String, isDescending: Bool, stray: String?)]
  {
    let parts = names.split(separator: ",", omittingEmptySubsequences: false)
    return parts.enumerated().map { number, part in
      let words = part.split { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" }
      let isLast = number == parts.count - 1
      let second = words.count > 1 ? words[1].lowercased() : nil
      let isDirected = second == "desc" || second == "asc"
      let stray: Substring? =
        if words.count > 1, !isDirected { words[1] } else if words.count > 2 { words[2] } else {
          nil
        }
      // Behind a direction of its own the last column cannot have another.
      let doubled: String? = isLast && isDirected && stray == nil ? "" : nil
      return (
        words.first.map(String.init) ?? "", second == "desc", stray.map(String.init) ?? doubled
      )
    }
  }
}
