import Testing

@testable import EmailAddresses

@Suite("domains of big providers, near them, and reserved ones")
struct KnownDomainsTests {
  @Test(
    "one slip from a big provider's domain",
    arguments: [
      ("gmial.com", "gmail.com"), ("gmai.com", "gmail.com"), ("gmail.con", "gmail.com"),
      ("gmail.co", "gmail.com"), ("gmail.cm", "gmail.com"), ("gamil.com", "gmail.com"),
      ("gmaill.com", "gmail.com"), ("ggmail.com", "gmail.com"), ("mgail.com", "gmail.com"),
      ("gmail.comm", "gmail.com"), ("gmai.lcom", "gmail.com"), ("mial.ru", "mail.ru"),
      ("maill.ru", "mail.ru"), ("mail.ry", "mail.ru"), ("mail.r", "mail.ru"),
      ("mail.ur", "mail.ru"),
      ("yandx.ru", "yandex.ru"), ("yandex.ri", "yandex.ru"), ("yadnex.ru", "yandex.ru"),
      ("yandeks.ru", ""), ("yandexx.ru", "yandex.ru"), ("yandex.con", "yandex.com"),
      ("ramler.ru", "rambler.ru"), ("rambler.ry", "rambler.ru"), ("bk.ry", "bk.ru"),
      ("inbx.ru", "inbox.ru"), ("lsit.ru", "list.ru"), ("hotmal.com", "hotmail.com"),
      ("outlok.com", "outlook.com"), ("yaho.com", "yahoo.com"), ("iclod.com", "icloud.com"),
      ("protonmal.com", "protonmail.com"), ("googlemial.com", "googlemail.com"),
    ])
  func typos(domain: String, meant: String) {
    let isTypo = !meant.isEmpty
    #expect(EmailText.normalized("a@" + domain) == (isTypo ? "?" : "") + "a@" + domain)
    let repairing = EmailParser(correctsTypos: true)
    let repaired = EmailText.normalized("a@" + domain, repairing)
    #expect(repaired == (isTypo ? "=a@" + meant : "a@" + domain))
    if isTypo { #expect(EmailText.normalized("a@" + domain.uppercased(), repairing) == repaired) }
  }

  @Test(
    "domains that are others', however near",
    arguments: [
      "gmail.com", "mail.ru", "yandex.ru", "yandex.com", "yandex.by", "yandex.kz", "yandex.ua",
      "yandex.eu", "yandex.net", "ya.ru", "bk.ru", "inbox.ru", "list.ru", "internet.ru",
      "rambler.ru", "outlook.com", "hotmail.com", "yahoo.com", "icloud.com", "googlemail.com",
      "protonmail.com", "mail.com", "gmx.com", "gmx.de", "ymail.com", "email.com", "email.ru",
      "gmail.ru", "mail.ua", "mail.su", "mail.ro", "mail.rs", "mai.ru", "main.ru", "mall.ru",
      "tmail.ru", "ok.ru", "vk.ru", "vk.com", "bk.su", "last.ru", "lift.ru", "index.ru", "inbox.lv",
      "inbox.eu", "cloud.com", "me.com", "mac.com", "live.com", "live.ru", "msn.com", "ukr.net",
      "i.ua", "tut.by", "proton.me", "aol.com", "qip.ru", "yahoo.fr", "yahoo.de", "hotmail.ru",
      "hotmail.fr", "outlook.de", "ramble.ru", "internat.ru", "a.b", "mail.google.com",
    ])
  func others(domain: String) {
    let repairing = EmailParser(correctsTypos: true)
    #expect(EmailText.normalized("a@" + domain, repairing) == "a@" + domain)
  }

  /// The Damerau-Levenshtein distance (optimal string alignment), by its definition.
  private func distance(_ first: [UInt8], _ second: [UInt8]) -> Int {
    var rows = Array(
      repeating: Array(repeating: 0, count: second.count + 1), count: first.count + 1)
    for i in 0...first.count {
      for j in 0...second.count {
        if i == 0 || j == 0 {
          rows[i][j] = i + j
          continue
        }
        let cost = first[i - 1] == second[j - 1] ? 0 : 1
        rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + cost)
        if i > 1, j > 1, first[i - 1] == second[j - 2], first[i - 2] == second[j - 1] {
          rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
        }
      }
    }
    return rows[first.count][second.count]
  }

  @Test("every edit of every provider is near it by the definition, or no slip")
  func editsAreNear() {
    let letters = Array("abeiknoruy.-1".utf8)
    for provider in KnownDomains.providers {
      let name = provider.text.withUTF8Buffer { Array($0) }
      var edits: [[UInt8]] = []
      for place in 0...name.count {
        for letter in letters { edits.append(name[..<place] + [letter] + name[place...]) }
        guard place < name.count else { continue }
        edits.append(Array(name[..<place] + name[(place + 1)...]))
        for letter in letters { edits.append(name[..<place] + [letter] + name[(place + 1)...]) }
        if place + 1 < name.count {
          var swapped = name
          swapped.swapAt(place, place + 1)
          edits.append(swapped)
        }
      }
      for edit in edits {
        guard case .typo(let meant) = KnownDomains.judge(edit, from: 0) else { continue }
        let other = meant.withUTF8Buffer { Array($0) }
        #expect(distance(edit, other) == 1, "\(String(decoding: edit, as: UTF8.self))")
        #expect(!KnownDomains.providers.contains { $0.name == KnownDomain(edit, from: 0) })
      }
    }
  }

  @Test(
    "reserved top-level domains are remarked",
    arguments: [
      "a.test", "mail.invalid", "printer.local", "a.localhost", "c.onion",
      "crm.internal", "nas.home.arpa", "x.alt", "A.TEST", "very.long.name.of.a.server.local",
    ])
  func specialUse(domain: String) {
    #expect(EmailText.normalized("a@" + domain) == "*a@" + domain.lowercased())
    #expect(!EmailText.validated("a@" + domain).hasPrefix("*"))
  }

  @Test(
    "domains that only look reserved, and examples",
    arguments: [
      "example.com", "example.net", "example.org", "mail.example.com", "test.ru", "local.ru",
      "latest.com", "a.contest", "locals.de", "arpa.net", "a.salt", "alt.com",
    ])
  func notReserved(domain: String) { #expect(EmailText.normalized("a@" + domain) == "a@" + domain) }
}
