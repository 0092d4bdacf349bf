import JSONSyntax

/// What a request to add, update or delete one contact was answered.
///
/// The observed server confirms updates and deletions of contacts that do not exist; only `info`
/// shows what is there.
package enum MutationReply: Sendable, Equatable {
  /// The server says that it is done.
  case done(MutationAnswer)
  /// The server says that it is not.
  case refused(MutationAnswer)
  /// The request was refused.
  case error(APIError)
  /// There is no complete JSON value of a known shape.
  case unreadable

  /// Reads the body that answers an action.
  ///
  /// Done means an identifier and a result; a text in `error` beside these is a hint only, except
  /// for a deletion, which uses it to say why not.
  package init(_ body: ReplyBody, to action: Action) {
    guard let value = body.value, value.members != nil else {
      self = .unreadable
      return
    }
    if let error = APIError(value["error"]) {
      self = .error(error)
      return
    }
    guard value["result"] != nil || value["data"] != nil else {
      self = .unreadable
      return
    }
    let answer = MutationAnswer(
      pid: value["data"].flatMap(WireNumber.pid), result: value["result"]?.string ?? "",
      social: value["social"]?.string ?? "", error: value["error"]?.string ?? "")
    let isRefused =
      switch action {
      case .delete: !answer.error.isEmpty
      // An update within the second of the one before has a pid, no result and no error.
      case .update: answer.result.isEmpty && !answer.error.isEmpty
      default: answer.pid == nil
      }
    self = isRefused ? .refused(answer) : .done(answer)
  }
}

/// The members of an answer to add, update or delete.
package struct MutationAnswer: Sendable, Equatable {
  /// The contact's identifier.
  package var pid: Int?
  /// The server's words.
  package var result: String
  /// Its words about the social contacts.
  package var social: String
  /// Its complaint.
  package var error: String

  package init(pid: Int?, result: String, social: String = "", error: String = "") {
    self.pid = pid
    self.result = result
    self.social = social
    self.error = error
  }
}
