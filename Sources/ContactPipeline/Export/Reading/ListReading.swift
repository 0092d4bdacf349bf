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
  /// Windows of which a page is under way that was asked for before the one behind it had come.
  private var premature: Set<Int> = []
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
      for window in walks.indices { walkOn(in: window, additions: 0, &group) }
      while let step = try await group.next() {
        if isInterrupted() { throw CancellationError() }
        let window = step.window
        guard let (page, isForward) = try await page(of: step, &group) else { continue }
        let position = walks[window].position
        if isForward {
          try await keeper.append(page, window: window, at: position)
        } else {
          try await keeper.prepend(page, window: window, at: position)
        }
        contacts += page.records.count
        progress(contacts, total)
      }
    }
  }

  private typealias Requests = ThrowingTaskGroup<Step, any Error>

  /// The page that a step has brought; what follows it is on its way while it is being read and kept.
  ///
  /// - Returns: The page, and whether it stands behind all others; `nil` where it is asked for again, or the
  ///   window has been read.
  private mutating func page(
    of step: Step, _ requests: inout Requests
  ) async throws -> (PageWalk.Page, isForward: Bool)? {
    let window = step.window
    switch step.came {
    case .fetched(_, let number) where premature.remove(window) != nil:
      fetch(number, in: window, &requests)
      return nil
    case .fetched(let fetched, let number):
      if number > 0 {
        fetch(number - 1, in: window, &requests)
        // Reading takes the thread that is to send this.
        await Task.yield()
      }
      let (page, isAskedAgain) = try await walks[window].take(fetched, number: number)
      if number == 0 {
        walkOn(in: window, additions: 0, &requests)
      } else if isAskedAgain {
        premature.insert(window)
      }
      return (page, false)
    case .walked(let walk, let page, let additions):
      walks[window] = walk
      guard let page else { return nil }
      if let number = walk.nextPage {
        fetch(number, in: window, &requests)
      } else {
        walkOn(in: window, additions: additions, &requests)
      }
      return (page, additions > 0)
    }
  }

  private func fetch(_ number: Int, in window: Int, _ requests: inout Requests) {
    requests.addTask { [walk = walks[window]] in
      Step(window: window, came: .fetched(try await walk.fetch(number), number))
    }
  }

  /// Asks for what the walk wants next, and waits for it to be read.
  private func walkOn(in window: Int, additions: Int, _ requests: inout Requests) {
    requests.addTask { [walk = walks[window]] in
      try await Step.walked(walk, in: window, additions: additions)
    }
  }

  /// What has come of a window.
  private struct Step: Sendable {
    enum Came: Sendable {
      /// A page on the way to the first, and its number.
      case fetched(FetchedPage, Int)
      /// A page, how the walk goes on, and how many pages of what came meanwhile have been read; without a page
      /// the walk has ended.
      case walked(PageWalk, PageWalk.Page?, additions: Int)
    }

    let window: Int
    let came: Came

    static func walked(
      _ walk: PageWalk, in window: Int, additions: Int
    ) async throws(CRMError) -> Step {
      var (walk, additions) = (walk, additions)
      var page: PageWalk.Page?
      if additions == 0 { page = try await walk.nextBackward() }
      if page == nil, additions < ListReading.mostAdditions {
        page = try await walk.nextForward()
        additions += 1
      }
      return Step(window: window, came: .walked(walk, page, additions: additions))
    }
  }
}
