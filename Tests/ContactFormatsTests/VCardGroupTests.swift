import TestSupport
import Testing

@testable import ContactFormats

/// How types, preferences and labels become the names of columns.
@Suite struct VCardGroupTests {
  @Test(
    "A property's types become part of its columns' names",
    arguments: [
      ("TEL", "TEL"), ("tel;type=voice", "TEL"), ("TEL;CELL", "TEL[CELL]"),
      ("TEL;TYPE=home,fax", "TEL[FAX,HOME]"), ("TEL;TYPE=WORK;TYPE=FAX", "TEL[FAX,WORK]"),
      ("TEL;WORK;VOICE;MSG;PREF", "TEL[WORK]"), (#"TEL;TYPE="cell,work""#, "TEL[CELL,WORK]"),
      ("EMAIL;INTERNET", "EMAIL"), ("EMAIL;TYPE=INTERNET;TYPE=school", "EMAIL[SCHOOL]"),
      ("TEL;TYPE=iPhone", "TEL[CELL]"), ("TEL;TYPE=homefax", "TEL[FAX,HOME]"),
      ("TEL;TYPE=HOME,TYPE=VOICE", "TEL[HOME]"), ("TEL;TYPE=zz,aa,OTHER", "TEL[OTHER,AA,ZZ]"),
      ("TEL;TYPE=", "TEL"), ("TEL;;", "TEL"), ("TEL;HOME;HOME", "TEL[HOME]"),
      ("URL;TYPE=WORK;CHARSET=UTF-8;LANGUAGE=ru;ALTID=1;PID=1.1", "URL[WORK]"),
      ("PHOTO;VALUE=uri;TYPE=image/png", "PHOTO"), ("X-SKYPE;HOME", "X-SKYPE[HOME]"),
      ("item7.TEL;type=CELL;type=pref", "TEL[CELL]"), ("NOTE;8BIT", "NOTE"),
    ])
  func namesColumns(head: String, column: String) throws {
    #expect(try readCards(card("\(head):1")).records == [["\(column)=1"]])
  }

  @Test("Further values of a column are numbered, a preferred one comes first")
  func ordersValues() throws {
    #expect(
      try readCards(card("TEL;CELL:1", "TEL;CELL:2", "TEL:3", "TEL;CELL;PREF:4")).records
        == [["TEL=3", "TEL[CELL] (2)=1", "TEL[CELL] (3)=2", "TEL[CELL]=4"]])
    #expect(
      try readCards(card("EMAIL;PREF=2:b", "EMAIL:c", "EMAIL;PREF=1:a", version: "4.0")).records
        == [["EMAIL (2)=b", "EMAIL (3)=c", "EMAIL=a"]])
  }

  @Test("The parts of one address stay together")
  func keepsAddressesTogether() throws {
    #expect(
      try readCards(card("ADR:;;A;;;;", "ADR:;;B;Perm;;;", "ADR;PREF:;;;Ufa;;;")).records
        == [["ADR.city (3)=Perm", "ADR.city=Ufa", "ADR.street (2)=A", "ADR.street (3)=B"]])
  }

  @Test("A value without text takes no column")
  func skipsEmptyValues() throws {
    let content = try readCards(card("TEL:", "TEL:1", "N:;;;;", "NOTE:"))
    #expect(content.records == [["TEL=1"]])
    #expect(content.header == ["TEL"])
  }

  @Test(
    "A label that says what a type would becomes one",
    arguments: [
      ("_$!<Mobile>!$_", "TEL[CELL]"), ("iPhone", "TEL[CELL]"),
      ("_$!<HomeFAX>!$_", "TEL[FAX,HOME]"),
      ("_$!<Main>!$_", "TEL[MAIN]"), ("_$!<Other>!$_", "TEL[OTHER]"),
      ("_$!<HomePage>!$_", "TEL[HOMEPAGE]"), ("_$!<Radio>!$_", "TEL[RADIO]"), ("work", "TEL[WORK]"),
    ])
  func understandsLabels(label: String, column: String) throws {
    for lines in [
      ["item1.TEL:1", "item1.X-ABLabel:\(label)"], ["ITEM1.X-ABLABEL:\(label)", "item1.TEL:1"],
    ] {
      let content = try readCards(card(lines[0], lines[1]))
      #expect(content.records == [["\(column)=1"]])
      #expect(content.header == [column])
    }
  }

  @Test("A label of one's own stands in a column beside the value")
  func keepsOwnLabels() throws {
    let content = try readCards(
      card(
        "item1.TEL;type=pref:1", #"item1.X-ABLabel:Dacha\, summer"#, "item2.TEL:2",
        "item2.X-ABLabel:Boat", "item3.TEL;CELL:3", "item3.X-ABLabel:Old", "TEL:4",
        "item4.ADR:;;St;;;;", "item4.X-ABADR:ru", "item4.X-ABLabel:Dacha"))
    #expect(
      content.records == [
        [
          "ADR[OTHER].label=Dacha", "ADR[OTHER].street=St", "TEL=4", "TEL[CELL].label=Old",
          "TEL[CELL]=3", "TEL[OTHER] (2)=2", "TEL[OTHER].label (2)=Boat",
          "TEL[OTHER].label=Dacha, summer", "TEL[OTHER]=1", "X-ABADR=ru",
        ]
      ])
  }

  @Test("A label that belongs to nothing is a value of its own")
  func keepsLonelyLabels() throws {
    #expect(
      try readCards(card("item1.X-ABLabel:Lost", "FN:Vera", "X-ABLABEL:Free")).records
        == [["FN=Vera", "X-ABLABEL (2)=Lost", "X-ABLABEL=Free"]])
  }

  @Test("A column that is no property of vCard gets its exact name back")
  func readsOtherColumns() throws {
    #expect(
      try readCards(
        card(
          #"X-COLUMN;NAME="Any: name; ^'quoted^' ^^ ^n.":1"#, #"X-COLUMN;NAME="N":2"#,
          #"X-COLUMN;NAME="TEL (2)":3"#, "TEL:4", "TEL:5", "FN;X-DERIVED=TRUE:made up",
          "X-FERRY-ROW:7", "X-COLUMN:8")
      ).records
        == [
          [
            "Any: name; \"quoted\" ^ \n.=1", "N=2", "TEL (2) (2)=5", "TEL (2)=3", "TEL=4",
            "X-COLUMN=8", "X-FERRY-ROW=7",
          ]
        ])
  }

  @Test(
    "Numbers and addresses that are written as URIs lose the scheme",
    arguments: [
      ("TEL", "tel:+1-555", "+1-555"), ("TEL", "TEL:+1;EXT=5", "+1 ext. 5"),
      ("TEL", "tel:5;phone-context=a.example", "5;phone-context=a.example"),
      ("EMAIL", "mailto:a%40b.example?subject=x", "a@b.example"), ("EMAIL", "mail", "mail"),
      ("EMAIL", "mailto:%FF", "mailto:%FF"), ("NOTE", "tel:1", "tel:1"), ("TEL", "tel:", "tel:"),
    ])
  func stripsSchemes(name: String, value: String, text: String) throws {
    #expect(try readCards(card("\(name):\(value)")).records == [["\(name)=\(text)"]])
  }
}
