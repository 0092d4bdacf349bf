import Foundation
import Synchronization

/// What the process says to the shell.
///
/// The first that applies wins, in this order.
enum ExitStatus: Int32 {
  /// Usage, configuration or mapping is wrong, or the key is refused.
  case usage = 64
  /// An input is missing or cannot be read.
  case input = 65
  /// Interrupted by SIGINT.
  case interrupted = 130
  /// Interrupted by SIGTERM.
  case terminated = 143
  /// The server cannot be reached, before anything was sent.
  case unavailable = 75
  /// Stopped before the end: the server went away, the disk is full.
  case stopped = 2
  /// Ended, with rows whose fate is not known.
  case uncertain = 3
  /// Ended, with rows rejected or failed.
  case rows = 1
  /// All done.
  case success = 0
}

extension ExitStatus {
  /// The status after an interruption says which signal it was.
  var adjusted: ExitStatus {
    self == .interrupted && [SIGTERM, SIGHUP].contains(Interruption.received.withLock { $0 })
      ? .terminated : self
  }
}
