/// What the CRM does to the plain variables of a v2 form before it looks at them.
enum ScalarCleaning {
  /// Cleans the variables that are no arrays.
  static func clean(_ variables: PHPArray) -> PHPArray {
    var result = variables
    for (key, value) in zip(variables.keys, variables.values) {
      if case .bytes(let bytes) = value { result.set(key, to: .bytes(ContactText.received(bytes))) }
    }
    return result
  }
}
