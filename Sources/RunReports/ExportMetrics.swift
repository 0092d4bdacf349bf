package import Foundation

/// What became of the last export, for Prometheus (`--metrics`).
///
/// A text file for the textfile collector of node_exporter, in the text exposition format 0.0.4; one file for
/// each export, with a name that ends in `.prom`. It is written whether the export succeeds or not.
/// What an export has written (contacts, bytes, requests, changes) and when the last one succeeded stays what
/// it was when one fails; it is read from the file that is there.
///
/// All are gauges with the label `export`:
///
/// - `ferry_export_success`, `ferry_export_exit_status`, `ferry_export_last_run_timestamp_seconds`,
///   `ferry_export_duration_seconds`: of the last run
/// - `ferry_export_last_success_timestamp_seconds`, `ferry_export_contacts`, `ferry_export_requests`,
///   `ferry_export_bytes`, `ferry_export_changes` (`kind`: `added`, `changed`, `deleted`, `hidden`): of the last
///   run that succeeded; absent if there is none, changes also where nothing was compared
///
/// The names are part of ferry's interface: new ones may come, none goes or changes its meaning.
package struct ExportMetrics: Sendable {
  /// What an export that succeeded has written.
  package struct Written: Sendable {
    /// How many contacts the files have.
    package var contacts: Int
    /// How many requests were made.
    package var requests: Int
    /// How many bytes all files have.
    package var bytes: Int
    /// How it differs from the export before, by kind; `nil` where nothing was compared.
    package var changes: [(name: String, count: Int)]?

    /// What was written.
    package init(
      contacts: Int, requests: Int, bytes: Int, changes: [(name: String, count: Int)]? = nil
    ) {
      self.contacts = contacts
      self.requests = requests
      self.bytes = bytes
      self.changes = changes
    }
  }

  private let export: String
  private let exitStatus: Int32
  private let endedAt: Date
  private let duration: Duration
  private let written: Written?

  /// The metrics of a run.
  ///
  /// - Parameters:
  ///   - export: The name of the file that was or was to be written, which tells exports apart.
  ///   - exitStatus: The status with which ferry ends.
  ///   - endedAt: Now.
  ///   - duration: How long it took.
  ///   - written: What was written; `nil` if the export failed and earlier files stay.
  package init(
    export: String, exitStatus: Int32, endedAt: Date, duration: Duration, written: Written?
  ) {
    self.export = export
    self.exitStatus = exitStatus
    self.endedAt = endedAt
    self.duration = duration
    self.written = written
  }

  /// Writes the file in one step; it may be read by everybody, as the collector is another user.
  ///
  /// Blocks.
  ///
  /// - Parameter path: Where it is to be; the file that is there is read first.
  /// - Throws: ``OutputError``; then what was there stays.
  package func write(to path: String) throws(OutputError) {
    let earlier = written == nil ? Self.samples(at: path) : [:]
    let file = try OutputFile(path: path, mode: 0o644, isHashed: false)
    try file.append(text(after: earlier))
    try file.commit()
  }

  /// The file's text, every line ended; of the earlier samples those stay of which this run says nothing.
  private func text(after earlier: [String: Int]) -> String {
    var text = ""
    for metric in Metric.allCases {
      var samples = ""
      for kind in metric.kinds {
        let name = series(metric, kind: kind)
        guard let value = value(of: metric, kind: kind) ?? earlier[name].map({ "\($0)" }) else {
          continue
        }
        samples += "\(name) \(value)\n"
      }
      // A metric without samples is not there.
      guard !samples.isEmpty else { continue }
      text += "# HELP \(metric.rawValue) \(metric.help)\n"
      text += "# TYPE \(metric.rawValue) gauge\n" + samples
    }
    return text
  }

  /// What this run says; `nil` for what it leaves as it was.
  private func value(of metric: Metric, kind: String?) -> String? {
    let now = "\(Int(endedAt.timeIntervalSince1970.rounded(.down)))"
    return switch metric {
    case .success: written == nil ? "0" : "1"
    case .exitStatus: "\(exitStatus)"
    case .lastRun: now
    case .lastSuccess: written == nil ? nil : now
    case .duration: JSONReport.thousandths(of: duration)
    case .contacts: written.map { "\($0.contacts)" }
    case .requests: written.map { "\($0.requests)" }
    case .bytes: written.map { "\($0.bytes)" }
    case .changes: written?.changes?.first(where: { $0.name == kind }).map { "\($0.count)" }
    }
  }

  /// A metric with its labels.
  private func series(_ metric: Metric, kind: String?) -> String {
    let kind = kind.map { ",kind=\"\($0)\"" } ?? ""
    return "\(metric.rawValue){export=\"\(Self.escaped(export))\"\(kind)}"
  }

  /// A label's value as the format wants it.
  private static func escaped(_ text: String) -> String {
    var escaped = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", "\"":
        escaped.append("\\")
        escaped.append(scalar)
      case "\n":
        escaped.append("\\")
        escaped.append("n")
      default: escaped.append(scalar)
      }
    }
    return String(escaped)
  }

  /// The samples of a file that ferry has written; none of one that is missing or something else.
  private static func samples(at path: String) -> [String: Int] {
    var status = stat()
    // A pipe would be waited for.
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size < 1 << 20,
      let data = try? Data(contentsOf: URL(filePath: path))
    else { return [:] }
    var samples: [String: Int] = [:]
    // Behind the last line break stands nothing, or a line that was cut off.
    for line in data.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast() {
      let text = String(decoding: line, as: UTF8.self)
      guard let space = text.lastIndex(of: " "),
        let value = Int(text[text.index(after: space)...])
      else { continue }
      samples[String(text[..<space])] = value
    }
    return samples
  }
}

/// The metrics of an export, in the order of the file.
private enum Metric: String, CaseIterable {
  case success = "ferry_export_success"
  case exitStatus = "ferry_export_exit_status"
  case lastRun = "ferry_export_last_run_timestamp_seconds"
  case lastSuccess = "ferry_export_last_success_timestamp_seconds"
  case duration = "ferry_export_duration_seconds"
  case contacts = "ferry_export_contacts"
  case requests = "ferry_export_requests"
  case bytes = "ferry_export_bytes"
  case changes = "ferry_export_changes"

  /// The same in every file: the collector wants one text for a metric.
  var help: String {
    switch self {
    case .success: "Whether the last export wrote its files (1) or failed (0)."
    case .exitStatus: "Exit status of the last export."
    case .lastRun: "When the last export ended, in seconds since 1970."
    case .lastSuccess: "When the last export that wrote its files ended, in seconds since 1970."
    case .duration: "How long the last export took, in seconds."
    case .contacts: "Contacts in the files of the last successful export."
    case .requests: "Requests that the last successful export made."
    case .bytes: "Size of all files of the last successful export, in bytes."
    case .changes: "Contacts that differ from the export before, in the last successful export."
    }
  }

  /// The values of the label `kind`; one `nil` for a metric without it.
  var kinds: [String?] {
    self == .changes ? ["added", "changed", "deleted", "hidden"] : [nil]
  }
}
