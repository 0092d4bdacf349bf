/// One line of a case's `cmd`: a command in the words of a shell, as far as cases need them.
///
/// Words are parted by blanks; `'…'` and `"…"` keep them together. `NAME=value` in front sets the
/// environment, `< file` is standard input, `> file` standard output. A `*` in a word that is not
/// quoted stands for the one name of a folder's that fits (a run's folder, whose name no case can
/// know).
struct CaseLine: Equatable {
  var environment: [String: String] = [:]
  var words: [Word] = []
  var input: Word?
  var output: Word?

  struct Word: Equatable {
    var text = ""
    var isQuoted = false
  }

  init(_ line: String) {
    var words = Self.split(line)[...]
    while let word = words.first, !word.isQuoted, let equals = word.text.firstIndex(of: "="),
      word.text[..<equals].allSatisfy({ $0.isUppercase || $0 == "_" })
    {
      environment[String(word.text[..<equals])] = String(
        word.text[word.text.index(after: equals)...])
      words.removeFirst()
    }
    while let word = words.popFirst() {
      switch (word.isQuoted, word.text) {
      case (false, "<"): input = words.popFirst()
      case (false, ">"): output = words.popFirst()
      default: self.words.append(word)
      }
    }
  }

  private static func split(_ line: String) -> [Word] {
    var words: [Word] = []
    var word: Word?
    var quote: Character?
    for character in line {
      if let open = quote {
        if character == open { quote = nil } else { word?.text.append(character) }
      } else if character == "'" || character == "\"" {
        quote = character
        word = word ?? Word()
        word?.isQuoted = true
      } else if character == " " {
        if let finished = word { words.append(finished) }
        word = nil
      } else {
        word = word ?? Word()
        word?.text.append(character)
      }
    }
    if let word { words.append(word) }
    return words
  }
}
