/// Which letters follow which in Russian, as bits of surprise: how rare a follower is.
///
/// A compact model, made for telling encodings apart: of each letter's followers the frequent ones
/// (about one in eight), the ordinary ones (one in thirty) and the rare ones (one in 130) are
/// listed; a pair that is not listed hardly ever occurs. In the wrong encoding nearly all pairs are
/// of that kind. Names weigh as much as prose; Bulgarian, Ukrainian and Serbian share enough.
struct RussianLetters: Sendable {
  /// The model, made once.
  static let model = RussianLetters()

  /// The letters, in the order of their indexes; index 0 is the place before and behind a word.
  static let alphabet = Array("_абвгдеёжзийклмнопрстуфхцчшщъыьэюя".unicodeScalars)

  /// The index of each small letter, by its scalar.
  static let indexes = Dictionary(
    uniqueKeysWithValues: alphabet.enumerated().dropFirst().map { ($0.element.value, $0.offset) })

  /// The surprise of every pair.
  private let costs: [Int]

  /// Bits of surprise at a letter behind another; index 0 is the place before or behind a word.
  func cost(of letter: Int, after previous: Int) -> Int {
    costs[previous * Self.alphabet.count + letter]
  }

  /// The followers of each letter: frequent, ordinary, rare.
  ///
  /// `_` stands for the end of the word, and as a letter for its beginning.
  private static let followers: [(Unicode.Scalar, String)] = [
    ("_", "пснвокмд ибтаргзчулеэ шяхфюжцщёйыьъ"),
    ("а", "_лнтркв смдйзяюшбг пхчжецщуиоф"),
    ("б", "оеыа ирлуя _нсвкьъщмдёютзшжхч"),
    ("в", "_аоеи ысрнляутз кшьдгпмбцчхёщъв"),
    ("г", "оар иеул_ндя вкшмтёсгчбь"),
    ("д", "аеои_ нурлвсья кыпцётбжгмюъхчшзд"),
    ("е", "_нртлв смедйкгз пбчшюхжицяощуаф"),
    ("ё", "_нтрмв лдкшсжгпз бчехйя"),
    ("ж", "еади нку_ь чёрбоглмсц"),
    ("з", "ан_оды имевурл яьгбютъкцжпсёз"),
    ("и", "_нтлке всмчяйхдзриц юшгпбожщуаф"),
    ("й", "_ снтк длмчщшцрпбвгеахзуяоию"),
    ("к", "ао_и ртуелсн вшцёяхйюжзмгкь"),
    ("л", "ьеиао_ юясыунл кёжгчдбвпмхфтц"),
    ("м", "аое_и уыняпт ёрлсбквгдьцфхшщм"),
    ("н", "аоеин _ыясдту кгвцьюёчшщфзрхж"),
    ("о", "_влсртнд йгмкебзи жчшпюхяоцщуафэ"),
    ("п", "оре аилуыя _ьсптнёкчшюцмф"),
    ("р", "аоеи ыуя_тдньгсв мбшкюёчжлхцщпрфз"),
    ("с", "тко _еяьвлинпауырм счхшёюэбгдцжъ"),
    ("т", "оаеви _ьрнысяук лчмёюдпщшхцтзбф"),
    ("у", "_юдтск рпшмлнгж чбвзяйехщиафоц"),
    ("ф", "еиао рё_уьылф тсянмюкчг"),
    ("х", "_оа нвиулре мсштякпёыдэ"),
    ("ц", "еи_ыа уокь вянмюё"),
    ("ч", "еаи тьнк_уё рволшмжюя"),
    ("ш", "еикла нуоь_ тврёюмпсц"),
    ("щ", "еи ауёьн _воря"),
    ("ъ", "е яюё _инлтдсркгз"),
    ("ы", "_йем хлтвнсбрш кгдцпчзюжищя"),
    ("ь", "_нс ктшяеюм дибвзцчгпёлофжщрх"),
    ("э", "т лкнрфдвмсг йпзхшб"),
    ("ю", "_тд щчбнлс рзмкшгжпвхцйяюе"),
    ("я", "_тзлн сдвщмкхю гжрбпчйшцяие"),
  ]

  private init() {
    let size = Self.alphabet.count
    var costs = [Int](repeating: 10, count: size * size)
    for (row, entry) in Self.followers.enumerated() {
      for (band, letters) in zip([3, 5, 7], entry.1.split(separator: " ")) {
        for letter in letters.unicodeScalars {
          costs[row * size + (Self.indexes[letter.value] ?? 0)] = band
        }
      }
    }
    self.costs = costs
  }
}
