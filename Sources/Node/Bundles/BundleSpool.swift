import Exchange
import FoundationEssentials
import Ledger
import Office
import Synchronization

/// Bundles on their way in and out, between the node and whoever holds the disc.
///
/// The node never opens a path that a client names: bytes come and go in pieces through the API,
/// and lie in a folder of the node's own meanwhile, sealed as they are in the file. What a stop has
/// left there is removed at the next start.
final class BundleSpool: Sendable {
  /// One bundle.
  struct Entry: Sendable {
    /// Where its envelopes lie, or all of it when it came in.
    let file: PlainFile
    /// What stands before them, of one that goes out.
    var opening: [UInt8] = []
    /// How large the whole is, or will be.
    var byteCount: Int
    /// How much of the file is there.
    var present = 0
  }

  private struct State {
    var entries: [String: Entry] = [:]
    /// The bundles in the order they were begun.
    var order: [String] = []
  }

  private let folder: String
  private let state = Mutex(State())

  /// Takes the folder, which is the node's alone.
  init(folder: String) {
    self.folder = folder
  }

  /// Empties the folder; to be called before requests are served.
  func clear() {
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// Begins a bundle; the oldest of too many is given up.
  func begin(byteCount: Int = 0) throws -> (id: String, entry: Entry) {
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
    } catch {
      throw NodeError(
        .disk, object: folder, message: "cannot be made", words: "file.unmakable",
        underlying: error)
    }
    let id = Hex.encode(Entropy.system.bytes(16))
    let entry = Entry(file: PlainFile(path: "\(folder)/\(id).gtb"), byteCount: byteCount)
    let abandoned = state.withLock { state -> Entry? in
      state.entries[id] = entry
      state.order.append(id)
      guard state.order.count > Limits.bundlesOpenMax else { return nil }
      return state.entries.removeValue(forKey: state.order.removeFirst())
    }
    abandoned?.file.remove()
    return (id, entry)
  }

  /// The bundle of an id.
  func entry(_ id: String) throws -> Entry {
    guard let entry = state.withLock({ $0.entries[id] }) else {
      throw OfficeError(.notFound, ["id": id])
    }
    return entry
  }

  /// Keeps what is known of a bundle now; one that was given up stays so.
  func keep(_ entry: Entry, as id: String) {
    state.withLock { state in
      if state.entries[id] != nil { state.entries[id] = entry }
    }
  }

  /// Forgets a bundle.
  func remove(_ id: String) {
    let entry = state.withLock { state in
      state.order.removeAll { $0 == id }
      return state.entries.removeValue(forKey: id)
    }
    entry?.file.remove()
  }
}

extension BundleSpool.Entry {
  /// Bytes of the whole, the opening included.
  func read(_ offset: Int, _ count: Int) async throws -> [UInt8] {
    let end = min(offset + count, byteCount)
    guard offset < end else { return [] }
    let head = Array(opening[min(offset, opening.count)..<min(end, opening.count)])
    let start = max(offset, opening.count)
    guard start < end else { return head }
    return head + (try await file.read(start - opening.count, end - start))
  }
}
