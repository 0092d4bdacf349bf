import ContactModel
import Foundation
import Synchronization

/// One line that shows how far a run is, redrawn a few times a second; silent off a terminal.
final class ProgressLine: Sendable {
  private struct State {
    var lastDrawn = ContinuousClock.now - .seconds(1)
    var width = 0
  }

  private let state = Mutex(State())
  /// Writes, so that a terminal that was stopped (Ctrl-S) stops nothing else.
  private let queue = DispatchQueue(label: "ferry.progress")
  private let isShown: Bool

  init(isShown: Bool = Terminal.isInteractive) { self.isShown = isShown }

  /// Shows a text, unless the last one is younger than a fifth of a second.
  func show(_ text: @autoclosure () -> String) {
    guard isShown else { return }
    state.withLock { state in
      let now = ContinuousClock.now
      guard now - state.lastDrawn > .milliseconds(200) else { return }
      state.lastDrawn = now
      let line = text()
      let padding = String(repeating: " ", count: max(0, state.width - line.count))
      state.width = line.count
      queue.async { Self.draw("\r\(line)\(padding)") }
    }
  }

  /// Takes the line away.
  func clear() {
    guard isShown else { return }
    state.withLock { state in
      guard state.width > 0 else { return }
      let blank = "\r" + String(repeating: " ", count: state.width) + "\r"
      queue.sync { Self.draw(blank) }
      state.width = 0
    }
  }

  private static func draw(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
  }
}
