import ContactModel
import Testing

@testable import CRMClient

@Suite("server address")
struct ServerAddressTests {
  @Test(
    "an address is reduced to its root",
    arguments: [
      ("https://crm.example.com", "https://crm.example.com"),
      ("https://crm.example.com/", "https://crm.example.com"),
      (" https://crm.example.com \n", "https://crm.example.com"),
      ("HTTPS://CRM.Example.COM/Path", "https://crm.example.com/Path"),
      ("https://crm.example.com:8443/crm/", "https://crm.example.com:8443/crm"),
      ("https://crm.example.com/developer/v2/person", "https://crm.example.com"),
      ("https://crm.example.com/crm/developer/v3/person/", "https://crm.example.com/crm"),
      ("https://crm.example.com/developer", "https://crm.example.com"),
      ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
      ("http://localhost/", "http://localhost"),
      ("http://[::1]:8080/", "http://[::1]:8080"),
    ])
  func roots(text: String, root: String) throws {
    #expect(try ServerAddress(text).root == root)
  }

  @Test(
    "what is no address is refused",
    arguments: [
      "", "crm.example.com", "//crm.example.com", "ftp://crm.example.com", "https://",
      "https:///path", "file:///etc/passwd", "https://crm example.com",
    ])
  func noAddress(text: String) {
    #expect(throws: ServerAddress.Problem.notAnAddress) { try ServerAddress(text) }
  }

  @Test(
    "an address that carries more than a place is refused",
    arguments: [
      "https://me@crm.example.com", "https://me:secret@crm.example.com",
      "https://crm.example.com/?apikey=1", "https://crm.example.com/#top",
    ])
  func carriesMore(text: String) {
    #expect(throws: ServerAddress.Problem.carriesMore) { try ServerAddress(text) }
  }

  @Test(
    "plain http stays on this machine unless it is allowed",
    arguments: [
      ("http://crm.example.com", false), ("http://10.0.0.1", false), ("http://127.0.0.1", true),
      ("http://127.255.3.4", true), ("http://localhost:1", true), ("http://[::1]", true),
      ("http://127.0.0.1.example.com", false), ("http://localhost.example.com", false),
      ("http://127.0.0", false), ("http://127.0.0.256", false), ("http://0.0.0.0", false),
    ])
  func plainHTTP(text: String, isLoopback: Bool) throws {
    if isLoopback {
      #expect(try ServerAddress(text).isLoopback)
    } else {
      #expect(throws: ServerAddress.Problem.insecure) { try ServerAddress(text) }
      #expect(try !ServerAddress(text, allowsPlainHTTP: true).isLoopback)
    }
  }

  @Test("https on loopback is loopback, too")
  func httpsOnLoopback() throws {
    #expect(try ServerAddress("https://127.0.0.1").isLoopback)
    #expect(try !ServerAddress("https://crm.example.com").isLoopback)
  }

  @Test("each problem says what to do, in its language")
  func messages() {
    for problem in [ServerAddress.Problem.notAnAddress, .carriesMore, .insecure] {
      let (english, russian) = (problem.message(in: .english), problem.message(in: .russian))
      #expect(english.contains("https"))
      #expect(russian.contains("https"))
      #expect(!english.unicodeScalars.contains { (0x410...0x44F).contains($0.value) })
      #expect(russian.unicodeScalars.contains { (0x410...0x44F).contains($0.value) })
    }
  }
}
