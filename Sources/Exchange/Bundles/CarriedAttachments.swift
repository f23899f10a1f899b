import Ledger

/// The attachments that the pages of a bundle list, each once.
struct CarriedAttachments: Sendable {
  private var attachments: [ListedAttachment] = []
  private var places: Set<AttachmentPlace> = []
  /// Whether there are more than one bundle looks at.
  private(set) var isCut = false

  /// Adds those of a page.
  mutating func add(_ listed: [ListedAttachment]) {
    for attachment in listed where !places.contains(attachment.place) {
      guard attachments.count < Limits.bundleAttachmentsMax else {
        isCut = true
        return
      }
      places.insert(attachment.place)
      attachments.append(attachment)
    }
  }

  /// In the order of the pages; where so many bytes may not hold all, from one that `turn` chooses:
  /// whatever has found no room this time comes first another time.
  ///
  /// Framing and the last envelope's reserve take far less than half of the room.
  func inOrder(from turn: UInt64, room: Int) -> [ListedAttachment] {
    let total = attachments.reduce(UInt64(0)) { $0 + $1.content.cut.framedBytes }
    guard total > UInt64(max(0, room / 2)), !attachments.isEmpty else { return attachments }
    let first = Int(turn % UInt64(attachments.count))
    return Array(attachments[first...] + attachments[..<first])
  }
}

/// Lists the attachments of which something is here and that a page's change sets list, in parts
/// that are delivered with them.
struct ListCarried: StoreWork {
  private let parts: [ChangeSetID: Set<Int>]
  private let order: [ChangeSetID]

  /// Looks at a page as it is served.
  init(_ page: DeliveryPage) {
    var parts: [ChangeSetID: Set<Int>] = [:]
    var order: [ChangeSetID] = []
    for case .changeSet(let received) in page.deliveries.map(\.content) {
      if parts.updateValue(Set(received.parts.keys), forKey: received.id) == nil {
        order.append(received.id)
      }
    }
    self.parts = parts
    self.order = order
  }

  func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> [ListedAttachment] {
    let listed = try transaction.attachments(listedBy: order).filter { attachment in
      attachment.have > 0
        && parts[attachment.place.change]?.contains(attachment.place.part) == true
    }
    let byChange = Dictionary(grouping: listed, by: \.place.change)
    return order.flatMap { byChange[$0] ?? [] }
  }
}

/// What has been written of a bundle, and how much more may be.
struct WrittenEnvelopes: Sendable {
  /// The envelopes in the order of the file.
  private(set) var entries: [BundleManifest.Entry] = []
  /// Bytes that are left beside those kept free for the returns.
  private(set) var room: Int
  private let envelopeBytesMax: Int

  /// Begins a file of so many bytes at most, made of pages of so many at most.
  init(bytesMax: Int, pageBytesMax: Int) {
    envelopeBytesMax = pageBytesMax + Limits.envelopeBytesMax - Limits.pageBytesMax
    room = bytesMax - envelopeBytesMax
  }

  /// Whether one more may be written beside the returns.
  var hasRoom: Bool {
    entries.count < Limits.bundleEnvelopesMax - 1 && room >= envelopeBytesMax
  }

  /// Notes an envelope; a page's with its numbers.
  mutating func add(_ envelope: [UInt8], first: UInt64 = 0, last: UInt64 = 0) {
    room -= envelope.count
    entries.append(
      BundleManifest.Entry(
        byteCount: envelope.count, digest: .sha256(envelope), first: first, last: last))
  }
}
