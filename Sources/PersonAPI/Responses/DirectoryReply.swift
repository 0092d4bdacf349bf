package import JSONSyntax

/// What a question to a method beside `person` was answered.
package enum DirectoryReply<Entry: DirectoryEntry>: Sendable {
  /// The entries, in the server's order, and how many there are on all pages, where it says so.
  case entries([Entry], total: Int?)
  /// The server has no such method.
  case missing
  /// The request was refused.
  case error(APIError)
  /// The answer is none, as after a fatal error.
  case unreadable

  /// Reads a reply; entries that lack what makes them one are left out.
  ///
  /// The method is missing where the API knows no such action, and where there is no such path. Any
  /// other page (a firewall's, say) proves nothing.
  package init(status: Int, body: ReplyBody) {
    switch ReplyKind(status: status, body: body) {
    case .answer:
      let value = body.value
      let data = value?["data"] ?? value
      let elements = data?.elements ?? data?.members?.map(\.value) ?? []
      self = .entries(
        elements.compactMap { Entry($0) }, total: value?["count"].flatMap(WireNumber.integer))
    case .error(let error):
      let isMissing = error.code == APIError.unknownMethod || error.code == APIError.notFound
      self = isMissing ? .missing : .error(error)
    case .foreign: self = status == 404 ? .missing : .unreadable
    case .fatalError, .databaseDown, .hiddenFailure, .gateway, .turnedAway: self = .unreadable
    }
  }
}

/// Something that a method beside `person` lists.
package protocol DirectoryEntry: Sendable, Equatable {
  /// Reads a record; `nil` if it lacks what makes it one.
  init?(_ record: JSONValue)
}

/// A person who works with the CRM.
package struct CRMUser: DirectoryEntry {
  /// The login, as `user` takes it.
  package let login: String
  /// The number, as `iduser` takes it.
  package let number: Int
  /// The name.
  package let title: String
  /// Whether the user may log in; the API lets others in as well.
  package let isActive: Bool

  package init(login: String, number: Int, title: String, isActive: Bool) {
    self.login = login
    self.number = number
    self.title = title
    self.isActive = isActive
  }

  package init?(_ record: JSONValue) {
    guard let login = record["login"]?.string, !login.isEmpty,
      let number = record["iduser"].flatMap(WireNumber.pid)
    else { return nil }
    self.init(
      login: login, number: number, title: record["title"]?.string ?? "",
      isActive: record["active"]?.string != "no")
  }
}

/// An entry of a guide.
package struct GuideEntry: DirectoryEntry {
  /// The identifier.
  package let id: Int
  /// What people see.
  package let title: String

  package init(id: Int, title: String) {
    self.id = id
    self.title = title
  }

  package init?(_ record: JSONValue) {
    guard let id = record["id"].flatMap(WireNumber.pid), let title = record["title"]?.string
    else { return nil }
    self.init(id: id, title: title)
  }
}

/// A client of the account, usually a company.
package struct CRMCompany: DirectoryEntry {
  /// The identifier, as `clid` takes it.
  package let clid: Int
  /// The name.
  package let title: String

  package init(clid: Int, title: String) {
    self.clid = clid
    self.title = title
  }

  package init?(_ record: JSONValue) {
    guard let clid = record["clid"].flatMap(WireNumber.pid), let title = record["title"]?.string
    else { return nil }
    self.init(clid: clid, title: title)
  }
}
