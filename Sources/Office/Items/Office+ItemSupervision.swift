import Casework
import Ledger
import Replica

extension Office {
  /// Takes a step of the ladder of supervision on an open item.
  package func urgeItem(
    _ request: API.ItemUrgeRequest, by acting: Acting
  ) async throws -> API.Step {
    try await write(API.urgeItem, request, by: acting, on: request.item) { transaction, desk in
      let item = try TrackedItem(request.item, by: agency, in: transaction)
      let level = try Field.code(request.level, "level", as: SupervisionLevel.self)
      let role = try desk.role(
        .level(level), in: Machines.item, from: item.state, reached: item.reached)
      var act = Act(
        on: item.id, .item, verb: .urge, actor: try desk.clerk().id, role: role,
        date: try desk.date(request.on), basis: [item.place],
        note: try Field.optionalText(request.note, "note"))
      act.kind = level.rawValue
      return try desk.write(act, in: item.dossier, state: item.state.rawValue, in: transaction)
    }
  }

  /// Puts an open item on the list of long-term rectification, with a new due date.
  package func prolongItem(
    _ request: API.ItemProlongRequest, by acting: Acting
  ) async throws -> API.Step {
    try await write(API.prolongItem, request, by: acting, on: request.item) { transaction, desk in
      let item = try TrackedItem(request.item, by: agency, in: transaction)
      let text = try Field.text(request.text, "text")
      guard let dueOn = try Field.date(request.dueOn, "dueOn") else {
        throw OfficeError(.missingValue, ["field": "dueOn"])
      }
      return try desk.decide(.prolong, item, request.on, text, in: transaction) { act in
        act.dueOn = dueOn
      }
    }
  }
}
