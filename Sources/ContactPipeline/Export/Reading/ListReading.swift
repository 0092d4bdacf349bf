import CRMClient
import ContactModel
import PersonAPI

/// Reads a list, as a whole or its windows of dates side by side, so that no change meanwhile hides a contact.
///
/// Of each window one request is under way at a time, since a page may be asked for only when the one behind
/// it has come.
struct ListReading {
  /// Takes the pages.
  protocol Keeper: Sendable {
    /// Keeps a page of a window that stands before all others of it.
    func prepend(_ page: PageWalk.Page, window: Int, at position: PageWalk.Position) async throws
    /// Keeps a page of a window that stands behind all others of it.
    func append(_ page: PageWalk.Page, window: Int, at position: PageWalk.Position) async throws
  }

  /// How often contacts are looked for that have come meanwhile; where they come without an end the rest is
  /// younger than the export, which does not promise it.
  private static let mostAdditions = 8

  private var walks: [PageWalk]
  /// How many contacts have come.
  private(set) var contacts: Int

  /// - Parameters:
  ///   - lists: The windows' lists, or the whole one.
  ///   - columns: The columns of their pages.
  ///   - positions: Where an earlier reading has come to, for each of them.
  ///   - contacts: How many contacts that one had read.
  init(
    lists: [OrderedList], columns: [PersonField], positions: [PageWalk.Position], contacts: Int
  ) {
    walks = zip(lists, positions).map {
      PageWalk(list: $0, columns: columns, position: $1)
    }
    self.contacts = contacts
  }

  /// How many contacts the lists have.
  var total: Int { walks.reduce(0) { $0 + $1.total } }

  /// Reads everything.
  ///
  /// - Parameters:
  ///   - keeper: Takes the pages.
  ///   - isInterrupted: Is asked between pages; once it says yes the reading is given up.
  ///   - progress: Is told how many contacts have come, of how many.
  /// - Throws: `CRMError`, `CancellationError`, and what the keeper throws.
  mutating func run(
    into keeper: some Keeper, isInterrupted: () -> Bool,
    progress: (_ contacts: Int, _ total: Int) -> Void
  ) async throws {
    try await withThrowingTaskGroup(of: Step.self) { group in
      for (window, walk) in walks.enumerated() {
        group.addTask { try await Step.next(of: walk, in: window, additions: 0) }
      }
      while let step = try await group.next() {
        walks[step.window] = step.walk
        if isInterrupted() { throw CancellationError() }
        guard let page = step.page else { continue }
        // The next page is on its way while this one is being kept.
        group.addTask {
          try await Step.next(of: step.walk, in: step.window, additions: step.additions)
        }
        if step.isForward {
          try await keeper.append(page, window: step.window, at: step.walk.position)
        } else {
          try await keeper.prepend(page, window: step.window, at: step.walk.position)
        }
        contacts += page.records.count
        progress(contacts, total)
      }
    }
  }

  /// A page that has come, and how the walk goes on; without a page it has ended.
  private struct Step: Sendable {
    var walk: PageWalk
    let window: Int
    var page: PageWalk.Page?
    var isForward = false
    /// How many pages of what came meanwhile have been read.
    var additions: Int

    static func next(
      of walk: PageWalk, in window: Int, additions: Int
    ) async throws(CRMError) -> Step {
      var step = Step(walk: walk, window: window, additions: additions)
      if additions == 0 { step.page = try await step.walk.nextBackward() }
      if step.page == nil, additions < ListReading.mostAdditions {
        step.page = try await step.walk.nextForward()
        step.isForward = true
        step.additions += 1
      }
      return step
    }
  }
}
