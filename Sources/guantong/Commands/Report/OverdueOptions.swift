import ArgumentParser
import Office

/// Which agencies' delays a report is asked for, as of which day.
struct OverdueOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "As of the end of this day, or now; today when absent.", valueName: "date"))
  var asOf: String?

  @Option(help: ArgumentHelp("Of this region alone, by its six digits.", valueName: "digits"))
  var region: String?

  @Option(help: ArgumentHelp("Of this agency alone.", valueName: "code"))
  var unit: String?

  @OptionGroup var paging: PageOptions

  var request: API.OverdueRequest {
    API.OverdueRequest(
      asOf: asOf, region: region, unit: unit, page: paging.page, limit: paging.limit)
  }
}
