import ArgumentParser
import Office

/// `guantong course list`.
struct CourseList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: Abstract.of("course.list"))

  @Option(help: ArgumentHelp("Only in this dossier.", valueName: "id"))
  var dossier: String?

  @Option(help: "Only of this kind, such as petition.")
  var kind: String?

  @Option(help: "Only in this stage.")
  var stage: String?

  @Option(help: ArgumentHelp("Only what was given to this agency.", valueName: "code"))
  var handler: String?

  @OptionGroup var paging: PageOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.sheet(
      API.courses,
      API.CourseListRequest(
        dossier: dossier, kind: kind, stage: stage, handler: handler, page: paging.page,
        limit: paging.limit))
  }
}
