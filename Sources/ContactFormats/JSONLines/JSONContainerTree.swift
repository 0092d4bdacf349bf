/// The arrays and objects of one record, and which of them a repeated key took back.
///
/// Taking one back costs a mark. What stands in it is found once, when the record is complete; so a
/// key may be repeated any number of times.
struct JSONContainerTree {
  /// The number of the object around all.
  static let root = 0

  /// The container each one stands in; it has a smaller number.
  private var parents = [root]
  private var areTakenBack = [false]
  /// Whether any was taken back.
  private(set) var hasTakenBack = false

  /// Begins a record: there is nothing but ``root``.
  mutating func removeAll() {
    parents.removeLast(parents.count - 1)
    areTakenBack.removeLast(areTakenBack.count - 1)
    hasTakenBack = false
  }

  /// Adds a container and returns its number.
  mutating func add(in parent: Int) -> Int {
    parents.append(parent)
    areTakenBack.append(false)
    return parents.count - 1
  }

  /// Takes a container back, with everything in it; ``root`` cannot be.
  mutating func takeBack(_ container: Int) {
    areTakenBack[container] = true
    hasTakenBack = true
  }

  /// Whether each container, or one around it, was taken back.
  ///
  /// - Complexity: O(*n*) in the containers.
  func takenBack() -> [Bool] {
    var flags = areTakenBack
    for container in flags.indices where flags[parents[container]] { flags[container] = true }
    return flags
  }
}
