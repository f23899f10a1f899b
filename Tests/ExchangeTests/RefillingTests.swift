import Exchange
import Ledger
import TestSupport
import Testing

/// A peer that lists what does not exist: no listing of it lasts for ever.
@Suite(.timeLimit(.minutes(5))) struct RefillingTests {
  /// A peer that invents dossiers, and counts how often it was asked for them.
  private actor Inventor {
    private let chainsPerDossier: Int
    private let listsNothing: Bool
    private(set) var pages = 0
    private(set) var fetches = 0

    init(chainsPerDossier: Int, listsNothing: Bool = false) {
      self.chainsPerDossier = chainsPerDossier
      self.listsNothing = listsNothing
    }

    /// What the peer does when it was asked for more pages than any honest one has.
    struct AskedForEver: Error {}

    func answer(_ question: Reconciliation.Question) throws -> [UInt8] {
      guard case .fetch(let bytes) = question, let request = FetchRequest.decode(bytes) else {
        throw AskedForEver()
      }
      var answer = FetchAnswer()
      guard request.listing != nil else {
        fetches += 1
        return answer.encoded()
      }
      guard pages <= Limits.listingPagesMax else { throw AskedForEver() }
      pages += 1
      if !listsNothing { answer.chains = [try chains(UInt64(pages))] }
      answer.listed = try dossier(UInt64(pages))
      return answer.encoded()
    }

    private func dossier(_ number: UInt64) throws -> DossierID {
      let digits = (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * (7 - $0))) }
      return DossierID(try #require(Hash256(digits + Array(repeating: 0, count: 24))))
    }

    private func chains(_ number: UInt64) throws -> DossierChains {
      let author = SampleAgency("Z").code
      let heads = (0..<chainsPerDossier).map { chain in
        ChangeSetID(.sha256(Array("\(number) \(chain)".utf8)))
      }
      return DossierChains(
        dossier: try dossier(number),
        chains: heads.sorted().map { DossierChains.Head(author: author, sequence: 1, id: $0) })
    }
  }

  private func refill(from peer: Inventor) async throws -> [ReconcileReport.Entry] {
    let node = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("A"))
    _ = try await node.found()
    return try await Refilling(peer: SampleAgency("B").code, isUnshared: false).run(
      over: node.store, now: { .sample }, ask: { try await peer.answer($0) })
  }

  @Test func `security T14 a peer that gives nothing of what it lists is soon asked no more`()
    async throws
  {
    let peer = Inventor(chainsPerDossier: 128)
    let withheld = try await refill(from: peer)
    #expect(withheld.count == Limits.reportEntriesMax)
    #expect(await peer.pages == Limits.barrenPagesMax)
  }

  @Test func `security T14 a listing ends though the peer never ends it`() async throws {
    let peer = Inventor(chainsPerDossier: 0)
    do {
      _ = try await refill(from: peer)
      Issue.record("a listing without end was taken")
    } catch let error as ExchangeError {
      #expect(error.code == .malformed)
    }
    #expect(await peer.pages == Limits.listingPagesMax + 1)
    #expect(await peer.fetches == 0)
  }

  @Test func `security T14 a page that names no dossier and goes on is no listing`() async throws {
    let peer = Inventor(chainsPerDossier: 0, listsNothing: true)
    await #expect(throws: ExchangeError.self) { try await refill(from: peer) }
    #expect(await peer.pages == 1)
  }
}
