import ArgumentParser
import FoundationEssentials
import Office

/// `guantong show`.
struct ShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: Abstract.of("show"))

  @Argument(help: "UUID, change set id or unique prefix, document number or clue number.")
  var id: String

  @Flag(help: "Export the evidence that verify checks.")
  var evidence = false

  @Option(
    help: ArgumentHelp(
      "A sealed part that the evidence shows beside the open one; takes --as.",
      valueName: "number"))
  var part: [Int] = []

  @Option(
    help: ArgumentHelp(
      "Where the evidence goes, readable by its owner; standard output when absent.",
      valueName: "file"),
    completion: .file())
  var out: String?

  @OptionGroup var options: GlobalOptions

  func validate() throws {
    guard evidence || part.isEmpty else {
      throw ValidationError("--part goes with --evidence.")
    }
  }

  func run() async throws {
    guard evidence else {
      try await options.show(API.show, API.ShowRequest(id: id))
      return
    }
    let parts = part.map(String.init).joined(separator: ",")
    let file = try await options.call(
      API.evidence, API.EvidenceRequest(id: id, parts: parts.isEmpty ? nil : parts))
    guard let bytes = Data(base64Encoded: file.content) else {
      throw OfficeError(.answerUnreadable, ["detail": "answer.noBase64"])
    }
    guard let out else {
      if options.printer.format == .json {
        try options.printer.json(file)
      } else {
        FileOutput.standard(Array(bytes))
      }
      return
    }
    try FileOutput.writeSecret(Array(bytes), to: out)
    try options.printer.show(WrittenEvidence(id: file.id, path: AbsolutePath.of(out)))
  }
}
