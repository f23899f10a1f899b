import Casework
import Ledger
import Office
import TestSupport
import Testing

/// What is shown of an item and of a paper, whatever ids others copied and whatever times were
/// stated.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct ItemViewTests {
  private static let three = Array(City.six.prefix(3))

  /// An inspection of FZB that JW and SFJ belong to.
  private func inspection(_ city: City) async throws -> String {
    try city.on("2023-03-07")
    let dossier = try await city["420300-FZB"].open(
      "inspection", "年度督察", admit: ["420300-JW", "420300-SFJ"])
    try await city.settle()
    return dossier
  }

  /// Issues a letter to SFJ with one direction that has no due date.
  private func direct(
    _ text: String, in dossier: String, by agency: Agency
  ) async throws -> String {
    try await agency.issue("supervisionLetter", in: dossier) { request in
      request.to = ["420300-SFJ"]
      request.items = [API.DraftItem(kind: "direction", text: text, unit: "420300-SFJ")]
    }.id
  }

  private func acts(on item: String, at agency: Agency) async throws -> [String] {
    try await agency.office.item(API.ItemRequest(item: item)).acts.map { "\($0.author) \($0.verb)" }
  }

  @Test func `an act shows on the item that it is on, and on no other with the same id`()
    async throws
  {
    try await City.with(Self.three) { city in
      let (fzb, jw, sfj) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420300-SFJ"]
      )
      let dossier = try await inspection(city)
      let letter = try await direct("限期整改", in: dossier, by: fzb)
      let item = try await fzb.item(of: dossier).id
      // Before the letter has come: an id that stands already may not be written again.
      let id = try #require(RecordID(uuidString: item))
      let copied = Casework.Document(
        form: .supervisionLetter, number: "样纪督〔2023〕1号", to: [sfj.code], title: "督办函",
        items: [id], drafter: try await jw.person(.handler), signer: try await jw.person(.deputy),
        issuedOn: try #require(CivilDate("2023-03-07")))
      let paper = jw.record(copied, seed: 1)
      let copy = Item(
        document: paper.id, number: 1, kind: .direction, text: "另一事项", unit: sfj.code)
      try await jw.write(
        [paper, Record(id: id, author: jw.code, .item(copy))], in: dossier)
      try await city.settle()
      _ = try await sfj.office.acknowledgeItem(
        API.ItemStepRequest(item: item), by: sfj.by(.handler))
      try await city.settle()
      // What JW wrote itself it finds by the id, and nobody has taken that up.
      let own = try await jw.office.item(API.ItemRequest(item: item))
      #expect(own.item.text == "另一事项" && own.acts.isEmpty)
      for agency in [fzb, sfj] {
        #expect(try await acts(on: item, at: agency) == ["420300-SFJ acknowledge"])
        let shown = try await agency.office.document(API.DocumentRequest(document: letter))
        #expect(shown.items.map(\.text) == ["限期整改"])
      }
    }
  }

  @Test func `an act without effect shows on its dossier, and not on the item that it names`()
    async throws
  {
    try await City.with(Self.three) { city in
      let (fzb, sfj) = (try city["420300-FZB"], try city["420300-SFJ"])
      let dossier = try await inspection(city)
      _ = try await direct("限期整改", in: dossier, by: fzb)
      let item = try await fzb.item(of: dossier).id
      try await city.settle()
      let pass = Act(
        on: try #require(RecordID(uuidString: item)), .item, verb: .pass,
        actor: try await sfj.person(.sectionHead), role: .sectionHead,
        date: try #require(CivilDate("2023-03-07")))
      try await sfj.write(
        [Record(id: sfj.recordID(3), author: sfj.code, .act(pass))], in: dossier)
      try await city.settle()
      for agency in [fzb, sfj] {
        #expect(try await acts(on: item, at: agency).isEmpty)
        let all = try await agency.read(dossier).acts.filter { $0.verb == "pass" }
        #expect(all.map(\.standing) == ["void"])
      }
    }
  }

  @Test func `what an author wrote later stands later, whatever time its clock said`()
    async throws
  {
    try await City.with(Self.three) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      let dossier = try await inspection(city)
      try city.at("2023-03-08T08:00:00Z")
      let first = try await direct("先发", in: dossier, by: fzb)
      // The clock goes back by two hours.
      try city.at("2023-03-08T06:00:00Z")
      let second = try await direct("后发", in: dossier, by: fzb)
      try await city.settle()
      for agency in [fzb, jw] {
        let listed = try await agency.office.items(API.ItemListRequest()).items
        #expect(listed.map(\.text) == ["先发", "后发"])
        let shown = try await agency.read(dossier)
        #expect(shown.items.map(\.text) == ["先发", "后发"])
        #expect(shown.documents.map(\.id) == [first, second])
      }
    }
  }
}
