import JSONSyntax
import RunJournal
import RunReports

extension UndoResult {
  /// The result for programs, in UTF-8, with a line break at its end.
  ///
  /// The keys are part of ferry's interface: new ones may come, none goes or changes its meaning.
  ///
  /// - `version`: 1; `kind`: `undo`; `run`; `server`; `doubledOnly`; `forced`
  /// - `status`: how the run stands now, `undone` when nothing known of it is left
  /// - `counts`: a number for each of `removed`, `absent`, `edited`, `unproven`, `lastCopy`,
  ///   `hasDeals`, `refused`, `unclear`
  /// - `remaining`: contacts of the run not known to be gone, over all undos; `uncertainRows`
  /// - `kept`: `file`, `record`, `pid`, `fate`, `remark` of the first thousand that stay; `keptTotal`
  /// - `stop`: `interrupted`, `serverGone`, `credentialsRefused`, `unclearReplies`, `journal` or null
  package func json() -> [UInt8] {
    var json = JSONWriter(style: .pretty)
    json.beginObject()
    json.member("version", 1)
    json.member("kind", "undo")
    json.member("run", run.text)
    json.member("server", server)
    json.member("doubledOnly", isDoubledOnly)
    json.member("forced", isForced)
    json.member("status", status.rawValue)
    json.member("counts", counts)
    json.member("remaining", remaining)
    json.member("uncertainRows", uncertainRows)
    json.member("keptTotal", counts.kept)
    json.array("kept", of: kept) { json, contact in
      json.member("file", name(ofFile: contact.file))
      json.member("record", contact.record)
      json.member("pid", contact.pid)
      json.member("fate", contact.fate.jsonKey)
      json.member("remark", contact.remark)
    }
    json.member("stop", stop?.rawValue)
    json.endObject()
    json.endLine()
    return json.take()
  }
}

extension JSONWriter {
  /// Writes a member whose value is an object with a number for every fate.
  mutating func member(_ name: String, _ counts: UndoCounts) {
    key(name)
    beginObject()
    for fate in UndoneContact.Fate.allCases { member(fate.jsonKey, counts[fate]) }
    endObject()
  }
}
