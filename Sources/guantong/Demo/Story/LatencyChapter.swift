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
  /// What the median from the answer should stay below: the step is committed when it is answered.
  private static let goal = Duration.milliseconds(100)
  /// How many times the step itself its way may take, where the machine does not give the goal.
  ///
  /// 1.6 to 2.9 times were seen under every load. A step that waits for somebody to look again, and
  /// not for work, takes hundreds.
  private static let waysMax = 6
  /// Beyond this the step waits for something else than work, however slow the machine is.
  private static let most = Duration.seconds(1)

  /// What one round showed.
  private struct Round {
    let requests: [Duration]
    let ways: [Duration]

    var request: Duration { requests.median }
    var way: Duration { ways.median }
    /// From the request on.
    var all: [Duration] { zip(requests, ways).map { $0 + $1 } }
    var isMet: Bool { way < LatencyChapter.goal }
  }

  /// Tells it.
  ///
  /// It is measured in this process, because to start another takes longer than what is measured.
  func run() async {
    await teller.step("latency") {
      _ = try await round(of: Self.warming)
      var rounds: [Round] = []
      while rounds.count < Self.roundsMax, !rounds.contains(where: \.isMet) {
        rounds.append(try await round(of: Self.samples))
      }
      guard let best = rounds.min(by: { $0.way < $1.way }) else {
        throw Teller.Unmet(description: "nothing was measured")
      }
      let ways = rounds.flatMap(\.ways)
      teller.note(latencies: ways)
      let words =
        "median \(ways.median.milliseconds) ms from the answer, "
        + "\(rounds.flatMap(\.all).median.milliseconds) ms from the request, of \(ways.count); "
        + "the goal of \(Self.goal.milliseconds) ms is "
        + (best.isMet ? "met" : "not met on this machine")
        + (rounds.count > 1 ? ", best of \(rounds.count) rounds \(best.way.milliseconds) ms" : "")
      guard best.isMet || best.way < min(best.request * Self.waysMax, Self.most) else {
        throw Teller.Unmet(
          description: "\(words); the step itself takes \(best.request.milliseconds) ms")
      }
      let shown = try await teller.run(story.office, ["clue", "show", clue, "--json"])
      return "\(words): \(shown.command)"
    }
  }

  private func round(of count: Int) async throws -> Round {
    let writer = try story.client(story.discipline, as: .caseOffice)
    let reader = try story.client(story.office)
    var (requests, ways): ([Duration], [Duration]) = ([], [])
    for _ in 0..<count {
      let begin = ContinuousClock.now
      let change = try await writer.call(
        API.feedback, API.FeedbackRequest(clue: clue, stage: "inquiry", note: "进展情况。")
      ).changeSet
      let answered = ContinuousClock.now
      while (try? await reader.call(API.show, API.ShowRequest(id: change))) == nil {
        guard ContinuousClock.now - begin < Teller.patience else {
          throw Teller.Unmet(description: "\(change) did not reach \(story.office)")
        }
        try await Task.sleep(for: Story.lookAgain)
      }
      requests.append(answered - begin)
      ways.append(ContinuousClock.now - answered)
    }
    return Round(requests: requests, ways: ways)
  }
}

extension [Duration] {
  /// The one in the middle; zero of none.
  fileprivate var median: Duration { isEmpty ? .zero : sorted()[count / 2] }
}
