import ArgumentParser
import Node
import Office

/// `guantong calendar import`.
struct CalendarImport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: Abstract.of("calendar.import"),
    discussion: """
      The file is UTF-8 with the head day,kind,note and one line for each exception from Monday to \
      Friday, such as 2027-01-01,off,元旦 or 2027-02-20,working,春节调休. At most 400 days; a line \
      that is wrong is named, and nothing of the file is entered.
      """)

  @Argument(help: "The file.", completion: .file(extensions: ["csv"]))
  var file: String

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let source = PlainFile(path: file)
    let size = try await source.byteCount()
    guard size <= CalendarFile.bytesMax else {
      throw OfficeError(
        .tooLarge, ["bytes": "\(size)", "limit": "\(CalendarFile.bytesMax)"])
    }
    let days = try CalendarFile.days(try await source.read(0, size), of: file)
    try await options.show(API.importCalendar, API.CalendarImportRequest(days: days))
  }
}
