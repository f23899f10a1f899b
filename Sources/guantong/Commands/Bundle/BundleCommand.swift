import ArgumentParser

/// `guantong bundle`.
struct BundleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bundle", abstract: Abstract.of("bundle"),
    subcommands: [
      BundleExport.self, BundleImport.self, BundleInspect.self, BundleRenewKey.self,
    ])
}
