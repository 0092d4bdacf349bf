package import RunJournal

/// A run that was named on the command line, and where it is.
package struct FoundRun: Sendable, Equatable {
  /// The run's name.
  package var id: RunID
  /// The run's folder.
  package var folder: String
  /// The run's journal.
  package var journalPath: String
  /// The account it belongs to; `nil` where only the journal says.
  package var account: AccountID?
  /// Where ferry keeps what it remembers.
  package var stateFolder: String

  /// A run in a folder of its own.
  package init(
    id: RunID, folder: String, journalPath: String, account: AccountID?, stateFolder: String
  ) {
    self.id = id
    self.folder = folder
    self.journalPath = journalPath
    self.account = account
    self.stateFolder = stateFolder
  }

  /// A registered run; its folder is the one that its journal lies in.
  init(_ run: RegisteredRun, stateFolder: String) {
    self.init(
      id: run.id, folder: RunFolder.folder(of: run.journal), journalPath: run.journal,
      account: run.account, stateFolder: stateFolder)
  }
}

/// What runs' folders are like.
enum RunFolder {
  /// The name of a run's journal in its folder.
  static let journalName = "journal.sqlite"

  /// The folder that a file lies in.
  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
