import Ledger
import Office

extension OfficeDesk {
  /// Lists the desks of hosted agencies.
  func listDesks() async throws -> API.DeskList {
    try await office.desks(desks.keys.all)
  }

  /// Makes the key of an agency that this node is to host; asked again it gives the same one.
  func openDesk(
    _ request: API.OpenDeskRequest, by acting: Acting
  ) async throws -> API.HostedDesk {
    let agency = try Field.agency(request.agency, "agency")
    try await office.assertHostable(agency)
    let kept = try await desks.keys.open(agency)
    return try await office.openDesk(request, kept, by: acting)
  }
}
