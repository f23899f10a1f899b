import Casework
import Foundation
import Ledger
import Office
import TestSupport
import Testing

/// Papers that are large, numbered twice, or signed under the wrong hat.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct PaperEdgeTests {
  private static let two = Array(City.six.prefix(2))

  @Test func `edge E27 a letter is valid while its attachment of 50 MB has not arrived`()
    async throws
  {
    try await City.with(Self.two, inEveryOrder: true) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      try city.on("2023-03-07")
      let clue = try await fzb.office.createClue(
        API.CreateClueRequest(title: "甲项"), by: fzb.by(.handler)
      ).dossier
      let draft = try await fzb.office.refer(
        API.ReferRequest(
          clue: clue, to: ["420300-JW"], title: "移送函", body: "现移送", points: ["一"]),
        by: fzb.by(.handler))
      _ = try await fzb.office.attach(
        API.AttachRequest(draft: draft.id, name: "录像.bin", size: 50 << 20), by: fzb.by(.handler))
      var random = SeededGenerator(seed: 27)
      var piece = Data(random.bytes(1 << 10))
      for _ in 0..<10 { piece.append(piece) }
      for number in 0..<50 {
        piece[0] = UInt8(number)
        _ = try await fzb.office.attachPiece(
          API.AttachPieceRequest(
            draft: draft.id, position: 0, piece: number, content: piece.base64EncodedString()),
          by: fzb.by(.handler))
      }
      _ = try await fzb.finish(draft)
      try await city.settle()
      func attachment(at agency: Agency) async throws -> API.Attachment {
        let document = try await agency.office.document(API.DocumentRequest(document: draft.id))
        return try #require(document.attachments.first)
      }
      #expect(try await attachment(at: fzb).state == "complete")
      #expect(try await attachment(at: jw).state == "missing")
      // The letter is worked on all the same.
      try await jw.receive(clue)
      try await jw.accept(clue)
      try await city.settle()
      for agency in [fzb, jw] {
        let shown = try await agency.office.clue(API.ClueRequest(clue: clue))
        #expect(shown.state == "accepted")
        #expect(try await agency.read(clue).digest == fzb.read(clue).digest)
      }
      try await jw.fetchPieces(from: fzb, atMost: 7)
      let part = try await attachment(at: jw)
      #expect(!part.present && part.piecesHave == 7 && part.piecesTotal == 50)
      try await jw.fetchPieces(from: fzb, atMost: 50)
      let whole = try await attachment(at: jw)
      #expect(whole.state == "complete" && whole.size == 50 << 20)
      #expect(whole.root == (try await attachment(at: fzb)).root)
    }
  }

  @Test func `edge E28 of one number on two papers both are shown, and the issuer is warned`()
    async throws
  {
    let three = [City.six[0], City.six[1], City.six[5]]
    try await City.with(three, inEveryOrder: true) { city in
      let (fzb, jw, county) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420322-FZB"]
      )
      try city.on("2023-03-07")
      // Two agencies of one word in their numbers: each counts for itself.
      let letters = [
        try await fzb.refer("甲项", to: ["420300-JW"]),
        try await county.refer("乙项", to: ["420300-JW"]),
      ]
      #expect(letters.map(\.letter.number) == Array(repeating: "样法办函〔2023〕1号", count: 2))
      try await city.settle()
      let clues = letters.map(\.clue.dossier)
      await expect(.ambiguous) {
        try await jw.office.document(API.DocumentRequest(document: "样法办函〔2023〕1号"))
      }
      for clue in clues {
        try await jw.receive(clue)
        try await jw.accept(clue)
        _ = try await jw.office.dispose(
          API.DisposeRequest(clue: clue, kind: "verification"), by: jw.by(.head))
      }
      // The number of a decision is typed from its scan: twice the same one.
      func file(_ clue: String) async throws -> API.Step {
        try await jw.office.recordResult(
          API.ResultRequest(clue: clue, kind: "caseFiled", documentNumber: "样立〔2023〕3号"),
          by: jw.by(.caseOffice))
      }
      #expect(try await file(clues[0]).warnings.isEmpty)
      let warned = try await file(clues[1]).warnings
      #expect(warned.count == 1)
      #expect(warned.first?.contains("样立〔2023〕3号") == true)
      #expect(warned.first?.contains(letters[0].clue.number ?? "-") == true)
      // One decision about two persons has one number.
      for person in ["P-001", "P-002"] {
        let step = try await jw.office.recordResult(
          API.ResultRequest(
            clue: clues[0], kind: "sanction",
            measures: [API.Measure(class: "party", value: "warning")], personKey: person,
            documentNumber: "样决〔2023〕5号"), by: jw.by(.caseOffice))
        #expect(step.warnings.isEmpty)
      }
      try await city.settle()
      for (agency, clue) in [(fzb, clues[0]), (jw, clues[0]), (county, clues[1]), (jw, clues[1])] {
        let shown = try await agency.office.clue(API.ClueRequest(clue: clue))
        let filing = try #require(shown.results.first { $0.kind == "caseFiled" })
        #expect(filing.documentNumber == "样立〔2023〕3号" && filing.state == "valid")
        #expect(shown.mergedInto == nil)
      }
      let figures = try await jw.office.figures(API.FiguresRequest(year: 2023)).figures
      #expect(figures.first { $0.code == "caseFiled" }?.value == 2)
    }
  }

  @Test func `edge E34 what a clerk of two offices signs under the wrong hat is revoked that day`()
    async throws
  {
    try await City.with(Self.two, inEveryOrder: true) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      let desk = try await city.host(at: "420300-FZB", kind: "justice")
      let both = Acting(osUser: "tester", person: "两岗办事员")
      let person = API.PersonRequest(name: "两岗办事员", roles: ["deputy"])
      _ = try await fzb.office.addPerson(person, by: fzb.operator)
      _ = try await desk.office.addPerson(person, by: fzb.operator)
      let signed = try #require(try await desk.office.unpublishedParticulars())
      #expect(try await fzb.office.takeParticulars(signed))
      try await city.settle()
      try city.on("2023-03-07")
      let dossier = try await fzb.open("advice", "监督意见", admit: ["420300-JW", City.hosted])
      /// Drafted, signed by the clerk and issued in one of the two offices.
      func letter(of office: Office, _ by: (Role) -> Acting) async throws -> API.Step {
        let draft = try await office.draft(
          API.DraftRequest(
            dossier: dossier, form: "leadSupply", title: "线索提供函", body: "提供",
            to: ["420300-JW"]), by: by(.handler))
        let act = API.DraftActRequest(draft: draft.id)
        _ = try await office.submit(act, by: by(.handler))
        _ = try await office.sign(act, by: both)
        return try await office.issue(act.issue, by: by(.registry))
      }
      let wrong = try await letter(of: fzb.office) { fzb.by($0) }
      #expect(wrong.number == "样法办函〔2023〕1号")
      try await city.settle()
      let mistaken = try #require(wrong.records.first)
      #expect(try await jw.due(dossier).map(\.subject) == [mistaken])
      _ = try await fzb.office.revokeDocument(
        API.RevokeDocumentRequest(document: mistaken, text: "误以本机关名义签发"), by: both)
      let right = try await letter(of: desk.office) { desk.by($0) }
      #expect(right.number == "样司办函〔2023〕1号")
      let correct = try #require(right.records.first)
      try await city.settle()
      for agency in [fzb, jw] {
        let shown = try await agency.read(dossier)
        #expect(
          Set(shown.documents.map { "\($0.author) \($0.state) \($0.issuedOn)" }) == [
            "420300-FZB revoked 2023-03-07", "\(City.hosted) issued 2023-03-07",
          ])
        let revoked = try #require(shown.acts.first { $0.verb == "revoke" })
        #expect(revoked.on == "2023-03-07" && revoked.target == mistaken)
        #expect(shown.digest == (try await fzb.read(dossier)).digest)
      }
      let kept = try await jw.office.document(API.DocumentRequest(document: mistaken))
      #expect(kept.state == "revoked" && kept.body == "提供", "it stays readable")
      #expect(try await jw.due(dossier).map(\.subject) == [correct])
      let key = try City.key(77).keyID.hex
      #expect(try await jw.office.show(API.ShowRequest(id: right.changeSet)).key == key)
      // The number of what was revoked is used up.
      let next = try await fzb.issue("leadSupply", in: dossier) { $0.to = ["420300-JW"] }
      #expect(next.number == "样法办函〔2023〕2号")
      try await city.settle()
    }
  }
}
