import ArgumentParser
import Office

/// `guantong document change`.
struct DocumentChange: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "change", abstract: Abstract.of("document.change"),
    discussion: "What is not named stays as it is; sealed sheets and attachments do in any case.")

  @Argument(help: "Draft.")
  var draft: String

  @Option(help: "Title.")
  var title: String?

  @Option(help: "Text.")
  var body: String?

  @Option(
    help: ArgumentHelp("File with the text, UTF-8.", valueName: "file"), completion: .file())
  var bodyFile: String?

  @Option(help: ArgumentHelp("An addressee; name all of them.", valueName: "code"))
  var to: [String] = []

  @Option(help: ArgumentHelp("A copy; name all of them.", valueName: "code"))
  var cc: [String] = []

  @Option(help: "An item, kind=…;unit=…;due=…;text=…; name all of them.")
  var item: [ItemWord] = []

  @Option(help: ArgumentHelp("Due date.", valueName: "date"))
  var dueOn: String?

  @Option(help: ArgumentHelp("A record that it cites; name all of them.", valueName: "id"))
  var basis: [String] = []

  @OptionGroup var options: GlobalOptions

  func validate() throws {
    guard body == nil || bodyFile == nil else {
      throw ValidationError("Give either --body or --body-file.")
    }
  }

  func run() async throws {
    try await options.show(
      API.changeDraft,
      API.ChangeDraftRequest(
        draft: draft, title: title, body: try body ?? bodyFile.map(TextOptions.text(of:)), to: to,
        cc: cc, items: item.map(\.item), dueOn: dueOn, basis: basis))
  }
}
