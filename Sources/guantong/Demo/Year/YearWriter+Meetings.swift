import Ledger
import Office

extension YearWriter {
  /// Joint meetings, one a quarter, with their minutes and resolutions.
  mutating func writeMeetings() throws {
    let planned = plan.meetings
    for index in 0..<planned.held {
      let resolutions = (planned.resolutions + planned.held - 1 - index) / planned.held
      // The second of the year is amended first, and the third reserved first.
      let place = [1, 0, 2, 3].firstIndex(of: index) ?? index
      let other = [2, 3, 0, 1].firstIndex(of: index) ?? index
      try writeMeeting(
        index, resolutions: resolutions, isAmended: place < planned.amended,
        isReserved: other < planned.reserved)
    }
  }

  private mutating func writeMeeting(
    _ index: Int, resolutions: Int, isAmended: Bool, isReserved: Bool
  ) throws {
    let held = strand("J\(index + 1)", 3 * index + 3, 20)
    var strand = strand("J\(index + 1)", on: held.date.adding(days: -10))
    let meeting = try take(
      &strand, "open", office, .deputy, API.createMeeting,
      API.CreateMeetingRequest(
        title: "第\(index + 1)次联席会议", series: "联席会议", issue: index + 1, heldOn: held.on,
        place: "样例会议室", chair: DemoPerson.head.rawValue, members: members, on: strand.on))
    try call(&strand, meeting)
    strand.date = held.date
    var minutes = try agree(
      &strand, meeting, index, version: 1, resolutions: resolutions, isReserved: isReserved)
    if isAmended {
      strand.pass(10)
      minutes = try agree(
        &strand, meeting, index, version: 2, resolutions: resolutions, isReserved: false)
    }
    for item in 0..<resolutions {
      try resolve(strand, minutes, item, by: unit(of: item))
    }
  }

  /// The notice that was prepared with the meeting: issued more than a week before it is held, and
  /// received by every member.
  private mutating func call(_ strand: inout Strand, _ meeting: YearAnswer) throws {
    let draft = meeting["draft"]
    try take(
      &strand, "notice-submit", office, .handler, API.submit, API.DraftActRequest(draft: draft))
    strand.pass(1)
    try take(
      &strand, "notice-sign", office, .deputy, API.sign, API.DraftActRequest(draft: draft))
    let notice = try take(
      &strand, "notice-issue", office, .registry, API.issue,
      API.IssueRequest(draft: draft, on: strand.on))
    for member in members {
      var copy = branch("notice-\(member)", of: strand)
      copy.pass(1)
      try take(
        &copy, "receive", member, .registry, API.receive,
        API.ReceiveRequest(clue: notice.record, on: copy.on))
    }
  }

  /// Minutes from their draft to their issue: every member countersigns the text.
  ///
  /// - Returns: the version that was circulated, which carries the resolutions.
  private mutating func agree(
    _ strand: inout Strand, _ meeting: YearAnswer, _ index: Int, version: Int, resolutions: Int,
    isReserved: Bool
  ) throws -> YearAnswer {
    let items = (0..<resolutions).map { item in
      API.DraftItem(
        kind: "resolution", text: "议定事项\(item + 1)(第\(version)版)", unit: unit(of: item),
        dueOn: strand.date.adding(days: 40).description)
    }
    strand.pass(1)
    let draft = try take(
      &strand, "draft-\(version)", office, .handler, API.minutes,
      API.MinutesRequest(
        meeting: meeting.dossier, title: "联席会议纪要", body: "会议听取汇报,研究并议定下列事项。",
        required: members, present: members, topics: ["协作配合", "整改督办"], resolutions: items))
    try take(
      &strand, "submit-\(version)", office, .handler, API.submit,
      API.DraftActRequest(draft: draft.draft))
    try take(
      &strand, "sign-\(version)", office, .deputy, API.sign,
      API.DraftActRequest(draft: draft.draft))
    let circulated = try take(
      &strand, "circulate-\(version)", office, .registry, API.circulate,
      API.CirculateRequest(meeting: meeting.dossier, draft: draft.draft, on: strand.on))
    strand.pass(3)
    // Members answer side by side; the convenor has all answers before it finalizes.
    var answers: [String] = []
    for member in members {
      var answer = branch("v\(version)-\(member)", of: strand)
      answers.append(
        try take(
          &answer, "countersign", member, .deputy, API.countersign,
          API.CountersignRequest(meeting: meeting.dossier, version: version, on: answer.on)
        ).step)
    }
    strand.pass(1)
    try take(
      &strand, "finalize-\(version)", office, .deputy, API.finalize,
      API.FinalizeRequest(meeting: meeting.dossier, version: version, on: strand.on),
      after: answers)
    if isReserved, let member = members.last {
      // E15: it has signed, and reserves its opinion on the final text.
      var answer = branch("v\(version)-\(member)", of: strand)
      try take(
        &answer, "reserve", member, .deputy, API.object,
        API.ObjectRequest(
          meeting: meeting.dossier, version: version, text: "对第一项保留意见。", on: answer.on))
      strand.last = answer.last
    }
    strand.pass(1)
    try take(
      &strand, "issue-\(version)", office, .registry, API.issueMinutes,
      API.IssueMinutesRequest(meeting: meeting.dossier, on: strand.on))
    return circulated
  }

  private func unit(of item: Int) -> String { members[item % members.count] }

  /// An item of a paper is reported by its unit, looked at and signed off.
  private mutating func resolve(
    _ strand: Strand, _ paper: YearAnswer, _ index: Int, by unit: String
  ) throws {
    var item = branch("\(index + 1)", of: strand)
    let resolution = paper.item(index)
    item.pass(chance.number(5...20))
    try take(
      &item, "report", unit, .head, API.reportItem,
      API.ItemReportRequest(item: resolution, text: "已办结。", on: item.on))
    item.pass(3)
    try take(
      &item, "pass", office, .sectionHead, API.passItem,
      API.ItemActRequest(item: resolution, on: item.on))
    try take(
      &item, "signOff", office, .deputy, API.signOffItem,
      API.ItemActRequest(item: resolution, on: item.on))
  }

  /// Open-door inspection (开门督察): what delegates say is given to agencies, and each answers it.
  mutating func writeOpinions() throws {
    let opinions = plan.papers.opinions
    guard opinions > 0 else { return }
    let units = (0..<opinions).map { unit(of: $0) }
    var strand = strand("O", 5, 8)
    let matter = try take(
      &strand, "open", office, .deputy, API.createDossier,
      API.CreateDossierRequest(
        kind: "advice", title: "开门督察意见建议", source: "peoplesCongress",
        admit: Set(units).sorted(), reason: "开门督察", on: strand.on))
    strand.pass(2)
    let letter = try paper(
      &strand, "letter", office, in: matter.dossier, form: "leadSupply", title: "意见建议转办函",
      body: "现将代表委员的意见建议转你单位研究办理,并逐条答复。", to: Set(units).sorted(),
      items: units.enumerated().map { index, unit in
        API.DraftItem(kind: "opinion", text: "意见建议\(index + 1)", unit: unit)
      })
    for (index, unit) in units.enumerated() { try resolve(strand, letter, index, by: unit) }
  }

  /// Difficult questions: each member writes its own position, the office concludes.
  mutating func writeIssues() throws {
    for index in 0..<plan.papers.issues {
      var strand = strand("Q\(index + 1)", 2 + 3 * (index % 4), 15)
      let matter = try take(
        &strand, "open", office, .deputy, API.createDossier,
        API.CreateDossierRequest(
          kind: "issue", title: "疑难问题\(index + 1)", source: "ruleOfLaw", admit: members,
          reason: "研讨", on: strand.on))
      strand.pass(5)
      var positions: [String] = []
      for member in members.prefix(index % 2 == 0 ? 5 : 4) {
        var own = branch(member, of: strand)
        positions.append(
          try paper(
            &own, "position", member, in: matter.dossier, form: "position", title: "书面意见",
            body: "我单位认为应依法处理。"
          ).step)
      }
      strand.pass(7)
      let conclusion = try paper(
        &strand, "conclusion", office, in: matter.dossier, form: "conclusion", title: "研讨结论",
        body: "经研讨,形成一致意见。")
      try advance(
        &strand, office, .deputy, matter.dossier, to: "concluded", cites: [conclusion.record],
        after: positions)
    }
  }
}
