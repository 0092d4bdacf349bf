import ContactModel
import Foundation
import Testing

@testable import RunReports

@Suite struct OutputErrorTests {
  @Test(
    "the system's numbers become words",
    arguments: [
      (ENOSPC, OutputError.Code.diskFull), (EDQUOT, .diskFull), (EACCES, .notPermitted),
      (EROFS, .notPermitted), (EISDIR, .isDirectory), (ENOENT, .missingFolder),
      (EPIPE, .brokenPipe), (ENAMETOOLONG, .nameTooLong), (EIO, .inputOutput),
      (EMFILE, .unexpected),
    ])
  func codes(number: Int32, code: OutputError.Code) {
    #expect(OutputError(systemError: number, path: "a.csv").code == code)
  }

  @Test(
    "every error says what and what to do, in both languages",
    arguments: OutputError.Code.allCases, Language.allCases)
  func messages(code: OutputError.Code, language: Language) {
    let message = OutputError(code, path: "out/a.csv").message(in: language)
    #expect(message.contains("out/a.csv") || code == .brokenPipe)
    #expect(message.contains("; "))
    #expect(!message.hasSuffix("."))
    #expect(message.contains { ("а"..."я").contains($0) } == (language == .russian))
  }

  @Test("a sentence, word by word")
  func sentence() {
    #expect(
      OutputError(systemError: EACCES, path: "out/a.csv").message(in: .english)
        == "out/a.csv cannot be written (Permission denied); check the rights of its folder or "
        + "choose another one")
  }
}
