/// What stands in other people's files, as a person reads it there.
///
/// Names, types and values were written down from the files and compared with what the Python
/// library vobject 0.9.9 reads, which cuts one name at its comma and knows no labels.
enum VCardExpectedValues {
  /// The suites, and the properties that are compared; all of them where none is named.
  static let suites: KeyValuePairs<String, Set<String>> = [
    "vcard/ez-vcard": ["FN", "N", "TEL", "EMAIL", "ORG", "TITLE"], "vcard/roundcube": [],
  ]

  /// The cards in each file.
  static let files: KeyValuePairs<String, [[VCardGoldenValue]]> = [
    "ez-vcard/ezvcard/io/text/John_Doe_BLACK_BERRY.vcf": [
      [
        VCardGoldenValue("FN", [], "John Doe"),
        VCardGoldenValue("N", [], ".family", "Doe"),
        VCardGoldenValue("N", [], ".given", "john"),
        VCardGoldenValue("ORG", [], "Acme Solutions"),
        VCardGoldenValue("TEL", ["CELL"], "+96123456789"),
      ]
    ],
    "ez-vcard/ezvcard/io/text/John_Doe_EVOLUTION.vcf": [
      [
        VCardGoldenValue("TEL", ["CELL"], "905-666-1234"),
        VCardGoldenValue("TEL", ["WORK"], "905-555-1234"),
        VCardGoldenValue("N", [], ".family", "Doe"),
        VCardGoldenValue("N", [], ".given", "John"),
        VCardGoldenValue("N", [], ".additional", "Richter, James"),
        VCardGoldenValue("N", [], ".prefix", "Mr."),
        VCardGoldenValue("N", [], ".suffix", "Sr."),
        VCardGoldenValue("FN", [], "Mr. John Richter, James Doe Sr."),
        VCardGoldenValue("ORG", [], "IBM"),
        VCardGoldenValue("ORG", [], ".unit", "Accounting"),
        VCardGoldenValue("ORG", [], ".unit2", "Dungeon"),
        VCardGoldenValue("TITLE", [], "Money Counter"),
        VCardGoldenValue("EMAIL", ["WORK"], "john.doe@ibm.com"),
      ]
    ],
    "ez-vcard/ezvcard/io/text/John_Doe_GMAIL.vcf": [
      [
        VCardGoldenValue("N", [], ".family", "Doe"),
        VCardGoldenValue("N", [], ".given", "John"),
        VCardGoldenValue("N", [], ".additional", "Richter, James"),
        VCardGoldenValue("N", [], ".prefix", "Mr."),
        VCardGoldenValue("N", [], ".suffix", "Sr."),
        VCardGoldenValue("FN", [], "Mr. John Richter, James Doe Sr."),
        VCardGoldenValue("EMAIL", ["HOME"], "john.doe@ibm.com"),
        VCardGoldenValue("TEL", ["CELL"], "905-555-1234"),
        VCardGoldenValue("TEL", ["HOME"], "905-666-1234"),
        VCardGoldenValue("ORG", [], "IBM"),
        VCardGoldenValue("TITLE", [], "Money Counter"),
      ]
    ],
    "ez-vcard/ezvcard/io/text/fullcontact.vcf": [
      [
        VCardGoldenValue("N", [], ".family", "LastName"),
        VCardGoldenValue("N", [], ".given", "FirstName"),
        VCardGoldenValue("N", [], ".additional", "MiddleName"),
        VCardGoldenValue("N", [], ".prefix", "Prefix"),
        VCardGoldenValue("N", [], ".suffix", "Suffix"),
        VCardGoldenValue("FN", [], "Prefix FirstName MiddleName LastName Suffix"),
        VCardGoldenValue("TEL", ["HOME"], "555-555-1111"),
        VCardGoldenValue("TEL", ["WORK"], "555-555-1112"),
        VCardGoldenValue("TEL", ["CELL"], "555-555-1113"),
        VCardGoldenValue("TEL", ["CELL"], "555-555-1114"),
        VCardGoldenValue("TEL", [], "555-555-1115"),
        VCardGoldenValue("TEL", ["FAX", "HOME"], "555-555-1116"),
        VCardGoldenValue("TEL", ["FAX", "WORK"], "555-555-1117"),
        VCardGoldenValue("TEL", [], "555-555-1118"),
        VCardGoldenValue("TEL", [], "555-555-1119"),
        VCardGoldenValue("EMAIL", ["HOME"], "home@example.com"),
        VCardGoldenValue("EMAIL", ["WORK"], "work@example.com"),
        VCardGoldenValue("EMAIL", ["SCHOOL"], "school@example.com"),
        VCardGoldenValue("EMAIL", ["OTHER"], "other@example.com"),
        VCardGoldenValue("EMAIL", ["CUSTOMTYPE"], "custom@example.com"),
        VCardGoldenValue("ORG", [], "Organization1"),
        VCardGoldenValue("ORG", [], ".unit", "Department1"),
        VCardGoldenValue("ORG", [], "Organization2"),
        VCardGoldenValue("ORG", [], ".unit", "Department2"),
        VCardGoldenValue("TITLE", [], "Title1"),
        VCardGoldenValue("TITLE", [], "Title2"),
      ]
    ],
    "ez-vcard/ezvcard/io/text/gmail-list.vcf": [
      [
        VCardGoldenValue("FN", [], "Arnold Smith"),
        VCardGoldenValue("N", [], ".family", "Smith"),
        VCardGoldenValue("N", [], ".given", "Arnold"),
        VCardGoldenValue("EMAIL", [], "asmithk@gmail.com"),
      ],
      [
        VCardGoldenValue("FN", [], "Chris Beatle"),
        VCardGoldenValue("N", [], ".family", "Beatle"),
        VCardGoldenValue("N", [], ".given", "Chris"),
        VCardGoldenValue("EMAIL", [], "chrisy55d@yahoo.com"),
      ],
      [
        VCardGoldenValue("FN", [], "Doug White"),
        VCardGoldenValue("N", [], ".family", "White"),
        VCardGoldenValue("N", [], ".given", "Doug"),
        VCardGoldenValue("EMAIL", [], "dwhite@gmail.com"),
      ],
    ],
    "ez-vcard/ezvcard/io/text/gmail-single.vcf": [
      [
        VCardGoldenValue("FN", [], "Greg Dartmouth"),
        VCardGoldenValue("N", [], ".family", "Dartmouth"),
        VCardGoldenValue("N", [], ".given", "Greg"),
        VCardGoldenValue("EMAIL", [], "gdartmouth@hotmail.com"),
        VCardGoldenValue("TEL", ["CELL"], "555 555 1111"),
        VCardGoldenValue("TEL", ["OTHER"], "555 555 2222"),
        VCardGoldenValue("TEL", ["OTHER"], ".label", "GRAND_CENTRAL"),
        VCardGoldenValue("ORG", [], "TheCompany"),
        VCardGoldenValue("TITLE", [], "TheJobTitle"),
      ]
    ],
    "ez-vcard/ezvcard/io/text/gmail-single2.vcf": [
      [
        VCardGoldenValue("FN", [], "VCard Test"),
        VCardGoldenValue("N", [], ".family", "Test"),
        VCardGoldenValue("N", [], ".given", "VCard"),
        VCardGoldenValue("EMAIL", [], "email@example.com"),
        VCardGoldenValue("EMAIL", ["HOME"], "homeemail@example.com"),
        VCardGoldenValue("EMAIL", ["WORK"], "workemail@example.com"),
        VCardGoldenValue("EMAIL", [], "otheremail@example.com"),
        VCardGoldenValue("EMAIL", ["OTHER"], "customcategory@example.com"),
        VCardGoldenValue("EMAIL", ["OTHER"], ".label", "CustomEmailCategory"),
        VCardGoldenValue("TEL", [], "5555551111"),
        VCardGoldenValue("TEL", ["HOME"], "5555551112"),
        VCardGoldenValue("TEL", ["WORK"], "5555551113"),
        VCardGoldenValue("TEL", [], "5555551114"),
        VCardGoldenValue("TEL", ["CELL"], "5555551115"),
        VCardGoldenValue("TEL", ["MAIN"], "5555551116"),
        VCardGoldenValue("TEL", ["FAX", "HOME"], "5555551117"),
        VCardGoldenValue("TEL", ["FAX", "WORK"], "5555551118"),
        VCardGoldenValue("TEL", ["OTHER"], "5555551119"),
        VCardGoldenValue("TEL", ["PAGER"], "5555551120"),
        VCardGoldenValue("TEL", ["OTHER"], "5555551121"),
        VCardGoldenValue("TEL", ["OTHER"], ".label", "GRAND_CENTRAL"),
        VCardGoldenValue("TEL", ["OTHER"], ".label", "CustomePhoneCategory"),
        VCardGoldenValue("ORG", [], "TheCompany"),
        VCardGoldenValue("TITLE", [], "TheJobTitle"),
      ]
    ],
    "ez-vcard/ezvcard/io/text/outlook-2003.vcf": [
      [
        VCardGoldenValue("N", [], ".family", "Doe"),
        VCardGoldenValue("N", [], ".given", "John"),
        VCardGoldenValue("N", [], ".prefix", "Mr."),
        VCardGoldenValue("N", [], ".suffix", "III"),
        VCardGoldenValue("FN", [], "John Doe III"),
        VCardGoldenValue("ORG", [], "Company, The"),
        VCardGoldenValue("ORG", [], ".unit", "TheDepartment"),
        VCardGoldenValue("TITLE", [], "The Job Title"),
        VCardGoldenValue("TEL", ["WORK"], "BusinessPhone"),
        VCardGoldenValue("TEL", ["HOME"], "HomePhone"),
        VCardGoldenValue("TEL", ["CELL"], "MobilePhone"),
        VCardGoldenValue("TEL", ["FAX", "WORK"], "BusinessFaxPhone"),
        VCardGoldenValue("EMAIL", [], "jdoe@hotmail.com"),
      ]
    ],
    "ez-vcard/ezvcard/io/text/rfc2426-example.vcf": [
      [
        VCardGoldenValue("FN", [], "Frank Dawson"),
        VCardGoldenValue("ORG", [], "Lotus Development Corporation"),
        VCardGoldenValue("TEL", ["WORK"], "+1-919-676-9515"),
        VCardGoldenValue("TEL", ["FAX", "WORK"], "+1-919-676-9564"),
        VCardGoldenValue("EMAIL", [], "Frank_Dawson@Lotus.com"),
        VCardGoldenValue("EMAIL", [], "fdawson@earthlink.net"),
      ],
      [
        VCardGoldenValue("FN", [], "Tim Howes"),
        VCardGoldenValue("ORG", [], "Netscape Communications Corp."),
        VCardGoldenValue("TEL", ["WORK"], "+1-415-937-3419"),
        VCardGoldenValue("TEL", ["FAX", "WORK"], "+1-415-528-4164"),
        VCardGoldenValue("EMAIL", [], "howes@netscape.com"),
      ],
    ],
    "ez-vcard/ezvcard/io/text/rfc6350-example.vcf": [
      [
        VCardGoldenValue("FN", [], "Simon Perreault"),
        VCardGoldenValue("N", [], ".family", "Perreault"),
        VCardGoldenValue("N", [], ".given", "Simon"),
        VCardGoldenValue("N", [], ".suffix", "ing. jr,M.Sc."),
        VCardGoldenValue("ORG", ["WORK"], "Viagenie"),
        VCardGoldenValue("TEL", ["WORK"], "+1-418-656-9254 ext. 102"),
        VCardGoldenValue("TEL", ["CELL", "VIDEO", "TEXT", "WORK"], "+1-418-262-6501"),
        VCardGoldenValue("EMAIL", ["WORK"], "simon.perreault@viagenie.ca"),
      ]
    ],
    "roundcube/tests/src/apple.vcf": [
      [
        VCardGoldenValue("FN", [], "Apple Computer AG"),
        VCardGoldenValue("ORG", [], "Apple Computer AG"),
        VCardGoldenValue("ADR", ["WORK"], ".street", "Birgistrasse 4a"),
        VCardGoldenValue("ADR", ["WORK"], ".city", "Wallisellen-Zürich"),
        VCardGoldenValue("ADR", ["WORK"], ".code", "8304"),
        VCardGoldenValue("ADR", ["WORK"], ".country", "Switzerland"),
        VCardGoldenValue("X-ABADR", [], "ch"),
        VCardGoldenValue("URL", ["HOMEPAGE"], "http://www.apple.ch"),
        VCardGoldenValue("X-ABSHOWAS", [], "COMPANY"),
        VCardGoldenValue("X-ABUID", [], "2E4CB084-4767-4C85-BBCA-805B1DCB1C8E:ABPerson"),
      ]
    ],
    "roundcube/tests/src/photo.vcf": [
      [
        VCardGoldenValue("N", [], ".family", "Müller"),
        VCardGoldenValue("N", [], ".given", "Jörg"),
        VCardGoldenValue("FN", [], "Apple Computer AG"),
        VCardGoldenValue("ORG", [], "Apple Computer AG"),
        VCardGoldenValue("X-ABSHOWAS", [], "COMPANY"),
        VCardGoldenValue("X-ABUID", [], "2E4CB084-4767-4C85-BBCA-805B1DCB1C8E:ABPerson"),
      ]
    ],
  ]
}
