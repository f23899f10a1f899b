import Exchange
import Ledger
import TestSupport

/// A mistake that the rules or the transport of every node could make, where the production works
/// make none: what leaves for a peer is changed on its way out.
enum RuleMistake: String, Sendable, CaseIterable {
  /// Whoever asks for what it knows of is served, though an exclude bars it.
  case ignoresExclude
  /// Every part at hand goes to everybody, sealed or not.
  case sendsSealedToAll
  /// What is sealed for an agency goes to its host though an exclude bars the agency.
  case servesGuestsPutOut
  /// Whoever asks for bytes of an attachment has them, whether it may read the part or not.
  case givesAttachmentsToAll
  /// A receipt leaves before what it covers is committed, and the commit may never come.
  case receiptBeforeCommit
  /// A node whose database went back in time writes before it has fetched what it once wrote.
  case writesBeforeFetching
  /// A receipt answers a pushed page before that is committed, and the commit may never come.
  case pushReceiptBeforeCommit
}

extension Simulation {
  /// What a page becomes when its server makes the mistake of this run, signed as its own.
  func mistaken(
    _ page: DeliveryPage, for reader: AgencyCode, by node: SimulatedNode
  ) throws -> DeliveryPage {
    let deliveries: [Delivery]
    switch plan.ruleMistake {
    case .ignoresExclude:
      let numbered = node.store.contents.outboxes[reader]?.numbered ?? []
      let ids = Dictionary(numbered.map { ($0.number, $0.id) }) { first, _ in first }
      deliveries = try page.deliveries.map { delivery in
        guard case .blank = delivery.content, let id = ids[delivery.number],
          let barred = try barred(id, from: reader, at: node)
        else { return delivery }
        return Delivery(number: delivery.number, content: .changeSet(barred))
      }
    case .sendsSealedToAll: deliveries = page.deliveries.map { unsealed($0, at: node) }
    case .servesGuestsPutOut:
      deliveries = page.deliveries.map { unsealed($0, forGuestsOf: reader, at: node) }
    case .givesAttachmentsToAll, .receiptBeforeCommit, .writesBeforeFetching,
      .pushReceiptBeforeCommit, nil:
      return page
    }
    return try resigned(page, deliveries, by: node)
  }

  /// What an answer becomes likewise.
  func mistaken(
    _ answer: FetchAnswer, to request: FetchRequest, from requester: AgencyCode,
    by node: SimulatedNode
  ) throws -> FetchAnswer {
    var answer = answer
    switch plan.ruleMistake {
    case .ignoresExclude:
      let answered = Set(
        answer.deliveries.compactMap { delivery -> ChangeSetID? in
          if case .changeSet(let received) = delivery.content { received.id } else { nil }
        })
      for id in request.ids where !answered.contains(id) {
        guard let barred = try barred(id, from: requester, at: node) else { continue }
        answer.deliveries.append(Delivery(number: 0, content: .changeSet(barred)))
      }
    case .sendsSealedToAll:
      answer.deliveries = answer.deliveries.map { unsealed($0, at: node) }
    case .servesGuestsPutOut:
      answer.deliveries = answer.deliveries.map {
        unsealed($0, forGuestsOf: requester, at: node)
      }
    case .givesAttachmentsToAll, .receiptBeforeCommit, .writesBeforeFetching,
      .pushReceiptBeforeCommit, nil:
      break
    }
    return answer
  }

  /// What is answered about an attachment likewise.
  func mistaken(
    _ answer: AttachmentAnswer, _ range: AttachmentRange, of place: AttachmentPlace,
    by node: SimulatedNode
  ) -> AttachmentAnswer {
    guard plan.ruleMistake == .givesAttachmentsToAll, case .nothing = answer,
      let content = audit.attachments[place]?.content,
      let (piece, offset) = content.cut.place(of: range.first),
      let frame = node.store.contents.pieces[place]?[piece]?.frame, offset < frame.count
    else { return answer }
    return .slice(
      AttachmentSlice(
        first: range.first, total: content.cut.framedBytes, bytes: Array(frame[offset...])))
  }

  /// The receipt for a page that is not stored yet; nil where nobody makes that mistake.
  func early(_ work: TakeDeliveries, at node: SimulatedNode) throws -> TakenPage? {
    let isHasty =
      plan.ruleMistake == .receiptBeforeCommit
      || plan.ruleMistake == .pushReceiptBeforeCommit
        && isPushed(from: work.peer, to: node.code)
    guard isHasty else { return nil }
    do {
      try node.store.writeNow(Rehearsal(work: work))
      return nil
    } catch let rehearsed as Rehearsal.Undone {
      return rehearsed.taken
    }
  }

  /// A change set, open part only, that an exclude keeps from a node; nil when none does.
  private func barred(
    _ id: ChangeSetID, from reader: AgencyCode, at node: SimulatedNode
  ) throws -> ReceivedChangeSet? {
    guard let changeSet = node.store.contents.rows[id]?.changeSet,
      let graph = try node.store.readNow(GraphOf(dossier: changeSet.dossier)),
      let there = self.node(reader)?.keys.keys, there.contains(where: graph.excluded.contains)
    else { return nil }
    return ReceivedChangeSet(changeSet, parts: changeSet.parts.filter { $0.key == 0 })
  }

  /// A delivery with what is sealed for those at a node whom the home has put out.
  private func unsealed(
    _ delivery: Delivery, forGuestsOf reader: AgencyCode, at node: SimulatedNode
  ) -> Delivery {
    guard case .changeSet(let received) = delivery.content,
      let changeSet = node.store.contents.rows[received.id]?.changeSet,
      let there = self.node(reader)?.keys.keys
    else { return delivery }
    let barred = audit.excluded(from: changeSet.dossier, at: node).intersection(there)
    let parts = changeSet.parts.filter { index, _ in
      let audience = changeSet.part(index)?.audience ?? []
      return received.parts[index] != nil || !barred.isDisjoint(with: audience)
    }
    return Delivery(
      number: delivery.number, content: .changeSet(ReceivedChangeSet(changeSet, parts: parts)))
  }

  private func unsealed(_ delivery: Delivery, at node: SimulatedNode) -> Delivery {
    guard case .changeSet(let received) = delivery.content,
      let changeSet = node.store.contents.rows[received.id]?.changeSet
    else { return delivery }
    return Delivery(
      number: delivery.number,
      content: .changeSet(ReceivedChangeSet(changeSet, parts: changeSet.parts)))
  }
}

/// Takes a page in a transaction that is then undone.
private struct Rehearsal: StoreWork {
  struct Undone: Error {
    let taken: TakenPage?
  }

  let work: TakeDeliveries

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws {
    throw Undone(taken: try? work.run(transaction).get())
  }
}
