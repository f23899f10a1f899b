import Casework
import Ledger
import Office
import Postgres
import TestSupport
import Testing

/// A list that is cut says so, and a filter looks at everything before the cut.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct TruncationTests {
  /// Puts items beside the real ones of a letter: `count` of them in another document before it.
  private func crowd(
    _ city: City, _ agency: Agency, _ clue: String, document: String, kind: ItemKind, count: Int
  ) async throws {
    let dossier = try #require(DossierID(hex: clue))
    try await city.tamper(
      agency,
      """
      INSERT INTO casework.item (dossier, author, id, change, part, record, authored_at, document,
        number, kind, text, co_units)
      SELECT d.dossier, d.author,
        ('01860000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, d.change, 0, 100 + n,
        d.authored_at, d.id, 100 + n, \(kind.rawValue), 'item ' || n, '{}'
      FROM casework.document d, generate_series(1, \(count)) n
      WHERE d.dossier = \(dossier) AND coalesce(d.number, '') = \(document)
      """)
  }

  @Test func `an item of a late document is shown however many stand before it`() async throws {
    try await City.with(Array(City.six.prefix(2))) { city in
      let fzb = try city["420300-FZB"]
      try city.on("2023-03-07")
      let (clue, first) = try await fzb.refer(to: ["420300-JW"])
      let early = try #require(first.number)
      try city.on("2023-03-08")
      let later = try await fzb.finish(
        try await fzb.office.supplement(
          API.SupplementRequest(
            clue: clue.dossier, title: "补充材料函", body: "补充", points: ["三"]),
          by: fzb.by(.sectionHead)))
      let late = try #require(later.number)
      // With the two real points there are 1,001 in the first letter.
      try await crowd(
        city, fzb, clue.dossier, document: early, kind: .cluePoint, count: API.listMax - 1)
      let document = try await fzb.office.document(API.DocumentRequest(document: late))
      #expect(document.items.map(\.text) == ["三"])
      #expect(!document.truncated)
      let crowded = try await fzb.office.document(API.DocumentRequest(document: early))
      #expect(crowded.items.count == API.listMax)
      #expect(crowded.truncated)
      let shown = try await fzb.office.clue(API.ClueRequest(clue: clue.dossier))
      #expect(shown.points.count == API.listMax)
      #expect(shown.truncated)
    }
  }

  @Test func `a clue says that its results were cut, and the limit itself is no cut`()
    async throws
  {
    try await City.with(Array(City.six.prefix(1))) { city in
      let fzb = try city["420300-FZB"]
      let clue = try await fzb.office.createClue(
        API.CreateClueRequest(title: "甲"), by: fzb.by(.handler)
      ).dossier
      let dossier = try #require(DossierID(hex: clue))
      for (count, isCut) in [(API.listMax, false), (1, true)] {
        try await city.tamper(
          fzb,
          """
          INSERT INTO casework.result (dossier, author, id, change, part, record, authored_at, root,
            kind, on_date, measures, note, status)
          SELECT \(dossier), '420300-FZB', id, \(Hash256.sha256([1])), 0, n, now(), id, 'training',
            '2023-03-07', '{}', '', 'valid'
          FROM (
            SELECT n,
              ('01860000-0000-7000-8000-' || lpad(to_hex(\(count) * 1000 + n), 12, '0'))::uuid AS id
            FROM generate_series(1, \(count)) n
          ) x
          """)
        let shown = try await fzb.office.clue(API.ClueRequest(clue: clue))
        #expect(shown.results.count == API.listMax)
        #expect(shown.truncated == isCut)
      }
    }
  }

  @Test func `the resolutions of a meeting are those of its minutes, whatever else is there`()
    async throws
  {
    try await City.with(Array(City.six.prefix(2))) { city in
      let fzb = try city["420300-FZB"]
      try city.on("2023-10-20")
      let meeting = try await fzb.office.createMeeting(
        API.CreateMeetingRequest(
          title: "会", series: "联席会议", issue: 1, heldOn: "2023-10-20",
          members: ["420300-JW"]), by: fzb.by(.deputy)
      ).dossier
      let resolution = API.DraftItem(kind: "resolution", text: "制度完善", unit: "420300-FZB")
      let draft = try await fzb.office.minutes(
        API.MinutesRequest(
          meeting: meeting, title: "纪要", body: "稿", resolutions: [resolution]),
        by: fzb.by(.handler))
      let act = API.DraftActRequest(draft: draft.id)
      _ = try await fzb.office.submit(act, by: fzb.by(.handler))
      _ = try await fzb.office.sign(act, by: fzb.by(.deputy))
      _ = try await fzb.office.circulate(
        API.CirculateRequest(meeting: meeting), by: fzb.by(.registry))
      let before = try await fzb.office.meeting(API.MeetingRequest(meeting: meeting))
      #expect(before.resolutions.map(\.text) == ["制度完善"])
      #expect(!before.truncated)
      try await crowd(city, fzb, meeting, document: "", kind: .resolution, count: API.listMax)
      let after = try await fzb.office.meeting(API.MeetingRequest(meeting: meeting))
      #expect(after.resolutions.count == API.listMax)
      #expect(after.truncated)
    }
  }

  @Test func `a state that nothing can be in is refused with the nearest one`() async throws {
    try await City.with(Array(City.six.prefix(2))) { city in
      let fzb = try city["420300-FZB"]
      let clue = try await fzb.refer(to: ["420300-JW"]).clue.dossier
      do {
        _ = try await fzb.office.clues(API.ClueListRequest(state: "acepted"))
        Issue.record("nothing was refused")
      } catch let error as OfficeError {
        #expect(error.refusal == .invalidValue)
        #expect(error.problem(in: .en).detail.contains("did you mean “accepted”?"))
        #expect(error.problem(in: .en).detail.contains("registered | sent | received"))
      }
      let sent = try await fzb.office.clues(API.ClueListRequest(state: "sent"))
      #expect(sent.clues.map(\.dossier) == [clue])
      #expect(try await fzb.office.clues(API.ClueListRequest(state: "accepted")).clues.isEmpty)
      // The points of a clue have no card; they are shown as issued, and so are found as issued.
      let issued = try await fzb.office.items(API.ItemListRequest(dossier: clue, state: "issued"))
      #expect(issued.items.map(\.state) == ["issued", "issued"])
    }
  }
}
