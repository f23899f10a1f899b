import FoundationEssentials
import Ledger
import NIOCore
import Office
import SystemPackage
import _NIOFileSystem

/// Brings a file to a draft, piece by piece; run again it goes on where it stopped.
///
/// One piece stands in memory at a time. Salted hashes are made here too, so a file that changed
/// since the transfer was begun, or while it went on, is noticed.
struct AttachmentUpload {
  /// The file.
  let path: String

  /// The name that the attachment gets: the last component of the path.
  var name: String { URL(filePath: path).lastPathComponent }

  /// Refuses a file that cannot be read, before anything is drafted.
  func check() async throws {
    _ = try await withFile { _, size in
      guard AttachmentCut(size: UInt64(clamping: size)) != nil else {
        throw OfficeError(
          .tooLarge, ["bytes": "\(size)", "limit": "\(Ledger.Limits.attachmentBytesMax)"])
      }
    }
  }

  /// Brings what lacks of it.
  func bring(to draft: String, _ options: GlobalOptions) async throws -> API.DraftAttachment {
    try await withFile { file, size in
      let begun = try await options.call(
        API.attach, API.AttachRequest(draft: draft, name: name, size: size))
      guard let cut = AttachmentCut(size: UInt64(clamping: size)), cut.count == begun.piecesTotal,
        let salt = Hash256(hex: begun.salt)
      else { throw OfficeError(.answerUnreadable, ["detail": "attach"]) }
      var leaves: [Hash256] = []
      for piece in 0..<min(begun.piecesHave, cut.count) {
        leaves.append(AttachmentContent.leaf(try await read(piece, cut, file), salt: salt))
      }
      guard MerkleTree(leaves: leaves).root.hex == begun.begun else { throw changed }
      var answer = begun
      for piece in leaves.count..<cut.count {
        let bytes = try await read(piece, cut, file)
        leaves.append(AttachmentContent.leaf(bytes, salt: salt))
        answer = try await options.call(
          API.attachPiece,
          API.AttachPieceRequest(
            draft: draft, position: begun.position, piece: piece,
            content: Data(bytes).base64EncodedString()))
      }
      guard answer.root == MerkleTree(leaves: leaves).root.hex else { throw changed }
      return answer
    }
  }

  private var changed: OfficeError {
    OfficeError(.conflict, ["detail": "conflict.attachmentOther, \(name)"])
  }

  private func read(
    _ piece: Int, _ cut: AttachmentCut, _ file: ReadFileHandle
  ) async throws -> [UInt8] {
    let count = cut.bytes(of: piece)
    let offset = Int64(piece) * Int64(Ledger.Limits.attachmentPieceBytes)
    let bytes = try await file.readChunk(
      fromAbsoluteOffset: offset, length: .bytes(Int64(count)))
    guard bytes.readableBytes == count else { throw changed }
    return Array(bytes.readableBytesView)
  }

  private func withFile<Result: Sendable>(
    _ body: @Sendable (ReadFileHandle, Int64) async throws -> Result
  ) async throws -> Result {
    do {
      return try await FileSystem.shared.withFileHandle(forReadingAt: FilePath(path)) { file in
        let info = try await file.info()
        guard info.type == .regular else {
          throw OfficeError(.file, ["path": path, "detail": "file.unreadable"])
        }
        return try await body(file, info.size)
      }
    } catch is FileSystemError {
      throw OfficeError(.file, ["path": path, "detail": "file.unreadable"])
    }
  }
}
