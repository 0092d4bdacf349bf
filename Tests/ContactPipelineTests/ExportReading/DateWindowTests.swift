import CRMClient
import ContactModel
import PersonAPI
import Synchronization
import Testing

@testable import ContactPipeline

@Suite("windows of dates")
struct DateWindowTests {
  /// A list of contacts with dates, 200 a page, which may grow.
  private final class DatedList: Sendable {
    struct State {
      /// The dates of the contacts; the first has the number 1.
      var dates: [String]
      var requests = 0
    }

    let state: Mutex<State>
    /// How many requests find a contact more than the one before.
    private let growths: Int

    init(_ dates: [String], growths: Int = 0) {
      state = Mutex(State(dates: dates))
      self.growths = growths
    }

    var requests: Int { state.withLock { $0.requests } }

    var ask: OrderedList.Ask {
      { request, columns async throws(CRMError) in self.page(request, columns) }
    }

    private func page(_ request: ListRequest, _ columns: [PersonField]) -> ListPage {
      let dates = state.withLock { state in
        state.requests += 1
        if state.requests <= growths { state.dates.append(second(state.dates.count)) }
        return state.dates
      }
      let start = request.dateStart ?? ""
      let end = request.dateEnd ?? "~"
      let pids = dates.indices.filter { start <= dates[$0] && dates[$0] <= end }.map { $0 + 1 }
      let shown = Array(pids.dropFirst(request.page * 200).prefix(200))
      return ListPage(
        rows: shown.map { pid in columns.map { $0 == .pid ? "\(pid)" : dates[pid - 1] } },
        pids: shown, total: pids.count, firstRecord: request.page * 200 + 1)
    }
  }

  private func divide(
    _ list: DatedList, into count: Int, _ selection: ListRequest = ListRequest()
  ) async throws -> [DateWindow]? {
    try await DateWindow.divide(into: count, selection, server: "s", ask: list.ask)
  }

  /// How many of the dates are in each window.
  private func sizes(_ windows: [DateWindow], _ dates: [String]) -> [Int] {
    windows.map { window in
      dates.filter { window.start <= $0 && $0 <= window.end }.count
    }
  }

  @Test(
    "the second before a date",
    arguments: [
      ("2024-03-05 10:20:31", "2024-03-05 10:20:30"),
      ("2024-03-05 10:20:00", "2024-03-05 10:19:59"),
      ("2024-03-05 10:00:00", "2024-03-05 09:59:59"),
      ("2024-03-05 00:00:01", "2024-03-05 00:00:00"),
      ("2024-03-05 00:00:00", "2024-03-04 23:59:59"),
      ("2024-05-01 00:00:00", "2024-04-30 23:59:59"),
      ("2024-07-01 00:00:00", "2024-06-30 23:59:59"),
      ("2024-08-01 00:00:00", "2024-07-31 23:59:59"),
      ("2024-10-01 00:00:00", "2024-09-30 23:59:59"),
      ("2024-12-01 00:00:00", "2024-11-30 23:59:59"),
      ("2024-01-01 00:00:00", "2023-12-31 23:59:59"),
      ("2024-03-01 00:00:00", "2024-02-29 23:59:59"),
      ("2023-03-01 00:00:00", "2023-02-28 23:59:59"),
      ("1900-03-01 00:00:00", "1900-02-28 23:59:59"),
      ("2000-03-01 00:00:00", "2000-02-29 23:59:59"),
      ("0100-01-01 00:00:00", "0099-12-31 23:59:59"),
      ("yesterday", "yesterday"),
    ])
  func secondBefore(date: String, before: String) {
    #expect(DateWindow.secondBefore(date) == before)
  }

  @Test("the request for a window asks for its dates, and for all else as the list does")
  func part() {
    let window = DateWindow(start: "2024-01-01 00:00:00", end: "2024-01-31 23:59:59")
    let part = window.part(of: ListRequest(user: "me", word: "Anna"))
    #expect(part.dateStart == "2024-01-01 00:00:00")
    #expect(part.dateEnd == "2024-01-31 23:59:59")
    #expect(part.user == "me")
    #expect(part.word == "Anna")
  }

  @Test("windows follow each other and begin where pages do")
  func windows() async throws {
    // 17 pages: windows begin with pages 4, 8 and 12.
    let list = DatedList(seconds(3300))
    let windows = try await divide(list, into: 4)
    #expect(
      windows == [
        DateWindow(start: "1970-01-01 00:00:00", end: "2024-03-05 00:13:19"),
        DateWindow(start: "2024-03-05 00:13:20", end: "2024-03-05 00:26:39"),
        DateWindow(start: "2024-03-05 00:26:40", end: "2024-03-05 00:39:59"),
        DateWindow(start: "2024-03-05 00:40:00", end: "9999-12-31 23:59:59"),
      ])
    // The first page, three that windows begin with, and one count of the list, its windows and the list.
    #expect(list.requests == 1 + 3 + 6)
  }

  @Test("windows stay inside the dates that are asked for")
  func selection() async throws {
    // Of 5000 contacts those of the seconds 1000 to 2999 are asked for: ten pages.
    let selection = ListRequest(
      dateStart: "2024-03-05 00:16:40", dateEnd: "2024-03-05 00:49:59")
    let windows = try await divide(DatedList(seconds(5000)), into: 2, selection)
    #expect(
      windows == [
        DateWindow(start: "2024-03-05 00:16:40", end: "2024-03-05 00:33:19"),
        DateWindow(start: "2024-03-05 00:33:20", end: "2024-03-05 00:49:59"),
      ])
  }

  @Test("contacts of one second stay together")
  func sharedSeconds() async throws {
    // Page 5 begins with contact 1000 of the second 142, which began with contact 994.
    let dates = (0..<2000).map { second($0 / 7) }
    let windows = try #require(try await divide(DatedList(dates), into: 2))
    #expect(sizes(windows, dates) == [994, 1006])
    #expect(windows[0].end == DateWindow.secondBefore(windows[1].start))
  }

  @Test("there are at most eight windows, of about as many contacts each")
  func most() async throws {
    let dates = seconds(10_000)
    let windows = try #require(try await divide(DatedList(dates), into: 20))
    #expect(sizes(windows, dates) == [1200, 1200, 1200, 1400, 1200, 1200, 1200, 1400])
  }

  @Test(
    "a window has at least four pages",
    arguments: [(0, 8, 1), (1400, 8, 1), (1401, 8, 2), (2400, 8, 3), (10_000, 1, 1)])
  func short(contacts: Int, wanted: Int, windows: Int) async throws {
    let list = DatedList(seconds(contacts))
    let found = try await divide(list, into: wanted)
    #expect((found?.count ?? 1) == windows)
    if windows == 1 { #expect(list.requests == 1) }
  }

  @Test("a contact without a date is in no window", arguments: [3, 1000, 1500])
  func withoutDate(index: Int) async throws {
    var dates = seconds(2000)
    dates[index] = ""
    #expect(try await divide(DatedList(dates), into: 2) == nil)
  }

  @Test("contacts of one date are not divided")
  func oneDate() async throws {
    let date = "2024-03-05 10:00:00"
    let dates = Array(repeating: date, count: 2000)
    let windows = try #require(try await divide(DatedList(dates), into: 2))
    #expect(sizes(windows, dates) == [0, 2000])
    for selection in [
      ListRequest(dateStart: date, dateEnd: "2024-03-06 00:00:00"),
      ListRequest(dateStart: "2024-03-05 00:00:00", dateEnd: date),
    ] {
      #expect(try await divide(DatedList(dates), into: 2, selection) == nil)
    }
  }

  @Test("a list that grows all the time is not counted for ever")
  func growing() async throws {
    let list = DatedList(seconds(2000), growths: .max)
    #expect(try await divide(list, into: 2) == nil)
    #expect(list.requests == 1 + 1 + 3 * 4)
  }

  @Test("a list that rests after a while is divided all the same")
  func resting() async throws {
    // It grows once more while it is counted for the first time.
    let list = DatedList(seconds(2000), growths: 4)
    let windows = try await divide(list, into: 2)
    #expect(
      windows == [
        DateWindow(start: "1970-01-01 00:00:00", end: "2024-03-05 00:16:39"),
        DateWindow(start: "2024-03-05 00:16:40", end: "9999-12-31 23:59:59"),
      ])
    #expect(list.requests == 1 + 1 + 2 * 4)
  }
}

/// The date so many seconds behind midnight.
private func second(_ number: Int) -> String {
  func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
  return "2024-03-05 \(two(number / 3600)):\(two(number / 60 % 60)):\(two(number % 60))"
}

/// So many dates, a second apart.
private func seconds(_ count: Int) -> [String] { (0..<count).map(second) }
