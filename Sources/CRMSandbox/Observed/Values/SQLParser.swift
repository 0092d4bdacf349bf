/// Finds out whether MariaDB would run a query, and where it would stop reading.
///
/// Knows as much of SQL as the CRM's own queries use, and what a text can turn them into that was
/// pasted between their quotes.
struct SQLParser {
  /// Where the query cannot be read any further.
  private struct Stop: Error { let place: Int }

  private var scanner: SQLScanner
  private var token: SQLToken
  /// The names that stand for columns in the conditions, in the order in which they were met.
  private(set) var columns: [String] = []

  private init(_ query: [UInt8]) {
    scanner = SQLScanner(query)
    token = scanner.next()
  }

  /// Reads a query.
  ///
  /// - Returns: The place at which reading ends in an error, if it does, and the columns named in
  ///   the conditions until then.
  static func read(_ query: [UInt8]) -> (stop: Int?, columns: [String]) {
    var parser = SQLParser(query)
    do throws(Stop) {
      try parser.readStatement()
      return (nil, parser.columns)
    } catch {
      return (error.place, parser.columns)
    }
  }

  // MARK: - Statements

  private mutating func readStatement() throws(Stop) {
    if takes("insert") {
      try readInsertion()
    } else if takes("update") {
      try readChange()
    } else {
      try take("select")
      try readSelection()
    }
    guard token.kind == .end else { throw stop }
  }

  private mutating func readInsertion() throws(Stop) {
    try take("into")
    try readName()
    try takeSymbol("(")
    try readList { (parser) throws(Stop) in try parser.readName() }
    try takeSymbol(")")
    try take("values")
    try takeSymbol("(")
    try readList { (parser) throws(Stop) in try parser.readExpression() }
    try takeSymbol(")")
  }

  private mutating func readChange() throws(Stop) {
    try readName()
    try take("set")
    try readList { (parser) throws(Stop) in
      try parser.readName()
      try parser.takeSymbol("=")
      try parser.readExpression()
    }
    if takes("where") { try readExpression() }
  }

  private mutating func readSelection() throws(Stop) {
    let named = columns
    try readList { (parser) throws(Stop) in
      if !parser.takesSymbol("*") { try parser.readExpression() }
      if parser.takes("as") { try parser.readName() }
    }
    columns = named
    if takes("from") { try readName() }
    if takes("where") { try readExpression() }
    let conditions = columns
    if takes("group") {
      try take("by")
      try readList { (parser) throws(Stop) in try parser.readExpression() }
    }
    if takes("order") {
      try take("by")
      try readList { (parser) throws(Stop) in
        try parser.readExpression()
        if !parser.takes("asc") { _ = parser.takes("desc") }
      }
    }
    columns = conditions
    if takes("limit") {
      try readList { (parser) throws(Stop) in try parser.readExpression() }
    }
    if takes("union") {
      if !takes("all") { _ = takes("distinct") }
      try take("select")
      try readSelection()
      // What the other half may name is not known here.
      columns = conditions
    }
  }

  private mutating func readList(_ element: (inout SQLParser) throws(Stop) -> Void) throws(Stop) {
    repeat { try element(&self) } while takesSymbol(",")
  }

  // MARK: - Expressions

  private mutating func readExpression() throws(Stop) {
    while true {
      while takes("not") {}
      try readComparison()
      guard takes("and") || takes("or") || takes("xor") || takesSymbol("&&") || takesSymbol("||")
      else { return }
    }
  }

  private mutating func readComparison() throws(Stop) {
    try readSum()
    while true {
      if takesSymbol(of: ["=", "<", ">", "<=", ">=", "<>", "!="]) {
        // `<=>` comes in two parts.
        _ = takesSymbol(">")
        try readSum()
      } else if takes("is") {
        _ = takes("not")
        guard takes("null") || takes("true") || takes("false") else { throw stop }
      } else {
        let isNegated = takes("not")
        if takes("like") || takes("regexp") || takes("rlike") {
          try readSum()
        } else if takes("between") {
          try readSum()
          try take("and")
          try readSum()
        } else if takes("in") {
          try takeSymbol("(")
          try readList { (parser) throws(Stop) in try parser.readExpression() }
          try takeSymbol(")")
        } else if isNegated {
          throw stop
        } else {
          return
        }
      }
    }
  }

  private mutating func readSum() throws(Stop) {
    while true {
      try readOperand()
      guard
        takesSymbol(of: ["+", "-", "*", "/", "%", "|", "&", "^", "<<", ">>"]) || takes("div")
          || takes("mod")
      else { return }
    }
  }

  private mutating func readOperand() throws(Stop) {
    while takesSymbol(of: ["+", "-", "~", "!"]) {}
    switch token.kind {
    case .string, .markedString:
      advance()
      while token.kind == .string { advance() }
    case .number: advance()
    case .name(let name):
      advance()
      if name != "@" { columns.append(name) }
    case .symbol("("):
      advance()
      if takes("select") {
        try readSelection()
      } else {
        try readList { (parser) throws(Stop) in try parser.readExpression() }
      }
      try takeSymbol(")")
    case .word(let word) where !Self.reserved.contains(word): try readColumn(word)
    default: throw stop
    }
  }

  /// Reads the name of a column, with or without its table's, or a function with what it is given.
  private mutating func readColumn(_ word: String) throws(Stop) {
    advance()
    if takesSymbol(".") {
      guard case .word(let column) = token.kind else { throw stop }
      advance()
      columns.append(column)
    } else if takesSymbol("(") {
      guard !takesSymbol(")") else { return }
      if !takesSymbol("*") {
        try readList { (parser) throws(Stop) in try parser.readExpression() }
      }
      try takeSymbol(")")
    } else if !["null", "true", "false"].contains(word) {
      columns.append(word)
    }
  }

  // MARK: - Tokens

  private var stop: Stop { Stop(place: token.start) }

  private mutating func advance() { token = scanner.next() }

  private mutating func takes(_ word: String) -> Bool {
    guard token.kind == .word(word) else { return false }
    advance()
    return true
  }

  private mutating func takesSymbol(_ symbol: String) -> Bool {
    guard token.kind == .symbol(symbol) else { return false }
    advance()
    return true
  }

  private mutating func takesSymbol(of symbols: Set<String>) -> Bool {
    guard case .symbol(let symbol) = token.kind, symbols.contains(symbol) else { return false }
    advance()
    return true
  }

  private mutating func take(_ word: String) throws(Stop) {
    guard takes(word) else { throw stop }
  }

  private mutating func takeSymbol(_ symbol: String) throws(Stop) {
    guard takesSymbol(symbol) else { throw stop }
  }

  private mutating func readName() throws(Stop) {
    switch token.kind {
    case .name: advance()
    case .word(let word) where !Self.reserved.contains(word): advance()
    default: throw stop
    }
  }

  /// The words that can be neither a column nor a function in an expression.
  private static let reserved: Set<String> = [
    "all", "and", "as", "asc", "between", "by", "case", "create", "cross", "delete", "desc",
    "distinct", "div", "drop", "else", "exists", "for", "from", "group", "having", "in", "index",
    "inner", "into", "is", "join", "key", "keys", "like", "limit", "lock", "natural", "not", "on",
    "or", "order", "outer", "procedure", "regexp", "rlike", "select", "set", "table", "then", "to",
    "union", "update", "use", "using", "when", "where", "with", "xor",
  ]
}
