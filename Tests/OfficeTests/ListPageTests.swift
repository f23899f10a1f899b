import Casework
import Ledger
import Office
import Postgres
import Replica
import TestSupport
import Testing

/// Lists page by page: each row once, from whatever is kept of their order.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct ListPageTests {
  private func titles(
    _ agency: Agency, page: Int, of form: String? = nil
  ) async throws -> [String] {
    let request = API.DocumentListRequest(form: form, page: page, limit: 2)
    return try await agency.office.documents(request).documents.map(\.title)
  }

  /// Issues a bulletin of a title on a day.
  private func issue(
    _ title: String, on day: String, in dossier: String, by agency: Agency, _ city: City
  ) async throws {
    try city.on(day)
    _ = try await agency.issue("bulletin", in: dossier) { $0.title = title }
  }

  @Test func `pages far down hold what stands there now, also after something was written`()
    async throws
  {
    try await City.with(Array(City.six.prefix(1))) { city in
      let fzb = try city["420300-FZB"]
      try city.on("2023-03-01")
      let dossier = try await fzb.open("inspection", "年度督察")
      for (title, day) in [("一", 2), ("二", 3), ("三", 4), ("四", 5), ("五", 6)] {
        try await issue(title, on: "2023-03-0\(day)", in: dossier, by: fzb, city)
      }
      #expect(try await titles(fzb, page: 3) == ["一"])
      #expect(try await titles(fzb, page: 2) == ["三", "二"])
      #expect(try await titles(fzb, page: 1) == ["五", "四"])
      #expect(try await titles(fzb, page: 4).isEmpty)
      let second = API.DocumentListRequest(page: 2, limit: 2)
      #expect(try await fzb.office.documents(second).next == 3)
      // A list that is narrowed is another list.
      #expect(try await titles(fzb, page: 2, of: "feedback").isEmpty)
      try await issue("六", on: "2023-03-07", in: dossier, by: fzb, city)
      #expect(try await titles(fzb, page: 3) == ["二", "一"])
      #expect(try await titles(fzb, page: 2) == ["四", "三"])
      #expect(try await fzb.office.documents(second).next == 3)
      #expect(try await titles(fzb, page: 4).isEmpty)
    }
  }

  @Test func `while nothing is written the order of a list is asked of the database once`()
    async throws
  {
    try await City.with(Array(City.six.prefix(1))) { city in
      let fzb = try city["420300-FZB"]
      try city.on("2023-03-01")
      let dossier = try await fzb.open("inspection", "年度督察")
      for (title, day) in [("一", 2), ("二", 3), ("三", 4)] {
        try await issue(title, on: "2023-03-0\(day)", in: dossier, by: fzb, city)
      }
      #expect(try await titles(fzb, page: 2) == ["一"])
      // Nobody but a superuser changes a row behind the node's back, and that counts no step.
      try await city.tamper(
        fzb, "UPDATE casework.document SET issued_on = '2023-03-20' WHERE title = '一'")
      #expect(try await titles(fzb, page: 2) == ["一"], "kept")
      #expect(try await titles(fzb, page: 1) == ["一", "三"], "the first page is always read")
      try await fzb.store.write { _ in }
      #expect(try await titles(fzb, page: 2) == ["二"])
    }
  }

  @Test func `every list gives each of its rows on one page`() async throws {
    try await City.with(Array(City.six.prefix(2))) { city in
      let fzb = try city["420300-FZB"]
      try city.on("2023-03-07")
      for title in ["甲", "乙", "丙"] { _ = try await fzb.refer(title, to: ["420300-JW"]) }
      var (dossiers, clues, items, courses): ([String], [String], [String], [String]) =
        ([], [], [], [])
      for page in 1...6 {
        dossiers += try await fzb.office.dossiers(
          API.DossierListRequest(page: page, limit: 1)
        ).dossiers.compactMap(\.title)
        clues += try await fzb.office.clues(
          API.ClueListRequest(page: page, limit: 1)
        ).clues.compactMap(\.title)
        items += try await fzb.office.items(API.ItemListRequest(page: page, limit: 1)).items.map(
          \.text)
        courses += try await fzb.office.courses(
          API.CourseListRequest(page: page, limit: 1)
        ).courses.compactMap(\.title)
      }
      #expect(dossiers == ["丙", "乙", "甲"])
      #expect(clues == ["甲", "乙", "丙"])
      #expect(items == ["一", "二", "一", "二", "一", "二"])
      let whole = try await fzb.office.courses(API.CourseListRequest()).courses
      #expect(courses == whole.compactMap(\.title) && whole.count <= 6)
    }
  }
}
