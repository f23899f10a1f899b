import ArgumentParser
import Office

/// `guantong calendar set`.
struct CalendarSet: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: Abstract.of("calendar.set"),
    discussion: """
      The program knows the holidays of 2023 to 2026. Those of a later year are entered here once \
      the notice of the State Council is out; until then due dates count Monday to Friday.
      """)

  /// What a day is.
  enum Kind: String, CaseIterable, ExpressibleByArgument {
    case working, off
  }

  @Argument(help: ArgumentHelp("The day.", valueName: "date"))
  var day: String

  @Argument(help: "working or off.")
  var kind: Kind

  @Option(help: "Why, such as the holiday and the notice that ordered it.")
  var note: String

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.setCalendarDay,
      API.CalendarDayRequest(day: day, working: kind == .working, note: note))
  }
}
