import ArgumentParser

/// `guantong report`.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: Abstract.of("report"),
    subcommands: [
      ReportFigures.self, ReportOverdue.self, ReportMatrix.self, ReportDeductions.self,
      ReportPlan.self, ReportMinutes.self, ReportAssess.self, ReportStatement.self,
      ReportCreate.self, ReportCorrect.self,
    ])
}
