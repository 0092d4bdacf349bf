import ContactModel

/// The texts of `ferry_code` and `ferry_reason` for every outcome, as bytes, made once per file set.
///
/// A created row is the common case, and there may be millions: no text is made for each.
struct OutcomeCells {
  struct Texts {
    let code: [UInt8]
    let reason: [UInt8]

    init(of outcome: Outcome, in language: Language) {
      code = Array(OutcomeText.code(of: outcome).utf8)
      reason = Array(OutcomeText.reason(of: outcome, in: language).utf8)
    }
  }

  private let created: Texts
  private let duplicate: Texts
  private let rejected: Texts
  private let refused: Texts
  private let requestRefused: Texts
  private let fatal: Texts
  private let uncertain: Texts
  private let notAttempted: Texts

  init(in language: Language) {
    created = Texts(of: .created(pid: 0), in: language)
    duplicate = Texts(of: .duplicate(pid: 0), in: language)
    rejected = Texts(of: .rejected, in: language)
    refused = Texts(of: .failed(.refused), in: language)
    requestRefused = Texts(of: .failed(.requestRefused), in: language)
    fatal = Texts(of: .failed(.fatal), in: language)
    uncertain = Texts(of: .uncertain, in: language)
    notAttempted = Texts(of: .notAttempted, in: language)
  }

  /// The texts of an outcome that has a result file; `nil` for the others.
  func texts(of outcome: Outcome) -> (kind: ResultKind, texts: Texts)? {
    switch outcome {
    case .created: (.created, created)
    case .duplicate: (.duplicates, duplicate)
    case .rejected: (.rejected, rejected)
    case .failed(.refused): (.failed, refused)
    case .failed(.requestRefused): (.failed, requestRefused)
    case .failed(.fatal): (.failed, fatal)
    case .uncertain: (.uncertain, uncertain)
    case .notAttempted: (.notAttempted, notAttempted)
    case .updated, .unchanged: nil
    }
  }
}

/// Digits of numbers, written into the same few bytes again and again.
struct DecimalDigits {
  private(set) var bytes: [UInt8] = []

  /// Writes a number that is not negative.
  mutating func write(_ number: Int) {
    bytes.removeAll(keepingCapacity: true)
    var rest = max(0, number)
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    bytes.reverse()
  }
}
