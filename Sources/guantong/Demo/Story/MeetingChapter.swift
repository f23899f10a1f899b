import Office

/// Minutes of which two versions circulate at once, and a resolution up to its sign-off.
struct MeetingChapter: Sendable {
  let story: Story
  private var teller: Teller { story.teller }
  private var members: [String] {
    [story.discipline, story.court, story.procuratorate, story.justice, story.federation]
  }

  /// Tells it.
  func run() async {
    var meeting = ""
    await teller.step("meeting") {
      try await story.clock("2023-10-20")
      let created = try await teller.run(
        story.office,
        [
          "meeting", "create", "--title", "第三次联席会议", "--series", "联席会议", "--issue", "3",
          "--held-on", "2023-10-20", "--place", "样例会议室", "--chair", "主要负责人丁",
          "--on", "2023-10-20", "--json",
        ] + members.flatMap { ["--member", $0] }, as: .deputy)
      meeting = try created.text("dossier")
      try await story.arrives(created, at: members)
      return created.command
    }
    await versions(meeting)
    await finalize(meeting)
    await resolution(meeting)
  }

  private func draft(_ meeting: String, _ body: String) -> [String] {
    [
      "meeting", "minutes", meeting, "--title", "联席会议纪要", "--body", body,
      "--resolution", "unit=\(story.office);due=2023-12-20;text=完善线索移送台账",
      "--resolution", "unit=\(story.court);due=2023-12-10;text=报送生效裁判履行情况",
      "--resolution", "unit=\(story.procuratorate);due=2023-12-10;text=报送检察建议回复情况",
      "--resolution", "unit=\(story.justice);due=2023-11-30;text=修订履行期限管理办法",
    ] + members.flatMap { ["--required", $0] }
  }

  private func circulate(_ meeting: String, _ body: String) async throws -> Teller.Ran {
    let drafted = try await teller.run(
      story.office, draft(meeting, body) + ["--json"], as: .handler)
    let id = try drafted.text("id")
    try await teller.run(story.office, ["document", "submit", id], as: .handler)
    try await teller.run(story.office, ["document", "sign", id], as: .deputy)
    return try await teller.run(
      story.office, ["meeting", "circulate", meeting, "--draft", id, "--json"], as: .registry)
  }

  private func countersign(_ meeting: String, _ code: String, _ version: Int) async throws
    -> Teller.Ran
  {
    try await teller.run(
      code, ["meeting", "countersign", meeting, "--minutes", "\(version)", "--json"],
      as: .deputy)
  }

  /// E13: version 2 circulates while two members sign version 1.
  private func versions(_ meeting: String) async {
    await teller.step("versions") {
      let first = try await circulate(meeting, "会议议定四项。")
      try await story.arrives(first, at: members)
      for code in [story.discipline, story.court] {
        try await story.arrives(try await countersign(meeting, code, 1), at: [story.office])
      }
      let second = try await circulate(meeting, "会议议定四项,第四项由市司法局牵头。")
      try await story.arrives(second, at: members)
      let refused = try await teller.run(
        story.office, ["meeting", "finalize", meeting, "--minutes", "2", "--json"], as: .deputy,
        expecting: 1)
      return refused.command
    }
  }

  private func finalize(_ meeting: String) async {
    await teller.step("finalize") {
      for code in members {
        try await story.arrives(try await countersign(meeting, code, 2), at: [story.office])
      }
      let finalized = try await teller.run(
        story.office, ["meeting", "finalize", meeting, "--minutes", "2", "--json"], as: .deputy)
      try await story.arrives(finalized, at: members)
      let issued = try await teller.run(
        story.office, ["meeting", "issue", meeting, "--json"], as: .registry)
      try await story.arrives(issued, at: members)
      return try await teller.eventually {
        try await teller.run(story.justice, ["meeting", "show", meeting, "--json"])
          .expect("final_version", "2").expect("state", "issued")
      }.command
    }
  }

  private func resolution(_ meeting: String) async {
    await teller.step("resolution") {
      try await story.clock("2023-11-27")
      let list = try await teller.run(
        story.justice, ["item", "list", "--unit", story.justice, "--dossier", meeting, "--json"])
      let items = list.list("items").filter { $0["state"] != .string("proposed") }
      guard let item = items.last?["id"]?.text else {
        throw Teller.Unmet(description: "\(list.command) has no item: \(list.output)")
      }
      let report = try await teller.run(
        story.justice,
        ["item", "report", item, "--text", "办法已修订并印发。", "--on", "2023-11-27", "--json"],
        as: .head)
      try await story.arrives(report, at: [story.office])
      try await story.clock("2023-12-01")
      try await teller.run(
        story.office, ["item", "pass", item, "--on", "2023-12-01"], as: .sectionHead)
      try await story.clock("2023-12-04")
      let signed = try await teller.run(
        story.office, ["item", "sign-off", item, "--on", "2023-12-04", "--json"], as: .deputy)
      try await story.arrives(signed, at: [story.justice])
      let rows = try await teller.sql(
        story.justice,
        "SELECT state FROM casework.item_card WHERE item = '\(item)'")
      guard rows.output == "signedOff\n" else {
        throw Teller.Unmet(description: "\(rows.command): \(rows.output)")
      }
      return rows.command
    }
  }
}
