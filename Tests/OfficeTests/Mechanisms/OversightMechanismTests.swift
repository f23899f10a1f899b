import Casework
import Ledger
import Office
import TestSupport
import Testing

/// Where matters come from, who answers for what, and who outside looks on.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct OversightMechanismTests {
  private static let two = Array(City.six.prefix(2))
  private static let offices = [City.six[0], City.six[2]]

  @Test func `a letter states the kind of oversight that it asks for, and a report states none`()
    async throws
  {
    try await City.with(Self.offices) { city in
      let (fzb, sfj) = (try city["420300-FZB"], try city["420300-SFJ"])
      try city.on("2023-03-07")
      let dossier = try await fzb.open("inspection", "年度督察")
      let letter = try await fzb.issue("supervisionLetter", in: dossier) {
        ($0.to, $0.purpose) = (["420300-SFJ"], "judicial")
      }
      await expect(.conflict) {
        try await fzb.issue("inspectionReport", in: dossier) { $0.purpose = "judicial" }.id
      }
      await expect(.invalidValue) {
        try await fzb.issue("supervisionLetter", in: dossier) {
          ($0.to, $0.purpose) = (["420300-SFJ"], "somebody")
        }.id
      }
      try await city.settle()
      try await sfj.receive(letter.id)
      try await sfj.accept(letter.id)
      try await city.settle()
      for agency in [fzb, sfj] {
        let read = try await agency.office.document(API.DocumentRequest(document: letter.id))
        #expect(read.purpose == "judicial")
        let matrix = try await agency.office.matrix(API.MatrixRequest(year: 2023))
        let cell = matrix.cells.first { $0.from == "ruleOfLaw" && $0.to == "judicial" }
        #expect(cell?.value == 1)
      }
    }
  }

  @Test func `a referral states the kind of oversight that it asks for`() async throws {
    try await City.with(Self.two) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      try city.on("2023-03-07")
      let clue = try await fzb.office.createClue(
        API.CreateClueRequest(title: "逾期未履行"), by: fzb.by(.handler)
      ).dossier
      func refer(_ purpose: String) async throws -> API.Draft {
        try await fzb.office.refer(
          API.ReferRequest(
            clue: clue, to: ["420300-JW"], title: "移送函", body: "现移送", points: ["一"],
            purpose: purpose), by: fzb.by(.handler))
      }
      await expect(.invalidValue) { try await refer("somebody") }
      let draft = try await refer("partyTour")
      _ = try await fzb.finish(draft)
      try await city.settle()
      try await jw.receive(clue)
      try await jw.accept(clue)
      try await city.settle()
      for agency in [fzb, jw] {
        let read = try await agency.office.document(API.DocumentRequest(document: draft.id))
        #expect(read.purpose == "partyTour")
        let matrix = try await agency.office.matrix(API.MatrixRequest(year: 2023))
        let taken = matrix.cells.filter { $0.value > 0 }.map(\.to)
        #expect(Set(taken) == ["ruleOfLaw", "partyTour"])
      }
    }
  }

  @Test func `further material states what is asked for from then on`() async throws {
    try await City.with(Self.two) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      try city.on("2023-03-07")
      let clue = try await fzb.office.createClue(
        API.CreateClueRequest(title: "逾期未履行"), by: fzb.by(.handler)
      ).dossier
      let letter = try await fzb.office.refer(
        API.ReferRequest(
          clue: clue, to: ["420300-JW"], title: "移送函", body: "现移送", points: ["一"],
          purpose: "judicial"), by: fzb.by(.handler))
      _ = try await fzb.finish(letter)
      func supplement(_ purpose: String) async throws -> API.Draft {
        try await fzb.office.supplement(
          API.SupplementRequest(
            clue: clue, title: "补充材料函", body: "补充", points: ["三"], purpose: purpose),
          by: fzb.by(.sectionHead))
      }
      await expect(.invalidValue) { try await supplement("somebody") }
      let draft = try await supplement("partyTour")
      _ = try await fzb.finish(draft)
      try await city.settle()
      try await jw.receive(letter.id)
      try await jw.accept(letter.id)
      try await city.settle()
      for agency in [fzb, jw] {
        let read = try await agency.office.document(API.DocumentRequest(document: draft.id))
        #expect(read.purpose == "partyTour")
        let matrix = try await agency.office.matrix(API.MatrixRequest(year: 2023))
        let taken = matrix.cells.filter { $0.value > 0 }.map(\.to)
        #expect(Set(taken) == ["ruleOfLaw", "partyTour"])
      }
    }
  }

  @Test func `row 2: sections and liaisons of an agency are known at the nodes of the others`()
    async throws
  {
    try await City.with(Self.offices) { city in
      let (fzb, sfj) = (try city["420300-FZB"], try city["420300-SFJ"])
      var liaison = API.PersonRequest(
        name: "联络员甲", section: "执法监督科", post: "科长", roles: ["liaison"])
      let first = try await sfj.office.addPerson(liaison, by: sfj.operator)
      (liaison.name, liaison.post, liaison.alternateOf) = ("联络员乙", "副科长", first.id)
      _ = try await sfj.office.addPerson(liaison, by: sfj.operator)
      let signed = try #require(try await sfj.office.unpublishedParticulars())
      #expect(try await fzb.office.takeParticulars(signed))
      (liaison.name, liaison.section, liaison.alternateOf) = ("联络员丙", "督察科", nil)
      _ = try await fzb.office.addPerson(liaison, by: fzb.operator)
      try await city.settle()
      func liaisons(of code: String, at agency: Agency) async throws -> [API.Person] {
        try await agency.office.people(API.PersonListRequest(agency: code)).people
          .filter { $0.roles == ["liaison"] }
      }
      for agency in [fzb, sfj] {
        let known = try await liaisons(of: "420300-SFJ", at: agency)
        #expect(Set(known.map(\.name)) == ["联络员甲", "联络员乙"])
        #expect(known.allSatisfy { $0.section == "执法监督科" && $0.agency == "420300-SFJ" })
        #expect(known.first { $0.name == "联络员乙" }?.alternateOf == first.id)
        #expect(try await liaisons(of: "420300-FZB", at: agency).map(\.section) == ["督察科"])
      }
    }
  }

  @Test func `row 3: matters count by the kind they come from and the kind that takes them up`()
    async throws
  {
    try await City.with(Self.two) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      try city.on("2023-03-07")
      let kinds: [OversightKind] = [
        .ruleOfLaw, .partyTour, .government, .discipline, .judicial, .enforcement,
      ]
      var sources: [String: String] = [:]
      for kind in kinds {
        let opened = try await fzb.office.createDossier(
          API.CreateDossierRequest(
            kind: "advice", title: kind.term.zh, source: kind.rawValue,
            sourceAgency: "420300-JW", admit: ["420300-JW"]), by: fzb.by(.deputy))
        sources[opened.dossier] = kind.rawValue
      }
      let clue = try await fzb.office.createClue(
        API.CreateClueRequest(title: "逾期未履行", source: "reconsideration"), by: fzb.by(.handler))
      _ = try await fzb.finish(
        try await fzb.office.refer(
          API.ReferRequest(
            clue: clue.dossier, to: ["420300-JW"], title: "移送函", body: "现移送", points: ["一"]),
          by: fzb.by(.handler)))
      sources[clue.dossier] = "reconsideration"
      await expect(.invalidValue) {
        try await fzb.office.createClue(
          API.CreateClueRequest(title: "丙项", source: "hearsay"), by: fzb.by(.handler))
      }
      try await city.settle()
      #expect(try await jw.office.dossiers(API.DossierListRequest()).dossiers.count == 7)
      for (dossier, source) in sources {
        let shown = try await jw.read(dossier)
        #expect(shown.source == source && shown.home == "420300-FZB")
        #expect(shown.sourceAgency == (shown.kind == "clue" ? nil : "420300-JW"))
      }
      try await matrix(clue.dossier, kinds, city)
    }
  }

  /// The matrix at both nodes, before and after the discipline body accepts the clue.
  private func matrix(_ clue: String, _ kinds: [OversightKind], _ city: City) async throws {
    let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
    func cells(at agency: Agency, asOf: String? = nil) async throws -> [String: Int] {
      let matrix = try await agency.office.matrix(API.MatrixRequest(year: 2023, asOf: asOf))
      #expect(Array(matrix.kinds.prefix(7)) == OversightKind.joined.map(\.rawValue))
      #expect(matrix.cells.count == matrix.kinds.count * matrix.kinds.count)
      let above = matrix.cells.filter { $0.value > 0 }
      #expect(above.allSatisfy { $0.evidence.count == $0.value && !$0.truncated })
      return Dictionary(uniqueKeysWithValues: above.map { ($0.figure, $0.value) })
    }
    var expected: [String: Int] = ["oversight.reconsideration.ruleOfLaw": 1]
    for kind in kinds { expected["oversight.\(kind.rawValue).ruleOfLaw"] = 1 }
    for agency in [fzb, jw] { #expect(try await cells(at: agency) == expected) }
    try city.on("2023-03-09")
    try await jw.receive(clue)
    await expect(.invalidValue) {
      try await jw.office.accept(
        API.AcceptRequest(clue: clue, use: "hearsay"), by: jw.by(.caseOffice))
    }
    try await jw.accept(clue)
    try await city.settle()
    for agency in [fzb, jw] {
      #expect(try await cells(at: agency, asOf: "2023-03-08") == expected)
      var later = expected
      later["oversight.reconsideration.discipline"] = 1
      #expect(try await cells(at: agency) == later)
      let lines = try await agency.office.figureEvidence(
        API.FigureEvidenceRequest(figure: "oversight.reconsideration.discipline", year: 2023)
      ).evidence
      let line = try #require(lines.first)
      #expect(lines.count == 1 && line.dossier == clue && line.author == "420300-JW")
      #expect(line.on == "2023-03-09" && line.owner == "420300-FZB")
      let decided = try await agency.office.show(API.ShowRequest(id: line.decision))
      #expect(
        decided.records.contains { record in
          record.fields.contains { $0.name == "verb" && $0.value == "accept" }
        })
      let elsewhere = try await agency.office.matrix(
        API.MatrixRequest(year: 2023, region: "420322"))
      #expect(elsewhere.cells.allSatisfy { $0.value == 0 })
    }
  }

  @Test func `row 18: who is invited comes and gives an opinion, which is answered and signed off`()
    async throws
  {
    try await City.with(Self.two) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      try city.on("2023-03-07")
      _ = try await fzb.office.addPerson(
        API.PersonRequest(name: "代表甲", post: "市人大代表", roles: ["delegate"]), by: fzb.operator)
      let dossier = try await fzb.open("advice", "开门督察")
      let invitation = try await fzb.issue("invitation", in: dossier) { $0.to = ["420300-JW"] }
      try await city.settle()
      let people = try await jw.office.people(API.PersonListRequest(agency: "420300-FZB")).people
      #expect(people.first { $0.roles == ["delegate"] }?.post == "市人大代表")
      try await jw.receive(invitation.id)
      try await jw.accept(invitation.id)
      _ = try await jw.issue("leadSupply", in: dossier) {
        $0.to = ["420300-FZB"]
        $0.items = [API.DraftItem(kind: "opinion", text: "公开办理时限", unit: "420300-FZB")]
      }
      try await city.settle()
      let opinion = try await fzb.item(of: dossier).id
      let reply = API.ItemReportRequest(item: opinion, text: "采纳,已公开")
      // Who looks on from outside answers for nobody.
      await expect(.roleMissing) {
        try await fzb.office.reportItem(reply, by: Acting(osUser: "tester", person: "代表甲"))
      }
      _ = try await fzb.office.reportItem(reply, by: fzb.by(.head))
      try await city.settle()
      let act = API.ItemActRequest(item: opinion)
      _ = try await jw.office.passItem(act, by: jw.by(.sectionHead))
      _ = try await jw.office.signOffItem(act, by: jw.by(.deputy))
      try await city.settle()
      for agency in [fzb, jw] {
        #expect(try await agency.acts(on: invitation.id).last == "420300-JW accept")
        #expect(try await agency.item(of: dossier).state == "signedOff")
        let said = try await agency.read(dossier).acts.first { $0.verb == "report" }
        #expect(said?.note == "采纳,已公开")
      }
    }
  }

  @Test func `row 19: advice of every kind is answered, and kept from whom it is about`()
    async throws
  {
    try await City.with(Array(City.six.prefix(3))) { city in
      let (fzb, jw, sfj) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420300-SFJ"]
      )
      try city.on("2023-03-07")
      let kinds: [OversightKind] = [.intraParty, .peoplesCongress, .democratic, .judicial]
      var opened: [API.Step] = []
      for kind in kinds {
        let dossier = try await fzb.office.createDossier(
          API.CreateDossierRequest(
            kind: "advice", title: kind.term.zh, source: kind.rawValue, admit: ["420300-JW"]),
          by: fzb.by(.deputy))
        _ = try await fzb.office.exclude(
          API.ExcludeRequest(dossier: dossier.dossier, agency: "420300-SFJ", reason: "回避"),
          by: fzb.by(.deputy))
        opened.append(dossier)
      }
      try await city.settle()
      for (step, kind) in zip(opened, kinds) {
        #expect(try await jw.read(step.dossier).source == kind.rawValue)
        for name in [step.dossier, step.number ?? ""] {
          await expect(.notFound) { try await sfj.read(name) }
        }
      }
      #expect(try await sfj.office.dossiers(API.DossierListRequest()).dossiers.isEmpty)
      let advice = opened[0].dossier
      let letter = try await jw.issue("leadSupply", in: advice) { $0.to = ["420300-FZB"] }
      try await city.settle()
      try await fzb.receive(letter.id)
      try await fzb.accept(letter.id)
      try await fzb.answer(letter.id, "采纳")
      try await city.settle()
      for agency in [fzb, jw] {
        let answered = ["receive", "accept", "feedBack"].map { "420300-FZB \($0)" }
        #expect(try await agency.acts(on: letter.id) == answered)
      }
      await expect(.conflict) {
        try await fzb.issue("bulletin", in: advice) { $0.cc = ["420300-SFJ"] }.number
      }
    }
  }

  @Test func `row 20: the list of channels for the public is read elsewhere, with what changed`()
    async throws
  {
    try await City.with(Self.offices) { city in
      let (fzb, sfj) = (try city["420300-FZB"], try city["420300-SFJ"])
      try city.on("2023-03-07")
      let dossier = try await sfj.office.createDossier(
        API.CreateDossierRequest(
          kind: "instrument", title: "投诉举报渠道", classification: "public",
          admit: ["420300-FZB"]), by: sfj.by(.deputy)
      ).dossier
      let first = try await sfj.issue("channelNotice", in: dossier) { $0.body = "信箱:样例路1号" }
      try await city.settle()
      try city.on("2023-06-01")
      let second = try await sfj.issue("channelNotice", in: dossier) {
        ($0.body, $0.supersedes) = ("信箱:样例路2号", first.number)
      }
      try await city.settle()
      for agency in [fzb, sfj] {
        let notices = try await agency.read(dossier).documents
        #expect(notices.map(\.id) == [first.id, second.id])
        #expect(notices.map(\.issuedOn) == ["2023-03-07", "2023-06-01"])
        #expect(notices.map(\.state) == ["superseded", "issued"])
        let bodies = [(first, "信箱:样例路1号"), (second, "信箱:样例路2号")]
        for (notice, body) in bodies {
          let shown = try await agency.office.document(API.DocumentRequest(document: notice.id))
          #expect(shown.body == body)
        }
      }
    }
  }
}
