import Foundation

extension TraceScan {
  /// The traces in the files below a directory, in the order of their paths.
  ///
  /// Every regular file is read to its end, links are not followed. A file that vanishes meanwhile
  /// is passed over: PostgreSQL removes and recycles its own while it runs.
  /// - Throws: when a file that is there cannot be read, because then nothing is proved.
  func traces(below directory: String) throws -> [Trace] {
    var found = Findings()
    try look(below: directory, into: &found) { $0.traces.count >= Self.tracesMax }
    return found.traces
  }

  /// The secrets without a trace below any of the directories, which shows that the look would
  /// have found each of the others.
  /// - Throws: when a file that is there cannot be read.
  func missing(below directories: [String]) throws -> [String] {
    var found = Findings()
    for directory in directories {
      try look(below: directory, into: &found) { $0.secrets == secrets }
    }
    return secrets.subtracting(found.secrets).sorted()
  }

  private func look(
    below directory: String, into found: inout Findings, until isEnough: (Findings) -> Bool
  ) throws {
    for path in try Self.files(below: directory) {
      guard let file = FileHandle(forReadingAtPath: path) else {
        if FileManager.default.fileExists(atPath: path) {
          throw CocoaError(.fileReadNoPermission, userInfo: [NSFilePathErrorKey: path])
        }
        continue
      }
      defer { try? file.close() }
      try scan(path: path, into: &found) {
        try file.read(upToCount: Self.chunkBytes).map { Array($0) }
      }
      if isEnough(found) { return }
    }
  }

  private static func files(below directory: String) throws -> [String] {
    let root = URL(fileURLWithPath: directory, isDirectory: true)
    guard
      let walk = FileManager.default.enumerator(
        at: root, includingPropertiesForKeys: [.isRegularFileKey])
    else { throw CocoaError(.fileReadNoSuchFile, userInfo: [NSFilePathErrorKey: directory]) }
    var paths: [String] = []
    for case let url as URL in walk {
      let isRegular = try? url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile
      if isRegular == true { paths.append(url.path) }
    }
    return paths.sorted()
  }
}
