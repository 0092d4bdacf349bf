import GRDB

/// The deletion of a contact, which is confirmed whether or not there was one.
///
/// Only a deal with the contact prevents it; one that merely lists it among others does not. The
/// name goes unescaped into the CRM's log: of some names PHP dies, but the contact is gone by then.
struct ContactDeletion: Sendable {
  let pid: Int
  /// Whether the contact has a deal and stays.
  let isRefused: Bool
  /// How many notes about the contact went with it.
  private let noteCount: Int

  /// Deletes a contact.
  ///
  /// - Throws: ``PHPFatal`` where its name kills the script, or an error of SQLite.
  init(
    _ pid: Int, api: Entrance.API, site: ObservedSite, caller: Caller, in database: Database
  ) throws {
    self.pid = pid
    isRefused =
      try Int.fetchOne(database, sql: "SELECT 1 FROM deal WHERE pid = ?", arguments: [pid]) != nil
    guard !isRefused else {
      noteCount = 0
      return
    }
    let name =
      try String.fetchOne(
        database, sql: "SELECT person FROM person WHERE pid = ?", arguments: [pid]) ?? ""
    try database.execute(sql: "DELETE FROM person WHERE pid = ?", arguments: [pid])
    try Self.log(name, api, site, caller)
    try database.execute(sql: "DELETE FROM history WHERE pid = ?", arguments: [pid])
    noteCount = database.changesCount
  }

  /// What the CRM says about it.
  var reply: [UInt8] {
    var json = PHPJSONWriter()
    json.beginObject()
    if isRefused {
      json.key("result")
      json.string("Контакт не удален")
      json.key("error")
      json.string(
        "Внимание: К сожалению Удаление записи не возможно. Причина - Имеются связанные записи - "
          + "Сделки.")
    } else {
      json.key("message")
      json.string(
        "Успешно: Контакт удален. Также удалено \(noteCount) записи истории активностей. "
          + "Удалено 0 записей напоминаний. Удалено 0 файлов.\n\t\t\t")
      json.key("result")
      json.string("Клиент удален")
    }
    json.key("data")
    json.number(pid)
    json.endObject()
    return json.bytes
  }

  /// Writes to the CRM's log, as far as that can fail.
  private static func log(
    _ name: String, _ api: Entrance.API, _ site: ObservedSite, _ caller: Caller
  ) throws {
    let script = ObservedScript.person(api)
    let deletion = script.place(v2: 516)
    try site.sql.check(
      SQLQuery(
        "INSERT INTO app_logs (id, type, iduser, content, identity) VALUES(NULL, "
          + "'Удаление сделки', '\(caller.id)', 'Удален контакт: ",
        Array(name.utf8), "', '1')"),
      through: .query, at: ("inc/func.php", 6747),
      calledBy: [
        PHPCall("inc/class/Person.php", 888, "logger()"),
        PHPCall(deletion.0, deletion.1, "Salesman\\Person->delete()"),
      ] + script.callers(site.version))
  }
}
