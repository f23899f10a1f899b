import FoundationEssentials
import Ledger
import Office
import Postgres

/// The excluded agency's node holds no byte of the clue: database, write-ahead log, files, logs.
///
/// What is looked for is all that the dossier has: random words in its titles, texts, acts and
/// results, the ids of its change sets and records, the hashes of its parts, its numbers. And no
/// byte of it was in what any node gave to it, as recorded before TLS hid it: neither unasked nor
/// when it asks the holders, for everything that they share and for the dossier by its id.
struct SecrecyChapter: Sendable {
  let story: Story
  let canary: Canary
  private var teller: Teller { story.teller }

  /// Tells it.
  func run() async {
    await teller.step("secrecy") {
      let list = try await teller.run(
        story.office, ["dossier", "list", "--kind", "clue", "--limit", "200", "--json"])
      let secret = list.list("dossiers").filter { dossier in
        dossier["title"]?.text?.contains(canary.title) == true
      }
      guard secret.count == 1, let dossier = secret[0]["id"]?.text else {
        throw Teller.Unmet(description: "\(list.command) has \(secret.count) such dossiers")
      }
      let hidden = try await teller.run(
        story.countyOffice, ["dossier", "show", dossier, "--json"], expecting: 8)
      try await teller.run(
        story.countyOffice, ["dossier", "show", String(repeating: "0", count: 64)], expecting: 8)
      try await ask(for: dossier)
      let scan = try await scan(dossier)
      let handout = teller.place.handout
      for place in [teller.place.node, { "\(handout)/\($0)" }] {
        let traces = try scan.traces(below: place(story.countyOffice))
        guard traces.isEmpty else {
          throw Teller.Unmet(description: "traces: \(traces.prefix(5))")
        }
      }
      // The same look finds every one of them where it is lawful, so that each can fail.
      let missing = try scan.missing(
        below: [story.office, story.discipline].map(teller.place.node))
      guard missing.isEmpty else {
        throw Teller.Unmet(description: "no trace where it is lawful: \(missing.prefix(5))")
      }
      guard try !scan.traces(below: "\(handout)/\(story.countyDiscipline)").isEmpty else {
        throw Teller.Unmet(description: "no trace in what \(story.countyDiscipline) was given")
      }
      // All the others have given it something, or nothing was recorded.
      let givers = try FileManager.default.contentsOfDirectory(
        atPath: "\(handout)/\(story.countyOffice)")
      guard Set(givers) == Set(teller.agencies.map(\.code)).subtracting([story.countyOffice])
      else { throw Teller.Unmet(description: "recorded are only \(givers.sorted())") }
      try requireComparisons()
      return hidden.command
    }
  }

  private var holders: [String] { [story.office, story.discipline, story.countyDiscipline] }

  /// The excluded agency asks the holders, for what they share and for the dossier by its id.
  private func ask(for dossier: String) async throws {
    for holder in holders {
      let peer = ["reconcile", "--peer", holder]
      try await teller.run(story.countyOffice, peer + ["--json"])
      try await teller.run(
        story.countyOffice, peer + ["--dossier", dossier, "--json"], expecting: 8)
    }
  }

  /// What the holders answered when they were asked to compare is in what was looked at.
  private func requireComparisons() throws {
    for holder in holders {
      let given = "\(teller.place.handout)/\(story.countyOffice)/\(holder)"
      let bytes = try Data(contentsOf: URL(filePath: given))
      guard bytes.firstRange(of: Data("/peer/v1/reconcile".utf8)) != nil else {
        throw Teller.Unmet(description: "no comparison is recorded in \(given)")
      }
    }
  }

  /// A look for every canary, change set, part, record and number of the dossier.
  private func scan(_ dossier: String) async throws -> TraceScan {
    let shown = try await teller.run(story.office, ["dossier", "show", dossier, "--json"])
    let settings = try Settings(file: teller.place.config(story.office), environment: [:])
    let owner = ConnectionConfiguration(
      socketDirectory: settings.files.databaseSockets, user: "guantong_owner",
      database: "guantong")
    guard let id = Hex.decode(dossier) else {
      throw Teller.Unmet(description: "\(dossier) is no id")
    }
    let read = try await DossierSecrets.read(id, through: owner)
    try shown.expect("change_sets", "\(read.changeSets)")
    guard let scan = TraceScan(canary.words + read.secrets) else {
      throw Teller.Unmet(description: "a secret is too short to be looked for")
    }
    return scan
  }
}
