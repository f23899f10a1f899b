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

  @Option(
    help: ArgumentHelp(
      "Empty it: \(Clearing.listed); once for each.", valueName: "what"))
  var clear: [Clearing] = []

  @OptionGroup var options: GlobalOptions

  /// What a draft may be left without.
  enum Clearing: String, CaseIterable, ExpressibleByArgument {
    case to, cc, item, basis
    case dueOn = "due-on"

    static var listed: String { allCases.map(\.rawValue).joined(separator: ", ") }
  }

  func validate() throws {
    guard body == nil || bodyFile == nil else {
      throw ValidationError("Give either --body or --body-file.")
    }
    let named: [(Clearing, Bool)] = [
      (.to, !to.isEmpty), (.cc, !cc.isEmpty), (.item, !item.isEmpty), (.basis, !basis.isEmpty),
      (.dueOn, dueOn != nil),
    ]
    if let both = named.first(where: { $0.1 && clear.contains($0.0) })?.0 {
      throw ValidationError("--clear \(both.rawValue) does not go with --\(both.rawValue).")
    }
  }

  func run() async throws {
    try await options.show(API.changeDraft, try request())
  }

  /// What is asked of the node.
  func request() throws -> API.ChangeDraftRequest {
    API.ChangeDraftRequest(
      draft: draft, title: title, body: try body ?? bodyFile.map(TextOptions.text(of:)),
      to: list(to, .to), cc: list(cc, .cc), items: list(item.map(\.item), .item),
      dueOn: clear.contains(.dueOn) ? "" : dueOn, basis: list(basis, .basis))
  }

  /// What is asked of a list: to be as it was, to be empty, or to be this.
  private func list<Element>(_ named: [Element], _ what: Clearing) -> [Element]? {
    named.isEmpty && !clear.contains(what) ? nil : named
  }
}
