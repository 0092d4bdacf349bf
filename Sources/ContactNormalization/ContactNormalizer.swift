package import ContactModel

/// Rewrites raw contacts to their canonical form, and says what is wrong with them.
///
/// ```swift
/// let normalizer = try ContactNormalizer(schema: plan.schema)
/// let batch = normalizer.normalize(rawBatch)
/// ```
///
/// Interprets each ``ContactColumn``: joins or lists the cells of its source columns, puts them
/// through its transforms, replaces texts by its table, treats them as text, phones, e-mails, names,
/// dates or numbers, fills in defaults and the owner, and rejects contacts that lack a required
/// value. Every cell is trimmed first.
///
/// - A listed column's cells stand parted by `, `. A joined column's cells are joined by a blank or
///   the column's separator and then treated as one cell, so that an area code and a number in two
///   columns make a phone.
/// - A column whose condition does not hold has no value. An empty value, whatever emptied it, has
///   the column's fallback, else the owner where it is `user`.
/// - A text replaced by a table is final and not treated any further.
/// - Placeholders (`нет`, `-`, `n/a`, …) are empty, with a note; in text only dashes are, except
///   for `person`.
/// - A value that is not valid is reported as an error; ``InvalidPolicy`` says whether the contact
///   is rejected, the value left out, or kept as it stands.
/// - A constant or a fallback is treated once, in advance; if it is not valid it is kept as the
///   mapping has it.
/// - Mobile numbers of `tel` and `fax` go to `mob` where ``PhoneSettings/mobiles`` says so.
///
/// Normalizing is idempotent for valid values: the canonical form is a fixed point.
package struct ContactNormalizer: Sendable {
  private let schema: ContactSchema
  private let phones: PhoneCell
  private let emails: EmailCell
  let plans: [ColumnPlan]
  /// The source columns of all columns, one after the other.
  private let sources: [Int]
  /// The table of every column, empty where it has none.
  private let lookups: [ValueLookup]
  /// What every column with a condition or transforms does; the others never ask.
  let transformers: [ColumnTransformer]
  private(set) var constants: [[UInt8]] = []
  private var fallbacks: [[UInt8]] = []
  private let owner: [UInt8]

  /// A normalizer for contacts of a schema.
  ///
  /// - Throws: ``ContactNormalizerError`` if the phones' region is not known.
  package init(schema: ContactSchema) throws(ContactNormalizerError) {
    self.schema = schema
    phones = try PhoneCell(schema.phones)
    emails = EmailCell(schema.emails)
    sources = schema.columns.flatMap(\.sources)
    var firstSource = 0
    plans = schema.columns.map { column in
      defer { firstSource += column.sources.count }
      return ColumnPlan(column, firstSource: firstSource, schema: schema)
    }
    lookups = schema.columns.map { ValueLookup($0.values ?? ValueTable([:])) }
    owner = Array((schema.owner ?? "").utf8)
    transformers = schema.columns.map { ColumnTransformer($0) }
    constants = schema.columns.indices.map { canonical(schema.columns[$0].constant, column: $0) }
    fallbacks = schema.columns.indices.map { canonical(schema.columns[$0].fallback, column: $0) }
  }

  /// Normalizes a batch.
  ///
  /// - Parameter raw: Contacts of the normalizer's schema, as the mapper makes them.
  /// - Returns: As many contacts in the same order.
  /// - Precondition: `raw.columnCount` is the schema's.
  /// - Complexity: O(*n*) in the bytes; allocates only when the new batch grows, for issues, and
  ///   for values off the beaten track.
  package func normalize(_ raw: ContactBatch) -> NormalizedBatch {
    precondition(raw.columnCount == plans.count, "the batch has the schema's columns")
    let count = raw.count
    var writer = ValueWriter(
      policy: schema.invalid, reservingValues: raw.valueEnds.count,
      bytes: raw.bytes.count + raw.bytes.count / 4)
    writer.isRejected = Array(repeating: false, count: count)
    var start = 0
    var index = 0
    for record in 0..<count {
      writer.record = record
      for column in 0..<plans.count {
        let end = Int(raw.valueEnds[index])
        index += 1
        writeValue(raw.bytes, start..<end, column: column, to: &writer)
        start = end
      }
    }
    var contacts = ContactBatch(columnCount: raw.columnCount)
    contacts.bytes = writer.bytes
    contacts.valueEnds = writer.valueEnds
    return NormalizedBatch(
      contacts: contacts, issues: writer.issues, isRejected: writer.isRejected)
  }

  private func writeValue(
    _ bytes: [UInt8], _ range: Range<Int>, column: Int, to writer: inout ValueWriter
  ) {
    let plan = plans[column]
    writer.beginValue(of: plan.field, invalid: plan.invalid)
    if plan.givesMobiles { writer.beginMoving() }
    if plan.isTransformed {
      writeTransformed(bytes, range, column: column, to: &writer)
    } else if plan.sourceCount == 1 {
      writer.sourceColumn = sources[plan.firstSource]
      writeCell(bytes, range, column: column, to: &writer)
    } else if plan.sourceCount == 0 {
      writer.bytes.append(contentsOf: constants[column])
    } else if !range.isEmpty {
      writeCells(bytes, range, column: column, to: &writer)
    }
    if plan.givesMobiles { writer.endMoving(isRequired: plan.isRequired) }
    if plan.takesMobiles { writer.appendMoved() }
    if plan.field == .person, writer.dropPlaceholder() { writer.report(.placeholder) }
    if plan.fillsEmpty, writer.isValueEmpty { fillEmpty(column: column, in: &writer) }
    writer.endValue()
  }

  /// Puts the fallback or the owner into an empty value, or rejects the contact that lacks a required
  /// one.
  private func fillEmpty(column: Int, in writer: inout ValueWriter) {
    let plan = plans[column]
    if !fallbacks[column].isEmpty {
      writer.bytes.append(contentsOf: fallbacks[column])
    } else if plan.takesOwner {
      writer.bytes.append(contentsOf: owner)
    } else if plan.isRequired {
      writer.sourceColumn = source(0, of: plan)
      writer.report(.missingRequired)
      writer.isRejected[writer.record] = true
    }
  }

  /// Writes the cells of several source columns.
  private func writeCells(
    _ bytes: [UInt8], _ range: Range<Int>, column: Int, to writer: inout ValueWriter
  ) {
    let plan = plans[column]
    if plan.isJoined, plan.treatment != .text || plan.hasTable {
      return writeTransformed(bytes, range, column: column, to: &writer)
    }
    var start = range.lowerBound
    var cell = 0
    while let index = Byte.firstSeparator(in: bytes, start..<range.upperBound) {
      writer.sourceColumn = source(cell, of: plan)
      writeCell(bytes, start..<index, column: column, to: &writer)
      start = index + 1
      cell += 1
    }
    writer.sourceColumn = source(cell, of: plan)
    writeCell(bytes, start..<range.upperBound, column: column, to: &writer)
  }

  /// The source column of a column's cell; -1 for a constant.
  func source(_ cell: Int, of plan: ColumnPlan) -> Int {
    let last = plan.sourceCount - 1
    return last < 0 ? -1 : sources[plan.firstSource + min(cell, last)]
  }

  /// Writes a cell of a column.
  @inline(__always)
  func writeCell(
    _ bytes: [UInt8], _ cell: Range<Int>, column: Int, to writer: inout ValueWriter
  ) {
    let range = TextCell.trimmed(bytes, cell)
    if range.isEmpty { return }
    let plan = plans[column]
    if plan.hasTable { return writeListed(bytes, range, column: column, to: &writer) }
    switch plan.treatment {
    case .text: TextCell.write(bytes, range, isJoined: plan.isJoined, to: &writer)
    case .name: NameCell.write(bytes, range, settings: plan.name, to: &writer)
    case .phone: phones.write(bytes, range, to: &writer)
    case .email: emails.write(bytes, range, to: &writer)
    case .date: ContactDate.write(bytes, range, settings: schema.dates, to: &writer)
    case .number: WholeNumber.write(bytes, range, to: &writer)
    }
  }

  /// Writes what the column's table has for a text.
  private func writeListed(
    _ bytes: [UInt8], _ range: Range<Int>, column: Int, to writer: inout ValueWriter
  ) {
    if let entry = lookups[column].entry(bytes, range) {
      if lookups[column].isEmpty(entry) { return }
      writer.beginElement()
      lookups[column].appendValue(of: entry, to: &writer.bytes)
    } else if PlaceholderCell.isDashes(bytes, range) {
      writer.report(.placeholder)
    } else {
      writer.refuse(.valueNotListed, bytes, range)
    }
  }

  /// A text that the mapping itself gives in canonical form, or as it stands if it has none.
  private func canonical(_ text: String?, column: Int) -> [UInt8] {
    guard let text else { return [] }
    let bytes = Array(text.utf8)
    guard !plans[column].hasTable else { return bytes }
    var writer = ValueWriter(policy: .keep)
    writeCell(bytes, 0..<bytes.count, column: column, to: &writer)
    let isValid = writer.issues.allSatisfy { $0.severity < .error }
    return isValid ? writer.bytes : bytes
  }
}
