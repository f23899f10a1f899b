import Exchange
import Ledger

extension Simulation {
  /// What a page becomes for a reader that makes the mistake of this run, as if its server had
  /// signed that.
  func trusting(
    _ page: DeliveryPage, from peer: AgencyCode, at node: SimulatedNode
  ) throws -> DeliveryPage {
    guard let owner = self.node(peer) else { return page }
    func blank(_ number: UInt64) -> Delivery? {
      runningHash(number, for: node.code, at: owner).map {
        Delivery(number: number, content: .blank($0))
      }
    }
    switch plan.trustMistake {
    case .keepsFirstEntry:
      let deliveries = try page.deliveries.map { delivery in
        try trusting([delivery], at: node).isEmpty ? blank(delivery.number) ?? delivery : delivery
      }
      return try resigned(page, deliveries, by: owner)
    case .overlooksGaps:
      var deliveries: [Delivery] = []
      for delivery in page.deliveries {
        while let last = deliveries.last, last.number + 1 < delivery.number,
          let missing = blank(last.number + 1)
        {
          deliveries.append(missing)
        }
        deliveries.append(delivery)
      }
      return try resigned(page, deliveries, by: owner)
    case .takesAnyWord, .takesAnyName, nil: return page
    }
  }

  /// What remains of deliveries likewise.
  func trusting(_ deliveries: [Delivery], at node: SimulatedNode) throws -> [Delivery] {
    guard plan.trustMistake == .keepsFirstEntry,
      let known = try node.store.readNow(GraphOf(dossier: directory))
    else { return deliveries }
    return deliveries.filter { delivery in
      guard case .changeSet(let received) = delivery.content,
        case .header(let header) = received.reading, header.dossier == directory
      else { return true }
      return known.changeSets(of: header.author).allSatisfy {
        $0.header.sequence != header.sequence || $0.id == received.id
      }
    }
  }
}
