import Office

/// What is broken and healed: the line, a row, the log.
struct BreakChapter: Sendable {
  let story: Story
  private var teller: Teller { story.teller }
  private var directory: [String] { ["--dir", teller.place.directory] }

  /// Tells it.
  func run() async {
    await cut()
    await row()
    await log()
  }

  private func cut() async {
    await teller.step("cut") {
      try await teller.program(["demo", "break", story.court, "--kind", "cut"] + directory)
      let dossier = try await teller.run(
        story.court,
        ["dossier", "create", "--kind", "advice", "--title", "断线期间的工作", "--json"],
        as: .handler
      ).text("dossier")
      let letter = try await story.issue(
        story.court,
        draft: [
          "document", "draft", dossier, "--form", "leadSupply", "--to", story.office, "--title",
          "线索提供函", "--body", "断线期间写成。",
        ], on: "2023-12-04")
      let cut = try await teller.run(
        story.office, ["reconcile", "--peer", story.court, "--json"], expecting: 5)
      try await cutIsSeen()
      try await teller.program(["demo", "heal", story.court] + directory)
      try await story.arrives(letter, at: [story.office])
      try await teller.eventually {
        try await teller.run(story.office, ["reconcile", "--peer", story.court, "--json"])
          .expect("consistent", "true")
      }
      return cut.command
    }
  }

  /// A long poll that waited when the line was cut does not go on: `status` says so at once.
  private func cutIsSeen() async throws {
    try await teller.run(
      story.office, ["status", "--peer", story.court, "--json"]
    ).peer("state", is: "unreachable")
  }

  private func row() async {
    await teller.step("row") {
      let broken = try await teller.program(
        ["demo", "break", story.court, "--kind", "row", "--json"] + directory)
      let found = try await teller.run(
        story.court, ["reconcile", "--self", "--json"], expecting: 2)
      let differing = found.list("differing")
      guard differing.count == 1, found.list("holes").isEmpty,
        differing[0]["kind"] == .string("changed"),
        differing[0]["table"]?.text == (try broken.text("table")),
        differing[0]["id"]?.text?.contains(try broken.text("id")) == true
      else { throw Teller.Unmet(description: "\(found.command): \(found.output)") }
      try await teller.run(story.court, ["reconcile", "--self", "--repair", "--json"])
      try await teller.run(story.court, ["reconcile", "--self", "--json"])
      return found.command
    }
  }

  private func log() async {
    await teller.step("log") {
      let broken = try await teller.program(
        ["demo", "break", story.countyDiscipline, "--kind", "log", "--json"] + directory)
      let found = try await teller.run(
        story.countyDiscipline, ["reconcile", "--self", "--json"], expecting: 2)
      let holes = found.list("holes")
      guard holes.count == 1, holes[0]["id"]?.text == (try broken.text("id")) else {
        throw Teller.Unmet(description: "\(found.command): \(found.output)")
      }
      try await teller.run(
        story.countyDiscipline, ["reconcile", "--self", "--repair", "--json"])
      try await teller.run(story.countyDiscipline, ["reconcile", "--self", "--json"])
      return found.command
    }
  }
}
