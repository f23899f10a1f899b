import FoundationEssentials
import SystemPackage

/// Absolute paths without links resolved.
enum AbsolutePath {
  /// The absolute form of a path, relative to a directory or to the current one.
  static func of(_ path: String, in directory: String? = nil) -> String {
    let base = FilePath(directory ?? FileManager.default.currentDirectoryPath)
    let home = FilePath(path)
    return (home.isAbsolute ? home : base.pushing(home)).lexicallyNormalized().string
  }

  /// The directory that holds it.
  static func parent(of path: String) -> String {
    FilePath(path).removingLastComponent().string
  }
}
