/// A question to one of the methods beside `person`: who works there, which guides and clients there are.
///
/// They are asked as v2 forms whatever the variant, since that is the only way in which all three were
/// seen to answer.
package enum DirectoryRequest: Sendable, Equatable {
  /// All users, also those without access.
  case users
  /// The entries of the guide `clientpath`.
  case clientpathGuide
  /// A page of the clients whose titles contain a text; of all clients where it is empty.
  case clients(word: String, page: Int)

  /// How many records a page of clients has.
  package static let pageSize = 200

  /// The POST.
  package func request(credentials: Credentials) -> WireRequest {
    var form = FormBody(credentials: credentials)
    let (method, action): (String, String)
    switch self {
    case .users: (method, action) = ("user", "user.list")
    case .clientpathGuide: (method, action) = ("guides", "clientpath")
    case .clients(let word, let page):
      (method, action) = ("client", "list")
      form.append("offset", "\(page)")
      if !word.isEmpty { form.append("word", word) }
      form.append("fields", "clid,title")
    }
    return WireRequest(
      path: "developer/v2/\(method)", contentType: WireFormat.form.contentType,
      body: form.ended(by: action))
  }
}
