import FoundationEssentials
import Office

/// The trail of one clue: supplied, opened, referred, forwarded, filed, decided, told.
struct ClueChapter: Sendable {
  let story: Story
  /// Random words in its titles, texts and names, looked for where they must not be.
  let canary = Canary()

  private var teller: Teller { story.teller }

  /// Tells it.
  func run() async {
    var (clue, letter) = ("", "")
    await teller.step("supply") {
      try await story.clock("2023-03-02")
      let dossier = try await teller.run(
        story.justice,
        [
          "dossier", "create", "--kind", "advice", "--title", "复议发现的履行迟延",
          "--on", "2023-03-02", "--json",
        ], as: .handler
      ).text("dossier")
      let issued = try await story.issue(
        story.justice,
        draft: [
          "document", "draft", dossier, "--form", "leadSupply", "--to", story.office,
          "--title", "线索提供函", "--body", "行政复议中发现一起履行迟延,现提供你办。",
        ], on: "2023-03-02")
      try await story.arrives(issued, at: [story.office])
      return try await teller.run(
        story.office, ["dossier", "show", dossier, "--json"]
      ).expect("home", story.justice).command
    }
    await teller.step("open") {
      try await story.clock("2023-03-06")
      clue = try await story.openClue(
        story.office, title: "某单位超期不办 \(canary.title)", on: "2023-03-06",
        exclude: [story.countyOffice])
      let shown = try await teller.run(story.office, ["dossier", "show", clue, "--json"])
      return shown.command
    }
    await teller.step("refer") {
      try await story.clock("2023-03-07")
      try FileOutput.writeSecret(material, to: materialPath)
      let issued = try await story.refer(
        clue, from: story.office, to: story.discipline, title: "移送函 \(canary.title)",
        body: "现将问题线索移送你单位。\(canary.text)",
        points: ["要点一 \(canary.point)", "要点二:材料由\(canary.name)提供"], on: "2023-03-07",
        more: [
          "--sealed-for", story.discipline, "--sealed-title", "提供人 \(canary.sealed)",
          "--sealed-body", "提供人身份 \(canary.sealed)", "--attach", materialPath,
        ])
      letter = try issued.text("number")
      return "\(letter): \(issued.command)"
    }
    await attachment(letter)
    await forward(clue)
    await handle(clue)
  }

  /// What goes with the letter: its word, 3 MiB and a little of it.
  private var material: [UInt8] {
    let line = Array("佐证材料 \(canary.attachment)\n".utf8)
    return Array((0..<100_000).lazy.map { _ in line }.joined())
  }

  private var materialPath: String { "\(teller.place.directory)/material.txt" }

  private func attachment(_ letter: String) async {
    await teller.step("attachment") {
      let shown = try await teller.eventually {
        let shown = try await teller.run(
          story.discipline, ["document", "show", letter, "--json"])
        guard shown.list("attachments").first?["state"]?.text == "complete" else {
          throw Teller.Unmet(description: "\(shown.command): the attachment is missing")
        }
        return shown
      }
      let out = "\(teller.place.directory)/received.txt"
      try? FileManager.default.removeItem(atPath: out)
      let got = try await teller.run(
        story.discipline, ["document", "attachment", "get", letter, "0", "--out", out])
      guard FileManager.default.contents(atPath: out).map({ Array($0) }) == material else {
        throw Teller.Unmet(description: "\(got.command): other bytes than \(shown.command)")
      }
      return got.command
    }
  }

  private func forward(_ clue: String) async {
    await teller.step("forward") {
      try await story.clock("2023-03-08")
      try await teller.run(
        story.discipline, ["clue", "receive", clue, "--on", "2023-03-08"], as: .registry)
      try await story.clock("2023-03-13")
      let step = try await teller.run(
        story.discipline,
        [
          "clue", "forward", clue, "--to", story.countyDiscipline, "--on", "2023-03-13", "--json",
        ], as: .deputy)
      try await story.arrives(step, at: [story.office, story.countyDiscipline])
      return try await teller.run(
        story.countyDiscipline, ["clue", "show", clue, "--json"]
      ).expect("home", story.office).command
    }
    await teller.step("accept") {
      try await story.clock("2023-03-14")
      try await teller.run(
        story.countyDiscipline, ["clue", "receive", clue, "--on", "2023-03-14"], as: .registry)
      try await story.clock("2023-03-15")
      let step = try await teller.run(
        story.countyDiscipline, ["clue", "accept", clue, "--on", "2023-03-15", "--json"],
        as: .caseOffice)
      try await story.arrives(step, at: [story.office, story.discipline])
      return try await story.card(clue, at: story.office, "due_on", "2023-04-14").command
    }
  }

  private func handle(_ clue: String) async {
    await teller.step("dispose") {
      try await story.clock("2023-04-03")
      let step = try await teller.run(
        story.countyDiscipline,
        [
          "clue", "dispose", clue, "--kind", "verification", "--note", "拟予核实。\(canary.act)",
          "--on", "2023-04-03", "--json",
        ], as: .head)
      try await story.arrives(step, at: [story.office])
      return step.command
    }
    await teller.step("decide") {
      try await story.clock("2023-06-12")
      try await record(clue, "caseFiled", on: "2023-06-12", [])
      try await story.clock("2023-09-18")
      let step = try await record(
        clue, "sanction", on: "2023-09-18",
        [
          "--measure", "party=warning", "--measure", "governmental=demerit", "--person-key",
          "P-011", "--note", "决定书已送达。\(canary.result)",
        ])
      try await story.arrives(step, at: [story.office])
      try await story.clock("2023-09-20")
      try await teller.run(
        story.countyDiscipline,
        ["clue", "dispose", clue, "--kind", "executed", "--on", "2023-09-20"], as: .head)
      let results = try await teller.run(
        story.office, ["result", "list", "--dossier", clue, "--json"])
      guard results.list("results").filter({ $0["state"] == .string("valid") }).count == 2 else {
        throw Teller.Unmet(description: "\(results.command): \(results.output)")
      }
      return results.command
    }
    await teller.step("feedback") {
      try await story.clock("2023-09-28")
      let step = try await teller.run(
        story.countyDiscipline,
        [
          "clue", "feedback", clue, "--stage", "executed", "--final", "--note",
          "处分已执行,现反馈。\(canary.text)", "--on", "2023-09-28", "--json",
        ], as: .caseOffice)
      try await story.arrives(step, at: [story.office, story.discipline])
      return try await story.card(clue, at: story.office, "state", "closed").command
    }
  }

  @discardableResult
  private func record(
    _ clue: String, _ kind: String, on date: String, _ more: [String]
  ) async throws -> Teller.Ran {
    try await teller.run(
      story.countyDiscipline,
      ["result", "record", clue, "--kind", kind, "--on", date, "--json"] + more, as: .head)
  }
}
