import FoundationEssentials
package import Ledger
import SwiftProtobuf
import Wire

/// What one bundle carries, signed: the first thing in the file, and the only readable one.
///
/// It says from whom to whom, which numbers of which outbox, and the digest of every envelope.
/// Which change sets and dossiers these are stands inside the envelopes: whoever carries the disc
/// is told no more than whoever sees the traffic of two nodes.
package struct BundleManifest: SignedBody, Hashable {
  /// The name under which it is signed.
  package static let type = "bundle"
  /// The fields that this build knows; what a later one adds is passed over.
  package static let fields = KnownFields(upTo: 14, holding: [13: KnownFields(upTo: 4)])

  /// One envelope, as it stands in the file.
  package struct Entry: Sendable, Hashable {
    /// How many bytes it takes.
    package var byteCount: Int
    /// SHA-256 of those bytes.
    package var digest: Hash256
    /// The first number of a page; 0 of what is none.
    package var first: UInt64
    /// The last number of a page, `first` − 1 when it is empty; 0 of what is none.
    package var last: UInt64

    /// Describes an envelope.
    package init(byteCount: Int, digest: Hash256, first: UInt64, last: UInt64) {
      self.byteCount = byteCount
      self.digest = digest
      self.first = first
      self.last = last
    }
  }

  /// The owner of the outbox.
  package var signer: AgencyCode
  /// The key that signs.
  package var key: KeyID
  /// That key itself, so that a file can be read where there is no directory.
  package var publicKey: [UInt8]
  /// The node it is for.
  package var reader: AgencyCode
  /// The outbox.
  package var outbox: OutboxID
  /// The first number.
  package var first: UInt64
  /// The last number; `first` − 1 when nothing was owed.
  package var last: UInt64
  /// h(first − 1).
  package var before: Hash256
  /// h(last).
  package var runningHash: Hash256
  /// The newest registrar's entry the signer has.
  package var directory: ChangeSetID
  /// When it was made, by the signer's clock; decides nothing.
  package var createdAt: Timestamp
  /// The reader's key that every envelope is sealed to.
  package var envelopeKey: EncryptionKeyID
  /// The envelopes: at least one page, in the order of the outbox, then the returns, then the
  /// pieces of attachments.
  package var envelopes: [Entry]
  /// Whether more is owed than one file may hold.
  package var hasMore: Bool

  /// The pages' entries.
  package var pages: ArraySlice<Entry> { envelopes.prefix { $0.first > 0 } }
  /// Which envelope holds the returns.
  package var returnsIndex: Int { pages.count }
  /// Which envelopes hold pieces of attachments.
  package var pieceIndices: Range<Int> {
    let start = min(pages.count + 1, envelopes.count)
    return start..<envelopes.count
  }

  /// The body's bytes in their one lawful form.
  package func encoded() -> [UInt8] {
    var wire = WireBundleManifest()
    wire.signer = signer.rawValue
    wire.key = Data(key.bytes)
    wire.publicKey = Data(publicKey)
    wire.reader = reader.rawValue
    wire.outbox = Data(outbox.bytes)
    wire.first = first
    wire.last = last
    wire.before = Data(before.bytes)
    wire.runningHash = Data(runningHash.bytes)
    wire.directory = Data(directory.bytes)
    wire.createdAt = createdAt.microseconds
    wire.envelopeKey = Data(envelopeKey.bytes)
    wire.envelopes = envelopes.map { entry in
      var wire = WireBundleEnvelope()
      wire.bytes = UInt64(entry.byteCount)
      wire.digest = Data(entry.digest.bytes)
      wire.first = entry.first
      wire.last = entry.last
      return wire
    }
    wire.more = hasMore
    return LawfulForm.encode(wire)
  }
}

extension BundleManifest {
  /// Reads a body; nil when it is none, contradicts itself or breaks a limit.
  package init?(decoding bytes: [UInt8]) {
    guard FieldBudget.root([.field(13, upTo: Limits.bundleEnvelopesMax)]).covers(bytes),
      let wire = LawfulForm.decode(
        WireBundleManifest.self, bytes, passingOverAllBut: Self.fields),
      let signer = AgencyCode(wire.signer), let key = KeyID(wire.key),
      let reader = AgencyCode(wire.reader), let outbox = OutboxID(wire.outbox),
      let before = Hash256(wire.before), let runningHash = Hash256(wire.runningHash),
      let directory = ChangeSetID(wire.directory),
      let envelopeKey = EncryptionKeyID(wire.envelopeKey),
      wire.envelopes.count >= 2, wire.first > 0,
      Timestamp.lawful.contains(Timestamp(microseconds: wire.createdAt))
    else { return nil }
    let entries = wire.envelopes.compactMap(Entry.init(wire:))
    guard entries.count == wire.envelopes.count else { return nil }
    self.init(
      signer: signer, key: key, publicKey: Array(wire.publicKey), reader: reader, outbox: outbox,
      first: wire.first, last: wire.last, before: before, runningHash: runningHash,
      directory: directory, createdAt: Timestamp(microseconds: wire.createdAt),
      envelopeKey: envelopeKey, envelopes: entries, hasMore: wire.more)
    guard isContinuous else { return nil }
  }

  /// The pages follow each other from `first` to `last`, and what comes after has no numbers.
  private var isContinuous: Bool {
    var next = first
    let pages = pages
    for page in pages {
      guard page.first == next, page.last >= next - 1, page.last < UInt64.max else { return false }
      next = page.last + 1
    }
    let total = envelopes.reduce(0) { $0 + $1.byteCount }
    let others = envelopes.dropFirst(pages.count)
    return last == next - 1 && !pages.isEmpty && !others.isEmpty
      && others.allSatisfy { $0.first == 0 && $0.last == 0 } && total <= Limits.bundleBytesMax
  }
}

extension BundleManifest.Entry {
  fileprivate init?(wire: WireBundleEnvelope) {
    guard wire.bytes > 0, wire.bytes <= UInt64(Limits.envelopeBytesMax),
      let digest = Hash256(wire.digest)
    else { return nil }
    self.init(byteCount: Int(wire.bytes), digest: digest, first: wire.first, last: wire.last)
  }
}
