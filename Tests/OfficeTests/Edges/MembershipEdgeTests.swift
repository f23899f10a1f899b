import Casework
import Ledger
import Office
import TestSupport
import Testing

/// Who comes late to a dossier, who leaves it, and what comes when it is closed.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct MembershipEdgeTests {
  private static let three = Array(City.six.prefix(3))

  @Test func `edge E16 a federation that is admitted in month three receives months one and two`()
    async throws
  {
    let four = [City.six[0], City.six[2], City.six[3], City.federation]
    try await City.with(four, inEveryOrder: true) { city in
      let (fzb, sfj, fy, gsl) = (
        try city["420300-FZB"], try city["420300-SFJ"], try city["420300-FY"],
        try city["420300-GSL"]
      )
      try city.on("2023-01-09")
      let members = ["420300-FY", "420300-SFJ"]
      let dossier = try await fzb.open("enforcement", "涉机关执行个案", admit: members) {
        ($0.source, $0.sourceAgency) = ("judicial", "420300-FY")
      }
      try await fzb.advance(dossier, to: "assigned", as: .sectionHead) { $0.handler = "420300-SFJ" }
      try await city.settle()
      try city.on("2023-02-06")
      try await sfj.advance(dossier, to: "planAgreed", as: .head) { $0.note = "分三期" }
      func pay(_ amount: Int) async throws {
        _ = try await fy.office.recordResult(
          API.ResultRequest(clue: dossier, kind: "performed", amount: amount),
          by: fy.by(.sectionHead))
      }
      try await city.settle()
      try await pay(30_000_000)
      try await city.settle()
      await expect(.notFound) { try await gsl.read(dossier) }
      #expect(try await gsl.holds("涉机关执行个案") == false)
      try city.on("2023-03-07")
      _ = try await fzb.office.admit(
        API.AdmitRequest(dossier: dossier, agency: "420300-GSL", reason: "涉企"),
        by: fzb.by(.deputy))
      try await pay(20_000_000)
      try await city.settle()
      let whole = try await fzb.read(dossier)
      let late = try await gsl.read(dossier)
      #expect(late.digest == whole.digest && late.changeSets == whole.changeSets)
      #expect(late.void == 0 && late.heads == whole.heads)
      #expect(late.results.map(\.amount) == [30_000_000, 20_000_000])
      #expect(late.results.map(\.on) == ["2023-02-06", "2023-03-07"])
      #expect(Set(late.acts.map(\.author)) == ["420300-FZB", "420300-SFJ"])
      #expect(try await gsl.course(dossier).amount == 50_000_000)
      for agency in [fzb, sfj, fy, gsl] {
        #expect(try await agency.read(dossier).members.contains("420300-GSL"))
      }
    }
  }

  @Test func `edge E17 an agency that is removed keeps what it had and gets nothing new`()
    async throws
  {
    try await City.with(Self.three, inEveryOrder: true) { city in
      let (fzb, jw, sfj) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420300-SFJ"]
      )
      try city.on("2023-03-07")
      let dossier = try await fzb.open("advice", "监督意见", admit: ["420300-JW", "420300-SFJ"])
      let before = try await fzb.issue("bulletin", in: dossier) { $0.body = "此前的通报" }
      try await city.settle()
      try city.on("2023-05-08")
      _ = try await fzb.office.end(
        API.EndRequest(dossier: dossier, agency: "420300-JW", reason: "职责调整"),
        by: fzb.by(.deputy))
      // JW has not heard of it yet; what it writes comes too late to be of any effect.
      let unseen = try await jw.issue("bulletin", in: dossier) { $0.body = "尚不知情" }
      let after = try await fzb.issue("bulletin", in: dossier) { $0.body = "此后的通报" }
      try await city.settle()
      let kept = try await jw.read(dossier)
      #expect(kept.title == "监督意见" && !kept.members.contains("420300-JW"))
      #expect(kept.documents.map(\.id) == [before.id])
      #expect(kept.acts.last?.verb == "end", "the end is the last that it gets")
      let read = try await jw.office.document(API.DocumentRequest(document: before.id))
      #expect(read.body == "此前的通报")
      #expect(try await jw.holds("此后的通报") == false)
      await #expect(throws: OfficeError.self) {
        try await jw.issue("bulletin", in: dossier).id
      }
      try city.on("2023-06-05")
      _ = try await fzb.issue("bulletin", in: dossier) { $0.body = "再后的通报" }
      try await city.settle()
      #expect(try await jw.read(dossier).changeSets == kept.changeSets)
      #expect(try await jw.holds("再后的通报") == false)
      for agency in [fzb, sfj] {
        let shown = try await agency.read(dossier)
        #expect(shown.members == ["420300-FZB", "420300-SFJ"])
        #expect(Set(shown.documents.map(\.id)).isSuperset(of: [before.id, after.id]))
        #expect(!shown.documents.map(\.id).contains(unseen.id))
        #expect(shown.documents.count == 3)
        #expect(shown.digest == (try await fzb.read(dossier)).digest)
      }
    }
  }

  @Test func `edge E29 a dossier that is closed stays closed, and what comes late is marked`()
    async throws
  {
    try await City.with(Self.three, inEveryOrder: true) { city in
      let (fzb, jw, sfj) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420300-SFJ"]
      )
      try city.on("2023-03-07")
      let dossier = try await fzb.open("advice", "监督意见", admit: ["420300-JW", "420300-SFJ"])
      try await city.settle()
      try city.on("2023-12-04")
      try await fzb.advance(dossier, to: "archived", as: .registry)
      // JW has not heard of it.
      let late = try await jw.issue("bulletin", in: dossier)
      try await city.settle()
      for agency in [fzb, jw, sfj] {
        let course = try await agency.course(dossier)
        #expect(course.stage == "archived" && course.late)
        let shown = try await agency.read(dossier)
        #expect(shown.documents.map(\.id) == [late.id], "it is kept and can be read")
        #expect(shown.digest == (try await fzb.read(dossier)).digest)
      }
      for agency in [fzb, jw] {
        await expect(.conflict) { try await agency.issue("bulletin", in: dossier).id }
      }
      await expect(.notYours) {
        try await jw.advance(dossier, to: "opened", as: .deputy) { $0.note = "后来件" }
      }
      try await fzb.advance(dossier, to: "opened", as: .deputy) { $0.note = "后来件" }
      try await city.settle()
      _ = try await jw.issue("bulletin", in: dossier)
      try await city.settle()
      #expect(try await sfj.course(dossier).stage == "opened")
      #expect(try await sfj.read(dossier).documents.count == 2)
    }
  }
}
