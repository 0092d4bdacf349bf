import PersonAPI
import Testing

@Suite("Credentials")
struct CredentialsTests {
  @Test("never show the key, however they are printed")
  func hidden() {
    let secret = Credentials(login: "who@example.com", apikey: "s3cr3t")
    var dumped = ""
    dump(secret, to: &dumped)
    var dumpedInside = ""
    dump([Optional(secret)], to: &dumpedInside)
    for text in [
      "\(secret)", String(describing: secret), String(reflecting: secret), dumped, dumpedInside,
      "\([secret])", "\(Optional(secret) as Any)",
      "\(FormatProbe(credentials: secret))",
    ] {
      #expect(!text.contains("s3cr3t"), "\(text)")
      #expect(text.contains("who@example.com"), "\(text)")
    }
  }

  @Test("fit into headers unless they hold a control character")
  func headers() {
    #expect(Credentials(login: "я@b.c", apikey: "k &=%").fitHeaders)
    for bad in ["a\nb: c", "a\r", "a\0", "\u{7F}", "a\tb"] {
      #expect(!Credentials(login: bad, apikey: "k").fitHeaders)
      #expect(!Credentials(login: "a", apikey: bad).fitHeaders)
    }
  }

  private struct FormatProbe {
    var credentials: Credentials
  }
}

@Suite("Action")
struct ActionTests {
  @Test("is found under every name it has on the wire")
  func names() {
    for variant in Variant.all {
      for action in Action.allCases {
        #expect(Action(wireName: variant.wireName(of: action)) == action)
      }
    }
    #expect(Action(wireName: "addlist") == .addList)
    #expect(Action(wireName: "add.list") == .addList)
    for name in ["", "Add.List", "add_list", "addList", "LIST"] {
      #expect(Action(wireName: name) == nil)
    }
  }
}
