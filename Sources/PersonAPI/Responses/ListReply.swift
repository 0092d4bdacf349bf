package import ContactModel

/// What a request for a page of contacts was answered.
package enum ListReply: Sendable {
  /// The page; without records where nothing was found, or the page is past the end.
  case page(ListPage)
  /// The request was refused.
  case error(APIError)
  /// There is no complete JSON value of a known shape.
  case unreadable

  /// Reads a body.
  ///
  /// - Parameters:
  ///   - body: The body.
  ///   - columns: The fields that the records are to have, in order, each once.
  ///   - firstRecord: The number of the page's first record in the whole list, from 1.
  package init(_ body: ReplyBody, columns: [PersonField], firstRecord: Int = 1) {
    self = .unreadable
    guard let json = body.json else { return }
    var decoder = ListDecoder(columns: columns)
    // The value has been checked, so a failure here would be a defect of the reader.
    self = (try? decoder.decode(body.bytes.span.extracting(json), firstRecord)) ?? .unreadable
  }

  /// The page, where a reply is nothing else: from the first byte to the last.
  ///
  /// Takes one pass where ``init(_:columns:firstRecord:)`` takes two.
  ///
  /// - Parameters:
  ///   - reply: The bytes of the reply.
  ///   - columns: The fields that the records are to have, in order, each once.
  ///   - firstRecord: The number of the page's first record in the whole list, from 1.
  /// - Returns: The page; `nil` for anything else, such as an error or what stands between warnings.
  package static func wholePage(
    _ reply: [UInt8], columns: [PersonField], firstRecord: Int
  ) -> ListPage? {
    guard reply.first == UInt8(ascii: "{") else { return nil }
    var decoder = ListDecoder(columns: columns)
    guard case .page(let page)? = try? decoder.decode(whole: reply.span, firstRecord) else {
      return nil
    }
    return page
  }
}

extension ListReply {
  /// Whether a reply begins and ends as a page alone does; then ``UnreadPage`` tells.
  ///
  /// - Parameter reply: The bytes of the reply.
  /// - Returns: Whether it may be one. Looks at both ends only.
  package static func seemsWhole(_ reply: [UInt8]) -> Bool {
    let end = reply.last { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    return reply.first == UInt8(ascii: "{") && end == UInt8(ascii: "}")
  }
}

/// What has come for a request for a page.
package enum FetchedPage: Sendable {
  /// What seems to be a page.
  case unread(UnreadPage)
  /// What is none, and may be one when it is asked for again.
  case unreadable
  /// A page.
  case read(ListPage)
}

/// What seems to be a page, and is still to be read.
package struct UnreadPage: Sendable {
  private let bytes: [UInt8]
  private let columns: [PersonField]
  private let firstRecord: Int

  /// - Parameters:
  ///   - bytes: The reply.
  ///   - columns: The fields that the records are to have, in order, each once.
  ///   - firstRecord: The number of the page's first record in the whole list, from 1.
  package init(bytes: [UInt8], columns: [PersonField], firstRecord: Int) {
    (self.bytes, self.columns, self.firstRecord) = (bytes, columns, firstRecord)
  }

  /// The page, repaired where that was needed; `nil` where it is something else.
  package func page() -> ListPage? {
    if let page = ListReply.wholePage(bytes, columns: columns, firstRecord: firstRecord) {
      return page
    }
    let body = ReplyBody(bytes)
    guard body.isAnswer(status: 200),
      case .page(let page) = ListReply(body, columns: columns, firstRecord: firstRecord)
    else { return nil }
    return page
  }
}

/// A page of contacts.
package struct ListPage: Sendable {
  /// How many contacts match, on all pages together.
  package var total: Int
  /// The records, with the columns that were asked for; numbers as their text, null as empty.
  package var records: RecordBatch
  /// The identifier of every record; `nil` where the record has none.
  package var pids: [Int?]

  package init(total: Int, records: RecordBatch, pids: [Int?]) {
    self.total = total
    self.records = records
    self.pids = pids
  }
}
