/// The words that people write beside telephone numbers.
///
/// A word is packed into eight bytes, one a letter: an ASCII letter as its small letter, a Cyrillic
/// one as 0x80 and its place behind `а`. Longer words are known by their first eight letters.
struct PhoneWords: Sendable {
  /// What a word is for.
  enum Kind: Equatable {
    /// Names the kind of number: says nothing that is lost.
    case label
    /// An extension follows.
    case extensionMarker
    case other
  }

  private var labels: [UInt64] = []
  private var markers: [UInt64] = []

  /// The words known.
  init() {
    let labels = """
      тел телефон телефоны т моб мобильный м сот сотовый раб рабочий р дом домашний д факс ф гор \
      городской г прямой основной личный контакт номер tel telephone phone ph t mob mobile m cell \
      c work w home h fax f office o direct main e164 whatsapp viber telegram wa тф
      """
    let markers =
      "доб добав добавочный доп вн внутр внутренний ext extn xtn extension x х int anexo"
    self.labels = Self.packed(labels)
    self.markers = Self.packed(markers)
  }

  private static func packed(_ list: String) -> [UInt64] {
    list.split(separator: " ").map { word in
      var index = 0
      return pack(Array(word.utf8).span, from: &index)
    }
  }

  /// Passes over a word.
  ///
  /// - Parameters:
  ///   - text: The cell.
  ///   - index: Where the word begins; afterwards behind it, and at least one byte on.
  /// - Returns: What the word is for.
  func pass(_ text: Span<UInt8>, from index: inout Int) -> Kind {
    let word = Self.pack(text, from: &index)
    if markers.contains(word) { return .extensionMarker }
    return labels.contains(word) ? .label : .other
  }

  private static func pack(_ text: Span<UInt8>, from index: inout Int) -> UInt64 {
    var word: UInt64 = 0
    var count = 0
    while index < text.count {
      let byte = text[index]
      var letter: UInt8
      var length = 1
      switch byte {
      case 0x41...0x5A, 0x61...0x7A: letter = byte | 0x20
      case 0xD0, 0xD1:
        let next = index + 1 < text.count ? text[index + 1] : 0
        letter = cyrillic(byte, next)
        length = next & 0xC0 == 0x80 ? 2 : 1
      case 0x80...:
        // Only the first byte may be one that is no letter's: it was judged before.
        if count > 0, PhoneSign.foreign(text, at: index).sign != .letter { return word }
        letter = 0xFF
        while index + length < text.count, text[index + length] & 0xC0 == 0x80 { length += 1 }
      default: return word
      }
      if count < 8 { word = word << 8 | UInt64(letter) }
      count += 1
      index += length
    }
    return word
  }

  /// The place of a Cyrillic letter behind `а`, large and small alike, from 0x80.
  private static func cyrillic(_ first: UInt8, _ second: UInt8) -> UInt8 {
    switch (first, second) {
    case (0xD0, 0x90...0xAF): 0x80 + (second - 0x90)
    case (0xD0, 0xB0...0xBF): 0x80 + (second - 0xB0)
    case (0xD1, 0x80...0x8F): 0x90 + (second - 0x80)
    default: 0xFF
    }
  }
}
