import ArgumentParser
import Office

/// `guantong document attach`.
struct DocumentAttach: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attach", abstract: Abstract.of("document.attach"))

  @Argument(help: "Draft.")
  var draft: String

  @Argument(help: "Files.", completion: .file())
  var files: [String]

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    for path in files {
      let upload = AttachmentUpload(path: path)
      try await upload.check()
      try options.printer.show(try await upload.bring(to: draft, options))
    }
  }
}
