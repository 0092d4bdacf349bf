import ContactModel

/// The file of a scene: records whose names tell the oracle which row a contact is.
///
/// Records of the same name are equal in everything, so that nobody could say which is which.
struct SimulatedSource: Sendable {
  /// One record, as ferry sends it.
  struct Record: Sendable, Equatable {
    var name: String
    var mail = ""
    var phone = ""
    var owner = ""
    var note = ""

    /// The row that a colleague would enter for the same person.
    var row: [String: String] {
      ["person": name, "mail": mail, "tel": phone, "user": owner, "input2": note]
        .filter { !$0.value.isEmpty }
    }
  }

  /// The records, in order; the first has number 1.
  var records: [Record]

  /// The mapping that goes with it; owners are named where a record has one.
  var mapping: String {
    let owner = records.contains { !$0.owner.isEmpty } ? "\n  user: Owner" : ""
    return """
      version: 1
      fields:
        person: Name
        mail: Mail
        tel: { from: Phone, as: text }
        input2: Note\(owner)
      required: [person]
      """
  }

  /// The file.
  var text: String {
    "Name,Mail,Phone,Owner,Note\n"
      + records.map { record in
        [record.name, record.mail, record.phone, record.owner, record.note].map(Self.cell)
          .joined(separator: ",") + "\n"
      }.joined()
  }

  private static func cell(_ text: String) -> String {
    guard text.contains(where: { ",\"\n ".contains($0) }) else { return text }
    return "\""
      + text.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }

  /// The numbers of the records that are equal to each other, by name.
  var groups: [String: [Int]] {
    Dictionary(grouping: records.indices.map { $0 + 1 }) { records[$0 - 1].name }
  }

  /// So many different people.
  static func people(_ count: Int) -> SimulatedSource {
    SimulatedSource(
      records: (1...max(count, 1)).prefix(count).map { number in
        Record(
          name: "Иванова Анна \(number)", mail: "anna\(number)@example.com",
          phone: "+7(342)206-72-\(number % 90 + 10)")
      })
  }
}
