import Glibc
import Ledger
import TestSupport
import Testing

/// A dossier of ten thousand change sets stays usable.
@Suite struct ScaleTests {
  @Test(.timeLimit(.minutes(5)))
  func `ten thousand change sets are judged, kept and asked about`() throws {
    var world = try World(others: Agencies.names)
    let codes = try Agencies.names.map { try Agencies.code($0) }
    let home = codes[0]
    var graph = try world.begin(by: home, codes.dropFirst().map { .to($0) })
    // Seals of a thousand, as a backlog is served; one signature checked for each.
    var costs: [Duration] = []
    for _ in 0..<10 {
      let begin = Self.work()
      var drafted: [(ChangeSetHeader, SaltedPart, AgencyCode)] = []
      let author = codes[Int.random(in: 0..<codes.count, using: &world.random)]
      let key = try world.key(of: author)
      var previous = graph.head(of: author)
      var sequence = previous.flatMap { graph.changeSet($0)?.header.sequence } ?? 0
      var parents = graph.heads.filter { $0 != previous }
      for index in 0..<1_000 {
        let said: [MembershipStatement] =
          author == home && index % 4 == 0 ? [.to(codes[1 + index % 4])] : []
        let part = SaltedPart(
          salt: world.random.bytes(32), content: Part(membership: said).encoded())
        sequence += 1
        let header = ChangeSetHeader(
          dossier: graph.id, author: author, key: key.keyID, sequence: sequence,
          previous: previous, parents: parents.sorted(), directory: world.directory.newest,
          authoredAt: world.tick(), parts: [part.hash])
        (previous, parents) = (header.id, [])
        drafted.append((header, part, author))
      }
      let leaves = drafted.map { (id: $0.0.id, blind: world.random.bytes(32)) }
      let proofs = try #require(SealTree(leaves)).sealed(
        by: author, with: key, at: world.tick())
      for ((header, part, _), proof) in zip(drafted, proofs) {
        let received = ReceivedChangeSet(
          headerBytes: header.encoded(), proof: proof, parts: [0: part])
        graph.insert(
          try world.take(received, in: graph), directory: world.directory)
      }
      costs.append(Self.work() - begin)
    }
    #expect(graph.count == 10_001)
    #expect(graph.members == Set(codes))
    let order = graph.order
    #expect(order.count == 10_001)
    #expect(order.allSatisfy { graph.standing(of: $0) == .counts })
    let first = graph.id.first
    #expect(order.dropFirst().allSatisfy { graph.isAncestor(first, of: $0) })
    // An end recomputes everything once.
    let before = Self.work()
    try world.write(by: home, in: &graph, [.end(codes[1])])
    let ended = Self.work() - before
    #expect(!graph.members.contains(codes[1]))
    // What one more costs does not grow with what is there, and recomputing everything once is
    // cheaper than a thousand new ones. Where each cost grew with the number, the second half
    // would take 8/3 of the first.
    let (early, late) = (costs.prefix(5).reduce(.zero, +), costs.suffix(5).reduce(.zero, +))
    #expect(late < early * 2, "\(costs)")
    #expect(ended < early / 5, "\(ended) after \(costs)")
  }

  /// The processor time of this thread: other work of the machine does not count.
  private static func work() -> Duration {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
}
