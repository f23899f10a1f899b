package import Ledger

/// Fetching from one peer the dossiers that it holds and of which this node is a member.
///
/// The peer lists them a page at a time with the ends of their chains. Of each page what this node
/// once wrote comes first, with the ancestry it needs, and then the rest, so that memory holds one
/// page of chains and one answer at the most. A comparison shows neither a dossier that the peer
/// has left nor, without holding every header, what a node lacks that lost everything.
package struct Refilling: Sendable {
  private let peer: AgencyCode
  private let isUnshared: Bool
  private let settled: @Sendable (TakenFetch) -> Void

  /// Plans to ask one peer.
  ///
  /// - Parameters:
  ///   - peer: the peer.
  ///   - isUnshared: only for what a comparison does not show.
  ///   - settled: called with what each transaction has changed, once it is durable.
  package init(
    peer: AgencyCode, isUnshared: Bool,
    settled: @escaping @Sendable (TakenFetch) -> Void = { _ in }
  ) {
    self.settled = settled
    self.peer = peer
    self.isUnshared = isUnshared
  }

  /// Asks and stores; a failure of `ask` is thrown on.
  ///
  /// - Parameters:
  ///   - store: the store of this node.
  ///   - now: the business clock.
  ///   - ask: sends one question to the peer and gives the answer's body.
  /// - Returns: the ends of chains that the peer named and did not give, at most
  ///   `Limits.reportEntriesMax`; a peer that gives nothing of `Limits.barrenPagesMax` pages in a
  ///   row is asked for no further one.
  /// - Throws: what `ask` or the store throws; ``ExchangeError`` for an answer that is none and for
  ///   a listing without end.
  package func run<S: Store>(
    over store: S, now: () -> Timestamp, ask: (Reconciliation.Question) async throws -> [UInt8]
  ) async throws -> [ReconcileReport.Entry] {
    var withheld: [ReconcileReport.Entry] = []
    var after: DossierID?
    var (pages, barren) = (0, 0)
    repeat {
      let listing = FetchRequest.Listing(after: after, isUnshared: isUnshared)
      let answer = try await FetchRequest(listing: listing).answered(by: ask)
      pages += 1
      guard pages <= Limits.listingPagesMax else {
        throw ExchangeError(.malformed, "a listing without end")
      }
      guard answer.listed == nil || answer.chains.last?.dossier == answer.listed else {
        throw ExchangeError(.malformed, "a listing that goes on behind nothing")
      }
      if let last = answer.listed, after.map({ $0 >= last }) == true {
        throw ExchangeError(.malformed, "a listing that does not ascend")
      }
      let stored = try await fill(answer.chains, over: store, now: now, ask: ask)
      let lacking = try await store.read(Withheld(chains: answer.chains))
      withheld += lacking.prefix(Limits.reportEntriesMax - withheld.count)
      barren = stored == 0 && !lacking.isEmpty ? barren + 1 : 0
      after = answer.listed
    } while after != nil && barren < Limits.barrenPagesMax
    return withheld
  }

  /// Fetches one dossier, such as the directory, from nothing.
  ///
  /// - Parameters:
  ///   - dossier: the dossier.
  ///   - store: the store of this node.
  ///   - now: the business clock.
  ///   - ask: sends one question to the peer and gives the answer's body.
  /// - Throws: what `ask` or the store throws; ``ExchangeError`` for an answer that is none.
  package func fetch<S: Store>(
    _ dossier: DossierID, over store: S, now: () -> Timestamp,
    ask: (Reconciliation.Question) async throws -> [UInt8]
  ) async throws {
    let answer = try await FetchRequest(dossiers: [dossier]).answered(by: ask)
    _ = try await fill(
      answer.chains.filter { $0.dossier == dossier }, over: store, now: now, ask: ask)
  }

  /// Fetches what chains have and this node lacks, and counts what was stored.
  private func fill<S: Store>(
    _ chains: [DossierChains], over store: S, now: () -> Timestamp,
    ask: (Reconciliation.Question) async throws -> [UInt8]
  ) async throws -> Int {
    var stored = 0
    for isOwn in [true, false] {
      var last = FetchRequest()
      while true {
        let question = try await store.read(Missing(chains: chains, isOwn: isOwn))
        // Whatever was asked for and has not moved the chains is not to be had here.
        guard !question.isEmpty, question != last else { break }
        last = question
        var wanted = try await take(question, over: store, now: now, counting: &stored, ask: ask)
        var asked = Set(question.ids)
        while !wanted.isEmpty {
          let batch = Array(wanted.subtracting(asked).sorted().prefix(Limits.fetchIDsMax))
          guard !batch.isEmpty else { break }
          asked.formUnion(batch)
          wanted.formUnion(
            try await take(
              FetchRequest(ids: batch), over: store, now: now, counting: &stored, ask: ask))
        }
      }
    }
    return stored
  }

  /// Takes the answer to one question, and says what its change sets wait for.
  private func take<S: Store>(
    _ question: FetchRequest, over store: S, now: () -> Timestamp, counting stored: inout Int,
    ask: (Reconciliation.Question) async throws -> [UInt8]
  ) async throws -> Set<ChangeSetID> {
    let answer = try await question.answered(by: ask)
    guard !answer.deliveries.isEmpty else { return [] }
    let taken = try await store.write(
      TakeFetched(peer: peer, deliveries: answer.deliveries, now: now()))
    settled(taken)
    stored += taken.stored
    return Set(taken.wanted)
  }
}

/// What is to be asked for of chains that a peer holds further than this node.
private struct Missing: StoreWork {
  let chains: [DossierChains]
  /// Only chains of agencies that work here.
  let isOwn: Bool

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> FetchRequest {
    let routing = Routing(
      node: try transaction.node().agency, view: try transaction.directory()?.current)
    let graphs = try transaction.graphs(chains.map(\.dossier))
    var request = FetchRequest()
    for dossier in chains {
      for head in dossier.chains where !isOwn || routing.local.contains(head.author) {
        let graph = graphs[dossier.dossier]
        guard graph?.contains(head.id) != true else { continue }
        let known = graph?.changeSets(of: head.author).last?.header.sequence ?? 0
        if head.sequence > known, request.ranges.count < Limits.fetchRangesMax {
          request.ranges.append(
            FetchRequest.Range(
              dossier: dossier.dossier, author: head.author, sequences: known + 1...head.sequence))
        } else if head.sequence <= known, request.ids.count < Limits.fetchIDsMax {
          // The other branch of a fork.
          request.ids.append(head.id)
        }
      }
    }
    return request
  }
}

/// The ends of chains that a peer named and that are neither stored nor held here.
private struct Withheld: StoreWork {
  let chains: [DossierChains]

  func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> [ReconcileReport.Entry] {
    let ids = chains.flatMap(\.chains).map(\.id).sorted()
    var here = Set(try transaction.locate(ids).keys)
    let lacking = ids.filter { !here.contains($0) }
    guard !lacking.isEmpty else { return [] }
    here.formUnion(try transaction.heldCopies(lacking).map(\.id))
    return chains.flatMap { dossier in
      dossier.chains.filter { !here.contains($0.id) }.map {
        ReconcileReport.Entry(
          id: $0.id, dossier: dossier.dossier, author: $0.author, sequence: $0.sequence)
      }
    }
  }
}
