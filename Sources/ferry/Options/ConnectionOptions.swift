import ArgumentParser
import CRMClient
import CRMSandbox
import ContactModel
import Foundation
import PersonAPI

/// Flags about the CRM to talk to.
///
/// The key comes from `FERRY_APIKEY` or a file, never from an argument: arguments are seen by every
/// user of the machine and end up in shell histories.
struct ConnectionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Use a local CRM kept in this file instead of a real one.", valueName: "file"),
    completion: .file())
  var sandbox: String?

  @Option(
    help: "The version of the CRM's API: auto takes the best the server has, v2 or v3 that one.")
  var api = APIChoice.auto

  @Flag(help: "Allow plain http to a server that is not on this machine.")
  var allowHttp = false

  @Option(
    help: ArgumentHelp("Trust the certificate authority in this PEM file.", valueName: "file"),
    completion: .file())
  var caFile: String?
}

extension APIChoice: ExpressibleByArgument {}
