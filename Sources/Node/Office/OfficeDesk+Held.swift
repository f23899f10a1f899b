import Exchange
import Ledger
import Office

extension OfficeDesk {
  /// Judges held change sets again and asks for what they wait for, now.
  func retryHeld(
    _ request: API.HeldRetryRequest, in language: Language
  ) async throws -> API.HeldRetry {
    let choice = try await choice(request)
    let again = try await synchronizer.retryHeldNow(choice)
    // Who has left the directory may still have copies here.
    if case .all(from: .some) = choice, again.judged == 0 { _ = try peer(request.peer) }
    return API.HeldRetry(
      judged: again.judged, stored: again.judged - again.rejected - again.waiting,
      rejected: again.rejected, waiting: again.waiting,
      peers: again.peers.sorted { $0.key < $1.key }.map { peer, sought in
        API.AskedPeer(
          agency: peer.rawValue, asked: sought.asked, stored: sought.stored, held: sought.held,
          error: sought.fault?.text(in: language), errorCode: sought.fault?.code)
      }, truncated: again.isCut)
  }

  private func choice(_ request: API.HeldRetryRequest) async throws -> HeldChoice {
    let peer = request.peer.flatMap { $0.isEmpty ? nil : $0 }
    guard let id = request.id, !id.isEmpty else {
      return .all(from: try peer.map { try Field.agency($0, "peer") })
    }
    if let peer { throw Field.invalid(peer, "peer", "expected.absentWithID") }
    return .one(try await office.heldID(id))
  }
}
