import Casework
import Ledger
import Office
import Postgres
import TestSupport
import Testing

/// What is refused here, before anything is written: wrong person, role, agency, state, date.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct RefusalTests {
  private static let two = Array(City.six.prefix(2))
  private static let three = Array(City.six.prefix(3))

  @Test func `casework A5: every verb on a letter is refused to wrong roles and in wrong states`()
    async throws
  {
    try await City.with(Self.two) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      try city.on("2023-03-07")
      let clue = try await fzb.refer(to: ["420300-JW"]).clue.dossier
      try await city.settle()

      await expect(.unlawful) {
        try await jw.office.accept(API.AcceptRequest(clue: clue), by: jw.by(.caseOffice))
      }
      await expect(.roleMissing) {
        try await jw.office.receive(API.ReceiveRequest(clue: clue), by: jw.by(.handler))
      }
      await expect(.notYours) {
        try await fzb.office.receive(API.ReceiveRequest(clue: clue), by: fzb.by(.registry))
      }
      _ = try await jw.office.receive(API.ReceiveRequest(clue: clue), by: jw.by(.registry))
      await expect(.unlawful) {
        try await jw.office.receive(API.ReceiveRequest(clue: clue), by: jw.by(.registry))
      }
      for role in City.roles where role != .caseOffice {
        await expect(.roleMissing) {
          try await jw.office.accept(API.AcceptRequest(clue: clue), by: jw.by(role))
        }
      }
      await expect(.invalidValue) {
        try await jw.office.return(
          API.ReturnRequest(clue: clue, reason: "whatever", note: "补齐"), by: jw.by(.sectionHead))
      }
      await expect(.missingValue) {
        try await jw.office.return(
          API.ReturnRequest(clue: clue, reason: "incomplete", note: " "), by: jw.by(.sectionHead))
      }
      await expect(.roleMissing) {
        try await jw.office.forward(
          API.ForwardRequest(clue: clue, to: "420300-FZB"), by: jw.by(.sectionHead))
      }
      await expect(.agencyUnknown) {
        try await jw.office.forward(
          API.ForwardRequest(clue: clue, to: "429999-JW"), by: jw.by(.deputy))
      }
      await expect(.unlawful) {
        try await jw.office.dispose(
          API.DisposeRequest(clue: clue, kind: "verification"), by: jw.by(.head))
      }
      await expect(.conflict) {
        // Nobody asked for it.
        try await jw.office.agreeWithdraw(
          API.AgreeWithdrawRequest(clue: clue), by: jw.by(.caseOffice))
      }
      _ = try await jw.office.accept(API.AcceptRequest(clue: clue), by: jw.by(.caseOffice))
      await expect(.conflict) {
        try await jw.office.dispose(
          API.DisposeRequest(clue: clue, kind: "closed", closeKind: "unfounded"), by: jw.by(.head))
      }
      await expect(.unlawful) {
        try await jw.office.recordResult(
          API.ResultRequest(clue: clue, kind: "caseFiled", on: "2023-03-07"),
          by: jw.by(.caseOffice))
      }
      let shown = try await jw.office.clue(API.ClueRequest(clue: clue))
      #expect(shown.state == ReferralState.accepted.rawValue)
      #expect(shown.acts.map(\.verb) == ["receive", "accept"])
    }
  }

  @Test func `a step of another agency is told by whose it is, a missing note by what to state`()
    async throws
  {
    try await City.with([City.six[0], City.six[2]]) { city in
      let (fzb, sfj) = (try city["420300-FZB"], try city["420300-SFJ"])
      try city.on("2023-03-07")
      let issue = try await fzb.open("issue", "执行异议期间能否督办", admit: ["420300-SFJ"])
      try await city.settle()
      func refused(_ agency: Agency, _ note: String?) async throws -> OfficeError {
        do {
          try await agency.advance(issue, to: "referredUp", as: .deputy) { $0.note = note }
        } catch let error as OfficeError {
          return error
        }
        throw Unexpected("nothing was refused")
      }
      let foreign = try await refused(sfj, "请示")
      #expect(foreign.refusal == .notYours)
      #expect(foreign.problem(in: .zh).detail == "推进至“已请示上级” 由 主办机关 办理")
      #expect(foreign.problem(in: .zh).next == "请与 主办机关 联系")
      #expect(foreign.problem(in: .en).next == "talk to home")
      let silent = try await refused(fzb, nil)
      #expect(silent.refusal == .conflict)
      #expect(silent.problem(in: .zh).next == "请写明理由")
      #expect(silent.problem(in: .en).next == "say why")
    }
  }

  @Test func `drafting, signing and issuing take three people, each with the role`() async throws {
    try await City.with(Self.two) { city in
      let fzb = try city["420300-FZB"]
      try city.on("2023-03-07")
      let clue = try await fzb.office.createClue(
        API.CreateClueRequest(title: "甲项"), by: fzb.by(.handler))
      let request = API.ReferRequest(
        clue: clue.dossier, to: ["420300-JW"], title: "移送函", body: "现移送", points: ["一"])
      await expect(.roleMissing) { try await fzb.office.refer(request, by: fzb.by(.registry)) }
      await expect(.personRequired) { try await fzb.office.refer(request, by: fzb.operator) }
      await expect(.personUnknown) {
        try await fzb.office.refer(request, by: Acting(osUser: "root", person: "某人"))
      }
      let draft = try await fzb.office.refer(request, by: fzb.by(.handler))
      let act = API.DraftActRequest(draft: draft.id)
      await expect(.draftState) { try await fzb.office.sign(act, by: fzb.by(.deputy)) }
      await expect(.draftState) { try await fzb.office.issue(act.issue, by: fzb.by(.registry)) }
      _ = try await fzb.office.submit(act, by: fzb.by(.handler))
      await expect(.roleMissing) { try await fzb.office.sign(act, by: fzb.by(.handler)) }
      let back = API.DraftActRequest(draft: draft.id, note: "改正标题")
      let returned = try await fzb.office.returnDraft(back, by: fzb.by(.sectionHead))
      #expect(returned.state == "draft")
      _ = try await fzb.office.submit(act, by: fzb.by(.handler))
      _ = try await fzb.office.sign(act, by: fzb.by(.deputy))
      await expect(.roleMissing) { try await fzb.office.issue(act.issue, by: fzb.by(.deputy)) }
      let ahead = API.IssueRequest(draft: draft.id, on: "2023-03-08")
      await expect(.dateAhead) { try await fzb.office.issue(ahead, by: fzb.by(.registry)) }
      #expect(try await fzb.office.issue(act.issue, by: fzb.by(.registry)).number == "样法办函〔2023〕1号")
      await expect(.draftState) { try await fzb.office.issue(act.issue, by: fzb.by(.registry)) }
    }
  }

  @Test func `a finding is about what the table or the office knows`() async throws {
    try await City.with(Self.three) { city in
      let fzb = try city["420300-FZB"]
      try city.on("2023-03-08")
      let dossier = try await fzb.open("inspection", "年度督察", admit: ["420300-SFJ"])
      func draft(_ category: String, kind: String = "finding") async throws {
        _ = try await fzb.office.draft(
          API.DraftRequest(
            dossier: dossier, form: "feedback", title: "反馈意见", body: "请整改",
            to: ["420300-SFJ"],
            items: [
              API.DraftItem(
                kind: kind, text: "超期办理", unit: "420300-SFJ", category: category)
            ]), by: fzb.by(.handler))
      }
      func add(_ value: String) async throws {
        _ = try await fzb.office.set(
          API.SettingRequest(name: "office.finding_categories", value: value), by: fzb.operator)
      }
      for known in ["", "courtLiaison", "府院联动", "business environment"] { try await draft(known) }
      let unknown = await #expect(throws: OfficeError.self) { try await draft("安全生产") }
      #expect(unknown?.refusal == .invalidValue)
      #expect(unknown?.problem(in: .zh).detail.contains("重大行政决策, 规范性文件合法性审核") == true)
      try await draft("安全生产", kind: "direction")
      for wrong in ["安全 生产", " 安全生产", String(repeating: "安", count: 201)] {
        await expect(.invalidValue) { try await add(wrong) }
      }
      try await add("安全生产、信访积案")
      for own in ["安全生产", "信访积案"] { try await draft(own) }
      await expect(.invalidValue) { try await draft("安全生产、信访积案") }
      try await add("")
      await expect(.invalidValue) { try await draft("安全生产") }
    }
  }

  @Test func `nothing is due before the date of the letter that asks for it`() async throws {
    try await City.with(Self.three) { city in
      let (fzb, sfj) = (try city["420300-FZB"], try city["420300-SFJ"])
      try city.on("2023-03-08")
      let dossier = try await fzb.open("inspection", "年度督察", admit: ["420300-SFJ"])
      func letter(_ due: String?, _ item: String?) async throws -> String {
        let draft = try await fzb.office.draft(
          API.DraftRequest(
            dossier: dossier, form: "feedback", title: "反馈意见", body: "请整改",
            to: ["420300-SFJ"],
            items: [
              API.DraftItem(kind: "finding", text: "超期办理", unit: "420300-SFJ", dueOn: item)
            ], dueOn: due), by: fzb.by(.handler))
        try await fzb.sign(draft.id)
        return draft.id
      }
      let early: [(due: String, item: String?)] = [
        ("2023-03-07", nil), ("2023-04-01", "2023-03-07"),
      ]
      for (due, item) in early {
        let draft = try await letter(due, item)
        let error = await #expect(throws: OfficeError.self) {
          try await fzb.office.issue(API.IssueRequest(draft: draft), by: fzb.by(.registry))
        }
        #expect(error?.refusal == .dueTooEarly)
        #expect(error?.values["due"] == "2023-03-07" && error?.values["on"] == "2023-03-08")
        #expect(error?.values["field"] == (item == nil ? "dueOn" : "items.dueOn"))
        // By the date that the letter truly has, it is due in time; no number was lost.
        _ = try await fzb.office.issue(
          API.IssueRequest(draft: draft, on: "2023-03-07"), by: fzb.by(.registry))
      }
      let draft = try await letter("2023-03-08", "2023-03-08")
      let issued = try await fzb.office.issue(
        API.IssueRequest(draft: draft), by: fzb.by(.registry))
      #expect(issued.number?.hasSuffix("〔2023〕3号") == true)
      // No more time ends before the day on which it is asked for, or given.
      try await city.settle()
      let items = try await sfj.office.items(API.ItemListRequest(dossier: dossier)).items
      let item = try #require(items.last).id
      await expect(.dueTooEarly) {
        try await sfj.office.extendItem(
          API.ItemExtendRequest(item: item, reason: "complex", dueOn: "2023-03-07"),
          by: sfj.by(.sectionHead))
      }
      await expect(.dueTooEarly) {
        try await fzb.office.prolongItem(
          API.ItemProlongRequest(item: item, text: "长期坚持", dueOn: "2023-03-07"),
          by: fzb.by(.deputy))
      }
    }
  }

  @Test func `who drafted may not sign, whatever roles the person has`() async throws {
    try await City.with(Self.two) { city in
      let fzb = try city["420300-FZB"]
      _ = try await fzb.office.addPerson(
        API.PersonRequest(name: "多岗", roles: ["handler", "deputy", "registry"]),
        by: fzb.operator)
      let acting = Acting(osUser: "tester", person: "多岗")
      let clue = try await fzb.office.createClue(API.CreateClueRequest(title: "甲项"), by: acting)
      let draft = try await fzb.office.refer(
        API.ReferRequest(
          clue: clue.dossier, to: ["420300-JW"], title: "移送函", body: "现移送", points: ["一"]),
        by: acting)
      let act = API.DraftActRequest(draft: draft.id)
      _ = try await fzb.office.submit(act, by: acting)
      await expect(.drafterSigns) { try await fzb.office.sign(act, by: acting) }
      _ = try await fzb.office.sign(act, by: fzb.by(.deputy))
      await expect(.conflict) { try await fzb.office.issue(act.issue, by: acting) }
      await expect(.conflict) {
        try await fzb.office.addPerson(
          API.PersonRequest(name: "兼任", roles: ["operator", "auditor"]), by: fzb.operator)
      }
    }
  }

  @Test(arguments: ["绝密", "机密", "机密★10年", "秘密", "topSecret"])
  func `a state secret is refused before anything of it is kept`(level: String) async throws {
    try await City.with(Array(City.six.prefix(1))) { city in
      let fzb = try city["420300-FZB"]
      await expect(.classified) {
        try await fzb.office.createClue(
          API.CreateClueRequest(title: "甲项", classification: level), by: fzb.by(.handler))
      }
      #expect(try await fzb.office.dossiers(API.DossierListRequest()).dossiers.isEmpty)
      let words = OfficeError(.classified, ["value": "机密"])
      #expect(words.problem(in: .zh).title == "本系统不得处理国家秘密,请走涉密渠道")
      #expect(words.problem(in: .en).title.contains("must not handle state secrets"))
      #expect(words.problem(in: .zh).detail.contains("机密"))
    }
  }

  @Test func `a text that carries the mark of a state secret is refused wherever it is typed`()
    async throws
  {
    try await City.with(Self.two) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      try city.on("2023-03-07")
      let mark = "机密★10年"
      await expect(.classified) {
        try await fzb.office.createClue(
          API.CreateClueRequest(title: "甲项 \(mark)"), by: fzb.by(.handler))
      }
      let clue = try await fzb.refer(to: ["420300-JW"]).clue.dossier
      let draft = API.DraftRequest(
        dossier: clue, form: "bulletin", title: "通报", body: "绝密 ★ 长期\n正文")
      await expect(.classified) { try await fzb.office.draft(draft, by: fzb.by(.handler)) }
      let point = API.ReferRequest(
        clue: clue, to: ["420300-JW"], title: "移送函", body: "现移送", points: [mark])
      await expect(.classified) { try await fzb.office.refer(point, by: fzb.by(.handler)) }
      let sealed = API.DraftRequest(
        dossier: clue, form: "bulletin", title: "通报", body: "正文",
        sealed: [API.SealedSheet(audience: ["420300-FZB"], title: "密页", body: mark)])
      await expect(.classified) { try await fzb.office.draft(sealed, by: fzb.by(.handler)) }
      let open = try await fzb.office.draft(
        API.DraftRequest(dossier: clue, form: "bulletin", title: "通报", body: "正文"),
        by: fzb.by(.handler))
      await expect(.classified) {
        try await fzb.office.attach(
          API.AttachRequest(draft: open.id, name: "附件(\(mark)).pdf", size: 4),
          by: fzb.by(.handler))
      }
      try await city.settle()
      _ = try await jw.office.receive(API.ReceiveRequest(clue: clue), by: jw.by(.registry))
      await expect(.classified) {
        try await jw.office.return(
          API.ReturnRequest(clue: clue, reason: "incomplete", note: mark),
          by: jw.by(.sectionHead))
      }
      for agency in [fzb, jw] { #expect(try await agency.holds(mark) == false) }
    }
  }

  @Test func `scenario S11 an excluded agency is let in by nobody, and finds nothing by asking`()
    async throws
  {
    try await City.with(Self.three) { city in
      let (fzb, jw, sfj) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420300-SFJ"]
      )
      try city.on("2023-03-07")
      let clue = try await fzb.refer(to: ["420300-JW"], exclude: ["420300-SFJ"]).clue.dossier
      try await city.settle()
      await expect(.conflict) {
        try await fzb.office.admit(
          API.AdmitRequest(dossier: clue, agency: "420300-SFJ"), by: fzb.by(.deputy))
      }
      await expect(.conflict) {
        try await fzb.office.draft(
          API.DraftRequest(
            dossier: clue, form: "assistanceRequest", title: "协助函", body: "请协助",
            to: ["420300-SFJ"]), by: fzb.by(.handler))
      }
      _ = try await jw.office.receive(API.ReceiveRequest(clue: clue), by: jw.by(.registry))
      await expect(.conflict) {
        try await jw.office.forward(
          API.ForwardRequest(clue: clue, to: "420300-SFJ"), by: jw.by(.deputy))
      }
      await expect(.roleMissing) {
        try await fzb.office.exclude(
          API.ExcludeRequest(dossier: clue, agency: "420300-JW"), by: fzb.by(.handler))
      }
      let end = API.EndRequest(dossier: clue, agency: "420300-JW")
      await expect(.roleMissing) { try await fzb.office.end(end, by: fzb.by(.handler)) }
      await expect(.notYours) {
        try await jw.office.end(
          API.EndRequest(dossier: clue, agency: "420300-JW"), by: jw.by(.deputy))
      }
      await expect(.conflict) {
        try await fzb.office.end(
          API.EndRequest(dossier: clue, agency: "420300-SFJ"), by: fzb.by(.deputy))
      }
      await expect(.notFound) { try await sfj.office.clue(API.ClueRequest(clue: clue)) }
      await expect(.notFound) { try await sfj.office.show(API.ShowRequest(id: clue)) }
      let prefix = String(clue.prefix(8))
      #expect(try await jw.office.show(API.ShowRequest(id: prefix)).dossier == clue)
      await expect(.notFound) { try await sfj.office.show(API.ShowRequest(id: prefix)) }
    }
  }
}
