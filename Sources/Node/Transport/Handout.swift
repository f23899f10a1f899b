import FoundationEssentials
package import Ledger
import Synchronization
import SystemPackage

/// Writes down in the clear what this node gives to each peer; for demonstrations on sample nodes.
///
/// With it a demonstration can look for what a peer must never get in all that left for it, before
/// TLS hides it. A file for each peer, `READER/OWN CODE` below one directory, so that all that the
/// nodes gave to one reader is in one place. Bytes are in the file before they leave the node, and
/// a failure to write them keeps them from leaving: a recording with gaps would prove nothing.
///
/// It blocks on the disk for as long as the kernel takes to copy a page; no real node has one.
package final class Handout: Sendable {
  private let directory: String
  private let own: AgencyCode
  private let files = Mutex<[AgencyCode: FileDescriptor]>([:])

  /// Records what `own` gives, below a directory that all nodes of the demonstration share.
  package init(directory: String, own: AgencyCode) {
    self.directory = directory
    self.own = own
  }

  /// Adds what is about to leave for a peer: the text of its head, and its body.
  ///
  /// - Throws: an error of the file system.
  package func note(_ head: String, _ body: [UInt8], for reader: AgencyCode) throws {
    try files.withLock { files in
      let file = try files[reader] ?? open(reader)
      files[reader] = file
      // A line between messages, so that nothing is found across two of them.
      try file.writeAll(Array("\n\(head)\n".utf8) + body)
    }
  }

  private func open(_ reader: AgencyCode) throws -> FileDescriptor {
    let place = "\(directory)/\(reader)"
    try FileManager.default.createDirectory(
      atPath: place, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    return try FileDescriptor.open(
      FilePath("\(place)/\(own)"), .writeOnly, options: [.create, .append, .closeOnExec],
      permissions: .ownerReadWrite)
  }
}
