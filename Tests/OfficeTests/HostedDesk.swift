import Casework
import Exchange
import Ledger
import Office
import Testing

/// An agency without a node, at the node of another.
struct HostedDesk: Sendable {
  let code: AgencyCode
  let host: Agency
  let office: Office

  /// A call in the name of the desk's person who has this role.
  func by(_ role: Role) -> Acting {
    Acting(osUser: "tester", person: "\(code.rawValue) \(role.rawValue)")
  }

  /// The same desk with another key.
  func with(_ key: SigningKey) -> HostedDesk {
    HostedDesk(code: code, host: host, office: host.office.desk(of: code, key: key))
  }
}

extension City {
  /// The code of the agency that tests host.
  static let hosted = "420304-JW"

  /// A key of a seed.
  static func key(_ seed: UInt8) throws -> SigningKey {
    try #require(SigningKey(rawRepresentation: Array(repeating: seed, count: 32)))
  }

  /// What the registrar asks to admit the hosted agency.
  static func admission(
    of key: SigningKey, by host: String, kind: String = "disciplineBody"
  ) -> API.AdmitAgencyRequest {
    API.AdmitAgencyRequest(
      agency: hosted, fingerprint: String(key.keyID.hex.prefix(16)), hostedBy: host,
      publicKey: Hex.encode(key.publicKey.bytes),
      profile: API.AgencyProfile(
        code: hosted, name: "区纪委监委", level: "county", kind: kind))
  }

  /// Enters an agency that another hosts, with its people.
  func host(at node: String, kind: String = "disciplineBody") async throws -> HostedDesk {
    let host = try self[node]
    let registrar = try #require(agencies.first)
    let key = try Self.key(77)
    let code = try #require(AgencyCode(Self.hosted))
    let desk = HostedDesk(
      code: code, host: host, office: host.office.desk(of: code, key: key))
    let prepared = try await host.office.openDesk(
      API.OpenDeskRequest(agency: Self.hosted), Office.HostedKey(key: key), by: host.operator)
    #expect(prepared.state == "prepared")
    _ = try await registrar.office.admitAgency(
      Self.admission(of: key, by: node, kind: kind), by: registrar.operator)
    try await settle()
    for role in City.roles {
      _ = try await desk.office.addPerson(
        API.PersonRequest(name: "\(Self.hosted) \(role.rawValue)", roles: [role.rawValue]),
        by: host.operator)
    }
    let signed = try #require(try await desk.office.unpublishedParticulars())
    #expect(try await registrar.office.takeParticulars(signed))
    try await settle()
    return desk
  }
}
