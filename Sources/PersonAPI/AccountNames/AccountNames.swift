package import ContactModel

/// The names that an account of the CRM knows, and what each stands for.
///
/// Filled from the server before anything is sent. What the server cannot say is `nil` or absent;
/// then names pass unseen.
package struct AccountNames: Sendable {
  /// One of the account's users.
  package struct Owner: Sendable, Equatable {
    /// The login as the CRM writes it.
    package var login: String
    /// Whether the user has access.
    package var isActive: Bool

    package init(login: String, isActive: Bool) {
      self.login = login
      self.isActive = isActive
    }
  }

  /// What a client's title stands for.
  package enum Client: Sendable, Equatable {
    /// One client, by its `clid`.
    case one(Int)
    /// No client has the title.
    case none
    /// Several clients have it.
    case several
  }

  /// The users; `nil` where the server does not list them.
  package private(set) var owners: [NameKey: Owner]?
  /// The entries of the guides that the server lists, or that could be learned from contacts.
  package private(set) var guides: [PersonField: [NameKey: Int]] = [:]
  /// The titles of guide entries by their numbers.
  private var titles: [PersonField: [Int: String]] = [:]
  /// The clients' titles that have been asked for.
  package private(set) var clients: [String: Client] = [:]

  package init() {}

  /// Takes in the account's users.
  package mutating func know(owners list: [Owner]) {
    owners = Dictionary(list.map { (NameKey($0.login), $0) }) { first, _ in first }
  }

  /// Takes in entries of a guide, `loyalty` or `clientpath`; an empty list says that it is empty.
  ///
  /// Of entries with the same title the oldest counts: requests at the same time may have doubled it.
  package mutating func know(_ entries: [(id: Int, title: String)], of guide: PersonField) {
    for entry in entries.sorted(by: { $0.id < $1.id }) {
      let key = NameKey(entry.title)
      if guides[guide]?[key] == nil { guides[guide, default: [:]][key] = entry.id }
      titles[guide, default: [:]][entry.id] = entry.title
    }
    if entries.isEmpty, guides[guide] == nil { guides[guide] = [:] }
  }

  /// Takes in what a title turned out to stand for.
  package mutating func know(client: Client, titled title: String) {
    clients[title] = client
  }

  /// Whether the entries of a guide are known.
  package func knows(_ guide: PersonField) -> Bool { guides[guide] != nil }

  /// The number of a guide's entry.
  package func entry(_ title: String, of guide: PersonField) -> Int? {
    guides[guide]?[NameKey(title)]
  }

  /// The title of a guide's entry.
  package func title(of entry: Int, in guide: PersonField) -> String? { titles[guide]?[entry] }

  /// The user with a login.
  package func owner(_ login: String) -> Owner? { owners?[NameKey(login)] }
}
