import FoundationEssentials
import Office

/// Makes the files of the agencies that are not there yet, each with its own ports.
struct DemoMaking {
  /// Where the demo is.
  let place: DemoPlace
  /// Peer port of the agency before the first.
  let portBase: Int
  /// Language of the nodes.
  let language: Language

  /// Makes what is missing; moves an agency whose port is held by somebody else.
  func run(_ agencies: [DemoAgency]) async throws {
    var taken: Set<Int> = []
    for (index, agency) in agencies.enumerated() {
      let peer = await FreePort.near(portBase + index + 1, avoiding: taken)
      let ops = await FreePort.near(portBase + 1_000 + index + 1, avoiding: taken)
      taken.formUnion([peer, ops])
      let values: [SettingKey: String] = [
        .agency: agency.code, .peerListen: "127.0.0.1:\(peer)",
        .opsListen: "127.0.0.1:\(ops)", .language: language.rawValue, .sample: "true",
      ]
      let blueprint = NodeBlueprint(
        directory: place.node(agency.code), values: values,
        firstStart: API.FirstStart(
          registrar: agency.code == DemoAgency.registrar,
          profile: API.AgencyProfile(
            code: agency.code, name: agency.name, shortName: agency.shortName,
            level: agency.level, region: String(agency.code.prefix(6)),
            creditCode: agency.creditCode.isEmpty ? nil : agency.creditCode, kind: agency.kind),
          people: people(of: agency)))
      if FileManager.default.fileExists(atPath: place.config(agency.code)) {
        try FileOutput.writeSecret(
          Array(blueprint.configuration().utf8), to: place.config(agency.code))
      } else {
        _ = try blueprint.make()
      }
    }
  }

  private func people(of agency: DemoAgency) -> [API.PersonRequest] {
    DemoPerson.allCases.filter { $0 != .caseOffice || agency.isDisciplineBody }
      .map { API.PersonRequest(name: $0.rawValue, roles: [$0.role]) }
  }
}
