import ArgumentParser

/// `guantong dossier`.
struct DossierCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dossier", abstract: Abstract.of("dossier"),
    subcommands: [
      DossierList.self, DossierShow.self, DossierCreate.self, DossierAdmit.self,
      DossierEnd.self, DossierExclude.self, DossierAdvance.self, DossierRelate.self,
    ])
}
