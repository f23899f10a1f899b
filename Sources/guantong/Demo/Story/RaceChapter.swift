import Office

/// The races between a sender and a recipient: returned and resent, withdrawn in time, withdrawn
/// too late while the line was cut.
struct RaceChapter: Sendable {
  let story: Story
  private var teller: Teller { story.teller }

  /// Tells it.
  func run() async {
    await resent()
    await withdrawn()
    await crossed()
  }

  private func letter(_ title: String, more: [String] = []) async throws -> String {
    let clue = try await story.openClue(story.office, title: title, on: "2023-12-04")
    _ = try await story.refer(
      clue, from: story.office, to: story.discipline, title: "移送函 \(title)",
      body: "现将问题线索移送你单位。", points: ["一", "二"], on: "2023-12-04", more: more)
    return clue
  }

  /// E01: returned as incomplete, sent again, accepted.
  private func resent() async {
    await teller.step("resent") {
      let clue = try await letter("材料不全一件")
      try await teller.run(story.discipline, ["clue", "receive", clue], as: .registry)
      let returned = try await teller.run(
        story.discipline,
        [
          "clue", "return", clue, "--reason", "incomplete", "--note", "请补第二项原始凭证",
          "--json",
        ], as: .caseOffice)
      try await story.arrives(returned, at: [story.office])
      let shown = try await story.card(clue, at: story.office, "state", "returned")
      guard let first = shown.list("referrals").first?["document"]?.text else {
        throw Teller.Unmet(description: "\(shown.command) has no letter")
      }
      _ = try await story.refer(
        clue, from: story.office, to: story.discipline, title: "移送函(补齐)",
        body: "材料已补齐。", points: ["一", "二"], on: "2023-12-04", more: ["--resends", first])
      try await teller.run(story.discipline, ["clue", "receive", clue], as: .registry)
      let accepted = try await teller.run(
        story.discipline, ["clue", "accept", clue, "--json"], as: .caseOffice)
      try await story.arrives(accepted, at: [story.office])
      return try await story.card(clue, at: story.office, "state", "accepted").command
    }
  }

  /// E06: withdrawn before anybody received it.
  private func withdrawn() async {
    await teller.step("withdrawn") {
      let clue = try await letter("误送一件")
      let asked = try await teller.run(
        story.office, ["clue", "withdraw", clue, "--note", "误送", "--json"], as: .deputy)
      try await story.arrives(asked, at: [story.discipline])
      let agreed = try await teller.run(
        story.discipline, ["clue", "agree-withdraw", clue, "--json"], as: .caseOffice)
      try await story.arrives(agreed, at: [story.office])
      return try await story.card(clue, at: story.office, "state", "withdrawn").command
    }
  }

  /// E07: the withdrawal crosses the acceptance while the line is cut.
  private func crossed() async {
    await teller.step("crossed") {
      let clue = try await letter("撤回与受理交叉一件")
      let dir = ["--dir", teller.place.directory]
      try await teller.program(["demo", "break", story.discipline, "--kind", "cut"] + dir)
      try await teller.run(story.office, ["clue", "withdraw", clue], as: .deputy)
      try await teller.run(story.discipline, ["clue", "receive", clue], as: .registry)
      try await teller.run(story.discipline, ["clue", "accept", clue], as: .caseOffice)
      try await teller.program(["demo", "heal", story.discipline] + dir)
      for code in [story.office, story.discipline] {
        _ = try await story.card(clue, at: code, "state", "accepted")
      }
      return try await teller.eventually {
        let shown = try await teller.run(story.office, ["clue", "show", clue, "--json"])
        return shown.list("referrals").first?["withdrawal"] == .string("ineffective") ? shown : nil
      }.command
    }
  }
}
