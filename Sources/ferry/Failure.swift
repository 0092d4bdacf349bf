import CRMClient
import ContactFormats
import ContactMapping
import ContactModel
import ContactNormalization
import ContactPipeline
import Foundation
import PersonAPI
import RunJournal
import RunReports
import Synchronization

/// A command that cannot go on: what to say, and what to tell the shell.
struct Failure: Error {
  /// The sentence, without `error:`.
  let message: String
  let status: ExitStatus
  /// Whether the sentence brings its own place and `error:`, as a mapping's do.
  let isLabelled: Bool

  init(_ message: String, status: ExitStatus, isLabelled: Bool = false) {
    self.message = message
    self.status = status
    self.isLabelled = isLabelled
  }

  /// Puts any module's error into words.
  ///
  /// The one place where errors become exit statuses.
  init(_ error: any Error, language: Language) {
    switch error {
    case let failure as Failure: self = failure
    // Ctrl-C at a question is no answer to it.
    case let error where error.isDeclined && Interruption.received.withLock({ $0 }) != 0:
      self.init(language.pick("interrupted", "прервано"), status: .interrupted)
    case let error as InputError where error.isTemporaryFile:
      self.init(error.message(in: language), status: .stopped)
    case let error as InputError: self.init(error.message(in: language), status: .input)
    case let error as MappingError:
      self.init(error.message(in: language), status: .usage, isLabelled: true)
    case let error as RunError: self.init(error.message(in: language), status: .usage)
    case let error as PlanningError where error.isTooManyRejects:
      self.init(error.message(in: language), status: .stopped)
    case let error as PlanningError: self.init(error.message(in: language), status: .usage)
    case ExportError.underWay(let path):
      self.init(ExportError.underWay(path).message(in: language), status: .unavailable)
    case let error as ExportError:
      self.init(error.message(in: language), status: error.endsRun ? .stopped : .usage)
    case let error as ConvertError: self.init(error.message(in: language), status: .usage)
    case let error as ContactNormalizerError: self.init(error.message(in: language), status: .usage)
    case let error as FormatError: self.init(error.message(in: language), status: .input)
    case let error as CRMError:
      self.init(error.message(in: language), status: Self.status(of: error))
    case let error as OutputError where error.code == .brokenPipe:
      // Whoever read our output has seen enough (`ferry export - | head`).
      self.init("", status: .success)
    case let error as OutputError: self.init(error.message(in: language), status: .stopped)
    case let error as JournalError where error.code == .busy:
      self.init(error.message(in: language), status: .unavailable)
    case let error as JournalError: self.init(error.message(in: language), status: .stopped)
    case is CancellationError:
      self.init(language.pick("interrupted", "прервано"), status: .interrupted)
    default:
      let reason = (error as NSError).localizedDescription
      self.init(
        language.pick(
          "something went wrong that ferry does not know: \(reason)",
          "случилось то, чего ferry не знает: \(reason)"), status: .stopped)
    }
  }

  private static func status(of error: CRMError) -> ExitStatus {
    switch error.cause {
    case .credentialsRefused, .missingV3, .tooLarge: .usage
    case .transport(let transport) where transport.isNothingSent: .unavailable
    // A run asks for the server's variant and fields before it sends or writes anything.
    case .transport where error.action == .addList || error.action == .fields: .unavailable
    case .notUnderstood(let status) where status == 429 || (500...599).contains(status):
      .unavailable
    case .databaseDown: .unavailable
    // Something answers there, and it is not the CRM.
    case .notUnderstood: .usage
    // About one contact: it is not there, or it may not be changed.
    case .refused where error.action != .list: .rows
    case .transport, .refused, .listOutOfOrder, .listKeepsChanging: .stopped
    }
  }
}

extension Error {
  /// Whether a person was asked and did not agree.
  fileprivate var isDeclined: Bool {
    if case .declined? = self as? PlanningError { return true }
    return self as? RunError == .declined
  }
}

extension PlanningError {
  /// Whether the file is at fault, and not what was asked for.
  fileprivate var isTooManyRejects: Bool {
    if case .tooManyRejects = self { true } else { false }
  }
}
