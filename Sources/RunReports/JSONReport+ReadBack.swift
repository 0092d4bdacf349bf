import ContactModel
import JSONSyntax

extension JSONReport {
  /// Writes what only a run that sends has: waits, doubled contacts, what reading back showed.
  func writeReadBack(to json: inout JSONWriter) {
    json.member("resumable", summary.isResumable)
    json.key("waited")
    json.beginObject()
    json.key("settling")
    json.number(Self.thousandths(of: summary.waits.settling))
    json.key("server")
    json.number(Self.thousandths(of: summary.waits.server))
    json.endObject()
    json.array("doubledContacts", of: summary.readBack.doubled) { json, contact in
      json.member("file", contact.file)
      json.member("record", contact.record)
      json.member("pid", contact.pid)
      json.member("laterPid", contact.laterPID)
    }
    json.key("readBack")
    json.beginObject()
    json.member("foundByKey", summary.readBack.foundByKey)
    json.member("foundByValues", summary.readBack.foundByValues)
    json.member("compared", summary.readBack.comparedCount)
    json.member("unread", summary.readBack.unreadCount)
    write(summary.readBack.differences, to: &json)
    json.endObject()
  }

  private func write(_ differences: DifferenceTally, to json: inout JSONWriter) {
    json.key("differences")
    json.beginObject()
    json.member("contacts", differences.contactCount)
    json.member("values", differences.total)
    json.array("fields", of: differences.fields) { json, field in
      json.member("field", field.field.name)
      json.member("count", field.count)
    }
    json.array("examples", of: differences.examples) { json, example in
      json.member("file", example.file)
      json.member("record", example.record)
      json.member("pid", example.pid)
      json.member("field", example.field.name)
      guard differences.showsValues else { return }
      json.member("expected", example.expected)
      json.member("found", example.found)
    }
    json.endObject()
  }
}
