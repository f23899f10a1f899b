import Casework
import Ledger
import Office
import TestSupport
import Testing

/// Steps that cross on their way, between two agencies and within one.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct CrossingTests {
  @Test func `race K10 an exclusion wins over an admission that crosses it`() async throws {
    try await City.with(Array(City.six.prefix(3))) { city in
      let (fzb, jw, sfj) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420300-SFJ"]
      )
      try city.on("2023-03-07")
      let clue = try await fzb.refer(to: ["420300-JW"]).clue.dossier
      try await city.settle()
      // The home lets the bureau in while the discipline body, not knowing of it, keeps it out.
      _ = try await fzb.office.admit(
        API.AdmitRequest(dossier: clue, agency: "420300-SFJ", reason: "协助"), by: fzb.by(.deputy))
      _ = try await jw.office.exclude(
        API.ExcludeRequest(dossier: clue, agency: "420300-SFJ", reason: "回避"),
        by: jw.by(.deputy))
      try await city.settle()
      for agency in [fzb, jw] {
        let shown = try await agency.read(clue)
        #expect(shown.excluded == ["420300-SFJ"])
        #expect(shown.members == ["420300-FZB", "420300-JW"])
        #expect(try await shown.digest == fzb.read(clue).digest)
      }
      await expect(.notFound) { try await sfj.read(clue) }
      await expect(.conflict) {
        try await fzb.office.admit(
          API.AdmitRequest(dossier: clue, agency: "420300-SFJ", reason: "再次"),
          by: fzb.by(.deputy))
      }
    }
  }

  @Test func `race K14 of two clerks of one agency at once one does it, the other is told`()
    async throws
  {
    try await City.with(Array(City.six.prefix(2))) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      try city.on("2023-03-07")
      let clue = try await fzb.refer(to: ["420300-JW"]).clue.dossier
      try await city.settle()
      try await jw.receive(clue)
      let accept = { @Sendable () async throws in
        _ = try await jw.office.accept(API.AcceptRequest(clue: clue), by: jw.by(.caseOffice))
      }
      #expect(await atOnce(accept) == [nil, .unlawful])
      #expect(try await jw.read(clue).acts.map(\.verb) == ["receive", "accept"])
      let draft = try await fzb.office.draft(
        API.DraftRequest(dossier: clue, form: "bulletin", title: "通报", body: "正文"),
        by: fzb.by(.handler))
      let act = API.DraftActRequest(draft: draft.id)
      _ = try await fzb.office.submit(act, by: fzb.by(.handler))
      let sign = { @Sendable () async throws in
        _ = try await fzb.office.sign(act, by: fzb.by(.deputy))
      }
      #expect(await atOnce(sign) == [nil, .draftState])
      let issue = { @Sendable () async throws in
        _ = try await fzb.office.issue(act.issue, by: fzb.by(.registry))
      }
      #expect(await atOnce(issue) == [nil, .draftState])
      try await city.settle()
      for agency in [fzb, jw] {
        #expect(try await agency.read(clue).documents.filter { $0.form == "bulletin" }.count == 1)
      }
    }
  }

  /// What becomes of one step that two people take at once, what was done before what was refused.
  private func atOnce(_ step: @escaping @Sendable () async throws -> Void) async -> [Refusal?] {
    await withTaskGroup(of: Refusal?.self) { group in
      for _ in 1...2 {
        group.addTask {
          do {
            try await step()
            return nil
          } catch {
            return (error as? OfficeError)?.refusal ?? .internalFault
          }
        }
      }
      var outcomes: [Refusal?] = []
      for await outcome in group { outcomes.append(outcome) }
      return outcomes.filter { $0 == nil } + outcomes.filter { $0 != nil }
    }
  }
}
