import Foundation
import RunReports

/// Keeps the last exports beside the newest one (`--keep`).
///
/// An export is kept in a folder of its own, with its files' names and its manifest, so that whoever
/// reads or verifies exports does so there as well:
///
/// ```
/// contacts.csv                                  contacts.csv.manifest.json
/// contacts.kept/2026-11-27T02-30-12Z/contacts.csv
/// contacts.kept/2026-11-27T02-30-12Z/contacts.csv.manifest.json
/// ```
///
/// The files there are the same ones by another name and take no room until the next export replaces
/// them; where the file system cannot do that they are copied. A folder is made and removed under a
/// hidden name, so a kept export is whole or absent, whenever ferry is killed. Only folders that an
/// export to the same name has made, and in which nothing else is, are removed. Calls block.
struct ExportArchive {
  private let names: ExportNames
  /// Where the export is, with a slash; empty for the current folder.
  private let source: String
  private let most: Int

  /// - Parameters:
  ///   - path: The file that the user named.
  ///   - most: How many exports are kept, the newest among them.
  init(path: String, most: Int) {
    precondition(most > 0, "the newest export is kept")
    names = ExportNames(path: path)
    source = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    self.most = most
  }

  /// Keeps the export that has just got its names, and removes the oldest of those beyond the most.
  ///
  /// - Parameters:
  ///   - files: Its files, without the manifest.
  ///   - until: The manifest's `until`, text in ISO 8601.
  /// - Throws: `OutputError` if it cannot be kept, or if it was kept and an old one cannot be removed.
  func keep(_ files: [Manifest.Entry], at until: String) throws(OutputError) {
    try makeArchive()
    let archive = open(names.kept, O_RDONLY | O_CLOEXEC)
    guard archive >= 0 else { throw OutputError(systemError: errno, path: names.kept) }
    // Another export to the same name waits here; so whatever is hidden was left by one that was killed.
    while flock(archive, LOCK_EX) != 0 && errno == EINTR {}
    defer {
      flock(archive, LOCK_UN)
      close(archive)
    }
    // They may be what fills the disk.
    _ = removeHidden()
    let new = try place(files.map(\.name) + [manifest], at: until)
    try Self.flush(archive, path: names.kept)
    for name in oldest(besides: new) { try hide(name) }
    if let failure = removeHidden() { throw failure }
  }

  private var manifest: String { ExportFiles.name(of: names.manifest) }

  private func makeArchive() throws(OutputError) {
    if mkdir(names.kept, 0o700) == 0 {
      try Self.flush(folder: source.isEmpty ? "." : source)
    } else if errno != EEXIST {
      throw OutputError(systemError: errno, path: names.kept)
    } else {
      var isFolder: ObjCBool = false
      // A link to a folder will do.
      guard FileManager.default.fileExists(atPath: names.kept, isDirectory: &isFolder),
        isFolder.boolValue
      else { throw OutputError(.notDirectory, path: names.kept) }
    }
  }

  // MARK: - The new one

  /// Keeps files under a time; returns the folder's name.
  private func place(_ files: [String], at until: String) throws(OutputError) -> String {
    let hidden = try makeHidden()
    do throws(OutputError) {
      for file in files { try place(source + file, as: "\(hidden)/\(file)") }
      try Self.flush(folder: hidden)
      return try giveName(to: hidden, until: until)
    } catch {
      _ = Self.remove(hidden)
      throw error
    }
  }

  private func place(_ file: String, as target: String) throws(OutputError) {
    // The export may be a link to a file; it is the file that is kept.
    guard linkat(AT_FDCWD, file, AT_FDCWD, target, AT_SYMLINK_FOLLOW) != 0 else { return }
    let code = errno
    guard Self.noLink.contains(code) else { throw OutputError(systemError: code, path: file) }
    try Self.copyFile(file, to: target)
  }

  /// What the system says where a file cannot have a second name, or not this one.
  private static let noLink = [EXDEV, EPERM, EMLINK, ENOSYS, ENOTSUP, EOPNOTSUPP]

  private static func copyFile(_ file: String, to target: String) throws(OutputError) {
    let descriptor = open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw OutputError(systemError: errno, path: file) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw OutputError(systemError: errno, path: file) }
    let copy = try OutputFile(
      path: target, mode: UInt16(status.st_mode & 0o777), isHashed: false)
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw OutputError(systemError: errno, path: file)
      }
      guard count > 0 else { break }
      try copy.append(Array(buffer.prefix(count)))
    }
    try copy.commit()
  }

  /// Gives a hidden folder its name: the time, with a number where another export has it.
  private func giveName(to hidden: String, until: String) throws(OutputError) -> String {
    let time = String(until.map { $0 == ":" ? "-" : $0 })
    var number = 1
    while true {
      let name = number == 1 ? time : "\(time)-\(number)"
      guard rename(hidden, "\(names.kept)/\(name)") != 0 else { return name }
      let code = errno
      // These say that something else has the name.
      guard [EEXIST, ENOTEMPTY, ENOTDIR].contains(code), number < 1000 else {
        throw OutputError(systemError: code, path: "\(names.kept)/\(name)")
      }
      number += 1
    }
  }

  // MARK: - Old ones

  /// The kept exports that are too many and in whose folders nothing else is.
  private func oldest(besides new: String) -> [String] {
    let earlier = Self.contents(of: names.kept).compactMap { KeptName($0) }
      // Exports to other names that differ in their endings are kept here, too.
      .filter { $0.text != new && holdsManifest($0.text) }
    return earlier.sorted(by: >).dropFirst(most - 1).map(\.text).filter(isOnlyExport)
  }

  private func holdsManifest(_ name: String) -> Bool {
    let folder = "\(names.kept)/\(name)"
    return Self.isFolder(folder) && Self.contents(of: folder).contains(manifest)
  }

  private func isOnlyExport(_ name: String) -> Bool {
    let folder = "\(names.kept)/\(name)"
    guard let file = try? ManifestFile(path: "\(folder)/\(manifest)") else { return false }
    let own = Set(file.files.map(\.name) + [manifest])
    return Self.contents(of: folder).allSatisfy(own.contains)
  }

  /// Takes a kept export's name away in one step; what is hidden is removed.
  private func hide(_ name: String) throws(OutputError) {
    let hidden = try makeHidden()
    // An empty folder is replaced.
    guard rename("\(names.kept)/\(name)", hidden) == 0 else {
      let error = OutputError(systemError: errno, path: "\(names.kept)/\(name)")
      rmdir(hidden)
      throw error
    }
  }

  // MARK: - Hidden folders

  private static let hiddenPrefix = ".ferry-kept-"
  private static let hiddenSuffix = "XXXXXX"

  /// Makes a folder that is no kept export yet, or no more.
  private func makeHidden() throws(OutputError) -> String {
    let pattern = "\(names.kept)/\(Self.hiddenPrefix)\(Self.hiddenSuffix)"
    var template = Array(pattern.utf8CString)
    let isMade = template.withUnsafeMutableBufferPointer { name in
      guard let start = name.baseAddress else { return false }
      return mkdtemp(start) != nil
    }
    guard isMade else { throw OutputError(systemError: errno, path: names.kept) }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Removes all hidden folders; returns the first failure.
  private func removeHidden() -> OutputError? {
    let length = Self.hiddenPrefix.count + Self.hiddenSuffix.count
    var failure: OutputError?
    for name in Self.contents(of: names.kept)
    where name.hasPrefix(Self.hiddenPrefix) && name.count == length
      && Self.isFolder("\(names.kept)/\(name)")
    {
      let error = Self.remove("\(names.kept)/\(name)")
      failure = failure ?? error
    }
    return failure
  }

  /// Removes a folder and the files in it; folders in it stay, and so it does.
  private static func remove(_ folder: String) -> OutputError? {
    for name in contents(of: folder) { unlink("\(folder)/\(name)") }
    return rmdir(folder) == 0 ? nil : OutputError(systemError: errno, path: folder)
  }

  // MARK: - Folders

  private static func contents(of folder: String) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  }

  /// Whether it is a folder, and no link to one.
  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  private static func flush(folder: String) throws(OutputError) {
    let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
    // A folder one may write to and not read.
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    try flush(descriptor, path: folder)
  }

  private static func flush(_ descriptor: Int32, path: String) throws(OutputError) {
    // Some file systems cannot flush a folder and say EINVAL; there is nothing better to do.
    guard fsync(descriptor) == 0 || errno == EINVAL else {
      throw OutputError(systemError: errno, path: path)
    }
  }
}

/// The name of a kept export's folder, such as `2026-11-27T02-30-12Z`, or `2026-11-27T02-30-12Z-2`
/// for the second one in a second; later ones are greater.
struct KeptName: Comparable {
  /// The name as it is.
  let text: String
  private let time: String
  private let number: Int

  /// A name, if it has the form of one.
  init?(_ text: String) {
    let form = "0000-00-00T00-00-00Z"
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    let (time, rest) = (text.prefix(form.count), text.dropFirst(form.count))
    let hasForm = zip(time.utf8, form.utf8).allSatisfy { byte, expected in
      digits.contains(expected) ? digits.contains(byte) : byte == expected
    }
    guard hasForm, time.utf8.count == form.utf8.count else { return nil }
    let number = rest.isEmpty ? 1 : Int(rest.dropFirst()) ?? 0
    // Written as ferry writes it: no second name for the same number.
    guard rest.isEmpty || (number > 1 && rest == "-\(number)") else { return nil }
    self.text = text
    self.time = String(time)
    self.number = number
  }

  static func < (left: KeptName, right: KeptName) -> Bool {
    (left.time, left.number) < (right.time, right.number)
  }
}
