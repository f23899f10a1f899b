extension API {
  /// Makes a bundle for one reader; its bytes are then read piece by piece.
  package static let exportBundle = Endpoint<ExportBundleRequest, ExportedBundle>(
    .post, "/office/v1/bundles/export", operation: "exportBundle", credential: .operator)

  /// Reads a piece of a bundle made here; after the last one the node forgets it.
  package static let bundlePiece = Endpoint<BundlePieceRequest, BundlePiece>(
    .get, "/office/v1/bundles/{bundle}/pieces/{piece}", operation: "bundlePiece",
    credential: .operator)

  /// Begins to hand a bundle over.
  package static let receiveBundle = Endpoint<ReceiveBundleRequest, ReceivedBundle>(
    .post, "/office/v1/bundles/receive", operation: "receiveBundle", credential: .operator)

  /// Hands a piece over, in the order of the file.
  package static let putBundlePiece = Endpoint<PutBundlePieceRequest, ReceivedBundle>(
    .post, "/office/v1/bundles/{bundle}/pieces", operation: "putBundlePiece",
    credential: .operator)

  /// Checks a bundle handed over and takes it whole, or nothing of it.
  package static let importBundle = Endpoint<ImportBundleRequest, ImportedBundle>(
    .post, "/office/v1/bundles/{bundle}/import", operation: "importBundle", credential: .operator)

  /// Bytes of a piece of a bundle, but for the last: 1 MiB, a third more as base64.
  package static let bundlePieceBytes = 1 << 20

  /// Asks for a bundle.
  package struct ExportBundleRequest: Codable, Hashable, Sendable {
    /// The agency it is for; the node that works for it reads it.
    package var to: String
    /// Begins at number 1 whatever has been receipted, for a reader that lost it.
    package var fromStart: Bool
    /// Leaves attachments out, for a small disc or a reader of a build that does not know them.
    package var withoutAttachments: Bool

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(to: String, fromStart: Bool = false, withoutAttachments: Bool = false) {
      self.to = to
      self.fromStart = fromStart
      self.withoutAttachments = withoutAttachments
    }
  }

  /// A bundle that waits to be read.
  package struct ExportedBundle: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.bundle-export/v1"
    /// What its pieces are asked by.
    package var bundle: String
    /// The node that made it.
    package var sender: String
    /// The node it is for.
    package var reader: String
    /// The outbox.
    package var outbox: String
    /// The first number.
    package var from: Int
    /// The last number; `from` − 1 when nothing was owed.
    package var to: Int
    /// The size of the file.
    package var bytes: Int
    /// Pages in it.
    package var pages: Int
    /// Whether a receipt for the reader's outbox travels back in it.
    package var receipt: Bool
    /// Change sets it asks for.
    package var wants: Int
    /// Pieces of attachments in it.
    package var pieces: Int
    /// Whether it carries the word of an agency here, for the registrar, that its key is withdrawn.
    package var suspension: Bool
    /// Whether it carries a request to the registrar for a new key.
    package var keyRequest: Bool
    /// Whether more is owed than one file holds: export again when the receipt is back.
    package var more: Bool

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      bundle: String, sender: String, reader: String, outbox: String, from: Int, to: Int,
      bytes: Int, pages: Int, receipt: Bool, wants: Int, pieces: Int, suspension: Bool = false,
      keyRequest: Bool = false, more: Bool
    ) {
      self.bundle = bundle
      self.sender = sender
      self.reader = reader
      self.outbox = outbox
      self.from = from
      self.to = to
      self.bytes = bytes
      self.pages = pages
      self.receipt = receipt
      self.wants = wants
      self.pieces = pieces
      self.suspension = suspension
      self.keyRequest = keyRequest
      self.more = more
    }
  }

  /// Asks for a piece of a bundle.
  package struct BundlePieceRequest: Codable, Hashable, Sendable {
    /// The bundle.
    package var bundle: String
    /// Which piece, from 0.
    package var piece: Int

    /// Fills the fields.
    package init(bundle: String, piece: Int) {
      self.bundle = bundle
      self.piece = piece
    }
  }

  /// A piece of a bundle.
  package struct BundlePiece: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.bundle-piece/v1"
    /// Its bytes in base64.
    package var content: String
    /// Whether it is the last one.
    package var last: Bool

    /// Fills the fields.
    package init(content: String, last: Bool) {
      self.content = content
      self.last = last
    }
  }

  /// Begins to hand a bundle over.
  package struct ReceiveBundleRequest: Codable, Hashable, Sendable {
    /// The size of the file.
    package var bytes: Int

    /// Fills the fields.
    package init(bytes: Int) {
      self.bytes = bytes
    }
  }

  /// How far a bundle has been handed over.
  package struct ReceivedBundle: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.bundle-receive/v1"
    /// What its pieces are put under.
    package var bundle: String
    /// The bytes that are here.
    package var bytes: Int

    /// Fills the fields.
    package init(bundle: String, bytes: Int) {
      self.bundle = bundle
      self.bytes = bytes
    }
  }

  /// Hands a piece of a bundle over.
  package struct PutBundlePieceRequest: Codable, Hashable, Sendable {
    /// The bundle.
    package var bundle: String
    /// Where the piece begins; what is here already may be put again.
    package var offset: Int
    /// Its bytes in base64.
    package var content: String

    /// Fills the fields.
    package init(bundle: String, offset: Int, content: String) {
      self.bundle = bundle
      self.offset = offset
      self.content = content
    }
  }

  /// Asks for a bundle handed over to be taken.
  package struct ImportBundleRequest: Codable, Hashable, Sendable {
    /// The bundle.
    package var bundle: String

    /// Fills the fields.
    package init(bundle: String) {
      self.bundle = bundle
    }
  }

  /// What became of a bundle.
  package struct ImportedBundle: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.bundle-import/v1"
    /// The node that made it.
    package var sender: String
    /// The outbox.
    package var outbox: String
    /// The first number.
    package var from: Int
    /// The last number; `from` − 1 of an empty one.
    package var to: Int
    /// Whether everything in it was here already.
    package var repeated: Bool
    /// Change sets stored, those released included.
    package var stored: Int
    /// Change sets that were here already.
    package var known: Int
    /// Change sets held.
    package var held: Int
    /// Change sets rejected.
    package var rejected: Int
    /// The number up to which its sender has our outbox by the receipt in it; null without one.
    package var receipted: Int?
    /// Change sets that its sender lacks and that the next bundle for it carries.
    package var queued: Int
    /// Pieces of attachments stored.
    package var pieces: Int
    /// Whether it proves that the database of this node went back in time.
    package var wentBack: Bool
    /// Holes of this node's log that it filled, and rows made again behind them.
    package var repaired: Int
    /// What of it this node published as registrar: particulars or suspension; null for nothing.
    package var published: String?
    /// What became of a request for a new key in it: pending, admitted, or why it was refused; null
    /// without one.
    package var keyRequest: String?
    /// Whether nothing but what it asks for was taken, for its sender's key is withdrawn or its
    /// sender's directory has a hole.
    package var requestAlone: Bool

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      sender: String, outbox: String, from: Int, to: Int, repeated: Bool, stored: Int, known: Int,
      held: Int, rejected: Int, receipted: Int?, queued: Int, pieces: Int, wentBack: Bool,
      repaired: Int = 0, published: String? = nil, keyRequest: String? = nil,
      requestAlone: Bool = false
    ) {
      self.sender = sender
      self.outbox = outbox
      self.from = from
      self.to = to
      self.repeated = repeated
      self.stored = stored
      self.known = known
      self.held = held
      self.rejected = rejected
      self.receipted = receipted
      self.queued = queued
      self.pieces = pieces
      self.wentBack = wentBack
      self.repaired = repaired
      self.published = published
      self.keyRequest = keyRequest
      self.requestAlone = requestAlone
    }
  }
}
