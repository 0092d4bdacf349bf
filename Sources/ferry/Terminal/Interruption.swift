import ContactModel
import Dispatch
import Foundation
import RunReports
import Synchronization

/// Listens for Ctrl-C (and SIGTERM) while a run is under way.
///
/// The first asks the run to end in good order: what is in flight is awaited, results are written.
/// The second ends the process at once; the journal has what was intended and sent, so that `ferry
/// resume` can go on after either. A run that has nothing in flight, such as a conversion, ends at the
/// first: it may be waiting for input that does not come.
final class Interruption {
  /// Whether the run has been asked to end; may be asked from any task.
  final class Flag: Sendable {
    private let state = Mutex(false)

    /// Whether it is set.
    var isSet: Bool { state.withLock { $0 } }

    /// Sets it, and says whether it was set already.
    func set() -> Bool {
      state.withLock { isSet in
        defer { isSet = true }
        return isSet
      }
    }
  }

  /// The signal that was received last, for the exit status; 0 for none.
  static let received = Mutex<Int32>(0)

  /// Ctrl-C, a polite end, and a terminal that is closed.
  private static let signals = [SIGINT, SIGTERM, SIGHUP]

  /// What a run does when it is asked to end.
  enum Manner {
    /// It ends at once; a sentence may say how to go on, and something be done last.
    case atOnce(hint: String? = nil, last: @Sendable () -> Void = {})
    /// It ends what it has begun; what is not done by then has to be done anew.
    case inOrder
    /// It ends what it has begun, and can be continued however it ended.
    case resumably(by: String)
  }

  let flag = Flag()
  private let sources: [any DispatchSourceSignal]

  /// - Parameters:
  ///   - language: The language of the notice on the first signal.
  ///   - manner: What the run does then.
  init(language: Language, manner: Manner = .inOrder) {
    let notice = Self.notice(of: manner, in: language)
    let (awaitsWork, farewell, last): (Bool, String, @Sendable () -> Void) =
      switch manner {
      case .atOnce(let hint, let last): (false, hint.map { "\n" + $0 } ?? "", last)
      case .inOrder, .resumably: (true, "", {})
      }
    let queue = DispatchQueue(label: "ferry.signals")
    var sources: [any DispatchSourceSignal] = []
    for number in Self.signals {
      signal(number, SIG_IGN)
      sources.append(DispatchSource.makeSignalSource(signal: number, queue: queue))
    }
    self.sources = sources
    for (source, number) in zip(sources, Self.signals) {
      source.setEventHandler { [flag] in
        Self.received.withLock { $0 = number }
        if flag.set() || !awaitsWork {
          OutputFile.removeUnfinished()
          last()
          if !awaitsWork {
            Terminal.say("\n" + language.pick("interrupted", "прервано") + farewell)
          }
          Foundation.exit(ExitStatus.interrupted.adjusted.rawValue)
        }
        Terminal.say("\n" + notice)
      }
      source.resume()
    }
  }

  /// Gives the signals back.
  func stop() { for source in sources { source.cancel() } }

  private static func notice(of manner: Manner, in language: Language) -> String {
    switch manner {
    case .atOnce, .inOrder:
      language.pick(
        "stopping: waiting for what is under way (again to stop at once, without result files)",
        "останавливаюсь: жду того, что уже начато (ещё раз — сразу, без файлов результатов)")
    case .resumably(let command):
      language.pick(
        "stopping: waiting for what is under way (again to stop at once); '\(command)' continues after either",
        "останавливаюсь: жду того, что уже начато (ещё раз — сразу); «\(command)» продолжит в обоих случаях"
      )
    }
  }
}
