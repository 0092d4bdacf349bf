package import ContactModel

/// What the normalizer made of a raw batch.
package struct NormalizedBatch: Sendable {
  /// The contacts in canonical form, as many and in the order of the raw batch.
  package var contacts: ContactBatch
  /// What was noticed, in record order.
  package var issues: [Issue]
  /// Whether each contact is not to be sent.
  package var isRejected: [Bool]
}
