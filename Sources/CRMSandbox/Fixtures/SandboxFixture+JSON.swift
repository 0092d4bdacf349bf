import Foundation

extension SandboxFixture {
  private enum CodingKeys: String, CodingKey {
    case apikey, users, clients, loyalty, clientpath, defaultClientpath, activeFields
    case timeZoneOffset, contacts, deals, history, nextPid
  }

  /// Reads a fixture from JSON; `docs/sandbox.md` describes it.
  ///
  /// - Throws: A `DecodingError` that names the member in question.
  package init(json: [UInt8]) throws {
    self = try JSONDecoder().decode(SandboxFixture.self, from: Data(json))
  }

  /// Decodes a fixture; members that are left out are empty or what a fresh account has.
  package init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: CodingKeys.self)
    func member<Value: Decodable>(_ key: CodingKeys, _ absent: Value) throws -> Value {
      try members.decodeIfPresent(Value.self, forKey: key) ?? absent
    }
    self.init(
      apikey: try member(.apikey, SandboxCredentials.apikey),
      users: try member(.users, Self.standard.users), clients: try member(.clients, []),
      loyalty: try member(.loyalty, []), clientpath: try member(.clientpath, []),
      defaultClientpath: try member(.defaultClientpath, 0),
      activeFields: try member(.activeFields, SandboxConfiguration.allFields),
      timeZoneOffset: try member(.timeZoneOffset, 10_800), contacts: try member(.contacts, []),
      deals: try member(.deals, []), history: try member(.history, []),
      nextPid: try member(.nextPid, 1001))
  }
}

extension SandboxFixture.User {
  private enum CodingKeys: String, CodingKey {
    case iduser, login, title, isChief, isActive
  }

  /// Decodes a user, by default an ordinary one with access.
  package init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      try members.decode(Int.self, forKey: .iduser),
      try members.decode(String.self, forKey: .login),
      try members.decodeIfPresent(String.self, forKey: .title) ?? "",
      isChief: try members.decodeIfPresent(Bool.self, forKey: .isChief) ?? false,
      isActive: try members.decodeIfPresent(Bool.self, forKey: .isActive) ?? true)
  }
}

extension SandboxFixture.Entry {
  private enum CodingKeys: String, CodingKey {
    case id, title, utm
  }

  /// Decodes an entry; only sources have a mark.
  package init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      try members.decode(Int.self, forKey: .id), try members.decode(String.self, forKey: .title),
      utm: try members.decodeIfPresent(String.self, forKey: .utm) ?? "")
  }
}

extension SandboxFixture.Deal {
  private enum CodingKeys: String, CodingKey {
    case pid, title, others
  }

  /// Decodes a deal, by default with one contact only.
  package init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      pid: try members.decode(Int.self, forKey: .pid),
      title: try members.decodeIfPresent(String.self, forKey: .title) ?? "",
      others: try members.decodeIfPresent([Int].self, forKey: .others) ?? [])
  }
}
