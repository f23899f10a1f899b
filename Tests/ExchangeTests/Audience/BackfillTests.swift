import Exchange
import Ledger
import TestSupport
import Testing

/// Who comes late gets everything, whoever has gone in the meantime.
@Suite struct BackfillTests {
  private func grant(_ label: String, _ ground: Grant.Ground) -> MembershipStatement {
    .grant(Grant(agency: BundleWorld.code(label), ground: ground))
  }

  /// A home, an addressee T and three authors of the first two months, who have gone by the third:
  /// E is ended, X is excluded, and D, a member still, answers nobody any more.
  private func twoMonths(
    in world: BundleWorld
  ) async throws -> (dossier: DossierID, sealed: ChangeSetID) {
    let first = try await world["H"].append(
      nil,
      [
        Part(membership: [
          grant("T", .to), grant("E", .cc), grant("X", .cc), grant("D", .cc),
        ])
      ])
    let authors = ["H", "T", "E", "X", "D"]
    try await world.settle(authors)
    for _ in 0..<3 {
      for author in authors { try await world[author].append(first.dossier, [Part()]) }
      try await world.settle(authors)
    }
    let sealed = try await world["E"].append(
      first.dossier, [Part(), Part(audience: ["N", "T"].map(BundleWorld.code).sorted())])
    try await world.settle(authors)
    try await world["H"].append(
      first.dossier,
      [
        Part(membership: [
          .end(agency: BundleWorld.code("E"), reason: "moved"),
          .exclude(agency: BundleWorld.code("X"), reason: "related"),
        ])
      ])
    try await world.settle(["H", "T", "E", "X"])
    return (first.dossier, sealed.id)
  }

  private func graph(of dossier: DossierID, at label: String, _ world: BundleWorld) async throws
    -> DossierGraph
  {
    try #require(try await world[label].store.read(GraphsOf(dossiers: [dossier]))[dossier])
  }

  @Test func `scenario S12 a newcomer gets the dossier of gone authors, and nothing after its end`()
    async throws
  {
    let world = try await BundleWorld(["A", "H", "T", "E", "X", "D", "N"])
    let (dossier, sealed) = try await twoMonths(in: world)
    let admit = try await world["H"].append(dossier, [Part(membership: [grant("N", .admit)])])
    // Only the home is there to answer.
    try await world.settle(["H", "N"])
    let home = try await graph(of: dossier, at: "H", world)
    let came = try await graph(of: dossier, at: "N", world)
    #expect(came.order == home.order && came.contains(admit.id))
    #expect(Set(came.authors) == Set(["H", "T", "E", "X", "D"].map(BundleWorld.code)))
    #expect(try await world.held(at: "N") == 0)
    // The judge of N has verified every seal; they are those of the authors themselves.
    for changeSet in came.changeSets {
      #expect(home.changeSet(changeSet.id)?.header == changeSet.header)
    }
    #expect(came.changeSet(sealed)?.part(1) == nil, "the home may not read it either")
    try await world.settle(["T", "N"])
    try await world["N"].append(dossier, [Part()])
    try await world.settle(["H", "T", "N"])
    let end = try await world["H"].append(
      dossier, [Part(membership: [.end(agency: BundleWorld.code("N"), reason: "done")])])
    let after = try await world["H"].append(dossier, [Part()])
    try await world.settle(["H", "T", "N"])
    let kept = try await graph(of: dossier, at: "N", world)
    #expect(kept.contains(end.id) && !kept.contains(after.id))
    #expect(kept.count == home.count + 2 && !kept.members.contains(BundleWorld.code("N")))
    #expect(try await world.held(at: "N") == 0)
    let own = try await world["T"].append(dossier, [Part()])
    try await world.settle(["H", "T", "N"])
    #expect(try await graph(of: dossier, at: "N", world).contains(own.id) == false)
    #expect(try await graph(of: dossier, at: "H", world).contains(own.id))
  }

  @Test func `scenario S12 whoever let in the newcomer may be gone before it has served a byte`()
    async throws
  {
    let world = try await BundleWorld(["A", "H", "T", "E", "X", "D", "N"])
    let (dossier, _) = try await twoMonths(in: world)
    try await world["T"].append(dossier, [Part(membership: [grant("N", .forward)])])
    // Only the home hears of it; then T answers nobody any more.
    try await world["H"].catchUp(with: world["T"])
    try await world.settle(["H", "N"])
    try await reconcile("N", with: "H", world)
    try await world.settle(["H", "N"])
    let home = try await graph(of: dossier, at: "H", world)
    let came = try await graph(of: dossier, at: "N", world)
    #expect(came.order == home.order && came.members == home.members)
    #expect(came.members.contains(BundleWorld.code("N")))
    #expect(try await world.held(at: "N") == 0)
  }

  private func reconcile(_ label: String, with peer: String, _ world: BundleWorld) async throws {
    let report = try await Reconciliation(
      peer: BundleWorld.code(peer), mode: .repair(changesMax: nil), settle: .zero
    ).run(
      over: world[label].store, now: { .sample }, pause: { _ in },
      ask: { try await world[peer].answered($0, from: BundleWorld.code(label)) })
    #expect(report.errors.isEmpty)
  }
}
