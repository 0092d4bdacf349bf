import GRDB

/// Stores and changes contacts as the CRM's class of contacts does.
///
/// Every statement is committed at once; what was written before a ``PHPFatal`` stays.
struct ContactEditor: Sendable {
  let site: ObservedSite

  /// Stores one contact: the variables of `add`, or a row of `add.list`.
  ///
  /// - Parameters:
  ///   - row: The fields; a row need not be an array.
  ///   - entrance: How they came in.
  ///   - isRow: Whether this is a row of `add.list`.
  ///   - caller: In whose name the request is made.
  ///   - database: Where to, outside of a transaction.
  /// - Returns: What the CRM says about it.
  /// - Throws: ``PHPFatal`` where PHP dies of it, or an error of SQLite.
  func add(
    _ row: PHPValue, as entrance: Entrance, isRow: Bool, by caller: Caller, in database: Database
  ) throws -> EditAnswer {
    let place = ScriptPlace(
      script: .person(entrance.api), action: isRow ? .row : .add, version: site.version)
    var fields: PHPArray
    let owner: Int
    if isRow {
      (fields, owner) = try resolve(row: row, place, by: caller, in: database)
    } else {
      fields = row.array ?? PHPArray()
      owner = try self.owner(
        ContactFields(fields, at: site), place, by: caller, in: database)
    }
    fields.set(.text(Array("iduser".utf8)), to: .number(owner))
    return try insert(
      ContactFields(fields, at: site), owner: owner, place, by: caller, in: database)
  }

  /// Changes a contact.
  ///
  /// - Parameters:
  ///   - parameters: The variables of `update`.
  ///   - entrance: How they came in.
  ///   - caller: In whose name the request is made.
  ///   - database: Where to, outside of a transaction.
  /// - Returns: What the CRM says about it.
  /// - Throws: ``PHPFatal`` where PHP dies of it, or an error of SQLite.
  func update(
    _ parameters: PHPArray, as entrance: Entrance, by caller: Caller, in database: Database
  ) throws -> EditAnswer {
    let place = ScriptPlace(
      script: .person(entrance.api), action: .update, version: site.version)
    let fields = ContactFields(parameters, at: site)
    // Without this line of the script a contact would lose its client.
    let clid =
      try fields.value(.clid)
      ?? .number(client(of: fields.value(.pid) ?? .null, place, in: database))
    return try update(fields, clid: clid, place, by: caller, in: database)
  }
}
