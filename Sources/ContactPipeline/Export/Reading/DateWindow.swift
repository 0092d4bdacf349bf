import CRMClient
import ContactModel
import PersonAPI

/// A part of a list: the contacts created from one second to another, both of them included.
///
/// Dates are the account's, `YYYY-MM-DD hh:mm:ss`, without a zone.
struct DateWindow: Sendable, Equatable {
  var start: String
  var end: String

  /// How many windows a list is divided into at most.
  static let most = 8
  /// The dates of everything, where no other ones are asked for.
  static let all = DateWindow(start: "1970-01-01 00:00:00", end: "9999-12-31 23:59:59")
  /// A list of fewer pages is read as fast in one go.
  private static let leastPages = 4
  /// How often the windows are counted, where the list moves meanwhile.
  private static let counts = 3

  /// Divides a list into windows of about as many contacts each.
  ///
  /// Their contacts are counted and compared with the whole list: a contact without a date, or one that the
  /// server does not find by its date (where zones are mixed up), would be in none of them.
  ///
  /// - Parameters:
  ///   - count: How many windows are wanted.
  ///   - selection: The list; its dates, if it has any, are both given.
  ///   - server: Its address, for messages.
  ///   - ask: Asks for a page.
  /// - Returns: The windows in the order of their dates; `nil` where the list is short or the windows do not
  ///   hold all of it.
  /// - Throws: `CRMError`.
  static func divide(
    into count: Int, _ selection: ListRequest, server: String, ask: @escaping OrderedList.Ask
  ) async throws(CRMError) -> [DateWindow]? {
    let list = OrderedList(
      server: server, selection: selection, columns: [.pid, .dateCreate], ask: ask)
    let first = try await list.page(0)
    let pages = list.lastPage(of: first.total) + 1
    let count = min(count, most, pages / leastPages)
    guard count > 1 else { return nil }
    var begins: [String] = []
    for index in 1..<count {
      let page = try await list.page(pages * index / count)
      guard page.pids.count > 0 else { return nil }
      let date = page.records.text(record: 0, field: 1)
      guard isDate(date), date > begins.last ?? selection.dateStart ?? all.start else { continue }
      begins.append(date)
    }
    guard !begins.isEmpty, begins.allSatisfy({ $0 < selection.dateEnd ?? all.end }) else {
      return nil
    }
    let starts = [selection.dateStart ?? all.start] + begins
    let ends = begins.map(secondBefore) + [selection.dateEnd ?? all.end]
    let windows = zip(starts, ends).map { DateWindow(start: $0, end: $1) }
    for _ in 0..<counts {
      let found = try await size(of: windows, in: selection, server: server, ask: ask)
      if found.sum == found.before, found.sum == found.after { return windows }
    }
    return nil
  }

  private static func size(
    of windows: [DateWindow], in selection: ListRequest, server: String,
    ask: @escaping OrderedList.Ask
  ) async throws(CRMError) -> (before: Int, sum: Int, after: Int) {
    func total(_ selection: ListRequest) async throws(CRMError) -> Int {
      try await OrderedList(server: server, selection: selection, columns: [.pid], ask: ask)
        .page(0).total
    }
    let before = try await total(selection)
    var sum = 0
    for window in windows { sum += try await total(window.part(of: selection)) }
    return (before, sum, try await total(selection))
  }

  /// The request for the contacts of a list that are in the window.
  func part(of selection: ListRequest) -> ListRequest {
    var part = selection
    (part.dateStart, part.dateEnd) = (start, end)
    return part
  }

  // MARK: - Dates

  /// Whether a text is `YYYY-MM-DD hh:mm:ss`.
  private static func isDate(_ text: String) -> Bool {
    let pattern = "0000-00-00 00:00:00"
    return text.utf8.count == pattern.utf8.count
      && zip(text.utf8, pattern.utf8).allSatisfy { byte, model in
        model == UInt8(ascii: "0")
          ? (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) : byte == model
      }
  }

  /// The second before a date; the server compares texts like these, not moments of a zone.
  static func secondBefore(_ date: String) -> String {
    let numbers = date.split { $0 == "-" || $0 == " " || $0 == ":" }.map { Int($0) ?? 0 }
    guard numbers.count == 6 else { return date }
    var (year, month, day) = (numbers[0], numbers[1], numbers[2])
    var second = numbers[3] * 3600 + numbers[4] * 60 + numbers[5] - 1
    if second < 0 {
      second += 24 * 3600
      day -= 1
      if day < 1 {
        month -= 1
        if month < 1 { (year, month) = (year - 1, 12) }
        day = days(in: month, of: year)
      }
    }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let padding = String(repeating: "0", count: max(0, 4 - String(year).count))
    return "\(padding)\(year)-\(two(month))-\(two(day)) "
      + "\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))"
  }

  private static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    default: 31
    }
  }
}
