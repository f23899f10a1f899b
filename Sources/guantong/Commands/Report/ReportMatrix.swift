import ArgumentParser
import Office

/// `guantong report matrix`.
struct ReportMatrix: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "matrix", abstract: Abstract.of("report.matrix"),
    discussion: """
      A matter comes from the kind of oversight that its cover states, and is taken up by its \
      home and by each agency that accepted a letter in it. --from and --to together list the \
      matters of one cell.
      """)

  @OptionGroup var period: PeriodOptions

  @Option(help: ArgumentHelp("List what came from this kind.", valueName: "kind"))
  var from: String?

  @Option(help: ArgumentHelp("List what was taken up by this kind.", valueName: "kind"))
  var to: String?

  @OptionGroup var paging: PageOptions

  @OptionGroup var options: GlobalOptions

  func validate() throws {
    guard (from == nil) == (to == nil) else {
      throw ValidationError("--from and --to go together.")
    }
    guard from != nil || (paging.page == nil && paging.limit == nil) else {
      throw ValidationError("The matrix has no pages.")
    }
  }

  func run() async throws {
    guard let from, let to else {
      let request = API.MatrixRequest(
        year: period.year, quarter: period.quarter, asOf: period.asOf, region: period.region)
      return try options.printer.sheet(try await options.call(API.matrix, request))
    }
    let request = API.FigureEvidenceRequest(
      figure: "oversight.\(from).\(to)", year: period.year, quarter: period.quarter,
      asOf: period.asOf, region: period.region, page: paging.page, limit: paging.limit)
    try options.printer.sheet(try await options.call(API.figureEvidence, request))
  }
}
