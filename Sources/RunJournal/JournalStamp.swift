#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What tells that a journal was written to since: sizes and times of its file and of its log.
struct JournalStamp: Equatable {
  let text: String

  /// The stamp of a journal; `nil` if there is no such file.
  init?(of path: String) {
    guard let file = Self.describe(path) else { return nil }
    text = file + " " + (Self.describe(path + "-wal") ?? "-")
  }

  private static func describe(_ path: String) -> String? {
    var information = stat()
    guard stat(path, &information) == 0 else { return nil }
    #if canImport(Darwin)
      let time = information.st_mtimespec
    #else
      let time = information.st_mtim
    #endif
    return "\(information.st_ino):\(information.st_size):\(time.tv_sec).\(time.tv_nsec)"
  }
}
