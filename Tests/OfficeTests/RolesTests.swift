import Casework
import Ledger
import Office
import Postgres
import Replica
import TestSupport
import Testing

/// Who lets an agency into a dossier or keeps it out, and which roles one person may have.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct RolesTests {
  private static let three = Array(City.six.prefix(3))

  @Test func `opening a dossier with members takes whom admitting takes, and writes the acts`()
    async throws
  {
    try await City.with(Self.three) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      try city.on("2023-03-07")
      let admitting = API.CreateDossierRequest(
        kind: "advice", title: "甲", admit: ["420300-JW"], reason: "共同办理")
      let excluding = API.CreateDossierRequest(
        kind: "advice", title: "乙", exclude: ["420300-SFJ"], reason: "涉及该局")
      for role in City.roles where role != .deputy {
        await expect(.roleMissing) {
          try await fzb.office.createDossier(admitting, by: fzb.by(role))
        }
        await expect(.roleMissing) {
          try await fzb.office.createDossier(excluding, by: fzb.by(role))
        }
        await expect(.roleMissing) {
          try await fzb.office.createClue(
            API.CreateClueRequest(title: "丙", exclude: ["420300-SFJ"]), by: fzb.by(role))
        }
      }
      #expect(try await fzb.office.dossiers(API.DossierListRequest()).dossiers.isEmpty)

      let opened = try await fzb.office.createDossier(admitting, by: fzb.by(.deputy))
      let shown = try await fzb.office.dossier(API.DossierRequest(dossier: opened.dossier))
      #expect(shown.members == ["420300-FZB", "420300-JW"])
      #expect(shown.acts.map(\.verb) == ["admit"])
      #expect(shown.acts.map(\.note) == ["共同办理"])
      #expect(shown.acts.map(\.agencies) == [["420300-JW"]])
      #expect(shown.acts.allSatisfy { $0.role == "deputy" && $0.actor != nil })
      #expect(shown.acts.allSatisfy { $0.standing == "counts" })
      try await city.settle()
      let there = try await jw.office.dossier(API.DossierRequest(dossier: opened.dossier))
      #expect(there.acts.map(\.note) == ["共同办理"])

      let closed = try await fzb.office.createDossier(excluding, by: fzb.by(.deputy))
      let kept = try await fzb.office.dossier(API.DossierRequest(dossier: closed.dossier))
      #expect(kept.excluded == ["420300-SFJ"])
      #expect(kept.acts.map(\.verb) == ["exclude"])
      #expect(kept.acts.map(\.note) == ["涉及该局"])
    }
  }

  @Test func `a handler calls no meeting with members, and drafts the notice a deputy prepared`()
    async throws
  {
    try await City.with(Self.three) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      try city.on("2023-10-20")
      let request = API.CreateMeetingRequest(
        title: "第三次联席会议", series: "联席会议", issue: 3, heldOn: "2023-10-20",
        members: ["420300-JW"])
      await expect(.roleMissing) {
        try await fzb.office.createMeeting(request, by: fzb.by(.handler))
      }
      let meeting = try await fzb.office.createMeeting(request, by: fzb.by(.deputy))
      let acts = try await fzb.office.meeting(API.MeetingRequest(meeting: meeting.dossier)).acts
      #expect(acts.map(\.verb) == ["admit"])
      let id = try #require(meeting.draft)
      #expect(try await fzb.office.drafts(API.DraftListRequest()).drafts.map(\.id) == [id])
      let act = API.DraftActRequest(draft: id)
      _ = try await fzb.office.submit(act, by: fzb.by(.handler))
      _ = try await fzb.office.sign(act, by: fzb.by(.deputy))
      let issued = try await fzb.office.issue(act.issue, by: fzb.by(.registry))
      try await city.settle()
      let notice = try await jw.office.document(
        API.DocumentRequest(document: try #require(issued.records.first)))
      #expect(notice.form == "meetingNotice")
      let handler = try await fzb.office.people(API.PersonListRequest()).people.first {
        $0.roles == ["handler"]
      }
      #expect(notice.drafter == handler?.id)
    }
  }

  @Test(arguments: ["operator", "security", "auditor"])
  func `an administrator has no other role`(_ administrator: String) async throws {
    try await City.with(Array(City.six.prefix(1))) { city in
      let fzb = try city["420300-FZB"]
      for other in Role.allCases where other.rawValue != administrator {
        await expect(.conflict) {
          try await fzb.office.addPerson(
            API.PersonRequest(name: "兼任", roles: [administrator, other.rawValue]),
            by: fzb.operator)
        }
      }
      let person = try await fzb.office.addPerson(
        API.PersonRequest(name: "专任", roles: [administrator]), by: fzb.operator)
      #expect(person.roles == [administrator])
    }
  }
}
