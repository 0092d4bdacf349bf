import Foundation

/// Replaces what differs from run to run by names: `<run>`, `<time>`, `<folder>` and so on.
struct VolatileText {
  /// The folder the case runs in.
  let folder: String

  /// The folder as it was made, and as the system calls it.
  private var paths: [String] {
    let url = URL(filePath: folder)
    let resolved = realpath(folder, nil)
    defer { free(resolved) }
    return [resolved.map { String(cString: $0) }, folder, url.standardizedFileURL.path]
      .compactMap { $0 }
  }

  /// The text with names in place of what no two runs share.
  func normalized(_ text: String) -> String {
    var text = text
    for path in paths { text = text.replacing(path, with: "<folder>") }
    text = text.replacing(/(sandbox [^\s#]+)#[a-z2-9]{8}/) { "\($0.1)#<made>" }
    text = text.replacing(/ferry-[a-z2-9]{8}\.([0-9]{4}\.[0-9]{10};)/) { "ferry-<run>.\($0.1)" }
    text = text.replacing(/[0-9]{8}T[0-9]{6}Z-[0-9a-z]{4}/, with: "<run>")
    text = text.replacing(
      /[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}Z?/, with: "<time>")
    text = text.replacing(
      /[0-9]+[.,][0-9] (s|с)(, [0-9  ]+ (records\/s|записей\/с))?/, with: "<duration>")
    text = text.replacing(/"(settling|server)": [0-9]+\.[0-9]+/) { "\"\($0.1)\": <number>" }
    text = text.replacing(/"(seconds|recordsPerSecond)": [0-9.e-]+/) { "\"\($0.1)\": <number>" }
    // Reports hold durations and paths, and so have no size of their own.
    text = text.replacing(/(report\.html|report\.json|manifest\.json) +[0-9,\u{A0}]+/) {
      "\($0.1)  <size>"
    }
    text = text.replacing(/("name": "(?:report|manifest)[^\n]+\n +"bytes": )[0-9]+/) {
      "\($0.1)<size>"
    }
    text = text.replacing(/"sha256": "[0-9a-f]{64}"/, with: "\"sha256\": \"<sha256>\"")
    return text
  }
}
