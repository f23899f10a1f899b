import Casework
import Ledger
import Office
import TestSupport
import Testing

/// Papers between agencies: help asked for, results shared, letters answered, copies noted.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct LetterMechanismTests {
  private static let offices = [City.six[0], City.six[2]]
  private static let three = Array(City.six.prefix(3))

  private func short(_ lines: [API.DeadlineLine]) -> [String] {
    lines.map { "\($0.owes) \($0.dueOn) \($0.lamp)" }
  }

  @Test func `row 5: assistance that is asked for is given, or returned with a reason`()
    async throws
  {
    try await City.with(Self.offices) { city in
      let (fzb, sfj) = (try city["420300-FZB"], try city["420300-SFJ"])
      try city.on("2023-03-07")
      let dossier = try await fzb.open("inspection", "年度督察")
      let files = try await fzb.issue("assistanceRequest", in: dossier) {
        ($0.to, $0.dueOn) = (["420300-SFJ"], "2023-03-20")
      }
      let people = try await fzb.issue("assistanceRequest", in: dossier) {
        $0.to = ["420300-SFJ"]
      }
      try await city.settle()
      await expect(.unlawful) { try await sfj.accept(files.id) }
      for letter in [files.id, people.id] { try await sfj.receive(letter) }
      await expect(.notYours) { try await fzb.accept(files.id) }
      try await sfj.accept(files.id)
      _ = try await sfj.office.return(
        API.ReturnRequest(clue: people.id, reason: "noJurisdiction", note: "请商请市法院"),
        by: sfj.by(.sectionHead))
      try await city.settle()
      for agency in [fzb, sfj] {
        #expect(short(try await agency.due(dossier)) == ["420300-SFJ 2023-03-20 green"])
      }
      try await sfj.answer(files.id, "已提供案卷三份")
      try await city.settle()
      for agency in [fzb, sfj] {
        #expect(try await agency.due(dossier).isEmpty)
        let given = try await agency.acts(on: files.id)
        #expect(given == ["receive", "accept", "feedBack"].map { "420300-SFJ \($0)" })
        #expect(
          try await agency.acts(on: people.id) == ["420300-SFJ receive", "420300-SFJ return"])
        let declined = try await agency.read(dossier).acts.first { $0.verb == "return" }
        #expect(declined?.reason == "noJurisdiction" && declined?.note == "请商请市法院")
      }
    }
  }

  @Test func `row 12: a supervision letter is answered by its date, or shown as late`()
    async throws
  {
    try await City.with(Self.offices) { city in
      let (fzb, sfj) = (try city["420300-FZB"], try city["420300-SFJ"])
      try city.on("2023-03-07")
      let dossier = try await fzb.open("inspection", "年度督察")
      var letters: [String] = []
      for _ in 1...2 {
        let letter = try await fzb.issue("supervisionLetter", in: dossier) {
          ($0.to, $0.dueOn) = (["420300-SFJ"], "2023-03-21")
        }
        letters.append(letter.id)
      }
      try await city.settle()
      for letter in letters {
        try await sfj.receive(letter)
        try await sfj.accept(letter)
      }
      try await city.settle()
      for agency in [fzb, sfj] {
        let lines = Array(repeating: "420300-SFJ 2023-03-21 green", count: 2)
        #expect(short(try await agency.due(dossier)) == lines)
      }
      try city.on("2023-03-17")
      try await sfj.answer(letters[0], "已整改完毕")
      try await city.settle()
      try city.on("2023-03-22")
      for agency in [fzb, sfj] {
        let late = try await agency.due(dossier)
        #expect(short(late) == ["420300-SFJ 2023-03-21 red"])
        #expect(late.map(\.subject) == [letters[1]] && late.map(\.daysLeft) == [-1])
      }
      #expect(try await fzb.due(dossier).map(\.suggestion) == ["urging"])
      let answer = try await fzb.read(dossier).acts.last
      #expect(answer?.verb == "feedBack" && answer?.note == "已整改完毕")
    }
  }

  @Test func `row 14: the discipline body notes its copy of findings, and the issuer sees it`()
    async throws
  {
    try await City.with(Self.three) { city in
      let (fzb, jw, sfj) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420300-SFJ"]
      )
      try city.on("2023-03-07")
      let dossier = try await fzb.open("inspection", "年度督察")
      let feedback = try await fzb.issue("feedback", in: dossier) {
        ($0.to, $0.cc) = (["420300-SFJ"], ["420300-JW"])
        $0.items = [API.DraftItem(kind: "finding", text: "超期办理", unit: "420300-SFJ")]
      }
      try await city.settle()
      #expect(try await jw.item(of: dossier).text == "超期办理")
      await expect(.unlawful) { try await jw.accept(feedback.id) }
      try await jw.receive(feedback.id)
      await expect(.unlawful) { try await jw.receive(feedback.id) }
      try await city.settle()
      for agency in [fzb, jw, sfj] {
        #expect(try await agency.acts(on: feedback.id) == ["420300-JW note"])
      }
    }
  }

  @Test func `row 15: the discipline body watches findings, and writes a letter of its own`()
    async throws
  {
    try await City.with(Self.three) { city in
      let (fzb, jw, sfj) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420300-SFJ"]
      )
      try city.on("2023-03-07")
      let dossier = try await fzb.open("inspection", "年度督察")
      _ = try await fzb.issue("feedback", in: dossier) {
        ($0.to, $0.cc) = (["420300-SFJ"], ["420300-JW"])
        $0.items = [API.DraftItem(kind: "finding", text: "超期办理", unit: "420300-SFJ")]
      }
      try await city.settle()
      let finding = try await sfj.item(of: dossier).id
      _ = try await sfj.office.acknowledgeItem(
        API.ItemStepRequest(item: finding), by: sfj.by(.handler))
      try await city.settle()
      #expect(try await jw.item(of: dossier).state == "acknowledged")
      let letter = try await jw.issue("supervisionLetter", in: dossier) {
        ($0.to, $0.cc) = (["420300-SFJ"], ["420300-FZB"])
      }
      _ = try await jw.office.urgeItem(
        API.ItemUrgeRequest(item: finding, level: "letter"), by: jw.by(.deputy))
      try await city.settle()
      for agency in [fzb, sfj] { try await agency.receive(letter.id) }
      try await sfj.accept(letter.id)
      try await sfj.answer(letter.id, "本月底前整改")
      _ = try await sfj.office.reportItem(
        API.ItemReportRequest(item: finding, text: "已整改"), by: sfj.by(.head))
      try await city.settle()
      // What it watches it does not decide.
      let pass = API.ItemActRequest(item: finding)
      await expect(.notYours) { try await jw.office.passItem(pass, by: jw.by(.sectionHead)) }
      _ = try await fzb.office.passItem(pass, by: fzb.by(.sectionHead))
      try await city.settle()
      for agency in [fzb, jw, sfj] {
        let answers = try await agency.acts(on: letter.id).filter { $0.hasPrefix("420300-SFJ") }
        #expect(answers == ["receive", "accept", "feedBack"].map { "420300-SFJ \($0)" })
        #expect(try await agency.acts(on: letter.id).contains("420300-FZB note"))
        let item = try await agency.item(of: dossier)
        #expect(item.state == "passed" && item.level == "letter")
      }
    }
  }

  @Test func `row 6: a bulletin and a typical case are noted by those they are shared with`()
    async throws
  {
    try await City.with(Self.three) { city in
      let (fzb, jw, sfj) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420300-SFJ"]
      )
      try city.on("2023-03-07")
      let dossier = try await fzb.open(
        "inspection", "年度督察", admit: ["420300-JW", "420300-SFJ"])
      let bulletin = try await fzb.issue("bulletin", in: dossier) {
        $0.cc = ["420300-JW", "420300-SFJ"]
      }
      try await city.settle()
      let typical = try await sfj.issue("typicalCase", in: dossier) {
        ($0.to, $0.cc, $0.body) = (["420300-FZB"], ["420300-JW"], "以案释法")
      }
      try await city.settle()
      for agency in [jw, sfj] { try await agency.receive(bulletin.id) }
      for agency in [fzb, jw] { try await agency.receive(typical.id) }
      try await city.settle()
      for agency in [fzb, jw, sfj] {
        #expect(
          try await agency.acts(on: bulletin.id).sorted()
            == ["420300-JW note", "420300-SFJ note"])
        #expect(
          try await agency.acts(on: typical.id).sorted()
            == ["420300-FZB receive", "420300-JW note"])
        let shown = try await agency.office.document(API.DocumentRequest(document: typical.id))
        #expect(shown.body == "以案释法")
      }
    }
  }

  @Test func `row 16: an office proposes accountability, and the discipline body alone decides`()
    async throws
  {
    try await City.with(Array(City.six.prefix(2))) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      try city.on("2023-03-07")
      let clue = try await fzb.refer(to: ["420300-JW"]).clue.dossier
      let proposal = try await fzb.issue("accountabilityProposal", in: clue) {
        $0.to = ["420300-JW"]
      }
      try await city.settle()
      let decision = API.ResultRequest(
        clue: clue, kind: "accountability",
        measures: [API.Measure(class: "accountability", value: "circulated")])
      await expect(.notYours) { try await fzb.office.recordResult(decision, by: fzb.by(.head)) }
      for letter in [clue, proposal.id] {
        try await jw.receive(letter)
        try await jw.accept(letter)
      }
      // Nobody is called to account before the clue was looked into.
      await expect(.unlawful) { try await jw.office.recordResult(decision, by: jw.by(.head)) }
      _ = try await jw.office.dispose(
        API.DisposeRequest(clue: clue, kind: "verification"), by: jw.by(.head))
      _ = try await jw.office.recordResult(decision, by: jw.by(.head))
      try await jw.answer(proposal.id, "已通报")
      try await city.settle()
      for agency in [fzb, jw] {
        let results = try await agency.read(clue).results
        #expect(results.map(\.author) == ["420300-JW"])
        #expect(results.map(\.kind) == ["accountability"] && results.map(\.state) == ["valid"])
        #expect(
          try await agency.acts(on: proposal.id)
            == ["receive", "accept", "feedBack"].map { "420300-JW \($0)" })
        let figures = try await agency.office.figures(API.FiguresRequest(year: 2023)).figures
        #expect(figures.first { $0.code == "accountable" }?.value == 1)
      }
    }
  }
}
