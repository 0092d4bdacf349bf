import Foundation
import Testing

/// Cards of other people's programs and test suites.
@Suite(.enabled(if: Corpora.isPresent, Corpora.absence))
struct VCardTests {
  private static let folder = Corpora.folder.appendingPathComponent("vcard")

  private static func url(_ path: String) -> URL { folder.appendingPathComponent(path) }

  private static func text(_ url: URL) throws -> String {
    String(decoding: try Data(contentsOf: url), as: UTF8.self)
  }

  /// How many cards stand in a text that are in no other card.
  private func cardCount(_ text: String) -> Int {
    let lines = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
      .replacing("\n ", with: "").replacing("\n\t", with: "").split(separator: "\n")
    var (count, depth) = (0, 0)
    for line in lines.map({ $0.uppercased().trimmingCharacters(in: .whitespaces) }) {
      if line == "BEGIN:VCARD" {
        if depth == 0 { count += 1 }
        depth += 1
      } else if line == "END:VCARD" {
        depth -= 1
      }
    }
    return count
  }

  @Test("Every file gives as many cards as begin in it")
  func countsCards() throws {
    var score = ConformanceScore(suite: "vcard (all)", reference: "the number of BEGIN:VCARD lines")
    let files = try #require(
      FileManager.default.enumerator(at: Self.folder, includingPropertiesForKeys: nil))
    for case let file as URL in files
    where ["vcf", "ref", "2_1ref"].contains(file.pathExtension) {
      let expected = cardCount(try Self.text(file))
      let name = file.lastPathComponent
      do {
        let found = try VCardGolden.read(file).count
        score.count(name, passed: found == expected, reason: "\(found) cards, not \(expected)")
      } catch {
        score.count(name, passed: false, reason: "\(error)")
      }
    }
    // One golden holds a picture's bytes as they are, so that the file passes for no text.
    score.finish(atLeast: score.total)
    #expect(score.total >= 114)
  }

  /// Each file with what kcontacts makes of it, read and written again in one version or another.
  private static let rewritten = [
    ("testfullvcard.vcf", ["testfullvcard.vcf.ref"]),
    ("vcard1.vcf", ["vcard1.vcf.ref", "vcard1.vcf.2_1ref", "v4_0.vcard1.vcf.ref"]),
    ("vcard2.vcf", ["vcard2.vcf.ref", "vcard2.vcf.2_1ref", "v4_0.vcard2.vcf.ref"]),
    ("vcard5.vcf", ["vcard5.vcf.ref", "v4_0.vcard5.vcf.ref"]),
    ("vcard6.vcf", ["vcard6.vcf.ref", "vcard6.vcf.2_1ref", "v4_0.vcard6.vcf.ref"]),
    ("vcard8.vcf", ["vcard8.vcf.ref", "v4_0.vcard8.vcf.ref"]),
    ("vcard11.vcf", ["vcard11.vcf.ref"]),
    ("vcard12.vcf", ["vcard12.vcf.ref", "vcard12.vcf.2_1ref"]),
    ("vcard13.vcf", ["vcard13.vcf.ref"]),
    ("vcard14.vcf", ["vcard14.vcf.ref", "vcard14.vcf.2_1ref"]),
  ]

  @Test("kcontacts: the properties are those of the goldens")
  func kcontacts() throws {
    var score = ConformanceScore(suite: "vcard/kcontacts", reference: "the .ref and .2_1ref files")
    let folder = Self.url("kcontacts/autotests/data")
    for (file, goldens) in Self.rewritten {
      let found = try VCardGolden.read(folder.appendingPathComponent(file))
      for golden in goldens {
        let expected = VCardGolden.properties(
          of: try Self.text(folder.appendingPathComponent(golden)))
        #expect(found.count == expected.count, "\(golden)")
        for (card, properties) in zip(found, expected) {
          score.count(golden, properties, found: card)
        }
      }
    }
    score.finish(atLeast: (score.total * 95 + 99) / 100)
    #expect(score.total > 100)
  }

  @Test("ical.js: the properties are those of the jCards")
  func icaljs() throws {
    var score = ConformanceScore(suite: "vcard/icaljs", reference: "the jCard beside each file")
    for name in ["vcard", "vcard_author"] {
      let file = Self.url("icaljs/test/parser/\(name)")
      let json = try JSONSerialization.jsonObject(
        with: Data(contentsOf: file.appendingPathExtension("json")))
      let properties = try #require((json as? [Any])?[1] as? [[Any]]).map(jCardProperty)
      let found = try #require(try VCardGolden.read(file.appendingPathExtension("vcf")).first)
      score.count(
        name, properties.filter { $0.name != "VERSION" }, found: found.map(withoutSeparators))
    }
    score.finish(atLeast: (score.total * 95 + 99) / 100)
    #expect(score.total >= 45)
  }

  /// A property of a jCard (RFC 7095).
  private func jCardProperty(_ member: [Any]) -> VCardGoldenProperty {
    let name = (member[0] as? String ?? "").uppercased()
    let type = (member[1] as? [String: Any])?["type"]
    let types = type as? [String] ?? (type as? String).map { [$0] } ?? []
    var texts = (member[3] as? [Any] ?? [member[3]]).map { part in
      (part as? [String])?.joined(separator: ",") ?? part as? String ?? ""
    }
    // One column holds these, separators and all.
    if ["GENDER", "CLIENTPIDMAP"].contains(name) { texts = [texts.joined(separator: ";")] }
    let values = VCardGolden.values(name, types.map { $0.uppercased() }, texts)
    return VCardGoldenProperty(name: name, values: values.map(withoutSeparators))
  }

  /// A date as both write it: jCard puts separators into the dates that vCard writes without.
  private func withoutSeparators(_ value: VCardGoldenValue) -> VCardGoldenValue {
    guard ["BDAY", "ANNIVERSARY", "REV", "TZ"].contains(value.property) else { return value }
    var value = value
    value.text = value.text.filter { !"-:".contains($0) }
    return value
  }

  /// The columns of Roundcube's CSV files and where their values stand in its cards.
  private static let columns: [String: VCardGoldenValue] = [
    "First Name": VCardGoldenValue("N", [], ".given", ""),
    "Last Name": VCardGoldenValue("N", [], ".family", ""),
    "Display Name": VCardGoldenValue("FN", [], ""),
    "Nickname": VCardGoldenValue("NICKNAME", [], ""),
    "Primary Email": VCardGoldenValue("EMAIL", ["HOME"], ""),
    "Secondary Email": VCardGoldenValue("EMAIL", [], ""),
    "E-mail Address": VCardGoldenValue("EMAIL", [], ""),
    "E-mail 2 Address": VCardGoldenValue("EMAIL", [], ""),
    "E-mail 3 Address": VCardGoldenValue("EMAIL", [], ""),
    "Work Phone": VCardGoldenValue("TEL", ["WORK"], ""),
    "Home Phone": VCardGoldenValue("TEL", ["HOME"], ""),
    "Fax Number": VCardGoldenValue("TEL", ["FAX", "HOME"], ""),
    "Pager Number": VCardGoldenValue("TEL", ["PAGER"], ""),
    "Mobile Number": VCardGoldenValue("TEL", ["CELL"], ""),
    "Home Address": VCardGoldenValue("ADR", ["HOME"], ".street", ""),
    "Home City": VCardGoldenValue("ADR", ["HOME"], ".city", ""),
    "Home State": VCardGoldenValue("ADR", ["HOME"], ".region", ""),
    "Home ZipCode": VCardGoldenValue("ADR", ["HOME"], ".code", ""),
    "Home Country": VCardGoldenValue("ADR", ["HOME"], ".country", ""),
    "Work Address": VCardGoldenValue("ADR", ["WORK"], ".street", ""),
    "Work City": VCardGoldenValue("ADR", ["WORK"], ".city", ""),
    "Work State": VCardGoldenValue("ADR", ["WORK"], ".region", ""),
    "Work ZipCode": VCardGoldenValue("ADR", ["WORK"], ".code", ""),
    "Work Country": VCardGoldenValue("ADR", ["WORK"], ".country", ""),
    "Job Title": VCardGoldenValue("TITLE", [], ""),
    "Department": VCardGoldenValue("X-DEPARTMENT", [], ""),
    "Organization": VCardGoldenValue("ORG", [], ""),
    "Web Page 1": VCardGoldenValue("URL", ["HOMEPAGE"], ""),
    "Web Page 2": VCardGoldenValue("URL", [], ""),
  ]

  @Test("Roundcube: the properties are the cells of the tables the cards were made of")
  func roundcubePairs() throws {
    var score = ConformanceScore(
      suite: "contacts-csv/roundcube", reference: "the CSV beside each card")
    let folder = Corpora.folder.appendingPathComponent("contacts-csv/roundcube/tests/src/Csv2vcard")
    for name in ["email", "outlook", "tb_plain"] {
      let rows = try Self.text(folder.appendingPathComponent(name + ".csv"))
        .split(whereSeparator: \.isNewline)
        .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
      let cards = try VCardGolden.read(folder.appendingPathComponent(name + ".vcf"))
      #expect(cards.count == rows.count - 1)
      for (row, card) in zip(rows.dropFirst(), cards) {
        var cells = zip(rows[0], row).compactMap { header, cell in
          Self.columns[header].map { VCardGoldenValue($0.property, $0.types, $0.part, cell) }
        }
        let birthday = zip(rows[0], row).filter { $0.0.hasPrefix("Birth") }.map(\.1)
        if !birthday.isEmpty {
          cells.append(VCardGoldenValue("BDAY", [], birthday.joined(separator: "-")))
        }
        // Roundcube names a card that has no name after its first address.
        if !cells.contains(where: { $0.property == "FN" }) {
          cells.append(VCardGoldenValue("FN", [], row[0]))
        }
        score.count(
          name,
          cells.filter { !$0.text.isEmpty }.map {
            VCardGoldenProperty(name: $0.property + $0.part, values: [$0])
          }, found: card)
      }
    }
    score.finish(atLeast: (score.total * 95 + 99) / 100)
    #expect(score.total >= 39)
  }

  @Test("Roundcube and ez-vcard: the values are those a person reads in the files")
  func valuesAsWrittenDown() throws {
    for (suite, properties) in VCardExpectedValues.suites {
      var score = ConformanceScore(
        suite: suite, reference: "the values as written down from the files")
      for (file, cards) in VCardExpectedValues.files where file.hasPrefix(suite.dropFirst(6)) {
        let found = try VCardGolden.read(Self.url(file))
        #expect(found.count == cards.count, "\(file)")
        for (expected, card) in zip(cards, found) {
          score.count(
            String(file.split(separator: "/").last ?? ""),
            expected.map { VCardGoldenProperty(name: $0.property + $0.part, values: [$0]) },
            found: card.filter { properties.isEmpty || properties.contains($0.property) })
        }
      }
      score.finish(atLeast: (score.total * 95 + 99) / 100)
      #expect(score.total > 10)
    }
  }
}
