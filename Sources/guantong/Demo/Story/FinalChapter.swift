import Office

/// At the end every entitled node holds the same of every shared dossier.
struct FinalChapter: Sendable {
  let story: Story
  private var teller: Teller { story.teller }

  /// Tells it.
  func run() async {
    await teller.step("reconciled") {
      var last = ""
      for agency in teller.agencies {
        last =
          try await teller.eventually {
            try await teller.run(agency.code, ["reconcile", "--json"])
          }.command
        try await teller.run(agency.code, ["reconcile", "--self", "--json"])
      }
      return last
    }
    await teller.step("digests") {
      let holdings = try await holdings()
      var compared = 0
      var command = ""
      for (dossier, codes) in holdings.sorted(by: { $0.key < $1.key }) where codes.count > 1 {
        var digests: [String: String] = [:]
        for code in codes {
          let shown = try await teller.run(code, ["dossier", "show", dossier, "--json"])
          digests[code] = try shown.text("digest")
          command = shown.command
        }
        guard Set(digests.values).count == 1 else {
          throw Teller.Unmet(description: "\(dossier): \(digests)")
        }
        compared += codes.count
      }
      guard compared > 0 else { throw Teller.Unmet(description: "nothing is shared") }
      return "\(compared): \(command)"
    }
    await teller.step("nothingHeld") {
      var last = ""
      for agency in teller.agencies {
        let held = try await teller.run(agency.code, ["held", "list", "--json"])
        let rejected = try await teller.run(agency.code, ["rejected", "list", "--json"])
        guard held.list("held").isEmpty, rejected.list("rejected").isEmpty else {
          throw Teller.Unmet(description: "\(held.command): \(held.output) \(rejected.output)")
        }
        last = held.command
      }
      return last
    }
  }

  /// Which agencies hold which dossier, and that every member with a node does.
  private func holdings() async throws -> [String: [String]] {
    var holdings: [String: [String]] = [:]
    var members: [String: Set<String>] = [:]
    for agency in teller.agencies {
      let list = try await teller.run(
        agency.code, ["dossier", "list", "--limit", "200", "--json"])
      for dossier in list.list("dossiers") {
        guard let id = dossier["id"]?.text else { continue }
        holdings[id, default: []].append(agency.code)
        if case .array(let codes) = dossier["members"] {
          members[id, default: []].formUnion(codes.compactMap(\.text))
        }
      }
    }
    for (dossier, codes) in members {
      let missing = codes.subtracting(holdings[dossier] ?? [])
      guard missing.isEmpty else {
        throw Teller.Unmet(description: "\(dossier) is missing at \(missing.sorted())")
      }
    }
    return holdings
  }
}
