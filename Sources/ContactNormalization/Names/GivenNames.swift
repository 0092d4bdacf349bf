/// The given names that ferry knows: the commonest in Russian address books, with their short forms.
///
/// Written from general knowledge, and short on purpose: a name that is missing costs a warning, one
/// that mostly is a surname would cost a wrong order. Names that are as common as surnames (`Ким`,
/// `Мороз`) are therefore left out.
enum GivenNames {
  /// Whether a word is one, given as ``NameWord/key``; of a double name, whether all its parts are.
  static func contains(_ key: String) -> Bool {
    if all.contains(key) { return true }
    guard key.contains("-") else { return false }
    return key.split(separator: "-").allSatisfy { all.contains(String($0)) }
  }

  private static let all = Set(
    (russianMen + russianWomen + others + latin).split(whereSeparator: \.isWhitespace)
      .map(String.init))

  private static let russianMen = """
    александр саша шура алексей леша анатолий толя андрей антон антоша аркадий арсений артем
    артемий артур архип афанасий богдан борис боря вадим вадик валентин валерий валера валерьян
    василий вася вениамин виктор витя виталий виталик владимир вова володя владислав влад влас
    всеволод вячеслав слава гавриил гаврила геннадий гена георгий жора герман глеб григорий гриша
    давид давыд даниил данил данила даня демид демьян денис дмитрий дмитри дима митя евгений женя
    евдоким егор елисей емельян ермак ефим ефрем захар зиновий иван ваня игнат игнатий игорь
    илларион илья иннокентий иосиф ипполит казимир карл кирилл клим климент кондрат константин
    костя корней кузьма лаврентий лазарь лев лева леонид леня леонтий лука лукьян макар макарий
    максим макс марат марк мартын матвей мефодий мирон митрофан михаил миша модест мстислав назар
    наум никанор никита никифор никодим николай коля никон олег осип оскар остап павел паша панкрат
    пантелеймон петр петя платон порфирий потап прокопий прокофий прохор ратмир родион роман рома
    ростислав руслан савва савелий самсон самуил святослав севастьян семен сема серафим сергей
    сережа сидор сильвестр спартак станислав стас степан степа тарас тимофей тимур тихон трифон
    трофим федор федя федот феликс филат филипп фома харитон христофор эдгар эдик эдуард эльдар
    эмиль эраст эрнест юлиан юлий юрий юра яков ян ярослав
    """

  private static let russianWomen = """
    агата аглая агния аделина ада алевтина александра алена алеся алина алиса алла альбина анастасия
    настя ангелина анжела анжелика анна аня анфиса антонина арина белла валентина валерия ванда
    варвара варя василиса вера вероника виктория вика виолетта влада владислава галина галя глафира
    дарья даша диана дина дарина евгения евдокия екатерина катя елена лена елизавета лиза ефросинья
    жанна зинаида зина злата зоя инга инесса инна иоанна ирина ира ия капитолина карина каролина
    кира клавдия клара кристина ксения лада лариса лидия лида лилия лия лолита любовь люба людмила
    люда мадина майя маргарита рита марианна марина мария маша марта марфа матрена милана милена
    мирослава надежда надя наталия наталья наташа нелли ника нина нинель нонна оксана олеся ольга
    оля пелагея полина прасковья раиса регина римма роза розалия рената светлана света серафима
    снежана софия софья соня стефания стелла сусанна таисия тамара татьяна таня ульяна фаина фекла
    элеонора элина эльвира эмилия эмма юлиана юлия юля юнона яна ярослава
    """

  private static let others = """
    азамат азат айбек айгуль айдар айнур айрат акмаль али алия алмаз алсу альберт альфия амина амир
    анвар ара арам арсен арташес артак ахмат ахмед ашот аяз бакыт бахтияр бекзат булат вагиф вартан
    вахтанг гагик гайк гасан гиви гузель гульнара гурген гюльнара дамир данияр дастан джамал
    динара ерлан жанар зарина заур зульфия зураб ибрагим ильгиз ильдар ильнур ильшат инсаф ислам
    исмаил камиль карен карим кахабер лейла лиана магомед мадина малика мансур мариам махмуд мехмед
    мурад мурат мустафа нарине наиль наиля нариман нигора низами нурлан нурсултан омар отар рамазан
    рамиль ранис расул рауф рафаэль рашид резеда ренат рифат рустам сабина салават самвел санжар
    сания серик сурен талгат тамаз тигран тимурлан улан улугбек умар фарид фарида фарит фархад
    фатима фируза хасан хачатур хусейн чингиз чулпан шамиль шухрат эдвин эльмира эмин юсуф юсуп
    гурам нугзар анзор гога нодар резо шота азиз фируз сардор жасур дильшод феруза дилноза
    мар'яна соломия любомир богдана лесь зухра гаяне рузанна ануш юнус ильяс мухаммед мухаммад
    мохаммед абдулла гульназ дильбар гулнора эвелина виталина магдалина мартина себастьян мартин
    кевин брайан марко янко августин бен том тим патрик поль оливер оливия марвин
    адам анри бенджамин вальтер вильгельм винсент габриэль ганс генрих говард гюнтер джейн джек
    джеймс джессика джозеф джон джордж дитрих жан жак йохан иоганн йенс клаус луи людвиг майкл мари
    маргарет мигель мишель отто пабло педро пенелопа пьер ричард роберт рудольф сара томас ульрих
    урсула фердинанд фридрих франсуа франц хуан хосе хельга чарльз шарль штефан эдвард элизабет эрик
    """

  private static let latin = """
    aaron adam adrian agnes albert alan alex alexander alexandra alexey alexei alfred alice alina
    amanda amy ana anastasia anatoly andre andrea andreas andrei andrew andrey angela anna anne
    anthony anton antonio artem arthur arnold barbara ben benjamin bernard betty bob boris brian
    bruce carl carla carlos carol caroline catherine charles charlotte chris christian christina
    christine christopher claire claude claudia clara craig cynthia dan daniel daria darya dave
    david deborah denis dennis diana diego dmitri dmitry dominique donald donna dorothy ed eddie
    edgar edward ekaterina elena elizabeth ellen emily emma enrique eric erik eugene eva evgeny
    fernando frank francois franz fred frederick gabriel gary george gerald gerhard giovanni
    giulia giuseppe gloria grace greg gregory gunther hannah hans harold harry heather heinrich
    helen helena helga henry herbert hugo igor ilya inga ingrid irina isabel ivan jack jacob
    jacques jakub james jan jane janet jason jean jeff jeffrey jennifer jeremy jerry jessica jill
    jim joan joe john jonathan jorge jose joseph joshua juan judith judy julia julie jurgen karen
    karin karl katarzyna kate katherine kathleen keith ken kenneth kevin klaus konstantin
    krzysztof kurt larry laura lars lauren lena leo leonard leonid lisa louis louise lucas lucia
    lucy luigi luis luke magdalena malgorzata manuel marc marco margaret maria marie marina mario
    mark marta martha martin mary matt matthew max maxim megan melissa michael michel michelle
    miguel mike mikhail monica nadia nancy natalia natalie natalya nicholas nick nicole nikita
    nikolai nikolay nils nina oleg olga oliver olivier olivia oscar otto pablo pamela patricia
    patrick paul paula pavel pedro peter petr philip philippe pierre piotr rachel ralph raymond
    rebecca richard robert roger roland ronald rosa rose russell ruth ryan samuel sandra sara sarah
    scott sean sergei sergey sergio sharon simon sofia sophie stanislav stefan stephanie stephen
    steve steven sven susan svetlana tamara tatiana tatyana teresa thomas tim timothy tom tomas
    tomasz tony ursula valentin valentina valery vera veronica victor victoria viktor vincent
    virginia vitaly vladimir vladislav walter wendy werner william wolfgang xavier yulia yuri yury
    ivana jozef zdenek ahmed ali amina fatima hassan ibrahim mehmet mohamed mohammed mustafa
    omar osman bryan ryan yakov ludovic irene
    """
}
