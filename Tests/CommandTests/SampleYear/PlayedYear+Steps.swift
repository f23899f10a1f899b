import Casework
import Ledger
import Office
import TestSupport
import Testing

@testable import guantong

extension PlayedYear.Taken {
  /// The role that the person has.
  private var role: Role {
    get throws {
      let role = Role(rawValue: person.role)
      return try #require(role)
    }
  }

  /// An act of the person, with what its request says in words.
  func act(_ verb: Verb, on target: RecordID, _ type: RecordType) throws -> Act {
    var act = Act(
      on: target, type, verb: verb, actor: YearReplicas.person(agency, person),
      role: try role, date: on,
      reason: text("reason"), note: text("note") + text("text"))
    act.dueOn = CivilDate(text("due_on"))
    return act
  }

  /// The items of a draft: its points, its resolutions or what it lists.
  func items(of document: RecordID) throws -> [Item] {
    let points = list("points").map {
      Item(document: document, number: 1, kind: .cluePoint, text: $0, category: "delay")
    }
    let lists = ["items", "resolutions"].compactMap { name -> [JSONValue]? in
      guard case .array(let values) = request[name] else { return nil }
      return values
    }
    return try points
      + lists.flatMap(\.self).map { value in
        Item(
          document: document, number: 1,
          kind: try #require(ItemKind(rawValue: value.text(at: "kind") ?? "")),
          text: value.text(at: "text") ?? "", unit: AgencyCode(value.text(at: "unit") ?? ""),
          dueOn: CivilDate(value.text(at: "due_on") ?? ""),
          standard: value.text(at: "standard") ?? "", category: value.text(at: "category") ?? "")
      }
  }

  /// An act on a letter, an item or a document.
  func step(_ operation: String, in folded: FoldedDossier) throws -> Act {
    let verbs: [String: Verb] = [
      "reportItem": .report, "passItem": .pass, "signOffItem": .signOff, "urgeItem": .urge,
      "extendItem": .requestExtension, "grantItem": .grant, "reopenItem": .reopen,
    ]
    if let verb = verbs[operation] {
      var act = try act(verb, on: try #require(RecordID(uuidString: text("item"))), .item)
      act.kind = text("level")
      return act
    }
    if operation == "revokeDocument" {
      return try act(
        .revoke, on: try #require(RecordID(uuidString: text("document"))), .document)
    }
    return try decision(operation, in: folded)
  }

  /// An act on the letter that is named, or on the newest one of a clue.
  private func decision(_ operation: String, in folded: FoldedDossier) throws -> Act {
    let named = RecordID(uuidString: text("clue"))
    let letters = folded.referrals
      .filter { named == nil ? $0.form == .referral : $0.document == named }
      .sorted { ($0.sentOn, $0.sequence) < ($1.sentOn, $1.sequence) }
    if operation == "withdraw" {
      let letter = try #require(letters.last { $0.sender == agency })
      var act = try act(.requestWithdraw, on: letter.document, .document)
      act.agencies = [letter.addressee]
      return act
    }
    let letter = try #require(letters.last { $0.addressee == agency })
    let verbs: [String: Verb] = [
      "receive": letter.ground == .cc ? .note : .receive, "accept": .accept, "return": .return,
      "forward": .forward, "agreeWithdraw": .agreeWithdraw, "feedback": .feedBack,
      "dispose": .dispose,
    ]
    let verb = try #require(verbs[operation], "\(operation) is played by nobody")
    var act = try act(verb, on: letter.document, .document)
    act.points = list("points").compactMap { Int($0) }.map { letter.points[$0 - 1] }
    act.kind = text("kind") + text("stage")
    act.final = text("final") == "true"
    if verb == .dispose { act.reason = text("close_kind") }
    if verb == .forward { act.agencies = [try YearReplicas.code(text("to"))] }
    return act
  }

  /// A member's answer to minutes, or a step of their convenor.
  func answer(_ operation: String, to version: RecordID) throws -> Act {
    let verbs: [String: Verb] = [
      "countersign": .countersign, "object": .object, "finalize": .finalize,
      "issueMinutes": .issue,
    ]
    var act = try act(try #require(verbs[operation]), on: version, .document)
    if operation == "issueMinutes" { act.internalNumber = "第1期" }
    return act
  }

  /// The next step of a course.
  func advance(in folded: FoldedDossier, cover: RecordID) throws -> Act {
    let subject = RecordID(uuidString: text("dossier")) ?? cover
    let entry = try #require(folded.entry(subject))
    let card = try #require(folded.course(of: entry))
    let stage = try #require(Stage(rawValue: text("stage")))
    var act = try act(.advance, on: subject, card.type)
    act.kind = stage.rawValue
    act.internalNumber = text("number")
    act.agencies = [AgencyCode(text("handler"))].compactMap(\.self)
    let cited = list("cites").compactMap(RecordID.init(uuidString:))
    act.basis = [entry.place] + cited.compactMap { folded.entry($0)?.place }
    switch stage {
    case .approved:
      act.basis += card.secondments.filter { $0.outcome == .open }.prefix(1).map(\.request)
    case .deployed:
      act.basis += card.secondments.filter { $0.outcome == .approved }.compactMap(\.approval)
    case .confirmed: act.hash = entry.record.hash
    default: break
    }
    return act
  }

  /// A result: of a discipline body on the letter that it accepted, or of the dossier.
  func result(in folded: FoldedDossier) throws -> Casework.Result {
    let kind = try #require(ResultKind(rawValue: text("kind")))
    var result = Casework.Result(
      kind: kind, on: on, amount: Int64(text("amount")), personKey: text("person_key"),
      decidedBy: text("decided_by"), note: text("note"),
      actor: YearReplicas.person(agency, person), role: try role)
    if let said = CivilDate(text("on")) { result.on = said }
    result.formOfDiscipline = UInt32(text("form_of_discipline")) ?? 0
    result.measures = try (0..<5).prefix { !text("measures.\($0).class").isEmpty }.map { index in
      let kind = try #require(MeasureClass(rawValue: text("measures.\(index).class")))
      return try #require(Measure(kind, text("measures.\(index).value")))
    }
    result.rating = Rating(
      rank: UInt32(text("rank")) ?? 0, ranked: UInt32(text("ranked")) ?? 0,
      score: Int64(text("score")), unit: AgencyCode(text("unit")))
    guard kind.isDiscipline else { return result }
    let letter = try #require(folded.referrals.last { $0.addressee == agency && $0.isAccepted })
    result.clue = letter.document
    result.basis = [folded.entry(letter.document)?.place].compactMap(\.self)
    let filing = folded.entries.first { $0.author == agency && $0.result?.kind == .caseFiled }
    result.caseFiled = kind == .caseFiled ? nil : filing?.record.id
    return result
  }

  /// The revocation of a result, and what it revises.
  func revocation(in folded: FoldedDossier) throws -> (Casework.Result, Citation) {
    let id = try #require(RecordID(uuidString: text("result")))
    let entry = try #require(folded.entry(id))
    var result = try #require(entry.result)
    result.on = on
    result.revoked = true
    result.note = text("text")
    result.actor = YearReplicas.person(agency, person)
    result.role = try role
    result.basis = [entry.place]
    return (result, entry.place)
  }
}
