extension SafeMySQL {
  /// Runs a query as far as it can fail.
  ///
  /// - Parameters:
  ///   - query: The query, with whatever was pasted into it.
  ///   - method: How it is run.
  ///   - place: The file and line that call the layer.
  ///   - callers: Who called that function, the innermost call first.
  /// - Throws: ``PHPFatal`` where the layer or the database refuses the query.
  func check(
    _ query: SQLQuery, through method: Method, at place: (String, Int), calledBy callers: [PHPCall]
  ) throws(PHPFatal) {
    guard PHPText.isUTF8(query.text) else {
      throw notUTF8(through: method, at: place, calledBy: callers)
    }
    let text = String(decoding: query.text, as: UTF8.self)
    if let fatal = strayPlaceholders(in: text, through: method, at: place, calledBy: callers) {
      throw fatal
    }
    if let message = query.refusal {
      throw refusal(of: text, message, through: method, at: place, calledBy: callers)
    }
  }

  /// What comes of a query that is no UTF-8: cut at its placeholders, nothing is left of it.
  ///
  /// PHP 7.4 then runs an empty query, which the database refuses without a word; PHP 8 dies of
  /// counting the pieces.
  private func notUTF8(
    through method: Method, at place: (String, Int), calledBy callers: [PHPCall]
  ) -> PHPFatal {
    switch version {
    case .php74: refusal(of: "", "", through: method, at: place, calledBy: callers)
    case .php82:
      PHPFatal(
        "TypeError", "count(): Argument #1 ($value) must be of type Countable|array, bool given",
        file: Self.file, line: 495,
        trace: [
          PHPCall(Self.file, method.prepares, "SafeMySQL->prepareQuery()"),
          PHPCall(place.0, place.1, "SafeMySQL->\(method.rawValue)()"),
        ] + callers)
    }
  }
}
