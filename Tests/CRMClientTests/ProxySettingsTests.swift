import ContactModel
import Testing

@testable import CRMClient

@Suite("proxy settings")
struct ProxySettingsTests {
  private func proxy(
    _ environment: [String: String], for address: String = "https://crm.example.com"
  ) throws -> String? {
    try ProxySettings(environment: environment)
      .proxy(for: ServerAddress(address, allowsPlainHTTP: true)).map { "\($0.kind) \($0)" }
  }

  @Test(
    "a proxy is read from its variable",
    arguments: [
      ("http://proxy.example.com:3128", "http proxy.example.com:3128"),
      ("proxy.example.com:3128", "http proxy.example.com:3128"),
      (" http://proxy/ ", "http proxy:8080"), ("HTTP://10.0.0.1:80", "http 10.0.0.1:80"),
      ("http://[::1]:3128", "http ::1:3128"), ("socks5://proxy", "socks proxy:1080"),
      ("socks5h://proxy:9", "socks proxy:9"), ("http://me:pass@proxy:1", "http proxy:1"),
    ])
  func values(text: String, expected: String) throws {
    #expect(try proxy(["HTTPS_PROXY": text]) == expected)
  }

  @Test("each kind of address has its variable; small letters win; empty is unset")
  func variables() throws {
    let both = ["HTTPS_PROXY": "a:1", "HTTP_PROXY": "b:2"]
    #expect(try proxy(both) == "http a:1")
    #expect(try proxy(both, for: "http://crm.example.com") == "http b:2")
    #expect(try proxy(["HTTP_PROXY": "b:2"]) == nil)
    #expect(try proxy(["HTTPS_PROXY": "a:1", "https_proxy": "c:3"]) == "http c:3")
    #expect(try proxy(["HTTPS_PROXY": "a:1", "https_proxy": ""]) == "http a:1")
    #expect(try proxy(["HTTPS_PROXY": " "]) == nil)
    #expect(try proxy([:]) == nil)
  }

  @Test(
    "what is set and cannot be used is an error, which names the variable alone",
    arguments: [
      "https://proxy:1", "socks4://proxy", "socks5://me:s3cr3t@proxy", "http://", "ftp://proxy",
      "http://proxy:0", "http://proxy/path", "http://me:s3cr3t@",
    ])
  func problems(text: String) {
    #expect(throws: ProxySettings.Problem(variable: "https_proxy")) {
      try ProxySettings(environment: ["https_proxy": text])
    }
    for language in Language.allCases {
      let message = ProxySettings.Problem(variable: "https_proxy").message(in: language)
      #expect(message.contains("https_proxy") && !message.contains("s3cr3t"))
    }
  }

  @Test(
    "the hosts that need no proxy",
    arguments: [
      ("crm.example.com", true), ("example.com", true), (".example.com", true),
      ("*.example.com", true), ("CRM.Example.com", true), ("*", true), ("a,example.com b", true),
      ("crm.example.com:443", true), ("crm.example.com:8443", false), ("example.org", false),
      ("m.example.com", false), ("xample.com", false), ("", false), (",", false), (".", false),
    ])
  func exceptions(text: String, isDirect: Bool) throws {
    let found = try proxy(["HTTPS_PROXY": "p:1", "NO_PROXY": text])
    #expect((found == nil) == isDirect)
  }

  @Test(
    "networks are exceptions, too",
    arguments: [
      ("10.0.0.0/8", true), ("10.1.2.3", true), ("10.1.2.0/24", true), ("10.1.3.0/24", false),
      ("10.1.2.2/31", true), ("10.1.2.4/32", false), ("0.0.0.0/0", true), ("10.1.2.3/33", false),
    ])
  func networks(text: String, isDirect: Bool) throws {
    let found = try proxy(["HTTPS_PROXY": "p:1", "no_proxy": text], for: "https://10.1.2.3")
    #expect((found == nil) == isDirect)
  }

  @Test("this machine is never reached through a proxy")
  func loopback() throws {
    for address in ["https://127.0.0.1:8443", "https://localhost", "http://[::1]:1"] {
      #expect(try proxy(["HTTPS_PROXY": "p:1", "HTTP_PROXY": "p:1"], for: address) == nil)
    }
  }

  @Test("a proxy's password shows nowhere")
  func hidden() throws {
    let settings = try ProxySettings(environment: ["HTTPS_PROXY": "http://me:s3cr3t@proxy:1"])
    let found = try settings.proxy(for: ServerAddress("https://crm.example.com"))
    #expect(found?.password == "s3cr3t")
    var dumped = ""
    dump(settings, to: &dumped)
    dump(found, to: &dumped)
    for text in [dumped, "\(settings)", "\(found as Any)", String(reflecting: found)] {
      #expect(!text.contains("s3cr3t"), "\(text)")
    }
  }
}
