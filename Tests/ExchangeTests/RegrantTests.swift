import Exchange
import Ledger
import TestSupport
import Testing

/// Whom a node compares with once it has been let into a dossier again.
struct RegrantTests {
  @Test(arguments: [true, false])
  func `whoever is let in again compares with those who hold the dossier`(
    isExcluded: Bool
  ) async throws {
    let a = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("A"))
    let directory = try await a.found()
    let b = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("B"))
    try await b.join(a, directory)
    let agency = b.agency.code
    let first = Part(membership: [.grant(Grant(agency: agency, ground: .admit))])
    let dossier = try await a.append(nil, [first]).dossier
    #expect(try await regranting(b, from: a).isEmpty, "a first grant is none again")
    let out: MembershipStatement =
      isExcluded ? .exclude(agency: agency, reason: "") : .end(agency: agency, reason: "")
    let cut = try await a.append(dossier, [Part(membership: [out])])
    try await a.append(dossier, [Part()])
    #expect(try await regranting(b, from: a).isEmpty)
    let again = Grant(agency: agency, ground: .admit, lifting: isExcluded ? [cut.id] : [])
    try await a.append(dossier, [Part(membership: [.grant(again)])])
    // An exclude is final, whatever is granted later.
    #expect(try await regranting(b, from: a) == (isExcluded ? [] : [a.agency.code]))
    try await a.append(dossier, [Part()])
    #expect(try await regranting(b, from: a).isEmpty, "it is in")
  }

  /// Pulls until nothing more comes; whom the pages say to compare with.
  private func regranting(
    _ b: SampleNode<MemoryStore>, from a: SampleNode<MemoryStore>
  ) async throws -> Set<AgencyCode> {
    var nodes: Set<AgencyCode> = []
    for _ in 0..<3 { nodes.formUnion(try await b.pull(from: a).regranting) }
    return nodes
  }
}
