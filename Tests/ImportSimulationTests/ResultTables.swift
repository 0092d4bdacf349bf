import ContactModel
import Foundation

/// A run's result files, read back.
struct ResultTables: Sendable, Equatable {
  /// The rows of each file by its name, as columns by name.
  var rows: [String: [[String: String]]] = [:]

  /// Reads all tables of a run's folder.
  init(folder: String) throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: folder)
    where name.hasSuffix(".csv") {
      let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
      let table = Self.table(text)
      guard let header = table.first else { continue }
      rows[String(name.dropLast(4))] = table.dropFirst().map { cells in
        Dictionary(zip(header, cells), uniquingKeysWith: { first, _ in first })
      }
    }
  }

  /// The outcome of every record, by its number.
  var outcomes: [Int: [Outcome]] {
    var outcomes: [Int: [Outcome]] = [:]
    for (name, rows) in rows {
      for row in rows {
        let pid = Int(row["ferry_pid"] ?? "") ?? 0
        let outcome: Outcome? =
          switch name {
          case "created": .created(pid: pid)
          case "duplicates": .duplicate(pid: pid)
          case "rejected": .rejected
          case "failed": .failed(.fatal)
          case "uncertain": .uncertain
          case "not-attempted": .notAttempted
          default: nil
          }
        if let outcome { outcomes[Int(row["ferry_row"] ?? "") ?? 0, default: []].append(outcome) }
      }
    }
    return outcomes
  }

  /// The kind of every record's outcome, by its number.
  var kinds: [Int: [OutcomeKind]] { outcomes.mapValues { $0.map(\.kind) } }

  /// The tables of outcomes, without what two runs of the same file may differ in.
  var withoutPIDs: ResultTables {
    var copy = self
    copy.rows["doubled"] = nil
    copy.rows["differences"] = nil
    copy.rows = copy.rows.mapValues { rows in
      rows.map { row in
        var row = row
        row["ferry_pid"] = ""
        return row
      }
    }
    return copy
  }

  private static func table(_ text: String) -> [[String]] {
    var table: [[String]] = []
    var row: [String] = []
    var cell = ""
    var isQuoted = false
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\"" where isQuoted && rest.first == "\"":
        cell += "\""
        rest.removeFirst()
      case "\"": isQuoted.toggle()
      case "," where !isQuoted:
        row.append(cell)
        cell = ""
      case "\n" where !isQuoted:
        table.append(row + [cell])
        (row, cell) = ([], "")
      case "\r" where !isQuoted: break
      default: cell.unicodeScalars.append(scalar)
      }
    }
    return table
  }
}
