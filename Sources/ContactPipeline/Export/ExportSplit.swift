package import ContactModel

/// How the contacts of an export are divided among files.
package enum ExportSplit: Sendable, Equatable {
  /// So many contacts in each file, in the order of their identifiers.
  case count(Int)
  /// A file for every value of a field.
  case field(PersonField)
}

/// The names of an export's files.
struct ExportNames {
  /// The file that the user named.
  let path: String
  private let base: String
  private let ending: String
  /// Part names as file systems compare them, which may not tell capitals apart.
  private var taken: Set<String> = []

  init(path: String) {
    self.path = path
    let start = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    let name = path[start...]
    let isPacked = name.lowercased().hasSuffix(".gz")
    let plain = isPacked ? name.dropLast(3) : name
    let dot = plain.lastIndex(of: ".") ?? plain.endIndex
    base = String(path[..<dot])
    ending = String(path[dot...])
  }

  /// The name of the file with this number, counted from 1.
  func part(number: Int) -> String {
    let digits = String(number)
    return "\(base)-\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)\(ending)"
  }

  /// The name of the file of the contacts that have this value; no two values share one.
  mutating func part(value: String) -> String {
    // What names of files may hold everywhere; a path cannot be made of it.
    let kept = value.unicodeScalars.map { scalar in
      scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        || "@._+".unicodeScalars.contains(scalar) ? Character(scalar) : "-"
    }
    let text = value.isEmpty ? "none" : String(String(kept).prefix(60))
    var name = text
    var number = 2
    while !taken.insert(name.lowercased()).inserted {
      name = "\(text)-\(number)"
      number += 1
    }
    return "\(base)-\(name)\(ending)"
  }

  /// Whether a file in the same folder is a part of an earlier export to the same name.
  func isPart(_ name: String) -> Bool {
    let base = self.base.split(separator: "/").last.map(String.init) ?? ""
    return !name.contains("/") && name.hasPrefix(base + "-") && name.hasSuffix(ending)
  }

  /// The name of a file that says what is different from the export before.
  ///
  /// - Parameters:
  ///   - kind: What is in it.
  ///   - ending: How it ends; `nil` for the ending of the export.
  /// - Returns: The path.
  func difference(_ kind: String, ending: String? = nil) -> String {
    "\(base).\(kind)\(ending ?? self.ending)"
  }

  /// The manifest's name.
  var manifest: String { path + ".manifest.json" }

  /// The folder in which exports are kept.
  var kept: String { base + ".kept" }
}
