import ArgumentParser
import Office

/// Files that go with a draft.
struct AttachOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("A file to attach; once for each.", valueName: "file"),
    completion: .file())
  var attach: [String] = []

  /// Drafts a document and shows it, then brings its files.
  ///
  /// The draft is shown first: with its id a transfer that breaks off is gone on with by
  /// `document attach`.
  func show<Request>(
    _ endpoint: Endpoint<Request, API.Draft>, _ request: Request, _ options: GlobalOptions
  ) async throws {
    let uploads = attach.map { AttachmentUpload(path: $0) }
    for upload in uploads { try await upload.check() }
    let draft = try await options.call(endpoint, request)
    try options.printer.show(draft)
    for upload in uploads { _ = try await upload.bring(to: draft.id, options) }
  }
}
