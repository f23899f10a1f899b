import Casework
import Exchange
import Ledger
import Replica
import TestSupport
import Testing

@testable import Office

/// Merges that another node wrote without asking whether they are right.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct MergeFigureTests {
  private func id(_ number: Int) throws -> DossierID {
    let digits = String(number, radix: 16)
    return try #require(
      DossierID(hex: String(repeating: "0", count: 64 - digits.utf8.count) + digits))
  }

  /// Merges a clue into another as a body, past its office.
  private func merge(_ clue: String, into other: String, by body: Agency) async throws {
    let dossier = try #require(DossierID(hex: clue))
    let survivor = try #require(DossierID(hex: other))
    let (own, cover, people) = try await body.store.read { transaction in
      (
        try transaction.folded(dossier)?.coverEntry?.record.id,
        try transaction.folded(survivor)?.coverEntry?.record.id,
        try transaction.directory()?.current.people(of: body.code) ?? []
      )
    }
    let clerk = try #require(people.first { $0.roles.contains(Role.caseOffice.rawValue) })
    var act = Act(
      on: try #require(own), .dossier, verb: .merge, actor: clerk.id, role: .caseOffice,
      date: try #require(CivilDate("2023-03-09")))
    act.points = [try #require(cover)]
    try await write(.act(act), in: dossier, by: body)
  }

  /// Revises the cover of a dossier as its home; no verb of the office does it.
  private func revise(_ clue: String, by home: Agency) async throws {
    let dossier = try #require(DossierID(hex: clue))
    let folded = try await home.store.read { try $0.folded(dossier) }
    var cover = try #require(folded?.cover)
    cover.title += "(更名)"
    try await write(.dossier(cover), revising: folded?.coverEntry?.place, in: dossier, by: home)
  }

  private func write(
    _ content: CaseRecord.Content, revising place: Citation? = nil, in dossier: DossierID,
    by author: Agency
  ) async throws {
    let now = author.office.clock.now
    let record = Record(
      id: RecordID(timestamp: now, random: Array(repeating: 7, count: 10)), author: author.code,
      revises: place, content)
    var written = ChangeContent()
    written.add([record], audience: [])
    _ = try await author.store.write(
      Append(
        author: Signatory(agency: author.code, key: author.key),
        drafts: [Draft(dossier: dossier, parts: written.parts)], now: now, gate: .open)
    ).get()
  }

  @Test func `clues that were merged stay one when the home revises the cover of the survivor`()
    async throws
  {
    try await City.with(Array(City.six.prefix(2))) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      try city.on("2023-03-07")
      var clues: [String] = []
      for title in ["甲项", "乙项"] {
        let clue = try await fzb.refer(title, to: ["420300-JW"]).clue.dossier
        try await city.settle()
        _ = try await jw.office.receive(API.ReceiveRequest(clue: clue), by: jw.by(.registry))
        _ = try await jw.office.accept(API.AcceptRequest(clue: clue), by: jw.by(.caseOffice))
        _ = try await jw.office.dispose(
          API.DisposeRequest(clue: clue, kind: "verification"), by: jw.by(.head))
        clues.append(clue)
      }
      // One filing, recorded on both.
      try city.on("2023-06-12")
      for clue in clues {
        _ = try await jw.office.recordResult(
          API.ResultRequest(clue: clue, kind: "caseFiled"), by: jw.by(.caseOffice))
      }
      _ = try await jw.office.merge(
        API.MergeRequest(clue: clues[1], into: clues[0], note: "同一问题"), by: jw.by(.caseOffice))
      try await city.settle()
      for _ in 1...2 {
        try await revise(clues[0], by: fzb)
        try await city.settle()
        for agency in [fzb, jw] {
          let answer = try await agency.office.figures(API.FiguresRequest(year: 2023))
          for code in ["clueReferred", "caseFiled"] {
            #expect(answer.figures.first { $0.code == code }?.value == 1, "\(code)")
          }
        }
      }
    }
  }

  @Test func `a clue merged into one that the body never accepted counts where it was accepted`()
    async throws
  {
    try await City.with(Array(City.six.prefix(2))) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      try city.on("2023-03-07")
      let other = try await fzb.refer("甲项", to: ["420300-JW"]).clue.dossier
      let clue = try await fzb.refer("乙项", to: ["420300-JW"]).clue.dossier
      try await city.settle()
      try city.on("2023-03-08")
      _ = try await jw.office.receive(API.ReceiveRequest(clue: clue), by: jw.by(.registry))
      _ = try await jw.office.accept(API.AcceptRequest(clue: clue), by: jw.by(.caseOffice))
      try city.on("2023-03-09")
      try await merge(clue, into: other, by: jw)
      try await city.settle()
      for agency in [fzb, jw] {
        let lines = try await agency.office.figureEvidence(
          API.FigureEvidenceRequest(figure: "clueReferred", year: 2023))
        #expect(lines.evidence.map(\.dossier) == [clue])
        let answer = try await agency.office.figures(API.FiguresRequest(year: 2023))
        #expect(answer.dossiers == 2 && answer.crowded == 0)
      }
    }
  }

  @Test func `clues tied to more others than a bundle holds come each by itself`() throws {
    let limit = Office.Limits.figureBundleMax
    var ties = ClueTies()
    for number in 1..<limit { ties.join(try id(number), try id(0)) }
    let tied = try (0..<limit).map { try id($0) }
    #expect(tied.allSatisfy { ties.bundle(of: $0) == tied && !ties.isCrowded($0) })
    // Two clues beside them are tied to each other first, and to one of those later.
    ties.join(try id(limit), try id(limit + 1))
    ties.join(try id(limit + 1), try id(1))
    // One more comes when it is known that there are too many.
    ties.join(try id(limit + 2), try id(5))
    for dossier in try (0...(limit + 2)).map({ try id($0) }) {
      #expect(ties.isCrowded(dossier))
      #expect(ties.bundle(of: dossier) == [dossier])
    }
    let beside = try id(limit + 3)
    #expect(!ties.isCrowded(beside))
  }
}
