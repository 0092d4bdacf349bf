/// A contact in the simulated server, and who made it.
struct SimulatedContact: Sendable {
  /// Who made a contact: the oracle's knowledge, which ferry has no way to.
  enum Origin: Sendable, Equatable {
    /// A row of a request, both counted from 0.
    case row(request: Int, row: Int)
    /// Somebody else, for reasons of their own.
    case colleague
  }

  /// Its identifier.
  var pid: Int
  /// Its values, as stored.
  var values: [String: String]
  /// Its owner's number; 0 is nobody, in whose list it would be.
  var owner: Int
  /// The text that `person` was sent with; tells which row of the source it is.
  var sentName: String
  /// Who made it.
  var origin: Origin
  /// Whether it was deleted since.
  var isDeleted = false
  /// Whether it was stored with less than was sent, or edited since.
  var isDamaged = false
  /// Whether somebody edited it.
  var isEdited = false
  /// Whether its request began after the time that ferry gives it (``Scene`` leaves it at a minute).
  var isLate = false

  /// Whether ferry made it.
  var isFerrys: Bool { origin != .colleague }
}

/// All contacts there ever were, in the order of their identifiers.
struct SimulatedTable: Sendable {
  /// The contacts; the one with identifier `p` stands at `p - first`.
  private(set) var all: [SimulatedContact] = []
  /// The identifier of the first contact.
  let first = 501

  /// The people who work there: their number is their place, from 1.
  static let users = ["chief@example.com", "anna@example.com", "boris@example.com"]
  /// The fields that are switched on, but for the social contacts.
  static let fields = [
    "clid", "ptitle", "person", "tel", "fax", "mob", "mail", "rol", "iduser", "loyalty", "input1",
    "input2", "input3", "input5", "input7", "clientpath", "input10",
  ]
  /// The social contacts.
  static let socials = [
    "blog", "mysite", "twitter", "icq", "skype", "google", "yandex", "mykrug",
  ]

  subscript(pid: Int) -> SimulatedContact? {
    all.indices.contains(pid - first) ? all[pid - first] : nil
  }

  /// The contacts that have not been deleted.
  var alive: [SimulatedContact] { all.filter { !$0.isDeleted } }
  /// The identifier that came last; below the first where none has come.
  var lastPID: Int { first + all.count - 1 }

  /// Stores a row as the observed server does.
  ///
  /// - Returns: Its identifier; `nil` where it has no name, and so is not stored.
  @discardableResult
  mutating func store(
    _ row: [String: String], origin: SimulatedContact.Origin, caller: Int, isDamaged: Bool = false,
    isLate: Bool = false
  ) -> Int? {
    guard let name = row["person"], StoredText.of(name)?.isEmpty == false else { return nil }
    var values: [String: String] = [:]
    for (field, value) in row where Self.fields.contains(field) || Self.socials.contains(field) {
      switch field {
      case "clid": values[field] = String(Int(value) ?? 0)
      case "iduser", "user", "loyalty", "clientpath": break
      case _ where Self.socials.contains(field): values[field] = value
      case "rol": values[field] = value
      default: values[field] = StoredText.of(value, longest: field == "input10" ? 512 : 250)
      }
    }
    let owner =
      row["user"].flatMap { $0.isEmpty ? nil : (Self.users.firstIndex(of: $0) ?? -1) + 1 } ?? caller
    all.append(
      SimulatedContact(
        pid: first + all.count, values: values, owner: owner, sentName: name, origin: origin,
        isDamaged: isDamaged, isLate: isLate))
    return lastPID
  }

  /// Somebody writes something else into a contact.
  mutating func edit(_ pid: Int) {
    guard all.indices.contains(pid - first) else { return }
    all[pid - first].values["ptitle"] = "изменено"
    all[pid - first].isDamaged = true
    all[pid - first].isEdited = true
  }

  /// Deletes a contact.
  mutating func delete(_ pid: Int) {
    guard all.indices.contains(pid - first) else { return }
    all[pid - first].isDeleted = true
  }
}
