import Office

/// At the end every entitled node holds the same of every shared dossier.
struct FinalChapter: Sendable {
  let story: Story
  private var teller: Teller { story.teller }

  /// Tells it.
  func run() async {
    await teller.step("reconciled") {
      try await teller.agencies.concurrentMap { agency in
        try await teller.run(agency.code, ["reconcile", "--self", "--json"])
        return try await teller.eventually {
          try await teller.run(agency.code, ["reconcile", "--json"])
        }.command
      }.last ?? ""
    }
    await teller.step("digests") {
      try await sameDirectory()
      let holdings = try await holdings()
      var compared = 0
      var command = ""
      for (dossier, codes) in holdings.sorted(by: { $0.key < $1.key }) where codes.count > 1 {
        let shown = try await codes.concurrentMap { code in
          try await teller.run(code, ["dossier", "show", dossier, "--json"])
        }
        let digests = try shown.map { try $0.text("digest") }
        guard Set(digests).count == 1 else {
          throw Teller.Unmet(description: "\(dossier): \(codes) \(digests)")
        }
        command = shown.last?.command ?? ""
        compared += codes.count
      }
      guard compared > 0 else { throw Teller.Unmet(description: "nothing is shared") }
      return "\(compared): \(command)"
    }
    await teller.step("nothingHeld") {
      try await teller.agencies.concurrentMap { agency in
        let held = try await teller.run(agency.code, ["held", "list", "--json"])
        let rejected = try await teller.run(agency.code, ["rejected", "list", "--json"])
        guard held.list("held").isEmpty, rejected.list("rejected").isEmpty else {
          throw Teller.Unmet(description: "\(held.command): \(held.output) \(rejected.output)")
        }
        return held.command
      }.last ?? ""
    }
  }

  /// Every node lists the same agencies, with keys, addresses, governors and the newest entry.
  private func sameDirectory() async throws {
    let lists = try await teller.agencies.concurrentMap { agency in
      try await teller.run(agency.code, ["agency", "list", "--json"])
    }
    for list in lists where list.json != lists[0].json || list.json == .null {
      throw Teller.Unmet(description: "\(list.command): \(list.output)")
    }
  }

  /// Which agencies hold which dossier and may: each dossier's home says who is a member.
  ///
  /// A former member keeps what it had and is owed nothing more, so it is not compared.
  private func holdings() async throws -> [String: [String]] {
    var holders: [String: Set<String>] = [:]
    var members: [String: Set<String>] = [:]
    let held = try await teller.agencies.concurrentMap { try await dossiers(of: $0.code) }
    for (agency, dossiers) in zip(teller.agencies, held) {
      for dossier in dossiers {
        guard let id = dossier["id"]?.text else { continue }
        holders[id, default: []].insert(agency.code)
        guard dossier["home"]?.text == agency.code else { continue }
        if case .array(let codes) = dossier["members"] {
          members[id] = Set(codes.compactMap(\.text)).union([agency.code])
        }
      }
    }
    for (dossier, found) in holders {
      guard let entitled = members[dossier] else {
        throw Teller.Unmet(description: "\(dossier) is at \(found.sorted()) and not at its home")
      }
      let missing = entitled.subtracting(found)
      guard missing.isEmpty else {
        throw Teller.Unmet(description: "\(dossier) is missing at \(missing.sorted())")
      }
    }
    return members.mapValues { $0.sorted() }
  }

  /// Every dossier of an agency, page by page.
  private func dossiers(of code: String) async throws -> [JSONValue] {
    var all: [JSONValue] = []
    var page: String? = "1"
    while let number = page {
      let list = try await teller.run(
        code, ["dossier", "list", "--limit", "200", "--page", number, "--json"])
      all += list.list("dossiers")
      page = list.json["next"].flatMap { $0 == .null ? nil : $0.text }
    }
    return all
  }
}
