import Office

/// How soon a step that one agency commits is visible at another.
struct LatencyChapter: Sendable {
  let story: Story
  /// A clue of which both are members, and the first may give feedback.
  let clue: String
  private var teller: Teller { story.teller }

  /// Steps before anything is measured: caches, pools and connections are warm after them.
  private static let warming = 5
  /// Steps measured in a round: an odd number has a median of its own.
  private static let samples = 21
  /// Rounds at most; the best one counts, for a pause of the machine is not the program's.
  private static let roundsMax = 3
  /// What the median must stay below.
  private static let goal = Duration.milliseconds(100)
  /// Beyond this the steps wait for something else than work, whatever else the machine does.
  private static let most = Duration.seconds(1)
  /// The part of the processors that others may take: above, a round proves nothing.
  private static let othersMax = 0.15

  /// What one round showed.
  private struct Round {
    let durations: [Duration]
    let sinceAnswers: [Duration]
    let others: Double

    var median: Duration { durations.median }
    var isQuiet: Bool { others <= LatencyChapter.othersMax }
  }

  /// Tells it.
  ///
  /// A step counts from before the request that commits it, so the median is never too small. It is
  /// measured in this process, because to start another takes longer than what is measured.
  func run() async {
    await teller.step("latency") {
      _ = try await round(of: Self.warming)
      var rounds: [Round] = []
      while rounds.count < Self.roundsMax, !rounds.contains(where: { $0.median < Self.goal }) {
        rounds.append(try await round(of: Self.samples))
      }
      guard let best = rounds.min(by: { $0.median < $1.median }) else {
        throw Teller.Unmet(description: "nothing was measured")
      }
      teller.note(latencies: best.durations)
      let isMet = best.median < Self.goal
      let judged = isMet ? "met" : rounds.contains(where: \.isQuiet) ? "missed" : "not proved"
      let words =
        "median \(best.median.milliseconds) ms from the request, "
        + "\(best.sinceAnswers.median.milliseconds) ms from its answer, of \(Self.samples), "
        + "best of \(rounds.count) rounds; others took \(Int(best.others * 100)) % of the machine; "
        + "the goal of \(Self.goal.milliseconds) ms is \(judged)"
      guard judged != "missed", best.median < Self.most else {
        throw Teller.Unmet(description: words)
      }
      let shown = try await teller.run(story.office, ["clue", "show", clue, "--json"])
      return "\(words): \(shown.command)"
    }
  }

  private func round(of count: Int) async throws -> Round {
    let writer = try story.client(story.discipline, as: .caseOffice)
    let reader = try story.client(story.office)
    let before = MachineLoad.now()
    var (durations, sinceAnswers): ([Duration], [Duration]) = ([], [])
    for _ in 0..<count {
      let begin = ContinuousClock.now
      let change = try await writer.call(
        API.feedback, API.FeedbackRequest(clue: clue, stage: "inquiry", note: "进展情况。")
      ).changeSet
      let answered = ContinuousClock.now
      while (try? await reader.call(API.show, API.ShowRequest(id: change))) == nil {
        guard ContinuousClock.now - begin < .seconds(20) else {
          throw Teller.Unmet(description: "\(change) did not reach \(story.office)")
        }
        try await Task.sleep(for: Story.lookAgain)
      }
      let seen = ContinuousClock.now
      durations.append(seen - begin)
      sinceAnswers.append(seen - answered)
    }
    // Where the kernel tells nothing, a missed goal is a missed goal.
    let others = before.flatMap { before in MachineLoad.now()?.othersShare(since: before) } ?? 0
    return Round(durations: durations, sinceAnswers: sinceAnswers, others: others)
  }
}

extension [Duration] {
  /// The one in the middle; zero of none.
  fileprivate var median: Duration { isEmpty ? .zero : sorted()[count / 2] }
}
