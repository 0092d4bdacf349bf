/// What PHP says about a request before any script runs, where it is told to show warnings.
enum PHPWarning {
  /// The warnings about a request's variables, as HTML.
  static func html(_ variables: PHPVariables, _ version: PHPVersion, _ limits: SandboxConfiguration)
    -> [UInt8]
  {
    var texts: [String] = []
    // What speaks is named only by its function, and there is none yet.
    let speaker =
      switch version {
      case .php74: "Unknown"
      case .php82: "PHP Request Startup"
      }
    if let length = variables.excessLength {
      let text =
        "POST Content-Length of \(length) bytes exceeds the limit of \(limits.postMaxSize) bytes"
      // The old reader of multipart forms speaks for itself.
      texts.append(
        version == .php74 && variables.isMultipart ? text : "\(speaker): \(text)")
    }
    if variables.isTruncated, let limit = limits.maxInputVars {
      texts.append(
        "\(speaker): Input variables exceeded \(limit). "
          + "To increase the limit change max_input_vars in php.ini.")
    }
    return texts.flatMap {
      Array("<br />\n<b>Warning</b>:  \($0) in <b>Unknown</b> on line <b>0</b><br />\n".utf8)
    }
  }
}
