import ArgumentParser
import Office

/// `guantong agency invite`.
struct AgencyInvite: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "invite", abstract: Abstract.of("agency.invite"))

  @OptionGroup var profile: ProfileOptions

  @Argument(help: ArgumentHelp("Code of the agency.", valueName: "code"))
  var agency: String

  @Flag(help: "Invite an agency of the directory to ask for a new key.")
  var newKey = false

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.invite,
      API.InviteRequest(profile: profile.profile(code: agency), newKey: newKey))
  }
}
