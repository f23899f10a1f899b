import Casework
import Exchange
import Ledger
import Postgres
import Replica

extension Office {
  /// Reports on an item that this agency is responsible for.
  package func reportItem(
    _ request: API.ItemReportRequest, by acting: Acting
  ) async throws -> API.Step {
    try await write(
      API.reportItem, request, by: acting, on: request.item, recording: { _ in .act(request.scan) }
    ) { transaction, desk in
      let item = try TrackedItem(request.item, by: agency, in: transaction)
      let text = try Field.text(request.text, "text")
      return try desk.decide(.report, item, request.on, text, in: transaction)
    }
  }

  /// Passes the report of an item that this agency issued.
  package func passItem(_ request: API.ItemActRequest, by acting: Acting) async throws -> API.Step {
    try await write(API.passItem, request, by: acting, on: request.item) { transaction, desk in
      let item = try TrackedItem(request.item, by: agency, in: transaction)
      let report = try item.report(request.report, in: transaction)
      return try desk.decide(
        .pass, item, request.on, request.note ?? "", citing: [report].compactMap(\.self),
        in: transaction)
    }
  }

  /// Sends the report of an item that this agency issued back, with a reason of the table.
  package func rejectItem(
    _ request: API.ItemRejectRequest, by acting: Acting
  ) async throws -> API.Step {
    try await write(API.rejectItem, request, by: acting, on: request.item) { transaction, desk in
      let item = try TrackedItem(request.item, by: agency, in: transaction)
      let reason = try Field.code(request.reason, "reason", as: RejectReason.self)
      let report = try item.report(request.report, in: transaction)
      return try desk.decide(
        .reject, item, request.on, request.note ?? "", citing: [report].compactMap(\.self),
        in: transaction
      ) { $0.reason = reason.rawValue }
    }
  }

  /// Signs off an item that passed.
  package func signOffItem(
    _ request: API.ItemActRequest, by acting: Acting
  ) async throws -> API.Step {
    try await write(API.signOffItem, request, by: acting, on: request.item) {
      transaction, desk in
      let item = try TrackedItem(request.item, by: agency, in: transaction)
      let report = try item.report(request.report, in: transaction)
      let passed = try item.acts(.pass, in: transaction)
      return try desk.decide(
        .signOff, item, request.on, request.note ?? "",
        citing: [report].compactMap(\.self) + passed, in: transaction)
    }
  }
}
