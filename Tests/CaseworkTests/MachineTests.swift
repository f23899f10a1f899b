import Casework
import FoundationEssentials
import Testing

/// Prints the machines; the page in the documentation is this text and nothing else.
enum MachinePage {
  static var text: String {
    let machines =
      [
        section(Machines.document), section(Machines.referral), section(Machines.handling),
        section(Machines.item), section(Machines.minutes), section(Machines.result),
        section(Machines.membership), section(Machines.links),
      ] + Course.all.map { section($0.machine, from: $0.begins) }
    return """
      # State machines

      Each question has one arbiter and one table. A step whose pair with the
      state is empty is void.

      Printed by `MachineTests` from `Machines`; `REWRITE=1` writes it anew.

      \(machines.joined(separator: "\n"))
      """
  }

  static func section<State>(
    _ machine: Machine<State>, from begins: State? = nil
  ) -> String {
    var steps: [Step] = []
    for rule in machine.rules where !steps.contains(rule.step) { steps.append(rule.step) }
    let states = State.allCases.filter { state in
      state == begins
        || machine.rules.contains { $0.from.contains(state) || $0.to == .moves(state) }
    }
    var lines = [
      "## \(machine.name) \(machine.term.zh) (\(machine.term.en))", "",
      "Arbiter: \(machine.arbiter)"
        + (begins.map { " It begins as \($0.rawValue)." } ?? ""), "",
      "| step | " + states.map(\.rawValue).joined(separator: " | ") + " |",
      "|---|" + states.map { _ in "---|" }.joined(),
    ]
    for step in steps {
      let cells = states.map { state in
        machine.rule(step, from: state).map { outcome($0, state) } ?? ""
      }
      lines.append("| \(step.code) | " + cells.joined(separator: " | ") + " |")
    }
    lines += ["", "| step | from | by | roles | needs |", "|---|---|---|---|---|"]
    lines += machine.rules.map(row)
    lines += [
      "", "States: " + states.map { "\($0.rawValue) \($0.term.zh)" }.joined(separator: " · "), "",
    ]
    return lines.joined(separator: "\n")
  }

  private static func outcome<State>(_ rule: Rule<State>, _ state: State) -> String {
    switch rule.to {
    case .stays: "="
    case .moves(let next): next.rawValue
    case .byPoints: "by points"
    case .closesWhenFinal(let next): "= or \(next.rawValue)"
    }
  }

  private static func row<State>(_ rule: Rule<State>) -> String {
    let everywhere = rule.from.count == State.allCases.count
    let from = everywhere ? "any" : rule.from.map(\.rawValue).joined(separator: ", ")
    var who = roles(rule.roles.usual)
    if rule.roles.discipline != rule.roles.usual {
      who += "; discipline body: \(roles(rule.roles.discipline))"
    }
    if rule.mayBeAutomatic { who += "; or the node by itself" }
    let needs = rule.needs.map(\.text).joined(separator: "; ")
    return "| \(rule.step.code) | \(from) | \(rule.by.term.en) | \(who) | \(needs) |"
  }

  private static func roles(_ roles: Set<Role>) -> String {
    Role.allCases.filter(roles.contains).map(\.rawValue).joined(separator: ", ")
  }
}

@Suite struct `the machines` {
  private var path: String {
    let folders = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
    return folders.joined(separator: "/") + "/Sources/Casework/Casework.docc/Machines.md"
  }

  @Test func `the page of the machines is printed from the machines`() throws {
    let text = MachinePage.text
    if ProcessInfo.processInfo.environment["REWRITE"] == "1" {
      try Data(text.utf8).write(to: URL(filePath: path))
    }
    let page = try #require(FileManager.default.contents(atPath: path))
    #expect(String(decoding: page, as: UTF8.self) == text)
  }

  @Test func `a pair of step and state stands in one row at most`() {
    check(Machines.document)
    check(Machines.referral)
    check(Machines.handling)
    check(Machines.item)
    check(Machines.minutes)
    check(Machines.result)
    check(Machines.membership)
    check(Machines.links)
    for course in Course.all { check(course.machine) }
  }

  private func check<State>(_ machine: Machine<State>) {
    for state in State.allCases {
      for step in Set(machine.rules.map(\.step)) {
        let rows = machine.rules.filter { $0.step == step && $0.from.contains(state) }
        #expect(rows.count <= 1, "\(machine.name) \(step.code) \(state.rawValue)")
      }
    }
    for rule in machine.rules {
      #expect(!rule.from.isEmpty && !rule.roles.usual.isEmpty, "\(machine.name) \(rule.step.code)")
      #expect(
        rule.roles.usual.union(rule.roles.discipline).isDisjoint(with: [.operator, .auditor]))
    }
  }

  @Test func `every verb belongs to a machine`() {
    // Their kind says which row is meant.
    let byKind: Set<Verb> = [.circulate, .dispose, .advance, .urge]
    for verb in Verb.allCases where !byKind.contains(verb) {
      let isKnown =
        Machines.document.knows(.verb(verb)) || Machines.referral.knows(.verb(verb))
        || Machines.item.knows(.verb(verb)) || Machines.minutes.knows(.verb(verb))
        || Machines.membership.knows(.verb(verb)) || Machines.links.knows(.verb(verb))
      #expect(isKnown, "\(verb.rawValue)")
    }
    for disposition in Disposition.allCases {
      #expect(Machines.handling.knows(.disposition(disposition)))
    }
    for level in SupervisionLevel.allCases { #expect(Machines.item.knows(.level(level))) }
    for stage in Stage.allCases {
      let isReached = Course.all.contains { course in
        course.begins == stage || course.machine.knows(.stage(stage))
          || course.machine.rules.contains { $0.to == .moves(stage) }
      }
      #expect(isReached, "\(stage.rawValue)")
    }
    for kind in ResultKind.allCases where kind.isDiscipline {
      #expect(Machines.handling.knows(.result(kind)))
    }
  }
}
