import ArgumentParser

/// `guantong agency`.
struct AgencyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "agency", abstract: Abstract.of("agency"),
    subcommands: [
      AgencyList.self, AgencyShow.self, AgencyInvite.self, AgencyAdd.self,
      AgencyCountersign.self, AgencyPending.self, AgencyGovern.self, AgencyChange.self,
      AgencyMove.self,
      AgencyRotateKey.self, AgencySuspendKey.self, AgencyAppoint.self,
    ])
}
