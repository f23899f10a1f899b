import Ledger
import Postgres
import Replica

extension Office {
  /// Lists the settings of the office that an operator may change.
  package func settings(_ request: API.Nothing = API.Nothing()) async throws -> API.Settings {
    try await read { try settings(in: $0) }
  }

  /// Changes a setting of the office.
  package func set(_ request: API.SettingRequest, by acting: Acting) async throws -> API.Settings {
    try await write(API.setSetting, request, by: acting, on: request.name) { transaction, desk in
      if let rule = DeadlineRule.row(setting: request.name) {
        try set(rule, to: request.value, in: transaction)
        desk.detail = Repeat.line(request.value)
        return try settings(in: transaction)
      }
      guard let setting = Setting(rawValue: request.name), Setting.operators.contains(setting)
      else {
        let terms = "office.deadline.D1…D25b"
        let names = (Setting.operators.map(\.rawValue) + [terms]).joined(separator: " | ")
        throw Field.invalid(request.name, "name", names)
      }
      guard setting.accepts(request.value) else {
        throw Field.invalid(request.value, setting.rawValue, setting.expected)
      }
      try setting.set(request.value, at: settingsDesk, in: transaction.sql)
      desk.detail = Repeat.line(request.value)
      return try settings(in: transaction)
    }
  }

  /// Sets a term of the table with what it rests on; `default` gives it back to the program.
  private func set(
    _ rule: DeadlineRule, to value: String, in transaction: borrowing OfficeTransaction
  ) throws {
    guard value != "default" else {
      try transaction.sql.later("DELETE FROM office.setting WHERE name = \(rule.setting)")
      return
    }
    let value = try Field.line(value, rule.setting)
    guard rule.changed(by: value) != nil else {
      throw Field.invalid(
        value, rule.setting, rule.stated == nil ? "expected.fixedTerm" : "expected.term")
    }
    try Setting.keep(value, as: rule.setting, in: transaction.sql)
  }

  private func settings(
    in transaction: borrowing OfficeTransaction
  ) throws -> API.Settings {
    var values: [API.SettingValue] = []
    for setting in Setting.operators {
      let value = try setting.value(at: settingsDesk, in: transaction.sql)
      values.append(API.SettingValue(name: setting.rawValue, value: value))
    }
    let terms = try OwnTerms.read(in: transaction.sql)
    for rule in DeadlineRule.table {
      guard let stated = terms.rule(rule.code).stated else { continue }
      values.append(API.SettingValue(name: rule.setting, value: stated))
    }
    return API.Settings(settings: values)
  }

  /// Moves the business clock of a sample node, or back to the system's; kept over a restart.
  package func clock(_ request: API.ClockRequest, by acting: Acting) async throws -> API.Clock {
    guard let text = request.set, !text.isEmpty else {
      return try await moveClock(request, by: acting, ahead: 0)
    }
    // A date means the beginning of office hours, 09:00 in Asia/Shanghai.
    let moment = Timestamp(text) ?? Timestamp("\(text)T01:00:00Z")
    guard let moment, Timestamp.lawful.contains(moment) else {
      throw Field.invalid(text, "set", "YYYY-MM-DD | RFC 3339")
    }
    return try await moveClock(request, by: acting, ahead: clock.microsecondsAhead(for: moment))
  }

  private func moveClock(
    _ request: API.ClockRequest, by acting: Acting, ahead: Int64
  ) async throws -> API.Clock {
    _ = try await write(API.clock, request, by: acting, on: request.set ?? "") {
      transaction, desk in
      guard clock.isMovable else { throw OfficeError(.sampleOnly) }
      try Setting.clockAhead.set(String(ahead), in: transaction.sql)
      return API.Clock(now: desk.now.description, sample: true)
    }
    clock.set(microsecondsAhead: ahead)
    return API.Clock(now: clock.now.description, sample: clock.isMovable)
  }

  /// Sets the business clock as it was before a restart; called once at the start of a node.
  package func restoreClock() async throws {
    let text = try await read { try Setting.clockAhead.value(in: $0.sql) }
    if let ahead = text.flatMap({ Int64($0) }) { clock.set(microsecondsAhead: ahead) }
  }
}
