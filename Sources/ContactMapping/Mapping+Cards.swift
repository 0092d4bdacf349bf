extension Mapping {
  /// The mapping of cards for which the user gives none, so that a phone's address book is imported
  /// as it is.
  ///
  /// No phone and no e-mail of a card goes nowhere, and a card with any of them has a name. It names
  /// no format: vCard and xCard have the same columns.
  package static var cards: Mapping {
    get throws(MappingError) { try Mapping(yaml: cardsYAML, fileName: "built-in mapping") }
  }

  /// The text of ``cards``, the same as `mappings/vcard.yaml`, which users copy and change.
  package static let cardsYAML = #"""
    # Cards: vCard 2.1, 3.0 and 4.0, and xCard; the address books of phones, Outlook, Thunderbird, Google
    # and Apple. Where no mapping is given, ferry reads cards with this one.
    #
    #   ferry check samples/phone-book.vcf
    #
    # Columns are named after vCard's properties: FN is the whole name, N.family a part of it, TEL[CELL] a
    # phone of that type, EMAIL[*] every e-mail. Names with brackets need quotes. What a card does not
    # have is empty. No phone and no e-mail is left out, of whatever type it is.
    version: 1

    region: RU

    # In an address book 112 or *100# is no mistake, and many birthdays lack the year. What is not valid
    # is therefore reported and sent as it stands. `reject` would put such cards into the rejected ones.
    invalid: keep

    fields:
      # The first of these that the card has. The parts come before FN, the name as the phone shows it,
      # since only they surely hold the patronymic.
      person:
        first:
          - join: [N.family, N.given, N.additional]
          - FN
          - NICKNAME
          - ORG
          - "EMAIL[*]"
          - "TEL[*]"
      ptitle: TITLE
      rol: ROLE
      tel: ["TEL[WORK]", "TEL[HOME]", "TEL[MAIN]", "TEL[*]"]   # the last: all that no other line takes
      mob: "TEL[CELL]"
      fax: "TEL[FAX]"
      mail: "EMAIL[*]"
      socials.mysite: "URL[*]"
      socials.skype: [X-SKYPE, X-SKYPE-USERNAME]
      socials.icq: X-ICQ
      input1: { from: BDAY, as: date }
      input2: NOTE
      input3: ORG

    required: [person]
    unmapped: report

    """#
}
