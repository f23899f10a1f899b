import ArgumentParser

/// `guantong agency`.
struct AgencyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "agency", abstract: "The directory: agencies, invitations and governors.",
    subcommands: [
      AgencyList.self, AgencyInvite.self, AgencyAdd.self, AgencyCountersign.self,
      AgencyPending.self, AgencyGovern.self,
    ])
}
