import ContactFormats
import ContactModel
import Testing

@testable import RunReports

@Suite struct IssueListingTests {
  @Test("every issue is a row, by record, without values")
  func rows() {
    var listing = IssueListing(in: .english)
    listing.append(
      Array(Sample.issues.reversed()), of: Sample.people, file: "people.csv")
    #expect(
      String(decoding: listing.takeBytes(), as: UTF8.self) == """
        file,line,record,column,field,severity,code,message,value,stored
        people.csv,2,1,Телефон,tel,error,phone.too-short,"phone has 4 digits, too few for its \
        country",,
        people.csv,3,2,Телефон,tel,note,phone.repaired,phone was tidied up,,
        people.csv,3,2,E-mail,mail,error,email.no-at,e-mail has no @,,
        people.csv,4,3,,mail,error,field.missing,the required field 'mail' is empty,,
        people.csv,4,3,Телефон,tel,error,phone.too-short,"phone has 2 digits, too few for its \
        country",,

        """)
  }

  @Test("the header is written once, and values where asked")
  func batches() {
    var listing = IssueListing(in: .russian, showsValues: true)
    _ = listing.takeBytes()
    listing.append(
      [Sample.issues[1]], of: Sample.people, file: "p.csv")
    #expect(
      String(decoding: listing.takeBytes(), as: UTF8.self)
        == "p.csv,3,2,E-mail,mail,error,email.no-at,в e-mail нет знака @,petrova example.com,\n")
    #expect(listing.takeBytes().isEmpty)
  }
}
