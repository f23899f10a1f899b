import FoundationEssentials

/// Where tests keep their files.
package enum Scratch {
  /// The directory that all of it is below; `deploy/test` says where, nobody else has to.
  package static let place = ProcessInfo.processInfo.environment["GT_SCRATCH"] ?? "/tmp"

  /// Lends a fresh directory with a short path, removed afterwards.
  ///
  /// Short, because a socket's path is at most 107 bytes.
  package static func withDirectory<Result>(
    _ body: (String) async throws -> Result
  ) async throws -> Result {
    let name = UInt64.random(in: 0...UInt64.max)
    let path = "\(place)/gt-\(String(name, radix: 36))"
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: false,
      attributes: [.posixPermissions: 0o755])
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try await body(path)
  }
}
