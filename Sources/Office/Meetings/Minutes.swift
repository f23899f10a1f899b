import Casework
import Exchange
import Ledger
import Postgres
import Replica

/// One version of minutes as the tables show it, with its place for citing.
struct Minutes {
  let dossier: DossierID
  let convenor: AgencyCode
  let document: RecordID
  let place: Citation
  let version: Int
  let hash: Hash256
  let state: MinutesState
  let number: String?
  let required: [AgencyCode]
  let countersigned: [AgencyCode]
  let objected: [AgencyCode]
  let abstained: [AgencyCode]
  let lapsed: [AgencyCode]
  let reserved: [AgencyCode]
  let circulatedOn: CivilDate
  let finalizedOn: CivilDate?
  let issuedOn: CivilDate?
  let meetingIssue: Int?

  /// Every version that an agency circulated in a dossier, oldest first.
  ///
  /// Which of them stand is a question of who convened the meeting, the home of the dossier: what a
  /// member circulates in another's meeting is its own paper and leads nothing.
  static func all(
    of dossier: DossierID, by convenor: AgencyCode, in transaction: borrowing OfficeTransaction
  ) throws -> [Minutes] {
    try transaction.sql.rows(
      """
      SELECT m.dossier, m.convenor, m.document, d.change, d.part, d.record, m.version, m.hash,
        m.state, m.number, m.required, m.countersigned, m.objected, m.abstained, m.lapsed,
        m.reserved, m.circulated_on, m.finalized_on, m.issued_on, d.meeting_issue
      FROM casework.minutes m
      JOIN casework.document d
        ON d.dossier = m.dossier AND d.author = m.convenor AND d.id = m.document
      WHERE m.dossier = \(dossier) AND m.convenor = \(convenor)
      ORDER BY m.version, m.document
      """
    ).map { try Minutes($0) }
  }

  /// Every version of who convened the meeting of a dossier, oldest first.
  static func convened(
    in dossier: DossierID, in transaction: borrowing OfficeTransaction
  ) throws -> [Minutes] {
    let home = try transaction.sql.value(
      "SELECT home FROM casework.dossier WHERE dossier = \(dossier)", as: AgencyCode.self)
    return try home.map { try all(of: dossier, by: $0, in: transaction) } ?? []
  }

  private init(_ row: Row) throws {
    dossier = try row.value(0)
    convenor = try row.value(1)
    document = try row.value(2)
    place = Citation(
      change: try row.value(3), part: try row.value(4), record: try row.value(5))
    version = try row.value(6)
    hash = try row.value(7)
    state = MinutesState(rawValue: try row.value(8)) ?? .dropped
    number = try row.value(9)
    required = try row.value(10)
    countersigned = try row.value(11)
    objected = try row.value(12)
    abstained = try row.value(13)
    lapsed = try row.value(14)
    reserved = try row.value(15)
    circulatedOn = try row.value(16)
    finalizedOn = try row.value(17)
    issuedOn = try row.value(18)
    meetingIssue = try row.value(19)
  }

  /// The version of the convenor that a request means: the one of its number, else the newest that
  /// circulates, else the newest.
  static func pick(
    _ version: Int?, of meeting: String, by agency: AgencyCode,
    in transaction: borrowing OfficeTransaction
  ) throws -> Minutes {
    let dossier = try Lookup(agency: agency).dossier(meeting, in: transaction)
    let all = try convened(in: dossier, in: transaction)
    let choice =
      if let version {
        all.last { $0.version == version }
      } else {
        all.last { $0.state == .circulated } ?? all.last
      }
    guard let choice else {
      throw OfficeError(.versionUnknown, ["version": String(version ?? 1)])
    }
    return choice
  }

  /// Required members without a countersignature, an abstention or a recorded lapse.
  var missing: [AgencyCode] {
    required.filter {
      !countersigned.contains($0) && !abstained.contains($0) && !lapsed.contains($0)
    }
  }

  /// Required members that said nothing at all to this text.
  var silent: [AgencyCode] {
    missing.filter { !objected.contains($0) }
  }

  /// The places of the members' answers, the last of each.
  func answers(in transaction: borrowing OfficeTransaction) throws -> [Citation] {
    let rows = try transaction.sql.rows(
      """
      SELECT DISTINCT ON (a.author) a.change, a.part, a.record
      FROM casework.act a JOIN ledger.change_set s ON s.id = a.change
      WHERE a.dossier = \(dossier) AND a.target = \(document)
        AND a.verb = ANY(\([Verb.countersign.rawValue, Verb.abstain.rawValue]))
      ORDER BY a.author, s.sequence DESC, a.record DESC
      """)
    return try rows.map { try Citation($0) }.sorted()
  }

  /// The places of acts of some verbs on this version.
  func acts(
    _ verbs: [Verb], in transaction: borrowing OfficeTransaction
  ) throws -> [Citation] {
    try transaction.sql.rows(
      """
      SELECT change, part, record FROM casework.act
      WHERE dossier = \(dossier) AND target = \(document)
        AND verb = ANY(\(verbs.map(\.rawValue)))
      ORDER BY authored_at, change
      """
    ).map { try Citation($0) }
  }

  /// Who brought it to its state, and when.
  var reached: Desk.Reached {
    Desk.Reached(
      group: "minutes", agency: convenor, on: issuedOn ?? finalizedOn ?? circulatedOn)
  }
}

extension Desk {
  /// Writes one act on a version of minutes, bound to its text by the hash.
  mutating func answer(
    _ verb: Verb, _ version: Minutes, _ on: String?, _ note: String,
    in transaction: borrowing OfficeTransaction,
    _ fill: (inout Act, Desk) throws -> Void = { _, _ in }
  ) throws -> API.Step {
    let role = try role(
      .verb(verb), in: Machines.minutes, from: version.state, reached: version.reached)
    let isConvening = Machines.minutes.rules.contains {
      $0.step == .verb(verb) && $0.by == .convenor
    }
    if isConvening, version.convenor != office.agency {
      throw OfficeError(
        .notYours, ["verb": "verb.\(verb.rawValue)", "agency": version.convenor.rawValue])
    }
    if !isConvening, !version.required.contains(office.agency) {
      throw OfficeError(
        .notYours,
        [
          "verb": "verb.\(verb.rawValue)",
          "agency": version.required.map(\.rawValue).joined(separator: ", "),
        ])
    }
    var act = Act(
      on: version.document, .document, verb: verb, actor: try clerk().id, role: role,
      date: try date(on), basis: [version.place], note: try Field.optionalText(note, "note"),
      hash: version.hash)
    try fill(&act, self)
    var composition = Composition(office.agency)
    composition.add(newID(), .act(act))
    let written = try commit(composition, to: version.dossier, in: transaction)
    let state = try transaction.sql.value(
      """
      SELECT state FROM casework.minutes
      WHERE dossier = \(version.dossier) AND document = \(version.document)
      """, as: String.self)
    return try step(version.dossier, written.id, composition.ids, state: state, in: transaction)
  }

  /// The number of minutes: the number of the meeting in its series, else the next one drawn.
  func minutesNumber(
    _ version: Minutes, year: Int, in transaction: borrowing OfficeTransaction
  ) throws -> String {
    if let issue = version.meetingIssue, issue > 0 { return DocumentNumber.minutes(issue) }
    let drawn = try Series.draw(
      Series.documents(.minutes), of: office.agency, year: year, in: transaction.sql)
    return DocumentNumber.minutes(drawn)
  }

  /// The members of a dossier but this agency, ascending.
  func members(
    of dossier: DossierID, in transaction: borrowing OfficeTransaction
  ) throws -> [String] {
    try transaction.sql.rows(
      """
      SELECT agency FROM casework.member
      WHERE dossier = \(dossier) AND state = 'member' AND agency <> \(office.agency)
      ORDER BY agency
      """
    ).map { try $0.value(0, as: String.self) }
  }

  /// The meeting of a dossier, as its home tells it: in one version of the minutes, else in its
  /// last minutes or notice, else in a draft notice of this agency.
  func meeting(
    of dossier: DossierID, as version: RecordID? = nil,
    in transaction: borrowing OfficeTransaction
  ) throws -> DraftMeeting {
    let row = try transaction.sql.firstRow(
      """
      SELECT d.meeting_series, d.meeting_issue, d.held_on, coalesce(d.place, ''),
        coalesce(d.chair, ''), d.present, d.absent, d.topics
      FROM casework.document d
      JOIN casework.dossier v ON v.dossier = d.dossier AND v.home = d.author
      JOIN ledger.change_set s ON s.id = d.change
      WHERE d.dossier = \(dossier) AND d.meeting_series IS NOT NULL
      ORDER BY d.id IS NOT DISTINCT FROM \(version) DESC, s.sequence DESC, d.record DESC LIMIT 1
      """)
    if let row {
      return DraftMeeting(
        series: try row.value(0), issue: try row.value(1, as: Int?.self) ?? 0,
        heldOn: try row.value(2, as: CivilDate.self).description, place: try row.value(3),
        chair: try row.value(4), present: try row.value(5), absent: try row.value(6),
        topics: try row.value(7))
    }
    for state in [DocumentState.draft, .submitted, .reviewed, .signed] {
      let notices = try DraftRow.all(
        .meetingNotice, of: office.agency, in: dossier, state: state, transaction.sql)
      if let meeting = notices.first?.content.meeting { return meeting }
    }
    throw OfficeError(.missingValue, ["field": "meeting"])
  }
}
