import Exchange
import Ledger
import Synchronization
import TestSupport

/// A bundle on its way: nobody knows when it is read, how often, or whether ever.
struct Disc {
  let from: AgencyCode
  let to: AgencyCode
  let bytes: [UInt8]
}

/// What travels beside the lines, now and then: discs, and bytes of attachments.
///
/// Their chances are drawn apart, so that how a run goes on the lines is decided as before.
extension Simulation {
  /// One turn of so many: a run of 1,000 steps takes some 2,900 turns, and a disc that is written,
  /// looked into and read costs as much as some dozens of them.
  private static let carryingEvery = 80
  /// Discs that lie somewhere; the oldest is lost when there are more.
  private static let discsMax = 6

  func carry() async throws {
    guard carries, sideways(Self.carryingEvery) == 0 else { return }
    switch sideways(10) {
    case 0..<3: try await writeDisc()
    case 3..<6: try await readDisc()
    case 6..<8: try await fetchSlice()
    default: try beCurious()
    }
  }

  func sideways(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &side) }

  /// The key that discs for a node are sealed to.
  static func decryptionKey(of node: AgencyCode) -> DecryptionKey? {
    DecryptionKey(
      rawRepresentation: Hash256.sha256(Array("encryption of \(node)".utf8)).bytes)
  }

  /// Whether what a node wrote is known to it alone: who forked or dated back on purpose would be
  /// told by a disc that there is more of it than it stores.
  func isHonest(_ node: SimulatedNode) -> Bool {
    node.keys.keys.allSatisfy { !audit.forkers.contains($0) && !audit.backdaters.contains($0) }
  }

  /// A random node writes a disc for another.
  private func writeDisc() async throws {
    let (node, reader) = (nodes[sideways(nodes.count)], nodes[sideways(nodes.count)])
    let (isFromStart, carriesAttachments) = (sideways(10) == 0, sideways(4) > 0)
    guard node !== reader, !isPaused(node), node.gate.isOpen, node.holes.isEmpty else { return }
    try await running(node) {
      guard let signatory = try node.signatory(node.code) else { return }
      if let cursor = try node.store.readNow(CursorOf(reader.code)) {
        try audit.acknowledges(cursor, of: reader, by: node, at: self)
      }
      let clock = now(node)
      var envelopes: [UInt8] = []
      do {
        let made = try await ExportBundle(
          reader: reader.code, signatory: signatory, isFromStart: isFromStart,
          carriesAttachments: carriesAttachments
        ).run(over: node.store, now: { clock }, write: { envelopes += $0 })
        let disc = Disc(from: node.code, to: reader.code, bytes: made.opening + envelopes)
        try await lookInto(disc, by: node)
        discs.append(disc)
        if discs.count > Self.discsMax { discs.removeFirst() }
        note("\(node.code) writes a disc for \(reader.code), up to \(made.manifest.last)")
      } catch let refusal as BundleRefusal
        where refusal.code == .noReader || refusal.code == .noEncryptionKey
      {
        note("\(node.code) cannot write a disc for \(reader.code) yet")
      }
    }
  }

  /// Looks at every byte that the reader will be able to read, in the moment of writing.
  private func lookInto(_ disc: Disc, by node: SimulatedNode) async throws {
    guard let key = Self.decryptionKey(of: disc.to) else { return }
    let keys = DecryptionKeys(current: key)
    let file = try await BundleFile(reading: disc.source)
    var deliveries: [Delivery] = []
    var places: [AttachmentPlace] = []
    try await file.check(
      with: keys, seen: { deliveries += $0.deliveries },
      seenPieces: { places += $0.pieces.map(\.place) })
    deliveries += try await file.returns(with: keys).held.map {
      Delivery(number: 0, content: .changeSet($0))
    }
    try audit.handedOut(deliveries, by: node, to: disc.to, at: self)
    try audit.handedOut(places, by: node, to: disc.to, at: self)
  }

  /// One of the discs is read, whichever it is: out of order, and of three one is read again.
  private func readDisc() async throws {
    guard !discs.isEmpty else { return }
    let index = sideways(discs.count)
    let disc = discs[index]
    if sideways(3) > 0 { discs.remove(at: index) }
    let isDamaged = sideways(6) == 0
    let place = sideways(disc.bytes.count)
    guard let node = node(disc.to), !isPaused(node), node.gate.isOpen, node.toReaffirm.isEmpty,
      node.holes.isEmpty, isHonest(node)
    else { return }
    try await running(node) {
      if isDamaged { return try await refuse(disc.damaged(at: place), at: node) }
      _ = try await read(disc, at: node)
    }
  }

  /// A disc with one changed byte is refused, and nothing of it stays.
  private func refuse(_ disc: Disc, at node: SimulatedNode) async throws {
    let before = (node.store.contents.rows.count, try node.store.readNow(CursorOf(disc.from)))
    do {
      guard try await !read(disc, at: node) else {
        throw failed("\(node.code) reads a damaged disc of \(disc.from)")
      }
    } catch is BundleRefusal {
      note("\(node.code) refuses a damaged disc of \(disc.from)")
    }
    let after = (node.store.contents.rows.count, try node.store.readNow(CursorOf(disc.from)))
    guard before.0 == after.0, before.1 == after.1 else {
      throw failed("\(node.code) keeps something of a damaged disc of \(disc.from)")
    }
  }

  /// - Returns: whether it was taken; false when it comes too late or too early.
  private func read(_ disc: Disc, at node: SimulatedNode) async throws -> Bool {
    guard let signatory = try node.signatory(node.code),
      let key = Self.decryptionKey(of: node.code)
    else { return false }
    let clock = now(node)
    let news = News()
    // The session with the peer asks from where the store stands after this.
    node.sessions[disc.from] = nil
    node.asking.remove(disc.from)
    do {
      let taken = try await ImportBundle(
        source: disc.source, keys: DecryptionKeys(current: key), signatory: signatory
      ).run(
        over: node.store, now: { clock }, settled: { news.note($0.changedDirectory) },
        fetched: { news.note($0.changedDirectory) })
      done.taken += taken.stored
      done.pieces += taken.pieces
      done.discs += 1
      let counts = "takes \(taken.stored), holds \(taken.held), pieces \(taken.pieces)"
      note("\(node.code) reads a disc of \(disc.from): \(counts)")
      if taken.comparison != .agrees {
        throw failed("\(node.code) is told by a disc of \(disc.from) that it went back in time")
      }
      if taken.receipt == .wentBack {
        throw failed("\(node.code) says wentBack of \(disc.from)'s receipt on a disc")
      }
    } catch let refusal as BundleRefusal where isLawful(refusal, at: node) {
      note("\(node.code) refuses a disc of \(disc.from): \(refusal.code.rawValue)")
      return false
    }
    if news.came { try directoryChanged(at: node) }
    return true
  }

  /// Whether an undamaged disc may be refused so: its key was replaced, or is not heard of yet, or
  /// a newer disc of its sender came before; where the database of its reader went back in time,
  /// the beginning of the outbox may be lost with it.
  private func isLawful(_ refusal: BundleRefusal, at node: SimulatedNode) -> Bool {
    switch refusal.code {
    case .withdrawnKey, .unknownKey, .olderDirectory: true
    case .gap: restores.nodes.contains(node.code)
    default: false
    }
  }
}

extension Disc {
  var source: BundleSource {
    let bytes = bytes
    return BundleSource(byteCount: bytes.count) { offset, count in
      Array(bytes[offset..<offset + count])
    }
  }

  func damaged(at place: Int) -> Disc {
    var changed = bytes
    changed[place] ^= 0x40
    return Disc(from: from, to: to, bytes: changed)
  }
}

/// Whether any of several works brought entries of the directory.
private final class News: Sendable {
  private let noted = Mutex(false)

  var came: Bool { noted.withLock { $0 } }

  func note(_ isNew: Bool) { noted.withLock { $0 = $0 || isNew } }
}
