/// How an agency enters the directory of the registrar, as its two operators do it.
extension AgencyNode {
  /// Lets `newcomer` enter the directory of this node, which is the registrar's; both run.
  func admit(_ newcomer: AgencyNode) throws {
    let invitation = try command(
      ["agency", "invite", newcomer.code] + newcomer.profile, for: Invitation.self)
    let joining = try newcomer.command(
      ["join", "--invite", invitation.invite], for: Joining.self)
    try Program.wait("the request of \(newcomer.code) to join arrives") {
      try command(["agency", "pending"], for: Pending.self).applications.contains {
        $0.fingerprint == joining.fingerprint
      }
    }
    _ = try command(
      ["agency", "add", newcomer.code, "--fingerprint", joining.fingerprint], for: Nothing.self)
    try Program.wait("\(newcomer.code) is admitted") {
      try newcomer.status().node.directory != nil
    }
  }

  private struct Invitation: Decodable {
    let invite: String
  }

  private struct Joining: Decodable {
    let fingerprint: String
  }

  private struct Pending: Decodable {
    struct Application: Decodable {
      let fingerprint: String
    }

    let applications: [Application]
  }
}
