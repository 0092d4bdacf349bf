/// What stands in a sandbox's tables before the first request.
///
/// A fixture can be read from JSON; every member may be left out, and is then empty or what a
/// fresh installation has.
package struct SandboxFixture: Decodable, Sendable, Equatable {
  /// A user of the account.
  package struct User: Decodable, Sendable, Equatable {
    /// The number, which is what contacts keep of their owner.
    package var iduser: Int
    /// What requests name the user by; an e-mail address.
    package var login: String
    /// What the user is called.
    package var title: String
    /// Whether the user sees everybody's contacts.
    package var isChief: Bool
    /// Whether the user may log in to the CRM itself; its API does not mind.
    package var isActive: Bool

    /// Makes a user, by default an ordinary one with access.
    package init(
      _ iduser: Int, _ login: String, _ title: String, isChief: Bool = false, isActive: Bool = true
    ) {
      self.iduser = iduser
      self.login = login
      self.title = title
      self.isChief = isChief
      self.isActive = isActive
    }
  }

  /// A client, to which contacts can belong.
  package struct Client: Decodable, Sendable, Equatable {
    /// The number.
    package var clid: Int
    /// What the client is called.
    package var title: String

    /// Makes a client.
    package init(_ clid: Int, _ title: String) {
      self.clid = clid
      self.title = title
    }
  }

  /// An entry of a guide.
  package struct Entry: Decodable, Sendable, Equatable {
    /// The number.
    package var id: Int
    /// The text.
    package var title: String
    /// The mark by which the CRM recognises visitors; `nil` in entries of `clientpath` that were made
    /// from a contact's text.
    package var utm: String?

    /// Makes an entry.
    package init(_ id: Int, _ title: String, utm: String? = "") {
      self.id = id
      self.title = title
      self.utm = utm
    }
  }

  /// A contact as it stands in the table: any of its columns, as texts.
  package typealias Contact = [String: String]

  /// A deal, which protects its contact from deletion.
  package struct Deal: Decodable, Sendable, Equatable {
    /// The contact.
    package var pid: Int
    /// What the deal is called.
    package var title: String
    /// Further contacts, which it does not protect.
    package var others: [Int]

    /// Makes a deal.
    package init(pid: Int, title: String, others: [Int] = []) {
      self.pid = pid
      self.title = title
      self.others = others
    }
  }

  /// The account's API key.
  package var apikey: String
  /// Whoever may ask.
  package var users: [User]
  /// The clients.
  package var clients: [Client]
  /// The guide of loyalties.
  package var loyalty: [Entry]
  /// The guide of sources.
  package var clientpath: [Entry]
  /// The number that a contact without a source is stored with.
  package var defaultClientpath: Int
  /// The fields switched on, by their names in the API.
  package var activeFields: Set<String>
  /// Seconds east of Greenwich.
  package var timeZoneOffset: Int
  /// The contacts.
  package var contacts: [Contact]
  /// The deals.
  package var deals: [Deal]
  /// For each change in the past the pid of the contact that was changed.
  package var history: [Int]
  /// The pid of the next contact.
  package var nextPid: Int

  /// Makes a fixture; what is left out is empty, or what a fresh account has.
  package init(
    apikey: String, users: [User], clients: [Client] = [], loyalty: [Entry] = [],
    clientpath: [Entry] = [], defaultClientpath: Int = 0,
    activeFields: Set<String> = SandboxConfiguration.allFields, timeZoneOffset: Int = 10_800,
    contacts: [Contact] = [], deals: [Deal] = [], history: [Int] = [], nextPid: Int = 1001
  ) {
    self.apikey = apikey
    self.users = users
    self.clients = clients
    self.loyalty = loyalty
    self.clientpath = clientpath
    self.defaultClientpath = defaultClientpath
    self.activeFields = activeFields
    self.timeZoneOffset = timeZoneOffset
    self.contacts = contacts
    self.deals = deals
    self.history = history
    self.nextPid = nextPid
  }
}
