import Office

/// A member is put out again: it gets nothing more, and that is no difference to anybody.
struct MembershipChapter: Sendable {
  let story: Story
  private var teller: Teller { story.teller }

  /// Tells it.
  func run() async {
    await teller.step("former") {
      let dossier = try await teller.run(
        story.office, ["dossier", "create", "--kind", "advice", "--title", "中途回避一件", "--json"],
        as: .handler
      ).text("dossier")
      for member in [story.procuratorate, story.court] {
        let admitted = try await teller.run(
          story.office, ["dossier", "admit", dossier, member, "--json"], as: .deputy)
        try await story.arrives(admitted, at: [member])
      }
      let excluded = try await teller.run(
        story.office,
        ["dossier", "exclude", dossier, story.procuratorate, "--reason", "与当事人有关", "--json"],
        as: .deputy)
      try await story.arrives(excluded, at: [story.court])
      let change = try excluded.text("change_set")
      let home = try await consistent(story.office, with: story.procuratorate)
      try await consistent(story.court, with: story.procuratorate)
      try await consistent(story.procuratorate, with: story.office)
      // Nothing was put right that is not wrong, and the former member got nothing of it.
      try await teller.run(
        story.office, ["reconcile", "--peer", story.procuratorate, "--repair", "--json"]
      ).expect("repaired", "0")
      try await teller.run(story.procuratorate, ["show", change, "--json"], expecting: 8)
      return home.command
    }
  }

  @discardableResult
  private func consistent(_ code: String, with peer: String) async throws -> Teller.Ran {
    try await teller.eventually {
      try await teller.run(code, ["reconcile", "--peer", peer, "--json"])
        .expect("consistent", "true")
    }
  }
}
