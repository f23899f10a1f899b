import ArgumentParser
import Office

/// `guantong demo heal`.
struct DemoHeal: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "heal",
    abstract: Abstract.of("demo.heal"))

  @Argument(help: ArgumentHelp("The agency.", valueName: "code"))
  var agency: String

  @Option(help: ArgumentHelp("The demo; the last one started when absent.", valueName: "directory"))
  var dir: String?

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let damage = try DemoDamage(directory: dir, agency: agency)
    let report = try await damage.heal(language: options.language)
    try options.printer.show(Healed(report: report))
    guard report.consistent else { throw Ending(outcome: .partly) }
  }

  /// What the check found and mended, which a program reads as fields: there may be no row.
  struct Healed: Encodable, Pageable {
    let report: API.ReconcileSelf

    func encode(to encoder: any Encoder) throws { try report.encode(to: encoder) }

    func page(_ words: Words) -> Page {
      var page = report.page(words)
      let rows = page.blocks.filter { block in
        if case .table(let table) = block { !table.rows.isEmpty } else { false }
      }
      page.blocks.removeAll { block in
        if case .table = block { true } else { false }
      }
      let facts = words.fields([
        "agency": Table.Cell(report.agency),
        "consistent": Table.Cell("\(report.consistent)", shown: ""),
        "repaired": Table.Cell("\(report.repaired)"),
        "holes": Table.Cell("\(report.holesTotal)"),
        "differing": Table.Cell("\(report.differingTotal)"),
      ])
      page.blocks += [facts] + rows
      return page
    }
  }
}
