import Casework
import Ledger
import TestSupport
import Testing

/// A referral that was sent: the ids the tests act on.
struct SentReferral {
  let document: RecordID
  let points: [RecordID]
  let change: ChangeSetID
}

extension CaseWorld {
  static func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

  /// FZB opens a clue of its own.
  mutating func openClue(excluding: [AgencyCode] = []) throws {
    let cover = Dossier(kind: .clue, number: "420300-FZB-XS-2023-0004", title: "许可超期线索")
    let id = newID()
    try write(
      try composer(Town.fzb).opening(cover, id: id, excluding: excluding, reason: "conflict"),
      by: Town.fzb)
  }

  mutating func openMeeting() throws {
    let cover = Dossier(kind: .meeting, title: "联席会议")
    let id = newID()
    try write(
      try composer(Town.fzb).opening(
        cover, id: id, admitting: [Town.jw, Town.fy, Town.sfj, Town.gsl]),
      by: Town.fzb)
    try deliver(from: Town.fzb, to: Town.jw, Town.fy, Town.sfj, Town.gsl)
  }

  func letter(
    _ form: DocumentForm = .referral, by agency: AgencyCode = Town.fzb,
    number: String = "样法办函〔2023〕4号",
    to: [AgencyCode] = [Town.jw], cc: [AgencyCode] = [], basis: [Citation] = []
  ) throws -> Document {
    Document(
      form: form, number: number, to: to, cc: cc, title: "关于移送问题线索的函", body: "现将线索移送你单位。",
      drafter: Town.person(agency, .handler), signer: Town.person(agency, .deputy),
      issuedOn: try Self.day("2023-03-07"), basis: basis)
  }

  /// FZB refers with two points.
  mutating func refer(
    to: [AgencyCode] = [Town.jw], number: String = "样法办函〔2023〕4号", basis: [Citation] = []
  ) throws -> SentReferral {
    let (id, points) = (newID(), [newID(), newID()])
    let items = points.map {
      (id: $0, item: Item(document: id, number: 1, kind: .cluePoint, text: "要点", category: "delay"))
    }
    let content = try composer(Town.fzb).document(
      try letter(number: number, to: to, basis: basis), id: id, items: items)
    let change = try write(content, by: Town.fzb)
    return SentReferral(document: id, points: points, change: change)
  }

  /// Writes an act; the role is the first of the machines' roles unless named.
  @discardableResult
  mutating func act(
    _ verb: Verb, on target: RecordID, _ type: RecordType = .document, by agency: AgencyCode,
    role: Role, on date: String = "2023-03-08", _ change: (inout Act) -> Void = { _ in }
  ) throws -> Citation {
    var act = Act(
      on: target, type, verb: verb, actor: Town.person(agency, role), role: role,
      date: try Self.day(date))
    change(&act)
    let id = newID()
    let content = try composer(agency).act(act, id: id)
    let written = try write(content, by: agency)
    let isOpen = sealing.isEmpty && !content.records.isEmpty
    return Citation(change: written, part: isOpen ? 0 : 1, record: 0)
  }

  @discardableResult
  mutating func result(
    _ kind: ResultKind, on referral: SentReferral, by agency: AgencyCode, filing: RecordID? = nil,
    revising: Citation? = nil, _ change: (inout Result) -> Void = { _ in }
  ) throws -> (id: RecordID, place: Citation) {
    var result = Result(
      kind: kind, on: try Self.day("2023-06-12"), caseFiled: filing,
      actor: Town.person(agency, .caseOffice), role: .caseOffice, clue: referral.document)
    change(&result)
    let id = newID()
    let written = try write(
      try composer(agency).result(result, id: id, revising: revising), by: agency)
    return (id, Citation(change: written, part: 0, record: 0))
  }

  /// Why the record at a place is void in the eyes of an agency; nil when it is lawful.
  func flaw(_ place: Citation, at agency: AgencyCode) throws -> Invalidity? {
    try folded(agency).flaw(at: place)?.reason
  }
}
