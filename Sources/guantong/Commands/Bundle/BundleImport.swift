import ArgumentParser
import FoundationEssentials
import Node
import Office

/// `guantong bundle import`.
struct BundleImport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: Abstract.of("bundle.import"),
    discussion: """
      Ends with 7 for a file that was changed, cut short or is not what its sender signed, with 4 \
      for one that is for another agency, with 8 for one of an agency that the directory does not \
      list. Nothing of a refused file is stored. A file taken before is recognised.
      """)

  @Argument(help: "The bundle.", completion: .file(extensions: ["gtb"]))
  var file: String

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let source = PlainFile(path: file)
    let size = try await source.byteCount()
    var received = try await options.call(
      API.receiveBundle, API.ReceiveBundleRequest(bytes: size))
    while received.bytes < size {
      let bytes = try await source.read(
        received.bytes, min(API.bundlePieceBytes, size - received.bytes))
      received = try await options.call(
        API.putBundlePiece,
        API.PutBundlePieceRequest(
          bundle: received.bundle, offset: received.bytes,
          content: Data(bytes).base64EncodedString()))
    }
    try await options.show(
      API.importBundle, API.ImportBundleRequest(bundle: received.bundle),
      timeout: .seconds(BundleFiles.secondsMax))
  }
}

extension API.ImportedBundle: Pageable {
  func page(_ words: Words) -> Page {
    var page = Page()
    let key =
      repeated ? "bundle.repeated" : to < from ? "bundle.takenEmpty" : "bundle.taken"
    page.line(
      words(
        key,
        [
          "sender": sender, "from": "\(from)", "to": "\(to)", "stored": "\(stored)",
          "held": "\(held)", "rejected": "\(rejected)",
        ]), repeated ? .plain : .good)
    page.blocks.append(
      words.fields([
        "sender": Table.Cell(sender), "outbox": Table.Cell(outbox),
        "from": Table.Cell("\(from)"), "to": Table.Cell("\(to)"),
        "stored": Table.Cell("\(stored)"), "held": Table.Cell("\(held)"),
        "rejected": Table.Cell("\(rejected)"), "queued": Table.Cell("\(queued)"),
        "pieces": Table.Cell("\(pieces)"),
      ]))
    if requestAlone { page.line(words("bundle.requestAlone"), .warning) }
    if repaired > 0 { page.line(words("bundle.repaired", ["count": "\(repaired)"]), .good) }
    if let published {
      page.line(words("bundle.published.\(published)", ["sender": sender]), .good)
    }
    if let keyRequest {
      let isTaken = ["pending", "admitted"].contains(keyRequest)
      page.line(
        words(
          "bundle.asked.\(isTaken ? keyRequest : "refused")",
          ["sender": sender, "reason": keyRequest]), isTaken ? .good : .bad)
    }
    if wentBack { page.line(words("bundle.wentBack"), .bad) }
    page.line("\(words.sign(.next)) \(words("bundle.next", ["sender": sender]))")
    return page
  }
}
