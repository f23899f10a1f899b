import Office

/// The story of the demo: one clue from its first letter to its last signature, the races on the
/// way, and what is broken and healed.
struct Story: Sendable {
  /// Who tells it.
  let teller: Teller
  /// The nodes, for what a command line cannot do: to change a certificate behind a node's back.
  let nodes: DemoNodes

  let office = "420300-FZB"
  let discipline = "420300-JW"
  let court = "420300-FY"
  let procuratorate = "420300-JCY"
  let justice = "420300-SFJ"
  let federation = "420300-GSL"
  let countyDiscipline = "420322-JW"
  let countyOffice = "420322-FZB"

  /// How long a look at a peer waits for the next one: without a rest the looking itself takes a
  /// core in a debug build, from the nodes that are looked at.
  static let lookAgain = Duration.milliseconds(10)

  /// Tells it from the beginning to the end.
  func run() async {
    await CertificateChapter(story: self).run()
    let trail = ClueChapter(story: self)
    await trail.run()
    await EvidenceChapter(story: self, title: trail.canary.title).run()
    await MeetingChapter(story: self).run()
    await RaceChapter(story: self).run()
    await OwnClueChapter(story: self).run()
    await ExchangeChapter(story: self).run()
    await BreakChapter(story: self).run()
    await MembershipChapter(story: self).run()
    await FinalChapter(story: self).run()
    // Last, so that every comparison and repair between any two nodes is looked at too.
    await SecrecyChapter(story: self, canary: trail.canary).run()
  }

  /// Moves the business clock of every node.
  func clock(_ date: String) async throws {
    try await teller.program(["demo", "clock", date, "--dir", teller.place.directory])
  }

  /// Takes a draft through submission, signature and issue by three people.
  @discardableResult
  func issue(
    _ code: String, draft words: [String], on date: String, notes: [String] = []
  ) async throws -> Teller.Ran {
    let draft = try await teller.run(code, words + ["--json"], as: .handler)
    let id = try draft.text("id")
    try await teller.run(code, ["document", "submit", id, "--json"], as: .handler)
    try await teller.run(code, ["document", "sign", id, "--json"], as: .deputy)
    let issued = try await teller.run(
      code, ["document", "issue", id, "--on", date, "--json"], as: .registry)
    return issued
  }

  /// Waits until a change set is visible at other nodes.
  func arrives(_ step: Teller.Ran, at codes: [String]) async throws {
    let change = try step.text("change_set")
    let begin = ContinuousClock.now
    try await withThrowingDiscardingTaskGroup { group in
      for code in codes {
        group.addTask {
          let client = try client(code)
          while true {
            do {
              _ = try await client.call(API.show, API.ShowRequest(id: change))
              break
            } catch {
              guard ContinuousClock.now - begin < Teller.patience else {
                throw Teller.Unmet(description: "\(change) did not reach \(code): \(error)")
              }
              try await Task.sleep(for: Self.lookAgain)
            }
          }
        }
      }
    }
  }

  /// A client of an agency's node, for what must be quicker than a command line can be.
  func client(_ code: String, as person: DemoPerson? = nil) throws -> NodeClient {
    let settings = try Settings(file: teller.place.config(code), environment: [:])
    return NodeClient(
      socket: settings.files.officeSocket, person: person?.rawValue, language: .en,
      startCommand: "guantong node run --config \(settings.file)")
  }

  /// A clue opened by an agency: its dossier.
  func openClue(
    _ code: String, title: String, on date: String, exclude: [String] = []
  ) async throws -> String {
    let excluded = exclude.flatMap { ["--exclude", $0] }
    let step = try await teller.run(
      code, ["clue", "create", "--title", title, "--on", date, "--json"] + excluded,
      as: exclude.isEmpty ? .handler : .deputy)
    return try step.text("dossier")
  }

  /// The letter of a clue, issued, and visible at its addressee.
  func refer(
    _ clue: String, from code: String, to addressee: String, title: String, body: String,
    points: [String], on date: String, more: [String] = []
  ) async throws -> Teller.Ran {
    let words =
      ["clue", "refer", clue, "--to", addressee, "--title", title, "--body", body]
      + points.flatMap { ["--point", $0] } + more
    let issued = try await issue(code, draft: words, on: date)
    try await arrives(issued, at: [addressee])
    return issued
  }

  /// The card of a clue at a node once a field has a value.
  func card(_ clue: String, at code: String, _ field: String, _ value: String) async throws
    -> Teller.Ran
  {
    try await teller.eventually {
      try await teller.run(code, ["clue", "show", clue, "--json"]).expect(field, value)
    }
  }
}
