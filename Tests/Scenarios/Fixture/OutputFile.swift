import SystemPackage

/// A file that is written piece by piece.
struct OutputFile {
  private let descriptor: FileDescriptor

  /// Opens an empty file; nil when it cannot be opened.
  init?(_ path: String) {
    guard
      let descriptor = try? FileDescriptor.open(
        FilePath(path), .writeOnly, options: [.create, .truncate], permissions: .ownerReadWrite)
    else { return nil }
    self.descriptor = descriptor
  }

  /// Adds bytes.
  func write(_ bytes: [UInt8]) throws { try descriptor.writeAll(bytes) }

  /// Closes it.
  func close() throws { try descriptor.close() }
}
