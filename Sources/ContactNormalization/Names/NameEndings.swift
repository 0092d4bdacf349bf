/// The endings that make a word a patronymic or a surname.
enum NameEndings {
  /// What the ending of a word says about patronymics.
  enum Patronymic {
    case none
    /// It ends as patronymics of men do, but so do surnames, and no known name is in it.
    case possible
    /// As ``possible``, made of a known given name.
    case likely
    /// Nothing but a patronymic ends so.
    case certain
  }

  /// Tells patronymics by their ending; the word is a ``NameWord/key``.
  ///
  /// `-вна`, `-ична`, and the Turkic `-улы`, `-кызы`, `-оглы` in one word with the name are certain.
  /// `-вич` is also Slavic surnames' (`Абрамович`, `Станкевич`).
  static func patronymic(_ key: String) -> Patronymic {
    let certain = [
      "овна", "евна", "инична", "ьинична", "ovna", "evna", "yevna", "inichna", "кызы", "қызы",
      "гызы", "оглы", "ұлы", "улы", "ogly", "oglu", "kyzy", "qizi",
    ]
    if key.count >= 6, certain.contains(where: key.hasSuffix) { return .certain }
    if key.hasSuffix("ична"),
      ["никитична", "саввична", "лукична", "фомична", "кузьминична"]
        .contains(key)
    {
      return .certain
    }
    if shortMale.contains(key) { return .likely }
    for ending in ["ович", "евич", "ovich", "evich", "yevich", "ovych"]
    where key.hasSuffix(ending) && key.count > ending.count + 1 {
      return isMadeOfName(String(key.dropLast(ending.count)), ending) ? .likely : .possible
    }
    return .none
  }

  private static let shortMale: Set<String> = [
    "ильич", "кузьмич", "лукич", "фомич", "никитич", "саввич", "ильич", "фокич", "ilyich",
    "kuzmich", "nikitich", "львович", "павлович", "яковлевич", "михайлович", "гаврилович",
  ]

  private static func isMadeOfName(_ stem: String, _ ending: String) -> Bool {
    var candidates = [stem, stem + "ь", stem + "й", stem + "о", stem + "а", stem + "я"]
    candidates += [stem + "y", stem + "i", stem + "ey", stem + "iy"]
    if stem.hasSuffix("ь") { candidates.append(stem.dropLast() + "ий") }
    if stem.hasSuffix("y") { candidates.append(stem.dropLast() + "iy") }
    return candidates.contains(where: GivenNames.contains)
  }

  /// How much the ending of a word says for a surname, from 0 to 3, and the ending.
  ///
  /// The word is a ``NameWord/key``; of a double surname its best part counts.
  static func family(_ key: String) -> (weight: Int, ending: String) {
    var best = (weight: 0, ending: "")
    for part in key.split(separator: "-") {
      // `Нуриддин`, `Шамсутдин` are given names.
      if part.hasSuffix("ддин") || part.hasSuffix("тдин") { continue }
      for (weight, endings) in weights where weight > best.weight {
        if let ending = endings.first(where: { part.count >= $0.count + 2 && part.hasSuffix($0) }) {
          best = (weight, ending)
        }
      }
    }
    return best
  }

  /// Endings by weight.
  ///
  /// 3: hardly anything else ends so; 2: mostly; 1: a hint.
  private static let weights: [(Int, [String])] = [
    (
      3,
      words(
        """
        ов ова ев ева ский ская цкий цкая ской цкой енко ченко чук щук швили дзе янц штейн берг
        заде зода зад пулос ссон ских цких овых евых
        сян рян нян лян чян дян гян кян айтис аускас ичюс айте
        ov ova ev eva sky skiy skii skaya ski ska cki cka enko chuk shvili dze opoulos ssen ssen
        wicz vić vic stein berg escu
        """)
    ),
    (
      2,
      words(
        """
        ин ина ын ына ян ых их юк ук шко йко чко кене сен фельд
        yan sen oglou
        """)
    ),
    (
      1,
      words(
        """
        ой ая ко ик як ак ец ман сон иди ава ия ич ер ль
        in ina ian son man ez es ick ic er ich ak
        """)
    ),
  ]

  private static func words(_ text: String) -> [String] {
    // The longest first, so that the ending shown is the whole one.
    text.split(whereSeparator: \.isWhitespace).map(String.init).sorted { $0.count > $1.count }
  }
}
