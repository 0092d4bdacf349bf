/// A place in a mapping file.
struct MappingPlace: Sendable, Equatable {
  /// The line, from 1.
  var line: Int
  /// The column in Unicode scalars, from 1.
  var column: Int
}

/// The text of a mapping and the name of its file: what an error needs to show the place.
struct MappingText: Sendable, Equatable {
  var fileName: String
  var yaml: String

  /// The line a place is on, without its line break; empty where there is none.
  func line(at place: MappingPlace) -> String {
    // libyaml ends lines where `isNewline` does; a CRLF is one character.
    let lines = yaml.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    return lines.indices.contains(place.line - 1) ? String(lines[place.line - 1]) : ""
  }

  /// The place of a character, counted from the beginning of the text.
  func place(ofCharacter offset: Int) -> MappingPlace {
    let before = yaml.prefix(offset)
    let lines = before.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    return MappingPlace(
      line: max(1, lines.count), column: (lines.last?.unicodeScalars.count ?? 0) + 1)
  }

  /// The place itself, or the end of the last line with text before it where its own line is blank:
  /// a parser finds out at the very end that a bracket is open.
  func visiblePlace(_ place: MappingPlace) -> MappingPlace {
    var line = place.line
    while line > 1, self.line(at: MappingPlace(line: line, column: 1)).allSatisfy(\.isWhitespace) {
      line -= 1
    }
    guard line < place.line else { return place }
    let length = self.line(at: MappingPlace(line: line, column: 1)).unicodeScalars.count
    return MappingPlace(line: line, column: length + 1)
  }

  /// The line of a place with a caret under the column.
  ///
  /// Tabs stay tabs in front of the caret so that it stands right in any terminal; of a long line
  /// only the part around the place is shown.
  func snippet(at place: MappingPlace) -> String {
    let scalars = Array(line(at: place).unicodeScalars)
    let column = min(max(place.column - 1, 0), scalars.count)
    let first = max(0, column - 72)
    let last = min(scalars.count, first + 96)
    let before = visible(scalars[first..<column])
    let padding = String(before.map { $0 == "\t" ? $0 : " " })
    return before + visible(scalars[column..<last]) + "\n" + padding + "^"
  }

  /// Scalars as text fit for a terminal: control characters become blanks.
  private func visible(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var text = String.UnicodeScalarView()
    for scalar in scalars {
      let isControl = scalar.properties.generalCategory == .control
      text.append(isControl && scalar != "\t" ? " " : scalar)
    }
    return String(text)
  }
}
