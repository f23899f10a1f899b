import ArgumentParser

/// `guantong sealed`.
struct SealedCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sealed", abstract: Abstract.of("sealed"),
    subcommands: [
      SealedList.self, SealedDisclose.self, SealedDestroy.self, SealedCertificate.self,
    ])
}
