import Ledger
import Office

@testable import guantong

/// The figures of a year, counted from the steps of a timeline by the counting rules, without a
/// look at the plan.
struct YearTally {
  private let steps: [YearStep]

  /// Takes the steps up to a date.
  init(_ timeline: Timeline, through last: CivilDate? = nil) {
    steps = timeline.steps.filter { step in last.map { step.on <= $0 } ?? true }
  }

  private func steps(_ operation: String) -> [YearStep] {
    steps.filter { $0.operation == operation }
  }

  private func texts(_ operation: String, _ field: String) -> Set<String> {
    Set(steps(operation).compactMap { $0.request.text(at: field) })
  }

  /// Results of a kind.
  private func results(_ kind: String) -> [YearStep] {
    steps("recordResult").filter { $0.request.text(at: "kind") == kind }
  }

  private func clues(_ kind: String) -> Set<String> {
    Set(results(kind).compactMap { $0.request.text(at: "clue") })
  }

  private func stage(_ stages: String...) -> Set<String> {
    Set(
      steps("advance").filter { stages.contains($0.request.text(at: "stage") ?? "") }
        .compactMap { $0.request.text(at: "dossier") })
  }

  private func dossiers(_ kind: String) -> [YearStep] {
    steps("createDossier").filter { $0.request.text(at: "kind") == kind }
  }

  /// How many records of a kind were opened.
  func opened(_ kind: String) -> Int { dossiers(kind).count }

  /// Letters that refer a clue.
  var letters: Int { steps("refer").count }
  /// Clues opened.
  var opened: Int { steps("createClue").count }

  /// Clues that count, by the office that sent them.
  var referred: [String: Int] {
    let duplicates = steps("dispose").filter { $0.request.text(at: "close_kind") == "duplicate" }
    let counted = texts("accept", "clue").subtracting(texts("merge", "clue"))
      .subtracting(duplicates.compactMap { $0.request.text(at: "clue") })
    let senders = steps("createClue").filter {
      counted.contains(YearAnswer(step: $0.name).dossier)
    }.map(\.agency)
    return Dictionary(senders.map { ($0, 1) }) { $0 + $1 }
  }

  /// First dispositions of the clues that count.
  var firstDispositions: [String: Int] {
    var first: [String: String] = [:]
    for step in steps("dispose") where step.request.text(at: "close_kind") != "duplicate" {
      let clue = step.request.text(at: "clue") ?? ""
      if first[clue] == nil { first[clue] = step.request.text(at: "kind") }
    }
    return Dictionary(first.values.map { ($0, 1) }) { $0 + $1 }
  }

  /// Clues filed.
  var filed: Int { clues("caseFiled").count }
  /// Clues that made somebody accountable.
  var accountable: Int { clues("accountability").count }
  /// Clues whose case was dismissed.
  var dismissed: Int { clues("caseDismissed").count }

  private var sanctions: [YearStep] {
    let revoked = Set(
      steps("revokeResult").compactMap { $0.request.text(at: "result") }
        .compactMap { YearReference($0)?.step })
    return results("sanction").filter { step in
      let classes = (0..<3).compactMap { step.request.text(at: "measures.\($0).class") }
      let counts = classes.contains { ["party", "governmental", "organisational"].contains($0) }
      return counts && !revoked.contains(step.name)
    }
  }

  /// Person-times: each person once in each case.
  var personTimes: Int {
    Set(
      sanctions.map {
        "\($0.request.text(at: "clue") ?? "") \($0.request.text(at: "person_key") ?? "")"
      }
    ).count
  }

  /// Persons sanctioned.
  var persons: Int { Set(sanctions.compactMap { $0.request.text(at: "person_key") }).count }

  /// Petitions accepted, and those of them that were closed.
  var petitions: (accepted: Int, closed: Int) {
    (stage("accepted").count, clues("petitionClosed").count)
  }

  /// Petitions accepted, by the channels by which they came.
  var channels: [String: Int] {
    let accepted = stage("accepted")
    let channels = dossiers("petition").filter {
      accepted.contains(YearAnswer(step: $0.name).dossier)
    }.map { $0.request.text(at: "channel") ?? "" }
    return Dictionary(channels.map { ($0, 1) }) { $0 + $1 }
  }

  /// Petitions registered with the way they came and what is asked for.
  var petitionsDescribed: Int {
    dossiers("petition").count { step in
      ["channel", "demand_kind"].allSatisfy { step.request.text(at: $0)?.isEmpty == false }
    }
  }

  /// Bids to be a model area, by level and batch.
  var bids: [String: Int] {
    let bids = dossiers("demonstration").map { step in
      ["level", "batch"].compactMap { step.request.text(at: $0) }.joined(separator: " ")
    }
    return Dictionary(bids.map { ($0, 1) }) { $0 + $1 }
  }

  /// Cases of enforcement that ended, and what was performed in them.
  var enforcement: (cases: Int, amount: Int) {
    let ended = stage("performed", "settled")
    let amounts = results("performed").filter { ended.contains($0.request.text(at: "clue") ?? "") }
      .compactMap { $0.request.text(at: "amount").flatMap { Int($0) } }
    return (ended.count, amounts.reduce(0, +))
  }

  /// Findings of the dossiers of a kind, and those signed off.
  func findings(_ kind: String) -> (issued: Int, signedOff: Int) {
    let dossiers = Set(dossiers(kind).map { YearAnswer(step: $0.name).dossier })
    let letters = steps("draft").filter {
      $0.request.text(at: "form") == "feedback"
        && dossiers.contains($0.request.text(at: "dossier") ?? "")
    }
    let issues = Set(
      letters.map { $0.name.replacing("-draft", with: "-issue") })
    let issued = letters.map { letter in
      (0..<1_000).prefix { letter.request.text(at: "items.\($0).kind") == "finding" }.count
    }
    func items(_ operation: String) -> [String] {
      steps(operation).compactMap { $0.request.text(at: "item") }
        .filter { issues.contains(YearReference($0)?.step ?? "") }
    }
    let open = Set(items("reopenItem"))
    return (issued.reduce(0, +), Set(items("signOffItem")).subtracting(open).count)
  }

  /// Minutes issued, and resolutions signed off.
  var meetings: (minutes: Int, resolutions: Int) {
    let signed = steps("signOffItem").filter {
      (YearReference($0.request.text(at: "item") ?? "")?.step ?? "").contains("circulate")
    }
    return (steps("issueMinutes").count, signed.count)
  }

  /// Meeting notices issued, and receipts of them by members.
  var notices: (issued: Int, received: Int) {
    let calls = Set(steps("createMeeting").map { YearAnswer(step: $0.name)["draft"] })
    let issued = steps("issue").filter { calls.contains($0.request.text(at: "draft") ?? "") }
    let records = Set(issued.map { YearAnswer(step: $0.name).record })
    let received = steps("receive").filter { records.contains($0.request.text(at: "clue") ?? "") }
    return (issued.count, received.count)
  }

  /// Opinions given to agencies, and those signed off.
  var opinions: (given: Int, signedOff: Int) {
    let letters = steps("draft").filter { $0.request.text(at: "items.0.kind") == "opinion" }
    let issues = letters.map { $0.name.replacing("-draft", with: "-issue") }
    let given = letters.map { letter in
      (0..<1_000).prefix { letter.request.text(at: "items.\($0).kind") == "opinion" }.count
    }
    let signed = steps("signOffItem").filter {
      issues.contains(YearReference($0.request.text(at: "item") ?? "")?.step ?? "")
    }
    return (given.reduce(0, +), signed.count)
  }

  /// Results of a kind that is no step of a discipline body.
  func results(of kind: String) -> Int { results(kind).count }

  /// The ranks of surveys by their years.
  var ranks: [String: Int] {
    Dictionary(
      uniqueKeysWithValues: results("survey").map { step in
        let (on, rank) = (step.request.text(at: "on") ?? "", step.request.text(at: "rank") ?? "")
        return (String(on.prefix(4)), Int(rank) ?? 0)
      })
  }

  /// Among how many surveys rank.
  var ranked: Set<Int> {
    Set(results("survey").map { Int($0.request.text(at: "ranked") ?? "") ?? 0 })
  }

  /// The agencies that are scored.
  var scored: Set<String> {
    Set(
      results("score").filter { Int($0.request.text(at: "score") ?? "") != nil }
        .compactMap { $0.request.text(at: "unit") })
  }

  /// Experts in the pool, and secondments evaluated.
  var pool: (experts: Int, secondments: Int) {
    (stage("inPool").count, stage("evaluated").count)
  }
}
