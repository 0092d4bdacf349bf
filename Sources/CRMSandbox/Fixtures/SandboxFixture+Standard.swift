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
}
