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
