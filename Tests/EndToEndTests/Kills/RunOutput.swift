import Foundation
import TestSupport

/// What a run said of itself: its result files and its report.
struct RunOutput: Sendable {
  /// The rows of each result file by its name, in order and without the contacts' numbers.
  let rows: [String: [[String: String]]]
  /// The contact of each record that the files call created.
  let created: [Int: Int]
  /// Records by outcome, with those that are none left out.
  let outcomes: [String: Int]
  /// What the report says of its totals.
  let records: Int
  let isBalanced: Bool
  /// How many rows it reports as found twice.
  let doubled: Int

  /// Reads the only run there is.
  ///
  /// - Throws: ``Unreadable`` where there is no run that ended, or more than one.
  init(in folder: TemporaryFolder, of runs: String = "ferry-runs") throws {
    let names = (try? folder.names(in: runs)) ?? []
    let ended = names.filter {
      FileManager.default.fileExists(atPath: folder.file("\(runs)/\($0)/report.json"))
    }
    guard let name = ended.first, ended.count == 1 else {
      throw Unreadable(description: "\(ended.count) of the runs \(names) have a report")
    }
    let own = "\(runs)/\(name)"
    let data = Data(try folder.bytes("\(own)/report.json"))
    guard let report = try JSONSerialization.jsonObject(with: data) as? [String: Any],
      let outcomes = report["outcomes"] as? [String: Int], let records = report["records"] as? Int,
      let isBalanced = report["balanced"] as? Bool, let doubled = report["doubled"] as? Int
    else { throw Unreadable(description: "report.json lacks what is read from it") }
    self.outcomes = outcomes.filter { $0.value != 0 }
    (self.records, self.isBalanced, self.doubled) = (records, isBalanced, doubled)
    var rows: [String: [[String: String]]] = [:]
    var created: [Int: Int] = [:]
    for file in try folder.names(in: own) where file.hasSuffix(".csv") {
      let all = SimpleCSV.rows(try folder.text("\(own)/\(file)"))
      rows[file] = all.map { $0.filter { $0.key != "ferry_pid" } }
      guard file == "created.csv" else { continue }
      for row in all {
        guard let record = row["ferry_row"].flatMap({ Int($0) }),
          let pid = row["ferry_pid"].flatMap({ Int($0) }), created[record] == nil
        else { throw Unreadable(description: "created.csv has a row without numbers of its own") }
        created[record] = pid
      }
    }
    (self.rows, self.created) = (rows, created)
  }

  /// Why a run's folder says nothing.
  struct Unreadable: Error, CustomStringConvertible {
    let description: String
  }

  /// Where the result files say something else than those of another run.
  func differences(from other: RunOutput) -> [String] {
    var found: [String] = []
    if outcomes != other.outcomes { found.append("outcomes \(outcomes), not \(other.outcomes)") }
    for file in Set(rows.keys).union(other.rows.keys).sorted() {
      let (mine, theirs) = (rows[file], other.rows[file])
      if mine == theirs { continue }
      guard let mine, let theirs else {
        found.append("\(file) is there \(mine == nil ? "only undisturbed" : "only when killed")")
        continue
      }
      let row = zip(mine, theirs).prefix { $0 == $1 }.count
      found.append(
        """
        \(file) has \(mine.count) rows, not \(theirs.count), and they part at row \(row + 1): \
        \(mine.dropFirst(row).first ?? [:]) / \(theirs.dropFirst(row).first ?? [:])
        """)
    }
    return found
  }

  /// Where the run's totals do not come to what its file holds.
  func imbalances(for source: KillSource) -> [String] {
    var found: [String] = []
    let sum = outcomes.values.reduce(0, +)
    if !isBalanced { found.append("the report says that its totals do not balance") }
    if sum != source.count || records != source.count {
      found.append("\(sum) outcomes and \(records) records for \(source.count) rows")
    }
    return found
  }
}
