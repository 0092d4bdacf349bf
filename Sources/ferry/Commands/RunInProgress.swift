import ContactModel
import ContactPipeline
import RunReports

/// What an import and its resumption say while they run and when they have ended.
struct RunInProgress {
  private let delivery: DeliveryOptions
  private let language: Language
  private let interruption: Interruption
  private let progress = ProgressLine()

  /// Listens for Ctrl-C from now on.
  init(delivery: DeliveryOptions, isDryRun: Bool = false, language: Language) {
    self.delivery = delivery
    self.language = language
    interruption = Interruption(
      language: language, manner: isDryRun ? .inOrder : .resumably(by: "ferry resume"))
  }

  /// Whether the run has been asked to end.
  var isInterrupted: @Sendable () -> Bool {
    let flag = interruption.flag
    return { flag.isSet }
  }

  /// Takes the line of progress away and gives the signals back.
  func end() {
    progress.clear()
    interruption.stop()
  }

  /// Says what the user should know about the server.
  func notice(_ notice: ServerNotice) {
    Terminal.say(language.pick("warning: ", "внимание: ") + notice.message(in: language))
  }

  /// Asks whether what an import does to others is meant.
  ///
  /// Where nobody can be asked nothing is said here: the error that follows says it all.
  var confirm: @Sendable (SideEffects) async -> Bool {
    let confirmation = Confirmation(
      isGiven: delivery.yes, interrupted: interruption.flag, language: language)
    let language = language
    return { effects in
      guard confirmation.canBeHad else { return false }
      return await confirmation.ask(effects.message(in: language))
    }
  }

  /// Shows how far the run is.
  var show: @Sendable (ImportProgress) -> Void {
    let (progress, language) = (progress, language)
    return { state in
      progress.show(
        language.pick(
          "\(state.records) records, \(state.outcomes[.created]) created",
          "записей: \(state.records), создано: \(state.outcomes[.created])"))
    }
  }

  /// Says how a run ended and where its folder is.
  ///
  /// - Throws: ``Finished`` with the exit status, unless all is done.
  func report(_ result: ImportResult) throws {
    end()
    // Requests that were under way at once may all have met with the same.
    var said: Set<String> = []
    for error in result.errors {
      let failure = Failure(error, language: language)
      guard said.insert(failure.message).inserted else { continue }
      Terminal.fail(failure, language: language)
    }
    let status = Terminal.conclude(ExitStatus(of: result), language: language) {
      try show(result.summary)
    }
    Terminal.say(language.pick("results: \(result.folder)/", "результаты: \(result.folder)/"))
    if status != .success { throw Finished(status: status) }
  }

  /// Writes a summary to standard output.
  func show(_ summary: RunSummary) throws {
    if delivery.json {
      try Terminal.output(JSONReport(summary, in: language).bytes)
    } else {
      try Terminal.output(
        TextReport(summary, in: language, isVerbose: delivery.verbose).text)
    }
  }
}

extension ExitStatus {
  /// The exit status of a run that came to its report.
  init(of result: ImportResult) {
    let outcomes = result.summary.outcomes
    if result.stop == .interrupted {
      self = .interrupted
    } else if result.stop != nil || !result.errors.isEmpty || !result.summary.isBalanced {
      self = .stopped
    } else if outcomes[.uncertain] > 0 || result.summary.doubledCount > 0 {
      self = .uncertain
    } else if outcomes[.rejected] + outcomes[.failed] > 0 {
      self = .rows
    } else {
      self = .success
    }
  }
}
