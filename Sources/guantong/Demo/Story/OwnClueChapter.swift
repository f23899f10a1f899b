/// The excluded agency is no stranger: it sends a clue of its own.
struct OwnClueChapter: Sendable {
  let story: Story
  private var teller: Teller { story.teller }

  /// Tells it.
  func run() async {
    await teller.step("ownClue") {
      let clue = try await story.openClue(
        story.countyOffice, title: "县里发现的一件", on: "2023-12-04")
      _ = try await story.refer(
        clue, from: story.countyOffice, to: story.discipline, title: "移送函",
        body: "现将问题线索移送你单位。", points: ["一"], on: "2023-12-04")
      try await teller.run(story.discipline, ["clue", "receive", clue], as: .registry)
      let accepted = try await teller.run(
        story.discipline, ["clue", "accept", clue, "--json"], as: .caseOffice)
      try await story.arrives(accepted, at: [story.countyOffice])
      return try await story.card(clue, at: story.countyOffice, "state", "accepted").command
    }
  }
}
