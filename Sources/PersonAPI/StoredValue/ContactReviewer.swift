package import ContactModel

/// Looks through normalized contacts for values that the server would store in another way, repairs
/// what is harmless to repair, and sets aside what would break a request.
///
/// ```swift
/// let reviewer = ContactReviewer(predictor: predictor)
/// let reviewed = reviewer.review(batch.contacts, isRejected: batch.isRejected)
/// ```
///
/// - A value that is stored otherwise is sent as it is, with an issue for each change; the text it
///   turns into is ``StoredValuePredictor/storedText(for:in:)``.
/// - A name of which nothing is stored rejects the contact (`stored.no-name`).
/// - Where values can break a request (``StoredValueRules/isBrokenByValues``), characters that cannot
///   be stored are left out, `;` in social contacts becomes `,`, and backslashes at the end of an
///   address go. What would still break it is an error of its column: ``InvalidPolicy/reject`` rejects
///   the contact, and both other policies leave the value out, since it must never be sent: between
///   its quotes it runs as SQL.
///
/// Contacts that are rejected already are not looked at.
package struct ContactReviewer: Sendable {
  /// Says what is stored.
  package let predictor: StoredValuePredictor

  private let columns: [ReviewedColumn]
  private let kinds: UInt8
  private let hasSocials: Bool

  package init(predictor: StoredValuePredictor) {
    self.predictor = predictor
    columns = predictor.schema.columns.map { ReviewedColumn($0, predictor: predictor) }
    kinds = columns.reduce(0) { $0 | $1.kinds }
    hasSocials = columns.contains { $0.field.socialKey != nil && $0.certainIssue == nil }
  }

  /// Whether the login that owns contacts without one would break every request.
  package var hasBreakingOwner: Bool {
    breaking(Array((predictor.schema.owner ?? "").utf8), in: .user) != nil
  }

  /// Reviews a batch.
  ///
  /// - Parameters:
  ///   - contacts: Normalized contacts of the predictor's schema, in UTF-8.
  ///   - isRejected: For every contact whether it is not to be sent.
  /// - Returns: As many contacts in the same order; the very batch where nothing was repaired.
  /// - Precondition: The batch has the schema's columns, and `isRejected` as many elements as it has
  ///   contacts.
  /// - Complexity: O(*n*) in the bytes. A clean value costs a few instructions and no allocation.
  package func review(_ contacts: ContactBatch, isRejected: [Bool]) -> ReviewedContacts {
    precondition(contacts.columnCount == columns.count, "the batch has the schema's columns")
    precondition(contacts.count == isRejected.count, "a verdict for every contact")
    let suspects = SuspectBytes.positions(in: contacts.bytes, kinds: kinds)
    var review = ContactReview(isRejected: isRejected)
    walk(contacts, suspects, &review)
    return ReviewedContacts(
      contacts: contacts.replacing(review.repairs), issues: review.issues,
      isRejected: review.isRejected)
  }

  /// Goes through the values once, with the suspect bytes beside them, and inspects those that have
  /// one or stand out by their length or their ends.
  private func walk(_ contacts: ContactBatch, _ suspects: [Int], _ review: inout ContactReview) {
    let bytes = contacts.bytes.span
    let ends = contacts.valueEnds.span
    let columns = self.columns.span
    let kindOfByte = SuspectBytes.kinds
    let kinds = kindOfByte.span
    let (zero, space) = (UInt8(ascii: "0"), ASCII.space)
    var suspect = 0
    var nextSuspect = suspects.first ?? .max
    var start = 0
    var index = 0
    for record in 0..<contacts.count {
      let isSkipped = review.isRejected[record]
      let recordStart = start
      for column in columns.indices {
        let end = Int(ends[index])
        defer {
          start = end
          index += 1
        }
        guard start < end else { continue }
        var found: UInt8 = 0
        while nextSuspect < end {
          found |= kinds[Int(bytes[nextSuspect])]
          suspect += 1
          nextSuspect = suspect < suspects.count ? suspects[suspect] : .max
        }
        let plan = columns[column]
        let isClean =
          found & plan.kinds == 0 && end - start <= plan.cleanLength && plan.certainIssue == nil
          && (!plan.isTrimmed
            || (bytes[start] > space && bytes[end - 1] > space
              && (bytes[start] != zero || end - start > 1)))
        guard !isClean, !isSkipped else { continue }
        inspect(contacts, start..<end, record: record, column: column, &review)
      }
      // Only a contact longer than their column can have its social contacts cut.
      if hasSocials, start - recordStart > 65_000, !isSkipped {
        inspectSocials(contacts, record: record, &review)
      }
    }
  }
}

extension ContactReviewer {
  /// What a value does to the request that carries it; `nil` for what is safe to send.
  private func breaking(_ value: [UInt8], in field: PersonField) -> BreakingValue? {
    let rules = predictor.variant.storedValues
    guard rules.isBrokenByValues else { return nil }
    return BreakingValue(
      value, in: field, by: predictor.route, comparesNames: rules.comparesNames)
  }

  private func inspect(
    _ contacts: ContactBatch, _ range: Range<Int>, record: Int, column: Int,
    _ review: inout ContactReview
  ) {
    let plan = columns[column]
    let original = Array(contacts.bytes[range])
    func report(_ code: IssueCode, detail: Int = 0) {
      review.issues.append(
        Issue(
          code, record: record, sourceColumn: plan.sourceColumn, field: plan.field, detail: detail))
    }
    var value = original
    if predictor.variant.storedValues.isBrokenByValues {
      repair(&value, of: plan.field, report)
      if breaking(value, in: plan.field) != nil {
        report(.storedNotSent)
        value = []
        if plan.invalid == .reject { review.isRejected[record] = true }
      }
    }
    if value != original {
      let index = record * contacts.columnCount + column
      review.repairs.append(ContactReview.Repair(index: index, value: value))
    }
    if value.isEmpty {
      if plan.field == .person {
        report(.storedNoName)
        review.isRejected[record] = true
      } else if plan.isRequired, !review.isRejected[record] {
        report(.missingRequired)
        review.isRejected[record] = true
      }
    } else if let code = plan.certainIssue {
      report(code)
    } else {
      let changes = predictor.prediction(of: value, in: plan.field).changes
      if plan.field == .person, changes.contains(.emptied) {
        report(.storedNoName)
        review.isRejected[record] = true
      } else {
        for code in changes.issueCodes {
          report(code, detail: code == .storedCut ? StoredLength(of: plan.field)?.limit ?? 0 : 0)
        }
      }
    }
  }

  private func repair(
    _ value: inout [UInt8], of field: PersonField, _ report: (IssueCode, Int) -> Void
  ) {
    if value.contains(where: { $0 >= 0xF0 }) {
      value = ValueRepair.removingLongCharacters(value)
      report(.storedCharactersLost, 0)
    }
    if field.socialKey != nil, value.contains(ASCII.semicolon) {
      value = ValueRepair.replacingSemicolons(value)
      report(.storedSemicolon, 0)
    }
    if field == .mail, value.contains(ASCII.backslash) {
      let repaired = ValueRepair.removingFinalBackslashes(value)
      if repaired.count < value.count { report(.emailRepaired, 0) }
      value = repaired
    }
  }

  /// Reports each social contact that is cut because all of them together are too long.
  private func inspectSocials(
    _ contacts: ContactBatch, record: Int, _ review: inout ContactReview
  ) {
    let values = predictor.socials(of: contacts, contact: record)
    guard let limit = StoredLength(of: .blog)?.limit, predictor.joinedSocials(values).uncut > limit
    else { return }
    var end = -1
    for (field, value) in zip(PersonField.socials, values) {
      end += value.count + 1
      guard end > limit, !value.isEmpty, let column = predictor.schema.column(of: field) else {
        continue
      }
      // One that is too long on its own has been reported already.
      guard value.count <= limit else { continue }
      review.issues.append(
        Issue(
          .storedCut, record: record, sourceColumn: columns[column].sourceColumn, field: field,
          detail: limit))
    }
  }
}
