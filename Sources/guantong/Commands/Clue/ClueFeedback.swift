import ArgumentParser
import Office

/// `guantong clue feedback`.
struct ClueFeedback: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "feedback", abstract: Abstract.of("clue.feedback"))

  @Argument(help: "Clue.")
  var clue: String

  @OptionGroup var letter: LetterOptions

  @Option(help: "Stage that it tells.")
  var stage: String

  @Flag(help: "Close the referral.")
  var final = false

  @Option(help: "Text of the feedback.")
  var note: String

  @Option(help: ArgumentHelp("Date stated; today when absent.", valueName: "date"))
  var on: String?

  @OptionGroup var paper: ScanOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.feedback,
      API.FeedbackRequest(
        clue: clue, document: letter.document, stage: stage, final: final, on: on, note: note,
        scan: paper.scan))
  }
}
