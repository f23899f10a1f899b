package import Ledger
import NIOPosix
package import Office
import Synchronization

/// The keys that a running node keeps for the agencies it hosts.
///
/// The files are read once, at the start; whoever signs for an agency takes its key from here each
/// time, so a new one is in use as soon as the directory names it.
package final class HostedKeys: Sendable {
  private let folder: String
  private let keys: Mutex<[AgencyCode: Office.HostedKey]>

  /// Reads the keys of a folder; blocks on the disk.
  ///
  /// - Parameter folder: the folder of the node's keys.
  /// - Throws: ``NodeError`` for a file that is no key or that others can read.
  package init(folder: String) throws {
    self.folder = folder
    try HostedKeyFiles.completeSuccessions(in: folder)
    keys = Mutex(try HostedKeyFiles.read(in: folder))
  }

  /// Every key, by agency.
  package var all: [AgencyCode: Office.HostedKey] { keys.withLock { $0 } }

  /// The key of an agency; makes it, and its file, when there is none.
  func open(_ agency: AgencyCode) async throws -> Office.HostedKey {
    if let known = all[agency] { return known }
    guard all.count < Limits.desksMax else { throw HostedKeyFiles.tooMany(folder) }
    let key = try await NIOThreadPool.singleton.runIfActive { [folder] in
      try HostedKeyFiles.make(for: agency, in: folder)
    }
    return keys.withLock { keys in
      let opened = keys[agency] ?? Office.HostedKey(key: key)
      keys[agency] = opened
      return opened
    }
  }

  /// The key that is to follow; makes it, and its file, when there is none.
  func makeNext(of agency: AgencyCode) async throws -> SigningKey {
    let next = try await NIOThreadPool.singleton.runIfActive { [folder] in
      try AgencyKeyFile.makeNext(in: folder, named: HostedKeyFiles.next(of: agency))
    }
    keys.withLock { $0[agency]?.next = next }
    return next
  }

  /// Puts every key that follows in the place of the one in use whose time has come.
  ///
  /// - Returns: the agencies that sign with another key now; the files of the old ones are gone.
  func succeed(in view: DirectoryView) async throws -> [AgencyCode] {
    let due = all.filter { agency, kept in
      kept.next.map { $0.keyID == view.activeKey(of: agency)?.id } ?? false
    }
    for (agency, kept) in due {
      guard let next = kept.next else { continue }
      try await NIOThreadPool.singleton.runIfActive { [folder] in
        try AgencyKeyFile.succeed(
          in: folder, at: "\(folder)/\(HostedKeyFiles.name(of: agency))",
          by: HostedKeyFiles.next(of: agency))
      }
      keys.withLock { $0[agency] = Office.HostedKey(key: next) }
    }
    return due.keys.sorted()
  }
}
