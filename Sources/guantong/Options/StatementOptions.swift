import ArgumentParser

/// Whose statement, and of which period.
struct StatementOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The other agency.", valueName: "code"))
  var peer: String

  @Option(help: "A month, quarter or year: 2023-07, 2023Q3 or 2023.")
  var period: String
}
