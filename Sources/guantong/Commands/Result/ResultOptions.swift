import ArgumentParser

/// What a result says beside its kind, also where it is corrected.
struct ResultOptions: ParsableArguments {
  @Option(help: "A measure: class=value, as party=warning; a correction keeps those of before.")
  var measure: [MeasureWord] = []

  @Option(help: "Amount in fen.")
  var amount: Int?

  @Option(help: "Body that decided.")
  var decidedBy: String?

  @Option(help: "Number of the decision.")
  var documentNumber: String?

  @Option(help: "1 to 4.")
  var formOfDiscipline: Int?

  @Option(help: "Surveys and scores: the place, from 1.")
  var rank: Int?

  @Option(help: "Surveys and scores: among how many.")
  var ranked: Int?

  @Option(help: "Surveys and scores: hundredths of a point.")
  var score: Int?

  @Option(help: ArgumentHelp("Scores: the agency that is scored.", valueName: "code"))
  var unit: String?
}
