import Casework
import Exchange
import Ledger
import Postgres
import Replica

extension Office {
  /// Grants the responsible agency more time: until the date stated, or the one it asked for last.
  package func grantItem(
    _ request: API.ItemGrantRequest, by acting: Acting
  ) async throws -> API.Step {
    try await write(API.grantItem, request, by: acting, on: request.item) { transaction, desk in
      let item = try TrackedItem(request.item, by: agency, in: transaction)
      let asked = try item.asked(.requestExtension, request.request, in: transaction)
      let dueOn = try Field.date(request.dueOn, "dueOn") ?? asked.last?.dueOn
      return try desk.decide(
        .grant, item, request.on, request.note ?? "", citing: asked.map(\.place), in: transaction
      ) { $0.dueOn = dueOn }
    }
  }

  /// Denies the responsible agency more time.
  package func denyItem(
    _ request: API.ItemAnswerRequest, by acting: Acting
  ) async throws -> API.Step {
    try await write(API.denyItem, request, by: acting, on: request.item) { transaction, desk in
      let item = try TrackedItem(request.item, by: agency, in: transaction)
      let asked = try item.asked(.requestExtension, request.request, in: transaction)
      return try desk.decide(
        .deny, item, request.on, request.note ?? "", citing: asked.map(\.place), in: transaction)
    }
  }

  /// Upholds a dispute, saying why; the item is cancelled by it.
  package func upholdItem(
    _ request: API.ItemAnswerRequest, by acting: Acting
  ) async throws -> API.Step {
    try await write(API.upholdItem, request, by: acting, on: request.item) { transaction, desk in
      try desk.review(.uphold, request, in: transaction)
    }
  }

  /// Dismisses a dispute, saying why; the item goes on.
  package func dismissItem(
    _ request: API.ItemAnswerRequest, by acting: Acting
  ) async throws -> API.Step {
    try await write(API.dismissItem, request, by: acting, on: request.item) { transaction, desk in
      try desk.review(.dismissDispute, request, in: transaction)
    }
  }

  /// Opens an item again that was signed off and has relapsed.
  package func reopenItem(
    _ request: API.ItemTextRequest, by acting: Acting
  ) async throws -> API.Step {
    try await write(
      API.reopenItem, request, by: acting, on: request.item, recording: { _ in .act(request.scan) }
    ) { transaction, desk in
      let item = try TrackedItem(request.item, by: agency, in: transaction)
      let text = try Field.text(request.text, "text")
      let closing = try item.acts(.signOff, in: transaction)
      return try desk.decide(.reopen, item, request.on, text, citing: closing, in: transaction)
    }
  }

  /// Gives an item to another agency of the dossier; what the first one wrote counts no more.
  package func reassignItem(
    _ request: API.ItemReassignRequest, by acting: Acting
  ) async throws -> API.Step {
    try await write(API.reassignItem, request, by: acting, on: request.item) { transaction, desk in
      let item = try TrackedItem(request.item, by: agency, in: transaction)
      let unit = try Field.agency(request.unit, "unit")
      try desk.known([unit])
      try desk.refuseExcluded([unit], in: item.dossier, in: transaction)
      let members = try desk.members(of: item.dossier, in: transaction)
      guard unit == agency || members.contains(unit.rawValue) else {
        throw OfficeError(.conflict, ["detail": "conflict.notMember, \(unit.rawValue)"])
      }
      let text = try Field.text(request.text, "text")
      return try desk.decide(.reassign, item, request.on, text, in: transaction) { act in
        act.agencies = [unit]
      }
    }
  }

  /// Takes an item back that was issued, saying why.
  package func cancelItem(
    _ request: API.ItemTextRequest, by acting: Acting
  ) async throws -> API.Step {
    try await write(
      API.cancelItem, request, by: acting, on: request.item, recording: { _ in .act(request.scan) }
    ) { transaction, desk in
      let item = try TrackedItem(request.item, by: agency, in: transaction)
      let text = try Field.text(request.text, "text")
      return try desk.decide(.cancel, item, request.on, text, in: transaction)
    }
  }
}

extension Desk {
  fileprivate mutating func review(
    _ verb: Verb, _ request: API.ItemAnswerRequest, in transaction: borrowing OfficeTransaction
  ) throws -> API.Step {
    let item = try TrackedItem(request.item, by: office.agency, in: transaction)
    let asked = try item.asked(.dispute, request.request, in: transaction)
    let note = try Field.text(request.note ?? "", "note")
    return try decide(
      verb, item, request.on, note, citing: asked.map(\.place), in: transaction)
  }
}
