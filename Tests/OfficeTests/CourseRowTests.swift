import Casework
import Exchange
import Ledger
import Office
import Postgres
import Replica
import TestSupport
import Testing

/// The rows of courses in the database: the same at every node, whatever came first.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct CourseRowTests {
  private static let tables = ["course", "item_card", "secondment"]

  /// Every row of the tables of courses and items, as PostgreSQL prints them.
  private func rows(at agency: Agency) async throws -> [String] {
    let connection = Connection(agency.configuration)
    var lines: [String] = []
    for table in Self.tables {
      let name: SQL = "\(unsafeQualifiedIdentifier: "casework.\(table)")"
      lines += try await connection.transaction(.read) { transaction in
        try transaction.rows("SELECT t::text FROM \(name) t ORDER BY 1").map {
          try "\(table) \($0.value(0, as: String.self))"
        }
      }
    }
    await connection.close()
    return lines
  }

  private func check(_ agency: Agency, repairs: Bool = false) async throws -> SelfCheckReport {
    try await SelfChecking(repairs: repairs).run(
      over: agency.store, now: { .sample }, ask: { _, _ in FetchAnswer() })
  }

  /// A petition that SFJ handles, and an inspection with a finding that was urged and prolonged.
  private func story(_ city: City) async throws -> (petition: String, inspection: String) {
    let (fzb, jw, sfj) = (
      try city["420300-FZB"], try city["420300-JW"], try city["420300-SFJ"]
    )
    try city.on("2023-03-07")
    let petition = try await fzb.office.createDossier(
      API.CreateDossierRequest(
        kind: "petition", title: "反映办证超期", admit: ["420300-SFJ", "420300-JW"]),
      by: fzb.by(.deputy)
    ).dossier
    let inspection = try await fzb.office.createDossier(
      API.CreateDossierRequest(
        kind: "inspection", title: "年度督察", admit: ["420300-JW", "420300-SFJ"]),
      by: fzb.by(.deputy)
    ).dossier
    _ = try await fzb.finish(
      try await fzb.office.draft(
        API.DraftRequest(
          dossier: inspection, form: "feedback", title: "反馈意见", body: "请整改",
          to: ["420300-SFJ"],
          items: [API.DraftItem(kind: "finding", text: "超期办理", unit: "420300-SFJ")]),
        by: fzb.by(.handler)))
    _ = try await fzb.office.advance(
      API.AdvanceRequest(dossier: petition, stage: "transferred", handler: "420300-SFJ"),
      by: fzb.by(.deputy))
    try await city.settle()
    // Three agencies write without having seen each other.
    let item = try #require(
      try await fzb.office.items(API.ItemListRequest(dossier: inspection)).items.first
    ).id
    _ = try await sfj.office.advance(
      API.AdvanceRequest(dossier: petition, stage: "handling"), by: sfj.by(.handler))
    _ = try await jw.office.urgeItem(
      API.ItemUrgeRequest(item: item, level: "letter"), by: jw.by(.deputy))
    _ = try await fzb.office.urgeItem(
      API.ItemUrgeRequest(item: item, level: "reminder"), by: fzb.by(.handler))
    _ = try await fzb.office.prolongItem(
      API.ItemProlongRequest(item: item, text: "长期坚持", dueOn: "2024-12-31"),
      by: fzb.by(.deputy))
    return (petition, inspection)
  }

  @Test func `casework: rows of courses are equal whatever a node hears first`() async throws {
    try await City.with(Array(City.six.prefix(4))) { city in
      let (petition, inspection) = try await story(city)
      let (fzb, jw, sfj) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420300-SFJ"]
      )
      // One hears JW before SFJ and FZB last, another the other way round.
      for owner in [jw, sfj] { _ = try await city.pull(fzb, from: owner) }
      for owner in [sfj, fzb] { _ = try await city.pull(jw, from: owner) }
      for owner in [fzb, jw] { _ = try await city.pull(sfj, from: owner) }
      try await city.settle()
      let expected = try await rows(at: fzb)
      #expect(expected.count == 3, "two courses and one item")
      #expect(try await rows(at: jw) == expected)
      #expect(try await rows(at: sfj) == expected)
      for dossier in [petition, inspection] {
        var digests: Set<String?> = []
        for agency in [fzb, jw, sfj] {
          digests.insert(
            try await agency.office.dossier(API.DossierRequest(dossier: dossier)).digest)
        }
        #expect(digests.count == 1)
      }
      let listed = try await sfj.office.courses(API.CourseListRequest(limit: 1))
      #expect(listed.courses.count == 1 && listed.next == 2)
      let handled = try await jw.office.courses(
        API.CourseListRequest(kind: "petition", stage: "handling", handler: "420300-SFJ"))
      #expect(handled.courses.map(\.dossier) == [petition] && handled.next == nil)
      #expect(handled.courses.first?.course.movedBy == "420300-SFJ")
      let other = try await city["420300-FY"].office.courses(API.CourseListRequest())
      #expect(other.courses.isEmpty, "no member of either dossier")
      await expect(.invalidValue) {
        try await jw.office.courses(API.CourseListRequest(kind: "sheet"))
      }
      let items = try await sfj.office.items(API.ItemListRequest(dossier: inspection)).items
      #expect(items.map(\.level) == ["letter"] && items.map(\.longTerm) == [true])
    }
  }

  @Test func `casework: an edited row of a course is named, repaired and folded the same again`()
    async throws
  {
    try await City.with(Array(City.six.prefix(4))) { city in
      let (petition, _) = try await story(city)
      try await city.settle()
      let jw = try city["420300-JW"]
      let expected = try await rows(at: jw)
      try await city.tamper(jw, "UPDATE casework.course SET stage = 'closed', amount = 1")
      let shown = try await jw.office.dossier(API.DossierRequest(dossier: petition))
      #expect(shown.courses.map(\.stage) == ["closed"], "the list is read from the rows")
      let found = try await check(jw)
      #expect(found.differing.map(\.table) == ["casework.course", "casework.course"])
      #expect(found.differing.allSatisfy { $0.kind == .changed })
      #expect(try await check(jw, repairs: true).isConsistent)
      #expect(try await rows(at: jw) == expected)
      // What the migration leaves of a database of the version before: no rows, nothing marked.
      try await city.tamper(jw, "DELETE FROM casework.course")
      try await city.tamper(jw, "UPDATE casework.item_card SET level = NULL, long_term = false")
      try await city.tamper(
        jw,
        """
        UPDATE ledger.dossier SET needs_upgrade = true
        WHERE NOT needs_upgrade AND id IN (SELECT dossier FROM casework.dossier)
        """)
      #expect(try await jw.store.write(FoldAgain()).mended == 2)
      #expect(try await rows(at: jw) == expected)
      #expect(try await check(jw).isConsistent)
    }
  }
}
