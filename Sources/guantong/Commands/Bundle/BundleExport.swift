import ArgumentParser
import FoundationEssentials
import Node
import Office

/// `guantong bundle export`.
struct BundleExport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: Abstract.of("bundle.export"))

  @Option(help: ArgumentHelp("The agency it is for.", valueName: "code"))
  var to: String

  @Option(
    help: ArgumentHelp("The file to write, such as out.gtb.", valueName: "file"),
    completion: .file(extensions: ["gtb"]))
  var out: String

  @Flag(help: "Begin at number 1, for a reader that lost what it had.")
  var fromStart = false

  @Flag(help: "Leave attachments out, for a small disc or a reader of an older build.")
  var withoutAttachments = false

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let made = try await options.call(
      API.exportBundle,
      API.ExportBundleRequest(
        to: to, fromStart: fromStart, withoutAttachments: withoutAttachments),
      timeout: .seconds(BundleFiles.secondsMax))
    // Beside its place and then into it: whoever finds the file finds it whole.
    let file = PlainFile(path: "\(out).part")
    file.remove()
    do {
      try await fetch(made, into: file)
      try FileOutput.move(file.path, to: out)
    } catch {
      file.remove()
      throw error
    }
    try options.printer.show(WrittenBundle(made, path: out))
  }

  private func fetch(_ made: API.ExportedBundle, into file: PlainFile) async throws {
    var (piece, written) = (0, 0)
    while true {
      let part = try await options.call(
        API.bundlePiece, API.BundlePieceRequest(bundle: made.bundle, piece: piece))
      guard let bytes = Data(base64Encoded: part.content) else {
        throw OfficeError(.answerUnreadable, ["detail": "bundle.base64"])
      }
      try await file.write(Array(bytes), at: written)
      written += bytes.count
      piece += 1
      if part.last { break }
    }
    guard written == made.bytes else {
      throw OfficeError(.answerUnreadable, ["detail": "bundle.truncated"])
    }
  }
}

/// What the transfers of bundles have in common.
enum BundleFiles {
  /// How long a bundle may take to be made or taken: 4 GiB at 4 MiB a second, checked and stored.
  static let secondsMax = 3_600
}

/// A bundle that was written to a file.
struct WrittenBundle: Encodable, Pageable {
  private let made: API.ExportedBundle
  private let path: String

  init(_ made: API.ExportedBundle, path: String) {
    self.made = made
    self.path = path
  }

  /// The answer of the node, as it is.
  func encode(to encoder: any Encoder) throws {
    try made.encode(to: encoder)
  }

  func page(_ words: Words) -> Page {
    var page = Page()
    page.line(
      words(
        made.to < made.from ? "bundle.writtenEmpty" : "bundle.written",
        [
          "path": path, "reader": made.reader, "from": "\(made.from)", "to": "\(made.to)",
          "bytes": "\(made.bytes)",
        ]), .good)
    for (word, isCarried) in [("suspension", made.suspension), ("keyRequest", made.keyRequest)]
    where isCarried {
      page.line(words("bundle.carries.\(word)"))
    }
    if made.more { page.line("\(words.sign(.warning)) \(words("bundle.more"))", .warning) }
    page.blocks.append(
      words.fields([
        "reader": Table.Cell(made.reader), "outbox": Table.Cell(made.outbox),
        "from": Table.Cell("\(made.from)"), "to": Table.Cell("\(made.to)"),
        "bytes": Table.Cell("\(made.bytes)"), "wants": Table.Cell("\(made.wants)"),
        "pieces": Table.Cell("\(made.pieces)"),
      ]))
    return page
  }
}
