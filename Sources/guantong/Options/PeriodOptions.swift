import ArgumentParser

/// Which figures are counted: of which time, as known when, and where.
struct PeriodOptions: ParsableArguments {
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
}
