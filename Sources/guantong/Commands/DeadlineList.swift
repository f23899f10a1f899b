import ArgumentParser
import Office

/// `guantong deadline list`.
struct DeadlineList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: Abstract.of("deadline.list"))

  @Option(help: ArgumentHelp("Only what this agency owes.", valueName: "code"))
  var agency: String?

  @Option(help: ArgumentHelp("Only in this dossier.", valueName: "id"))
  var dossier: String?

  @Option(help: "Only under this lamp: green, amber, red, black or paused.")
  var lamp: String?

  @Flag(help: "Only what is overdue.")
  var overdue = false

  @Flag(help: "Also rights that have not lapsed yet.")
  var rights = false

  @OptionGroup var paging: PageOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.sheet(
      API.deadlines,
      API.DeadlineListRequest(
        agency: agency, dossier: dossier, lamp: lamp, overdue: overdue, rights: rights,
        page: paging.page, limit: paging.limit))
  }
}
