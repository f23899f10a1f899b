import Casework
import Exchange
import Ledger
import Postgres
import Replica

extension Office {
  /// Says that this agency has taken an item up that it is responsible for.
  package func acknowledgeItem(
    _ request: API.ItemStepRequest, by acting: Acting
  ) async throws -> API.Step {
    try await write(
      API.acknowledgeItem, request, by: acting, on: request.item,
      recording: { _ in .act(request.scan) }
    ) { transaction, desk in
      let item = try TrackedItem(request.item, by: agency, in: transaction)
      return try desk.decide(
        .acknowledge, item, request.on, request.note ?? "", in: transaction)
    }
  }

  /// Says how this agency means to deal with an item that it is responsible for.
  package func planItem(
    _ request: API.ItemTextRequest, by acting: Acting
  ) async throws -> API.Step {
    try await write(
      API.planItem, request, by: acting, on: request.item, recording: { _ in .act(request.scan) }
    ) { transaction, desk in
      let item = try TrackedItem(request.item, by: agency, in: transaction)
      let text = try Field.text(request.text, "text")
      return try desk.decide(.plan, item, request.on, text, in: transaction)
    }
  }

  /// Asks the issuer of an item for more time, with a reason of the table and a new due date.
  package func extendItem(
    _ request: API.ItemExtendRequest, by acting: Acting
  ) async throws -> API.Step {
    try await write(
      API.extendItem, request, by: acting, on: request.item, recording: { _ in .act(request.scan) }
    ) { transaction, desk in
      let item = try TrackedItem(request.item, by: agency, in: transaction)
      let reason = try Field.code(request.reason, "reason", as: ExtensionReason.self)
      guard let dueOn = try Field.date(request.dueOn, "dueOn") else {
        throw OfficeError(.missingValue, ["field": "dueOn"])
      }
      return try desk.decide(
        .requestExtension, item, request.on, request.note ?? "", in: transaction
      ) { act in
        act.reason = reason.rawValue
        act.dueOn = dueOn
      }
    }
  }

  /// Disputes an item, saying why; its issuer decides.
  package func disputeItem(
    _ request: API.ItemTextRequest, by acting: Acting
  ) async throws -> API.Step {
    try await write(
      API.disputeItem, request, by: acting, on: request.item, recording: { _ in .act(request.scan) }
    ) { transaction, desk in
      let item = try TrackedItem(request.item, by: agency, in: transaction)
      let text = try Field.text(request.text, "text")
      return try desk.decide(.dispute, item, request.on, text, in: transaction)
    }
  }
}
