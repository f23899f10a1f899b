import ArgumentParser
import FoundationEssentials
import Ledger
import Office
import SystemPackage

/// `guantong document attachment get`.
struct DocumentAttachmentGet: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "get", abstract: Abstract.of("document.attachment.get"))

  @Argument(help: "Id or number of the document.")
  var document: String

  @Argument(help: "Number in the list of the document, from 0.")
  var position: Int

  @Option(
    help: ArgumentHelp("A new file, mode 0600; nothing is written elsewhere.", valueName: "file"),
    completion: .file())
  var out: String

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let first = try await piece(0)
    guard let salt = Hash256(hex: first.salt), let root = Hash256(hex: first.root),
      let content = AttachmentContent(size: UInt64(clamping: first.size), salt: salt, root: root)
    else { throw OfficeError(.answerUnreadable, ["detail": "attachmentPiece"]) }
    let file = try FileOutput.begin(at: out)
    do {
      for number in content.cut.pieces {
        let given = number == 0 ? first : try await piece(number)
        try file.writeAll(try verified(given, number, of: content))
      }
      try file.close()
    } catch {
      // Half a file would look like the whole one.
      try? file.close()
      try? FileManager.default.removeItem(atPath: out)
      throw error
    }
    try options.printer.show(SavedAttachment(name: first.name, size: first.size, out: out))
  }

  private func piece(_ number: Int) async throws -> API.AttachmentPiece {
    try await options.call(
      API.attachmentPiece,
      API.AttachmentPieceRequest(document: document, position: position, piece: number))
  }

  private func verified(
    _ given: API.AttachmentPiece, _ number: Int, of content: AttachmentContent
  ) throws -> [UInt8] {
    let bytes = Data(base64Encoded: given.content).map { Array($0) } ?? []
    let path = given.path.compactMap { Hash256(hex: $0) }
    guard let piece = content.piece(number, bytes: bytes, path: path) else {
      throw OfficeError(.integrity, ["detail": "\(given.root)/\(number)"])
    }
    return piece.bytes
  }
}

/// What was written where.
private struct SavedAttachment: Encodable, Pageable {
  let schema = "guantong.attachment/v1"
  let name: String
  let size: Int64
  let out: String

  func page(_ words: Words) -> Page {
    Page(blocks: [
      words.fields([
        "name": Table.Cell(name), "size": Table.Cell(String(size)), "path": Table.Cell(out),
      ])
    ])
  }
}
