package import PersonAPI

/// How a run is to be undone.
package struct UndoOptions: Sendable {
  /// Whether contacts go that were edited since, and those that were only matched by their values.
  package var isForced: Bool
  /// Whether only the later of two contacts goes that one row has made.
  package var doubledOnly: Bool
  /// Which versions of the API will do.
  package var api: APIChoice
  /// How many contacts may be under way at once.
  package var inFlight: Int
  /// How long a server may be down.
  package var wait: Duration
  /// The time to go by.
  package var clock: RunClock

  /// Options; the defaults suit an undo of everything that is certain.
  package init(
    force: Bool = false, doubledOnly: Bool = false, api: APIChoice = .auto, inFlight: Int = 4,
    wait: Duration = ImportOptions.usualWait, clock: RunClock = .system
  ) {
    isForced = force
    self.doubledOnly = doubledOnly
    self.api = api
    self.inFlight = max(1, inFlight)
    self.wait = wait
    self.clock = clock
  }
}

/// How far an undo is.
package struct UndoProgress: Sendable, Equatable {
  /// How many contacts have been dealt with.
  package var done = 0
  /// How many there are to deal with.
  package var total = 0
  /// How many of them are gone.
  package var gone = 0
}
