import ArgumentParser
import Casework
import Office

/// `guantong document draft`.
struct DocumentDraft: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "draft", abstract: Abstract.of("document.draft"))

  @Argument(help: "Id, unique prefix or number.")
  var dossier: String

  @Option(help: "Form of the document: \(DocumentForm.listed).")
  var form: String

  @OptionGroup var text: TextOptions

  @Option(help: ArgumentHelp("An addressee.", valueName: "code"))
  var to: [String] = []

  @Option(help: ArgumentHelp("A copy.", valueName: "code"))
  var cc: [String] = []

  @Option(help: "An item: kind=…;unit=…;due=…;text=…")
  var item: [ItemWord] = []

  @Option(help: ArgumentHelp("Due date.", valueName: "date"))
  var dueOn: String?

  @Option(help: ArgumentHelp("Issued document of ours that it replaces.", valueName: "id"))
  var supersedes: String?

  @Option(
    help: ArgumentHelp(
      "The kind of oversight that a letter asks for: \(OversightKind.listed).", valueName: "kind"))
  var purpose: String?

  @Option(help: ArgumentHelp("A record that it cites.", valueName: "id"))
  var basis: [String] = []

  @OptionGroup var seal: SealOptions

  @OptionGroup var attachments: AttachOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await attachments.show(
      API.draft,
      API.DraftRequest(
        dossier: dossier, form: form, title: text.title, body: try text.text(), to: to, cc: cc,
        items: item.map(\.item), dueOn: dueOn, supersedes: supersedes, purpose: purpose,
        basis: basis, sealed: seal.sheets), options)
  }
}
