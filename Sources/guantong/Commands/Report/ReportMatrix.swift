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

  @Option(help: "The year; this one when absent.")
  var year: Int?

  @Option(help: "A quarter of it, 1 to 4.")
  var quarter: Int?

  @Option(
    help: ArgumentHelp(
      "The last day that is known of, or now; the last day of the period when absent.",
      valueName: "date"))
  var asOf: String?

  @Option(help: ArgumentHelp("Of this region alone, by its six digits.", valueName: "digits"))
  var region: String?

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
      let request = API.MatrixRequest(year: year, quarter: quarter, asOf: asOf, region: region)
      return try options.printer.sheet(try await options.call(API.matrix, request))
    }
    let request = API.FigureEvidenceRequest(
      figure: "oversight.\(from).\(to)", year: year, quarter: quarter, asOf: asOf, region: region,
      page: paging.page, limit: paging.limit)
    try options.printer.sheet(try await options.call(API.figureEvidence, request))
  }
}
