extension SandboxFixture {
  /// The made-up account of a fresh sandbox.
  package static let standard = SandboxFixture(
    apikey: SandboxCredentials.apikey,
    users: [
      User(1, SandboxCredentials.chief, "Начальников Аркадий", isChief: true),
      User(2, SandboxCredentials.sellerA, "Продажина Алла"),
      User(3, SandboxCredentials.sellerB, "Продажин Борис"),
      User(4, SandboxCredentials.disabled, "Уволенов Геннадий", isActive: false),
    ],
    clients: [Client(1, "Завод Примерный"), Client(2, "Лавка Учебная")],
    loyalty: [
      Entry(1, "0 - Не лояльный"), Entry(2, "1 - Пока не понятно"), Entry(3, "2 - Нейтральный"),
      Entry(4, "3 - Лояльный"),
    ],
    clientpath: [Entry(1, "Выставка"), Entry(2, "Рекомендация"), Entry(3, "Сайт")])

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

  /// The fields that a fresh installation has switched on.
  package static let freshFields: Set<String> = [
    "clid", "ptitle", "person", "tel", "fax", "mob", "mail", "iduser", "input7",
  ]
}
