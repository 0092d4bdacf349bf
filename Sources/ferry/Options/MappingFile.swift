import ContactMapping
import ContactModel
import Foundation

/// A mapping on disk.
enum MappingFile {
  /// Reads a mapping and the text it was made from.
  static func read(_ path: String, language: Language) throws -> (mapping: Mapping, text: String) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw Failure(
        language.pick(
          "\(path): there is no such mapping; the ones that come with ferry are in mappings/",
          "\(path): такого файла сопоставления нет; готовые лежат в mappings/"),
        status: .usage)
    }
    guard !isFolder.boolValue, let data = FileManager.default.contents(atPath: path) else {
      throw Failure(
        language.pick(
          "\(path): this is not a file that can be read; name a mapping in YAML",
          "\(path): этот файл не читается; укажите файл сопоставления в YAML"),
        status: .usage)
    }
    let mapping = try Mapping(bytes: Array(data), fileName: path)
    return (mapping, String(decoding: data, as: UTF8.self))
  }
}
