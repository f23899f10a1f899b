import FoundationEssentials
import Office

/// The excluded agency's node holds no byte of the clue: database, write-ahead log, files, logs.
///
/// And no byte of it was in what any node gave to it, as recorded before TLS hid it.
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
      var secrets = canary.words
      let shown = try await teller.run(story.office, ["dossier", "show", dossier, "--json"])
      var changes = Set([dossier])
      for thing in shown.list("acts") + shown.list("documents") {
        if let change = thing["change_set"]?.text { changes.insert(change) }
      }
      for change in changes.sorted() {
        add(.string(change), to: &secrets)
        let parts = try await teller.run(story.office, ["show", change, "--json"]).list("parts")
        for part in parts { add(part["hash"], to: &secrets) }
      }
      add(.string(dossier), to: &secrets)
      guard let scan = TraceScan(secrets) else {
        throw Teller.Unmet(description: "a secret is too short to be looked for")
      }
      let handout = teller.place.handout
      let places = [teller.place.node, { "\(handout)/\($0)" }]
      for place in places {
        let traces = try scan.traces(below: place(story.countyOffice))
        guard traces.isEmpty else {
          throw Teller.Unmet(description: "traces: \(traces.prefix(5))")
        }
        // The same look finds the clue where it is lawful, so that it can fail.
        guard try !scan.traces(below: place(story.countyDiscipline)).isEmpty else {
          throw Teller.Unmet(description: "no trace in \(place(story.countyDiscipline))")
        }
      }
      // All the others have given it something, or nothing was recorded.
      let givers = try FileManager.default.contentsOfDirectory(
        atPath: "\(handout)/\(story.countyOffice)")
      guard Set(givers) == Set(teller.agencies.map(\.code)).subtracting([story.countyOffice])
      else { throw Teller.Unmet(description: "recorded are only \(givers.sorted())") }
      return hidden.command
    }
  }

  private func add(_ id: JSONValue?, to secrets: inout [(name: String, bytes: [UInt8])]) {
    guard let hex = id?.text, hex.utf8.count == 64 else { return }
    let digits = Array(hex)
    let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
      UInt8(String(digits[$0...($0 + 1)]), radix: 16)
    }
    if !secrets.contains(where: { $0.bytes == bytes }) { secrets.append((hex, bytes)) }
  }
}
