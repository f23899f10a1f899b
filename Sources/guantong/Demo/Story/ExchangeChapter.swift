import Office
import Synchronization

/// A stream of feedback from one agency to two others: how soon it is visible, and that a process
/// killed in the middle of it loses nothing.
struct ExchangeChapter: Sendable {
  let story: Story
  private var teller: Teller { story.teller }

  /// How often the process is killed.
  private static let kills = 3
  /// Change sets of the stream before each kill.
  private static let writtenMin = 8
  /// Tries for these kills; in a try without anything under way the process was only idle.
  private static let triesMax = 10

  /// Tells it.
  func run() async {
    var clue = ""
    await teller.step("stream") {
      clue = try await story.openClue(story.office, title: "连续反馈一件", on: "2023-12-04")
      try await teller.run(
        story.office, ["dossier", "admit", clue, story.procuratorate], as: .deputy)
      _ = try await story.refer(
        clue, from: story.office, to: story.discipline, title: "移送函", body: "请办理并反馈。",
        points: ["一"], on: "2023-12-04")
      try await teller.run(story.discipline, ["clue", "receive", clue], as: .registry)
      let accepted = try await teller.run(
        story.discipline, ["clue", "accept", clue, "--json"], as: .caseOffice)
      try await story.arrives(accepted, at: [story.office, story.procuratorate])
      return accepted.command
    }
    guard !clue.isEmpty else { return }
    await LatencyChapter(story: story, clue: clue).run()
    await kill(clue)
  }

  /// One change set of the stream; returns when it is committed.
  private func feedback(_ clue: String, _ client: NodeClient) async throws -> String {
    try await client.call(
      API.feedback, API.FeedbackRequest(clue: clue, stage: "inquiry", note: "进展情况。")
    ).changeSet
  }

  /// kill -9 while change sets are on their way, several times.
  private func kill(_ clue: String) async {
    await teller.step("kill") {
      let victim = try story.nodes.node(story.procuratorate)
      var owed: [Int] = []
      var written = 0
      var tries = 0
      while owed.count < Self.kills, tries < Self.triesMax {
        tries += 1
        let round = try await killInStream(clue)
        written += round.written
        if round.owed > 0 { owed.append(round.owed) }
        while victim.pid != 0 { try await Task.sleep(for: .milliseconds(5)) }
        if owed.count < Self.kills { try await story.nodes.start(victim) }
      }
      guard owed.count == Self.kills else {
        throw Teller.Unmet(description: "in \(tries) tries only \(owed.count) hit the exchange")
      }
      try await teller.run(
        story.discipline, ["reconcile", "--peer", story.procuratorate, "--json"], expecting: 5)
      try await teller.program(
        ["demo", "heal", story.procuratorate, "--dir", teller.place.directory])
      let last = try await teller.run(
        story.discipline,
        [
          "clue", "feedback", clue, "--stage", "inquiry", "--note", "全部到达。", "--json",
        ], as: .caseOffice)
      try await story.arrives(last, at: [story.office, story.procuratorate])
      try await teller.run(story.procuratorate, ["reconcile", "--self", "--json"])
      let equal = try await teller.eventually {
        try await teller.run(
          story.discipline, ["reconcile", "--peer", story.procuratorate, "--json"]
        ).expect("consistent", "true")
      }
      return "killed with \(owed.map(String.init).joined(separator: ", ")) of \(written) change "
        + "sets on their way: \(equal.command)"
    }
  }

  /// Kills the reader of a stream once it has taken something of it and something is on its way.
  ///
  /// What was on its way follows from numbers that move no more afterwards: the reader's receipts
  /// ended with it, so all that is written less all that is owed now is what it had confirmed.
  private func killInStream(_ clue: String) async throws -> (written: Int, owed: Int) {
    let writer = try story.client(story.discipline, as: .caseOffice)
    let damage = try DemoDamage(
      directory: teller.place.directory, agency: story.procuratorate)
    let stream = Stream()
    let before = try await owed(writer)
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        while !stream.isOver {
          _ = try await feedback(clue, writer)
          stream.wrote()
        }
      }
      defer { stream.end() }
      let end = ContinuousClock.now + .seconds(20)
      while ContinuousClock.now < end {
        let now = try await owed(writer)
        let written = stream.written
        if written >= Self.writtenMin, now > 0, now < before + written { break }
      }
      let atKill = stream.written
      _ = try await damage.inflict(.kill)
      stream.end()
      try await group.waitForAll()
      let confirmed = before + stream.written - (try await owed(writer))
      return (stream.written, before + atKill - confirmed)
    }
  }

  /// What the writer's outbox owes the reader, as `status` says.
  private func owed(_ writer: NodeClient) async throws -> Int {
    let status = try await writer.call(
      API.status, API.StatusRequest(peer: story.procuratorate))
    return status.peers.first?.outgoing ?? 0
  }
}

/// How far a stream of change sets is, and whether it shall end.
private final class Stream: Sendable {
  private let state = Mutex((written: 0, isOver: false))

  var written: Int { state.withLock { $0.written } }
  var isOver: Bool { state.withLock { $0.isOver } }

  func wrote() { state.withLock { $0.written += 1 } }
  func end() { state.withLock { $0.isOver = true } }
}

extension Duration {
  /// Whole milliseconds.
  var milliseconds: Int { Int(self / .milliseconds(1)) }
}
