import FoundationEssentials

/// The files of the repository, for tests that compare them with the program.
package enum Repository {
  /// The directory of `Package.swift`, found from this file's own path.
  package static let root: String = {
    var segments = #filePath.split(separator: "/")
    segments.removeLast(3)  // Tests/TestSupport/Repository.swift
    return "/" + segments.joined(separator: "/")
  }()

  /// The text of a file below the root.
  package static func text(_ path: String) -> String? {
    FileManager.default.contents(atPath: "\(root)/\(path)").map {
      String(decoding: $0, as: UTF8.self)
    }
  }
}
