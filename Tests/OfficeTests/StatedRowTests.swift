import Casework
import Exchange
import Ledger
import Office
import Postgres
import Replica
import TestSupport
import Testing

/// What covers and results state of their kind alone stands in rows, and lists are read from these.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct StatedRowTests {
  private func check(_ agency: Agency) async throws -> SelfCheckReport {
    try await SelfChecking(repairs: false).run(
      over: agency.store, now: { .sample }, ask: { _, _ in FetchAnswer() })
  }

  /// What the lists of an agency say of petitions, surveys and scores.
  private func listed(_ agency: Agency) async throws -> [String?] {
    let dossiers = try await agency.office.dossiers(API.DossierListRequest()).dossiers
    let results = try await agency.office.results(API.ResultListRequest()).results
    return dossiers.filter { $0.kind == "petition" }.flatMap { [$0.channel, $0.demandKind] }
      + results.sorted { $0.kind < $1.kind }.flatMap { result in
        [result.rank, result.ranked, result.score].map { $0.map { String($0) } } + [result.unit]
      }
  }

  @Test func `casework: channels, ranks and points are read from rows, which the log gives again`()
    async throws
  {
    try await City.with([City.six[0], City.six[2]]) { city in
      let (fzb, sfj) = (try city["420300-FZB"], try city["420300-SFJ"])
      try city.on("2023-12-29")
      let petition = try await fzb.open("petition", "反映办证超期", admit: ["420300-SFJ"]) {
        ($0.channel, $0.demandKind) = ("visit", "appeal")
      }
      let assessment = try await fzb.open("assessment", "2023年度考核", admit: ["420300-SFJ"])
      let score = API.ResultRequest(
        clue: assessment, kind: "score", rank: 3, score: 9_850, unit: "420300-SFJ")
      let survey = API.ResultRequest(
        clue: assessment, kind: "survey", decidedBy: "样例测评机构", rank: 2, ranked: 17)
      for request in [score, survey] {
        _ = try await fzb.office.recordResult(request, by: fzb.by(.deputy))
      }
      try await city.settle()
      let expected: [String?] = [
        "visit", "appeal", "3", nil, "9850", "420300-SFJ", "2", "17", nil, nil,
      ]
      #expect(try await listed(fzb) == expected)
      #expect(try await listed(sfj) == expected)
      #expect(try await sfj.read(assessment).digest == fzb.read(assessment).digest)

      // What the migration leaves of a database of the version before: no values, dossiers marked.
      try await city.tamper(sfj, "UPDATE casework.dossier SET channel = NULL, demand_kind = NULL")
      try await city.tamper(
        sfj, "UPDATE casework.result SET rank = NULL, ranked = NULL, score = NULL, unit = NULL")
      #expect(try await listed(sfj).allSatisfy { $0 == nil }, "lists are read from the rows")
      #expect(try await sfj.read(petition).channel == nil)
      #expect(
        try await check(sfj).differing.map(\.table).sorted()
          == ["casework.dossier", "casework.result", "casework.result"])
      try await city.tamper(
        sfj,
        """
        UPDATE ledger.dossier SET needs_upgrade = true WHERE id IN (
          SELECT dossier FROM casework.dossier WHERE kind = 'petition'
          UNION SELECT dossier FROM casework.result WHERE kind IN ('score', 'survey'))
        """)
      #expect(try await sfj.store.write(FoldAgain()).mended == 2)
      #expect(try await listed(sfj) == expected)
      #expect(try await check(sfj).isConsistent)
    }
  }
}
