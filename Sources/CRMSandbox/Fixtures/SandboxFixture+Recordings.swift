extension SandboxFixture {
  /// The names under which fixtures are built in.
  package static let names = [
    "standard", "recordings", "recordings-default-form", "recordings-list", "recordings-update",
  ]

  /// The fixture built in under a name.
  package static func named(_ name: String) -> SandboxFixture? {
    switch name {
    case "standard": .standard
    case "recordings": .recordings
    case "recordings-default-form": .recordingsDefaultForm
    case "recordings-list": .recordingsList
    case "recordings-update": .recordingsUpdate
    default: nil
    }
  }

  /// The account in which the exchanges with a real CRM were recorded, without contacts.
  package static let recordings = SandboxFixture(
    apikey: "k3yForLoopbackTestsOnly0000001",
    users: [
      User(1, "chief@test.invalid", "Первый Тестовый", isChief: true),
      User(2, "seller.a@test.invalid", "Второй Тестовый"),
      User(3, "seller.b@test.invalid", "Третий Тестовый"),
      User(4, "gone@test.invalid", "Четвёртый Отключён", isActive: false),
    ],
    clients: [Client(1, "Завод Пробный"), Client(2, "Лавка Опытная")],
    loyalty: [
      Entry(1, "3 - Проба Три"), Entry(2, "0 - Проба Ноль"), Entry(3, "4 - Проба Четыре"),
      Entry(4, "2 - Проба Два"), Entry(5, "1 - Проба Один"), Entry(6, "5 - Проба Пять"),
    ],
    clientpath: [
      Entry(1, "Путь Первый"), Entry(2, "Путь Второй"), Entry(3, "Путь Третий"),
      Entry(4, "Путь Четвёртый"), Entry(5, "Путь Пятый", utm: "utmproba"),
    ],
    defaultClientpath: 2,
    activeFields: freshFields.union([
      "rol", "clientpath", "loyalty", "input1", "input2", "input3", "input10", "social",
    ]))

  /// The same account with the fields of a fresh installation.
  package static let recordingsDefaultForm: SandboxFixture = {
    var fixture = recordings
    fixture.activeFields = freshFields
    return fixture
  }()

  /// The same account with 450 contacts, made in four moments.
  package static let recordingsList: SandboxFixture = {
    var fixture = recordings
    fixture.contacts = (0..<450).map(listed)
    fixture.nextPid = 1451
    return fixture
  }()

  /// The same account with one contact that has every field.
  package static let recordingsUpdate: SandboxFixture = {
    var fixture = recordings
    fixture.contacts = [
      [
        "pid": "1001", "clid": "1", "ptitle": "Инженер", "person": "Обновлёнов Пётр",
        "tel": "+7(999)100-20-30", "fax": "+7(999)100-20-39", "mob": "+7(999)200-30-40",
        "mail": "upd@test.invalid", "rol": "Роль",
        "social": "http://blog.test.invalid;http://site.test.invalid;tw;123;sk;gg;ya;mk",
        "iduser": "1", "clientpath": "3", "loyalty": "6", "input1": "1980-05-06", "input2": "два",
        "input3": "три", "input7": "123", "input10": "десять",
        "date_create": "2026-11-23 16:55:49", "creator": "1",
      ]
    ]
    fixture.nextPid = 1002
    return fixture
  }()

  /// The fields that a fresh installation has switched on.
  package static let freshFields: Set<String> = [
    "clid", "ptitle", "person", "tel", "fax", "mob", "mail", "iduser", "input7",
  ]

  private static func listed(_ number: Int) -> Contact {
    let names = ["Аарон", "Борис", "Вера", "Глеб", "Дина", "Егор"]
    let padded = { (number: Int, width: Int) in
      String(repeating: "0", count: width - String(number).count) + String(number)
    }
    let three = padded(number, 3)
    // Moments of the account's clock, as the table keeps them.
    let date =
      switch number {
      case ..<150: "2026-02-28 21:00:00"
      case ..<300: "2026-03-02 09:30:45"
      case ..<400: "2026-03-03 20:59:59"
      default: "2026-03-03 21:00:00"
      }
    return [
      "pid": String(1001 + number), "person": "\(names[number % 6]) Стр\(three)",
      "ptitle": "должность \(number % 7)",
      "tel": "+7 (495) \(three)-\(padded(number % 100, 2))-01", "mob": "8-916-\(three)-00-00",
      "mail": "p\(number)@test.invalid", "input1": "1990-01-\(padded(number % 28 + 1, 2))",
      "clientpath": String(number % 5 + 1), "loyalty": String(number % 6 + 1),
      "clid": String(number % 3), "iduser": number % 10 == 9 ? "2" : "1", "date_create": date,
      "creator": "1",
    ]
  }
}
