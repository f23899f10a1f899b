import ArgumentParser
import Office

/// `guantong config show`.
struct ConfigShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: Abstract.of("config.show"))

  @Argument(help: "Only this key.")
  var key: String?

  @Flag(help: "Say where each value came from.")
  var origin = false

  @Flag(help: "Only the value, for scripts.")
  var raw = false

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let listing = SettingsListing(try options.settings(), isRaw: raw)
    let printer = options.printer
    guard let key else {
      try show(listing.entries, printer)
      return
    }
    guard let entry = listing.entries.first(where: { $0.key == key }) else {
      let nearest = Nearest.word(to: key, among: listing.entries.map(\.key)) ?? "agency"
      throw OfficeError(
        .invalidValue,
        [
          "field": "key", "value": key,
          "expected": printer.words("config.known", ["nearest": nearest]),
        ])
    }
    if raw {
      printer.write([entry.value])
      if entry.value.isEmpty, entry.origin == "reader.own" {
        Printer.complain([printer.words("reader.own")])
      }
    } else {
      try show([entry], printer)
    }
  }

  private func show(_ entries: [SettingsListing.Entry], _ printer: Printer) throws {
    guard printer.format != .json else {
      try printer.json(SettingsListing.Shape(settings: entries))
      return
    }
    let names = origin ? ["key", "value", "origin"] : ["key", "value"]
    let table = Table(
      columns: names.flatMap { printer.words.columns($0) },
      rows: entries.map { entry in
        let cells = [Table.Cell(entry.key), Table.Cell(entry.value)]
        let from = Table.Cell(entry.origin, shown: printer.words(entry.origin))
        return origin ? cells + [from] : cells
      })
    printer.write(printer.lines(of: Page(blocks: [.table(table)])))
  }
}
