/// What the `person` method can be asked to do, under the spellings it is asked with.
enum SandboxAction: String, Sendable {
  case fields
  case list
  case info
  case add
  case addlist
  /// The spelling in the documentation's heading; its example says `addlist`.
  case addDotList = "add.list"
  case update
  case delete
}
