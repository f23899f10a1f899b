import Casework
import Ledger
import Office
import TestSupport
import Testing

@testable import guantong

/// A year that was played without nodes: for each step of a timeline the records that its use case
/// writes, on what its agency had by then.
///
/// An agency has what its steps rest on and nothing else, so steps that know nothing of each other
/// stand side by side in their dossier, as at nodes whose lines are slow.
struct PlayedYear {
  private(set) var replicas: YearReplicas
  /// What the steps answered, by their names.
  private var answers: [String: Answer] = [:]
  /// The dossier of each id that a request may name.
  private var homes: [String: DossierID] = [:]
  private var drafts: [String: JSONValue] = [:]
  /// The record that stands for a dossier.
  private var covers: [DossierID: RecordID] = [:]
  /// The versions of the minutes of a meeting.
  private var versions: [DossierID: [RecordID]] = [:]
  private var numbers = 0

  /// What a step wrote.
  private struct Answer {
    let agency: AgencyCode
    let dossier: DossierID?
    let change: ChangeSetID?
    let records: [RecordID]
  }

  /// A step with everything that its request names in place.
  struct Taken {
    let agency: AgencyCode
    let person: DemoPerson
    let on: CivilDate
    let request: JSONValue

    /// A text of the request; empty where it has none.
    func text(_ path: String) -> String { request.text(at: path) ?? "" }

    /// A list of the request.
    func list(_ name: String) -> [String] {
      guard case .array(let values) = request[name] else { return [] }
      return values.compactMap(\.text)
    }

    func agencies(_ name: String) throws -> [AgencyCode] {
      try list(name).map(YearReplicas.code).sorted()
    }
  }

  /// Plays a timeline up to the report of the year, which counts what the others wrote.
  init(_ timeline: Timeline, among agencies: [DemoAgency]) throws {
    replicas = try YearReplicas(agencies)
    for step in timeline.steps where !step.name.hasPrefix("V/") { try take(step) }
  }

  private mutating func take(_ step: YearStep) throws {
    let agency = try YearReplicas.code(step.agency)
    for need in step.needs {
      guard let answer = answers[need], let dossier = answer.dossier, let change = answer.change
      else { continue }
      replicas.deliver(dossier, with: change, from: answer.agency, to: agency)
    }
    let request = try step.request.filled { reference in
      try #require(value(of: reference), "\(step.name): \(reference.text)")
    }
    let taken = Taken(agency: agency, person: step.person, on: step.on, request: request)
    switch step.operation {
    case "draft", "refer", "minutes":
      drafts[step.name] = request
      answers[step.name] = Answer(agency: agency, dossier: nil, change: nil, records: [])
    case "submit", "sign":
      answers[step.name] = Answer(agency: agency, dossier: nil, change: nil, records: [])
    default:
      let dossier = try place(step.operation, taken)
      let content = try content(step.operation, taken, in: dossier)
      let stored = try replicas.write(content, by: agency, in: dossier)
      keep(stored, of: step)
    }
  }

  private mutating func keep(_ stored: StoredChangeSet, of step: YearStep) {
    let records = (stored.part(0)?.records ?? []).map(\.id)
    homes[stored.dossier.hex] = stored.dossier
    for record in records { homes[record.uuidString] = stored.dossier }
    covers[stored.dossier] = covers[stored.dossier] ?? records.first
    if step.operation == "createMeeting" {
      drafts[Self.notice(step.name)] = .object([
        .init("dossier", .string(stored.dossier.hex)), .init("form", .string("meetingNotice")),
        .init("title", .string(step.request.text(at: "title") ?? "")),
        .init("to", step.request["members"] ?? .array([])),
      ])
    }
    if step.operation == "circulate" {
      versions[stored.dossier, default: []] += records.prefix(1)
    }
    answers[step.name] = Answer(
      agency: stored.header.author, dossier: stored.dossier, change: stored.id, records: records)
  }

  /// The notice that is prepared with a meeting.
  private static func notice(_ meeting: String) -> String { "\(meeting)-notice" }

  private func value(of reference: YearReference) -> String? {
    guard let answer = answers[reference.step] else { return nil }
    switch reference.path.split(separator: ".").first {
    case "dossier": return answer.dossier?.hex
    case "id": return reference.step
    case "draft": return Self.notice(reference.step)
    case "records":
      let index = reference.path.split(separator: ".").last.flatMap { Int($0) } ?? 0
      return answer.records.indices.contains(index) ? answer.records[index].uuidString : nil
    default: return nil
    }
  }

  /// The dossier that a step writes to; nil when it opens one.
  private func place(_ operation: String, _ taken: Taken) throws -> DossierID? {
    if operation.hasPrefix("create") { return nil }
    let names = ["clue", "dossier", "meeting", "item", "result", "document"]
    let draft = drafts[taken.text("draft")]
    let found = names.lazy.compactMap { name in
      (draft ?? taken.request).text(at: name).flatMap { homes[$0] }
    }.first
    let dossier: DossierID = try #require(found, "\(operation) names no dossier")
    return dossier
  }
}

extension PlayedYear {
  /// What a step writes.
  private mutating func content(
    _ operation: String, _ taken: Taken, in dossier: DossierID?
  ) throws -> ChangeContent {
    guard let dossier else { return try opening(operation, taken) }
    let folded = try replicas.seen(dossier, by: taken.agency)
    let composer = Composer(taken.agency, on: folded)
    let cover = try #require(covers[dossier])
    switch operation {
    case "issue", "circulate":
      return try document(taken, in: dossier, composer)
    case "recordResult":
      return composer.result(try taken.result(in: folded), id: replicas.newID())
    case "revokeResult":
      let (result, revised) = try taken.revocation(in: folded)
      return composer.result(result, id: replicas.newID(), revising: revised)
    case "countersign", "object", "finalize", "issueMinutes":
      let known = versions[dossier] ?? []
      let version = Int(taken.text("version")).map { known[$0 - 1] } ?? known.last
      let act = try taken.answer(operation, to: try #require(version))
      return composer.act(act, id: replicas.newID())
    case "merge":
      var act = try taken.act(.merge, on: cover, .dossier)
      let survivor = try #require(homes[taken.text("into")])
      act.points = [try #require(covers[survivor])]
      return composer.act(act, id: replicas.newID())
    case "admit":
      var act = try taken.act(.admit, on: cover, .dossier)
      act.agencies = [try YearReplicas.code(taken.text("agency"))]
      return composer.act(act, id: replicas.newID())
    case "advance":
      return composer.act(
        try taken.advance(in: folded, cover: cover), id: replicas.newID())
    default:
      let act = try taken.step(operation, in: folded)
      return composer.act(act, id: replicas.newID())
    }
  }

  private mutating func opening(_ operation: String, _ taken: Taken) throws -> ChangeContent {
    let kind =
      switch operation {
      case "createClue": DossierKind.clue
      case "createMeeting": DossierKind.meeting
      default: try #require(DossierKind(rawValue: taken.text("kind")))
      }
    let cover = Casework.Dossier(
      kind: kind, title: taken.text("title"), source: OversightKind(rawValue: taken.text("source")),
      sourceAgency: AgencyCode(taken.text("source_agency")), region: taken.text("region"),
      campaign: taken.text("campaign"),
      channel: PetitionChannel(rawValue: taken.text("channel")),
      demandKind: DemandKind(rawValue: taken.text("demand_kind")),
      level: BidLevel(rawValue: taken.text("level")), batch: UInt32(taken.text("batch")) ?? 0)
    let admitted = try taken.agencies("admit") + taken.agencies("members")
    return Composer(taken.agency).opening(
      cover, id: replicas.newID(), excluding: try taken.agencies("exclude"),
      reason: taken.text("reason"), admitting: admitted.filter { $0 != taken.agency })
  }

  /// A paper, as it was drafted.
  private mutating func document(
    _ taken: Taken, in dossier: DossierID, _ composer: Composer
  ) throws -> ChangeContent {
    let draft = try #require(drafts[taken.text("draft")])
    let told = Taken(agency: taken.agency, person: taken.person, on: taken.on, request: draft)
    let isMinutes = draft["meeting"] != nil
    let form = isMinutes ? .minutes : DocumentForm(rawValue: told.text("form")) ?? .referral
    let known = versions[dossier] ?? []
    numbers += 1
    var document = Casework.Document(
      form: form, number: isMinutes ? "" : "样办〔\(taken.on.year)〕\(numbers)号",
      to: try told.agencies("to"), cc: try told.agencies("cc"), title: told.text("title"),
      body: told.text("body"), drafter: YearReplicas.person(taken.agency, .handler),
      signer: YearReplicas.person(taken.agency, .deputy), issuedOn: taken.on,
      required: try told.agencies("required"))
    if isMinutes {
      document.version = UInt32(known.count + 1)
      document.supersedes = known.last
      document.meeting = Meeting(series: "联席会议", issue: 1, heldOn: taken.on)
    }
    if let returned = RecordID(uuidString: told.text("resends")) {
      document.basis = [composer.folded?.entry(returned)?.place].compactMap(\.self)
    }
    let id = replicas.newID()
    let items = try told.items(of: id).map { (id: replicas.newID(), item: $0) }
    return composer.document(document, id: id, items: items)
  }
}
