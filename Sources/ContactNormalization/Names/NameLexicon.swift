/// The words of names other than given names.
///
/// Surnames that no ending tells, particles, titles, and the words of companies; all in small
/// letters, with `е` for `ё`.
enum NameLexicon {
  /// Surnames that are common and have no ending that tells.
  static let families = words(
    """
    бойко гончар гусь жук заяц кабан коваль кравец крамер кузнец левша мельник мороз муха пак пастух
    пирог сорока тен хан хван цой чиж швец шульц шевчик шмидт штерн юн ли ким мацкявичюс кох
    вальс лопес гарсия мартинес перес круз смит джонс браун уилсон тейлор миллер мюллер кеннеди
    smith jones brown taylor williams wilson davies evans thomson walker white wright green hall
    wood clark lewis hill cooper king baker turner miller mueller müller schmidt schneider fischer
    weber meyer becker schulz koch bauer wagner garcía garcia lopez martinez perez rodriguez
    hernandez gonzalez fernandez sanchez ramirez torres rossi ferrari bianchi kowalski nowak novak
    horvat dvorak dupont dubois moreau leroy kennedy murphy kelly walsh silva santos oliveira
    pereira nguyen tran pham lee park choi chen wang zhang kim kaur singh patel khan yamamoto
    tanaka suzuki sato
    """)

  /// Surnames of Korea, China and Vietnam, whose given names have two words.
  static let eastAsianFamilies = words(
    """
    ли ким пак цой хан хван юн тен нгуен чан фам хоанг динь lee kim park choi nguyen tran pham
    hoang chen wang zhang
    """)

  /// Particles of surnames.
  static let particles = words(
    """
    де дель делла дос душ ду дю да ди ла ле лас лос ван фон дер ден тер тен цу цум цур аль эль бин
    ибн бен абу оф de del della dei dos das do du da di la le las los van von der den ter ten zu zum
    zur vom af av el al bin ibn ben abu of y i
    """)

  /// Particles that begin a surname even where a capital hides them.
  static let evidentParticles = words(
    "де дель делла дю ди да ван фон дер von van de del della du di da")

  /// Words behind a father's name that make it a patronymic, mostly of Turkic languages.
  static let patronymicWords = words(
    """
    оглы оглу огли улы уулу угли углы кызы кизи гызы киз қызы ұлы ўғли қизи uulu ogly oglu oglou
    oğlu ogli ugli kyzy qizi qızı kizi uly
    """)

  /// Words behind a name that are no part of it.
  static let suffixes = words("jr sr jr. sr. ii iii iv мл мл. ст ст. младший старший")

  /// Titles before a name.
  static let titles = words(
    """
    г-н г-жа г. гр гр. господин госпожа мистер миссис мисс проф проф. профессор д-р доктор тов тов.
    mr mr. mrs mrs. ms ms. miss mx dr dr. prof prof. sir madam herr frau monsieur madame señor
    """)

  /// Words that join two people.
  static let conjunctions = words("и или and or und et")

  /// Legal forms and other words that companies have and people have not.
  static let companyWords = words(
    """
    ооо оао зао пао ано нко тоо тов фоп снт тсж тсн нпо нпп пкф чоп одо чуп гуп муп фгуп фгбу мбоу
    гбоу мбу гбу мкоу спк кфх ип чп тд тц гк ао нао llc ltd ltd. limited inc inc. corp corp.
    corporation gmbh company plc llp sarl kg ooo zao oao pao holding group холдинг компания фирма
    корпорация группа банк завод фабрика магазин салон кафе ресторан школа гимназия лицей больница
    поликлиника аптека клиника отдел бухгалтерия приемная склад офис секретарь охрана центр
    агентство администрация министерство управление предприятие организация общество кооператив
    товарищество ассоциация фонд студия мастерская автосервис гостиница отель сервис
    предприниматель university school bank hotel office department sales support info
    """)

  /// The same of two letters, which in other spellings are initials.
  static let companyAbbreviations: Set<String> = ["УК", "ГУ", "КБ", "АБ", "УП", "AG", "BV", "AB"]

  private static func words(_ text: String) -> Set<String> {
    Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
  }
}
