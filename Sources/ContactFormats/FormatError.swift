/// A file that cannot be read, or not beyond some place.
///
/// Bad records are ``ContactModel/Issue``s instead.
package struct FormatError: Error, Sendable, Equatable {
  /// Why a file cannot be read.
  package enum Code: String, Sendable {
    /// There is not a single byte, or nothing but blanks.
    case empty = "file.empty"
    /// The bytes are not text.
    case binary = "file.binary"
    /// The first record does not end where a header would.
    case endlessHeader = "file.header"
    /// The line that is said to name the columns is not there.
    case noHeaderLine = "file.no-header-line"
    /// The file is of another kind than the user says.
    case otherFormat = "file.other-format"
    /// A compressed file that breaks off or is damaged.
    case brokenGzip = "file.gzip"
    /// JSON that is neither objects line by line nor an array of objects.
    case notJSONObjects = "json.not-objects"
    /// XML that is not well-formed; nothing behind the place can be read.
    case brokenXML = "xml.not-well-formed"
    /// XML that declares entities, which contacts never need and attacks do.
    case entities = "xml.entities"
    /// XML of another kind than vCards.
    case otherXML = "xml.other-kind"
    /// A workbook with a password.
    case encrypted = "xlsx.password"
    /// A package that is damaged, or not a workbook.
    case brokenPackage = "xlsx.broken"
    /// A package that would unpack to far more than contacts need.
    case tooLarge = "xlsx.too-large"
    /// A sheet the workbook does not have.
    case noSuchSheet = "xlsx.no-such-sheet"
    /// The system could not read the file.
    case unreadable = "file.unreadable"
    /// The temporary file beside the run could not be written.
    case spillFailed = "file.temporary"
  }

  /// What is wrong.
  package let code: Code
  /// What was found instead, such as a format's name.
  package let found: String
  /// The physical line where reading stopped, if there is one.
  package let line: Int?

  package init(_ code: Code, found: String = "", line: Int? = nil) {
    self.code = code
    self.found = found
    self.line = line
  }
}
