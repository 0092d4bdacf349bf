/// The made-up account of a fresh sandbox: its key and its users.
package enum SandboxCredentials {
  /// The account's API key.
  package static let apikey = "sandbox-key-0001"
  /// The administrator, who sees and may change every contact.
  package static let chief = "chief@ferry.example"
  /// A seller, who sees own contacts only.
  package static let sellerA = "seller.a@ferry.example"
  /// Another seller, who sees own contacts only.
  package static let sellerB = "seller.b@ferry.example"
  /// A user whose access is switched off; the API does not mind.
  package static let disabled = "gone@ferry.example"
}
