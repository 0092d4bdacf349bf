import CRMClient
import ContactFormats
import ContactMapping
import ContactModel
import ContactPipeline
import PersonAPI
import RunJournal
import RunReports

/// A command that cannot go on: what to say, and what to tell the shell.
struct Failure: Error {
  /// The sentence, without `error:`.
  let message: String
  let status: ExitStatus

  init(_ message: String, status: ExitStatus) {
    self.message = message
    self.status = status
  }

  /// Puts any module's error into words.
  ///
  /// The one place where errors become exit statuses.
  init(_ error: any Error, language: Language) {
    switch error {
    case let failure as Failure: self = failure
    case let error as InputError: self.init(error.message(in: language), status: .input)
    case let error as MappingError: self.init(error.message(in: language), status: .usage)
    case let error as FormatError: self.init(error.message(in: language), status: .input)
    case let error as CRMError:
      self.init(error.message(in: language), status: Self.status(of: error))
    case let error as OutputError where error.code == .brokenPipe:
      // Whoever read our output has seen enough (`ferry export - | head`).
      self.init("", status: .success)
    case let error as OutputError: self.init(error.message(in: language), status: .stopped)
    case let error as JournalError: self.init(error.message(in: language), status: .stopped)
    case is CancellationError:
      self.init(language.pick("interrupted", "прервано"), status: .interrupted)
    default:
      self.init("\(error)", status: .stopped)
    }
  }

  private static func status(of error: CRMError) -> ExitStatus {
    switch error.cause {
    case .credentialsRefused: .usage
    case .transport(let transport) where transport.isNothingSent: .unavailable
    // A run asks for the server's variant and fields before it sends or writes anything.
    case .transport where error.action == .addList || error.action == .fields: .unavailable
    case .notUnderstood(let status) where (502...504).contains(status): .unavailable
    // Something answers there, and it is not the CRM.
    case .notUnderstood: .usage
    case .transport, .refused, .listOutOfOrder: .stopped
    }
  }
}
