import Casework
import Ledger
import Office
import TestSupport
import Testing

/// Petitions that become clues, and payments across the end of a year.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct CaseEdgeTests {
  @Test func `edge E33 a petition becomes a clue, and who petitioned stays sealed`() async throws {
    try await City.with(Array(City.six.prefix(3)), inEveryOrder: true) { city in
      let (fzb, jw, sfj) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420300-SFJ"]
      )
      let petitioner = "信访人戊之名"
      try city.on("2023-03-07")
      let petition = try await fzb.open("petition", "反映办证超期", admit: ["420300-SFJ"]) {
        $0.source = "public"
      }
      let notice = try await fzb.issue("acceptanceNotice", in: petition) { letter in
        letter.sealed = [
          API.SealedSheet(audience: ["420300-FZB"], title: "信访人", body: petitioner)
        ]
      }
      // What is petitioned is a clue: it goes its own way, without the petitioner.
      let (clue, letter) = try await fzb.refer("办证超期线索", to: ["420300-JW"])
      _ = try await fzb.office.relate(
        API.RelateRequest(dossier: petition, to: clue.dossier), by: fzb.by(.handler))
      try await fzb.advance(petition, to: "guided", as: .sectionHead) { $0.note = "转为问题线索" }
      try await city.settle()
      try await jw.receive(clue.dossier)
      try await jw.accept(clue.dossier)
      try await city.settle()

      let accepted = try await fzb.office.clue(API.ClueRequest(clue: clue.dossier))
      #expect(accepted.state == "accepted" && accepted.members == ["420300-FZB", "420300-JW"])
      #expect(try await jw.read(clue.dossier).digest == fzb.read(clue.dossier).digest)
      await expect(.notFound) { try await jw.read(petition) }
      for name in [clue.dossier, clue.number ?? "", letter.number ?? ""] {
        await expect(.notFound) { try await sfj.read(name) }
      }
      #expect(try await jw.holds("反映办证超期") == false)
      #expect(try await sfj.holds("办证超期线索") == false)
      // A member of the petition learns that it goes on elsewhere, and not where.
      let shown = try await sfj.read(petition)
      #expect(shown.courses.map(\.stage) == ["guided"])
      #expect(shown.acts.filter { $0.verb == "relate" }.map(\.standing) == ["counts"])
      #expect(shown.digest == (try await fzb.read(petition)).digest)

      for agency in [jw, sfj] { #expect(try await agency.holds(petitioner) == false) }
      #expect(try await fzb.holds(petitioner))
      let request = API.DocumentRequest(document: notice.id)
      #expect(try await fzb.office.document(request).sealed.map(\.withheld) == [true])
      let opened = try await fzb.office.document(request, by: fzb.by(.handler))
      #expect(opened.sealed.map(\.body) == [petitioner])
      let figures = try await fzb.office.figures(API.FiguresRequest(year: 2023)).figures
      #expect(figures.first { $0.code == "clueReferred" }?.value == 1)
      #expect(figures.first { $0.code == "petitionRate" }?.denominator == 0)
    }
  }

  @Test func `edge E32 what is paid in three parts counts in the year in which it is performed`()
    async throws
  {
    let three = [City.six[0], City.six[2], City.six[3]]
    try await City.with(three, inEveryOrder: true) { city in
      let (fzb, sfj, fy) = (
        try city["420300-FZB"], try city["420300-SFJ"], try city["420300-FY"]
      )
      try city.on("2023-10-09")
      let members = ["420300-FY", "420300-SFJ"]
      let dossier = try await fzb.open("enforcement", "涉机关执行个案", admit: members) {
        ($0.source, $0.sourceAgency) = ("judicial", "420300-FY")
      }
      try await city.settle()
      func expectCounted(_ year: Int, settled: Int, amount: Int) async throws {
        for agency in [fzb, sfj, fy] {
          let figures = try await agency.office.figures(API.FiguresRequest(year: year)).figures
          #expect(figures.first { $0.code == "settled" }?.value == settled, "\(year)")
          #expect(figures.first { $0.code == "amount" }?.value == amount, "\(year)")
        }
      }
      for day in ["2023-11-20", "2023-12-20", "2024-01-22"] {
        try city.on(day)
        _ = try await fy.office.recordResult(
          API.ResultRequest(clue: dossier, kind: "performed", amount: 100_000_000),
          by: fy.by(.sectionHead))
        try await city.settle()
      }
      try await expectCounted(2023, settled: 0, amount: 0)
      try await expectCounted(2024, settled: 0, amount: 0)
      try city.on("2024-02-05")
      try await fy.advance(dossier, to: "performed", as: .deputy)
      try await city.settle()
      try await expectCounted(2023, settled: 0, amount: 0)
      try await expectCounted(2024, settled: 1, amount: 300_000_000)
      for agency in [fzb, sfj, fy] {
        let course = try await agency.course(dossier)
        #expect(course.stage == "performed" && course.amount == 300_000_000)
      }
    }
  }
}
