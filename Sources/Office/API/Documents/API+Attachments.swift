extension API {
  /// An attachment.
  package struct Attachment: Codable, Hashable, Sendable {
    /// Name.
    package var name: String
    /// Bytes.
    package var size: Int64
    /// RFC 9162 root over its pieces; empty while a draft's is being brought.
    package var root: String
    /// Its bytes are here.
    package var present: Bool
    /// Its number in the list of the document, from 0.
    package var position: Int
    /// complete, or missing while pieces lack.
    package var state: String
    /// Pieces of 1 MiB that are here.
    package var piecesHave: Int
    /// Pieces in all.
    package var piecesTotal: Int

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      name: String, size: Int64, root: String, present: Bool = false, position: Int = 0,
      state: String = "missing", piecesHave: Int = 0, piecesTotal: Int = 1
    ) {
      self.name = name
      self.size = size
      self.root = root
      self.present = present
      self.position = position
      self.state = state
      self.piecesHave = piecesHave
      self.piecesTotal = piecesTotal
    }
  }

  /// Begins an attachment of a draft, or goes on with it.
  package struct AttachRequest: Codable, Hashable, Sendable {
    /// Draft.
    package var draft: String
    /// Name of the file, without a path.
    package var name: String
    /// Bytes, at most 2 GiB.
    package var size: Int64

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(draft: String, name: String, size: Int64) {
      self.draft = draft
      self.name = name
      self.size = size
    }
  }

  /// Brings one piece of an attachment of a draft.
  package struct AttachPieceRequest: Codable, Hashable, Sendable {
    /// Draft.
    package var draft: String
    /// Number of the attachment in the draft, from 0.
    package var position: Int
    /// Number of the piece, from 0.
    package var piece: Int
    /// The bytes of the piece, base64.
    package var content: String

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(draft: String, position: Int, piece: Int, content: String) {
      self.draft = draft
      self.position = position
      self.piece = piece
      self.content = content
    }
  }

  /// An attachment of a draft.
  package struct DraftAttachment: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.draft-attachment/v1"
    /// Draft.
    package var draft: String
    /// Its number in the draft, from 0.
    package var position: Int
    /// Name.
    package var name: String
    /// Bytes.
    package var size: Int64
    /// The 32 bytes before every piece under its hash.
    package var salt: String
    /// RFC 9162 root over its pieces; null until all are here.
    package var root: String?
    /// Pieces of 1 MiB that are here without a gap, from the first.
    package var piecesHave: Int
    /// Pieces in all.
    package var piecesTotal: Int
    /// Root over the pieces that are here without a gap: who goes on compares it with the file.
    package var begun: String

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      draft: String, position: Int, name: String, size: Int64, salt: String, root: String? = nil,
      piecesHave: Int, piecesTotal: Int, begun: String
    ) {
      self.draft = draft
      self.position = position
      self.name = name
      self.size = size
      self.salt = salt
      self.root = root
      self.piecesHave = piecesHave
      self.piecesTotal = piecesTotal
      self.begun = begun
    }
  }

  /// Asks for a piece of an attachment.
  package struct AttachmentPieceRequest: Codable, Hashable, Sendable {
    /// UUID, or the number of the document.
    package var document: String
    /// Number of the attachment in the document, from 0.
    package var position: Int
    /// Number of the piece, from 0.
    package var piece: Int

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(document: String, position: Int, piece: Int) {
      self.document = document
      self.position = position
      self.piece = piece
    }
  }

  /// A piece of an attachment, with what proves it.
  package struct AttachmentPiece: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.attachment-piece/v1"
    /// Document.
    package var document: String
    /// Number of the attachment in the document, from 0.
    package var position: Int
    /// Number of the piece, from 0.
    package var piece: Int
    /// Name of the attachment.
    package var name: String
    /// Bytes of the attachment.
    package var size: Int64
    /// The 32 bytes before every piece under its hash.
    package var salt: String
    /// RFC 9162 root over the pieces.
    package var root: String
    /// Audit path of the piece, from its sibling up.
    package var path: [String]
    /// The bytes of the piece, base64.
    package var content: String

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      document: String, position: Int, piece: Int, name: String, size: Int64, salt: String,
      root: String, path: [String] = [], content: String
    ) {
      self.document = document
      self.position = position
      self.piece = piece
      self.name = name
      self.size = size
      self.salt = salt
      self.root = root
      self.path = path
      self.content = content
    }
  }

  /// Begins an attachment of a draft.
  package static let attach = Endpoint<AttachRequest, DraftAttachment>(
    .post, "/office/v1/drafts/{draft}/attachments", operation: "attach", credential: .person)

  /// Brings a piece of an attachment of a draft.
  package static let attachPiece = Endpoint<AttachPieceRequest, DraftAttachment>(
    .post, "/office/v1/drafts/{draft}/attachments/{position}/{piece}", operation: "attachPiece",
    credential: .person)

  /// Reads a piece of an attachment.
  package static let attachmentPiece = Endpoint<AttachmentPieceRequest, AttachmentPiece>(
    .get, "/office/v1/documents/{document}/attachments/{position}/{piece}",
    operation: "attachmentPiece", credential: .operator)
}
