/// The database layer of the CRM, as far as its failures are seen on the wire.
///
/// What the database refuses surfaces differently: under PHP 7.4 the layer throws an `Exception`
/// that carries the query; under PHP 8 the driver throws first, and the query stays unsaid. What
/// the layer itself refuses, a query with placeholders and nothing to put there, looks the same.
struct SafeMySQL: Sendable {
  /// The way a query was run, and the line in which it prepares the query.
  enum Method: String, Sendable {
    case query, getOne, getRow, getCol, getAll

    var prepares: Int {
      switch self {
      case .query: 140
      case .getOne: 207
      case .getRow: 231
      case .getCol: 255
      case .getAll: 279
      }
    }

    /// `query` prepares and runs in one line, the others in two.
    fileprivate var runs: Int { self == .query ? prepares : prepares + 1 }
  }

  static let file = "vendor/colshrapnel/safemysql/safemysql.class.php"

  let version: PHPVersion

  /// What comes of a query that the database refuses.
  ///
  /// - Parameters:
  ///   - query: The query as it was run.
  ///   - message: The database's words.
  ///   - method: How the query was run.
  ///   - place: The file and line that called the layer.
  ///   - callers: Who called that function, the innermost call first.
  /// - Returns: What PHP dies of.
  func refusal(
    of query: String, _ message: String, through method: Method, at place: (String, Int),
    calledBy callers: [PHPCall]
  ) -> PHPFatal {
    let outer = [
      PHPCall(Self.file, method.runs, "SafeMySQL->rawQuery()"),
      PHPCall(place.0, place.1, "SafeMySQL->\(method.rawValue)()"),
    ]
    switch version {
    case .php74:
      return PHPFatal(
        "Exception", "SafeMySQL: \(message). Full query: [\(query)]", file: Self.file, line: 623,
        trace: [PHPCall(Self.file, 483, "SafeMySQL->error()")] + outer + callers)
    case .php82:
      return PHPFatal(
        "mysqli_sql_exception", message, file: Self.file, line: 466,
        trace: [PHPCall(Self.file, 466, "mysqli_query()")] + outer + callers)
    }
  }

  /// What comes of a query with question marks that the layer takes for placeholders; `nil` where
  /// there are none.
  ///
  /// - Parameters:
  ///   - query: The query before it is prepared.
  ///   - method: How the query was run.
  ///   - place: The file and line that called the layer.
  ///   - callers: Who called that function, the innermost call first.
  /// - Returns: What PHP dies of, if it does.
  func strayPlaceholders(
    in query: String, through method: Method, at place: (String, Int),
    calledBy callers: [PHPCall]
  ) -> PHPFatal? {
    let count = Self.placeholders(in: query)
    guard count > 0 else { return nil }
    return PHPFatal(
      "Exception",
      "SafeMySQL: Number of args (0) doesn't match number of placeholders (\(count)) in [\(query)]",
      file: Self.file, line: 623,
      trace: [
        PHPCall(Self.file, 498, "SafeMySQL->error()"),
        PHPCall(Self.file, method.prepares, "SafeMySQL->prepareQuery()"),
        PHPCall(place.0, place.1, "SafeMySQL->\(method.rawValue)()"),
      ] + callers)
  }

  /// How many question marks a text has that are followed by a letter of a placeholder.
  static func placeholders(in text: String) -> Int {
    let bytes = Array(text.utf8)
    return zip(bytes, bytes.dropFirst()).count { mark, letter in
      mark == UInt8(ascii: "?") && "nsiuap".utf8.contains(letter)
    }
  }
}
