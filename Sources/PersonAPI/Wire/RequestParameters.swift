import JSONSyntax

/// What a request says besides who asks and what for, not yet in any ``WireFormat``.
package struct RequestParameters: Sendable {
  private struct Parameter {
    var array: String?
    var key: String
    var value: String
  }

  private var parameters: [Parameter] = []

  package init() {}

  /// Appends one parameter.
  package mutating func append(_ key: String, _ value: String) {
    parameters.append(Parameter(array: nil, key: key, value: value))
  }

  /// Appends one parameter inside an array, such as `filter`, whose key may be any text.
  package mutating func append(_ array: String, _ key: String, _ value: String) {
    parameters.append(Parameter(array: array, key: key, value: value))
  }

  /// The parameters as variables of a form, in order.
  func write(to form: inout FormBody) {
    for parameter in parameters {
      if let array = parameter.array {
        form.append(array, parameter.key, parameter.value)
      } else {
        form.append(parameter.key, parameter.value)
      }
    }
  }

  /// The parameters as an object of texts; an array is an object in it, at its first place.
  func json() -> [UInt8] {
    var writer = JSONWriter()
    var arrays: Set<String> = []
    writer.beginObject()
    for parameter in parameters {
      guard let array = parameter.array else {
        writer.key(parameter.key)
        writer.string(parameter.value)
        continue
      }
      guard arrays.insert(array).inserted else { continue }
      writer.key(array)
      writer.beginObject()
      for element in parameters where element.array == array {
        writer.key(element.key)
        writer.string(element.value)
      }
      writer.endObject()
    }
    writer.endObject()
    return writer.take()
  }
}
