import ArgumentParser
import FoundationEssentials
import Office

/// `guantong backup list`.
struct BackupList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: Abstract.of("backup.list"))

  @Argument(help: "The folder of the backups.", completion: .directory)
  var folder: String

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let path = AbsolutePath.of(folder)
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
      throw OfficeError(.notFound, ["id": path])
    }
    // The moment in a folder's name puts the backups of an agency in order.
    let found = names.sorted(by: >).map { BackupFolder("\(path)/\($0)") }.filter {
      FileManager.default.fileExists(atPath: $0.file(BackupManifest.name))
    }
    var shown = ShownBackups(backups: [], truncated: found.count > API.listMax)
    for folder in found.prefix(API.listMax) {
      do {
        shown.backups.append(ShownBackup(folder, try await folder.manifest()))
      } catch let error as OfficeError where error.refusal == .integrity {
        shown.backups.append(
          ShownBackup(damaged: folder, reason: error.problem(in: options.language).detail))
      }
    }
    try options.printer.show(shown)
  }
}
