/// What PHP says about a request before any script runs, where it is told to show warnings.
enum PHPWarning {
  /// The warnings about a request's variables, as HTML.
  static func html(_ variables: PHPVariables, _ version: PHPVersion, _ limits: SandboxConfiguration)
    -> [UInt8]
  {
    var texts: [String] = []
    if let length = variables.excessLength {
      let text =
        "POST Content-Length of \(length) bytes exceeds the limit of \(limits.postMaxSize) bytes"
      // The old reader of multipart forms speaks for itself.
      texts.append(
        version == .php74 && variables.isMultipart ? text : "\(speaker(version)): \(text)")
    }
    let truncated =
      if variables.isTruncated, let limit = limits.maxInputVars {
        truncated(version, limit: limit)
      } else {
        [UInt8]()
      }
    return texts.flatMap(html) + truncated
  }

  /// The warning about variables that were dropped because there were more than the limit.
  static func truncated(_ version: PHPVersion, limit: Int) -> [UInt8] {
    html(
      "\(speaker(version)): Input variables exceeded \(limit). "
        + "To increase the limit change max_input_vars in php.ini.")
  }

  /// What speaks is named only by its function, and there is none yet.
  private static func speaker(_ version: PHPVersion) -> String {
    switch version {
    case .php74: "Unknown"
    case .php82: "PHP Request Startup"
    }
  }

  private static func html(_ text: String) -> [UInt8] {
    Array("<br />\n<b>Warning</b>:  \(text) in <b>Unknown</b> on line <b>0</b><br />\n".utf8)
  }
}
