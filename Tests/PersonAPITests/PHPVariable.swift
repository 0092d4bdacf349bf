/// What PHP made of a variable of the form.
enum PHPVariable: Equatable {
  case text([UInt8])
  case array([(key: String, value: PHPVariable)])
  /// Neither text nor array; PHP's null where the body does not parse.
  case other

  static func == (left: PHPVariable, right: PHPVariable) -> Bool {
    switch (left, right) {
    case (.text(let left), .text(let right)): left == right
    case (.array(let left), .array(let right)):
      left.map(\.key) == right.map(\.key) && left.map(\.value) == right.map(\.value)
    case (.other, .other): true
    default: false
    }
  }
}
