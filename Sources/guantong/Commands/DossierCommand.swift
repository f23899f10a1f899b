import ArgumentParser

/// `guantong dossier`.
struct DossierCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dossier", abstract: "Dossiers.",
    subcommands: [
      DossierList.self, DossierShow.self, DossierCreate.self, DossierAdmit.self,
      DossierExclude.self,
    ])
}
