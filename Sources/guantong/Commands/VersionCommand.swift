import ArgumentParser
import Office

/// `guantong version`.
struct VersionCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "version", abstract: Abstract.of("version"))

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try options.printer.show(
      API.Version(
        version: Build.version, commit: Build.commit, formats: Build.formats,
        peerProtocol: Build.peerProtocol,
        postgres: (try? await options.call(API.version, API.Nothing()))?.postgres))
  }
}
