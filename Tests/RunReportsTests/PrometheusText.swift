/// A strict reader of the text exposition format 0.0.4, as far as gauges go.
///
/// Stricter than Prometheus: every metric has HELP, TYPE and its samples, in this order and together;
/// nothing has a time of its own, which the textfile collector refuses.
struct PrometheusText {
  struct Problem: Error {
    let line: String
    let what: String
  }

  /// The values by metric and labels, as they are written.
  private(set) var samples: [String: String] = [:]
  /// The values of the label `export`, without their escapes.
  private(set) var exports: Set<String> = []

  init(_ text: String) throws {
    var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      .map { String($0) }
    guard lines.popLast() == "" else { throw Problem(line: text, what: "the last line has no end") }
    var known: Set<String> = []
    while !lines.isEmpty {
      let help = lines.removeFirst()
      let words = help.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false)
      guard words.count == 4, words[0] == "#", words[1] == "HELP", !words[3].isEmpty,
        !words[3].contains("\\")
      else { throw Problem(line: help, what: "not a HELP line") }
      let metric = String(words[2])
      guard Self.isName(metric), known.insert(metric).inserted else {
        throw Problem(line: help, what: "not a new metric")
      }
      guard !lines.isEmpty, lines.removeFirst() == "# TYPE \(metric) gauge" else {
        throw Problem(line: help, what: "no TYPE line behind it")
      }
      var count = 0
      while let line = lines.first, !line.hasPrefix("#") {
        try read(sample: line, of: metric)
        lines.removeFirst()
        count += 1
      }
      guard count > 0 else { throw Problem(line: help, what: "no samples") }
    }
  }

  private mutating func read(sample line: String, of metric: String) throws {
    var rest = Array(line.unicodeScalars)[...]
    func expect(_ text: String) throws {
      guard rest.starts(with: text.unicodeScalars) else {
        throw Problem(line: line, what: "no \(text) before \(rest.count) characters from its end")
      }
      rest = rest.dropFirst(text.unicodeScalars.count)
    }
    try expect(metric + "{")
    var names: Set<String> = []
    repeat {
      let name = String(String.UnicodeScalarView(rest.prefix { $0 != "=" }))
      guard Self.isName(name), !name.contains(":"), names.insert(name).inserted else {
        throw Problem(line: line, what: "not a new label")
      }
      try expect(name + "=\"")
      var value = String.UnicodeScalarView()
      while let scalar = rest.popFirst(), scalar != "\"" {
        guard scalar == "\\" else {
          value.append(scalar)
          continue
        }
        switch rest.popFirst() {
        case "\\": value.append("\\")
        case "\"": value.append("\"")
        case "n": value.append("\n")
        default: throw Problem(line: line, what: "not an escape")
        }
      }
      if name == "export" { exports.insert(String(value)) }
    } while rest.popFirst() == ","
    let series = String(line.unicodeScalars.prefix(line.unicodeScalars.count - rest.count))
    guard series.hasSuffix("}") else { throw Problem(line: line, what: "labels have no end") }
    try expect(" ")
    let value = String(String.UnicodeScalarView(rest))
    guard !value.contains(" "), Double(value) != nil else {
      throw Problem(line: line, what: "not a value")
    }
    guard samples.updateValue(value, forKey: series) == nil else {
      throw Problem(line: line, what: "the same sample twice")
    }
  }

  /// Names of metrics and, without colons, of labels.
  private static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, !(0x30...0x39).contains(first) else { return false }
    return text.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x3A: true
      default: false
      }
    }
  }
}
