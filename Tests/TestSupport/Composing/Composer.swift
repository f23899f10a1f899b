package import Casework
package import Ledger

/// Makes the lawful records of a step: citations, hashes and membership statements filled in from
/// what the author sees.
///
/// Pure; the caller brings the record ids, the dates and the person. What the composer makes is
/// judged like anything else afterwards: it saves the caller from forgetting, it grants nothing.
package struct Composer: Sendable {
  /// The agency that writes.
  package let author: AgencyCode
  /// What it sees of the dossier; nil for a new one.
  package let folded: FoldedDossier?

  /// Composes for an agency on what it sees.
  package init(_ author: AgencyCode, on folded: FoldedDossier? = nil) {
    self.author = author
    self.folded = folded
  }

  /// The first content of a new dossier: its cover, and who must never see it before who may.
  package func opening(
    _ cover: Dossier, id: RecordID, excluding: [AgencyCode] = [], reason: String = "",
    admitting: [AgencyCode] = []
  ) -> ChangeContent {
    var content = ChangeContent()
    content.membership = excluding.sorted().map { .exclude(agency: $0, reason: reason) }
    content.membership += admitting.sorted().map { .grant(Grant(agency: $0, ground: .admit)) }
    content.records = [Record(id: id, author: author, .dossier(cover))]
    return content
  }

  /// A new cover in the place of the one in force.
  package func revision(_ cover: Dossier, id: RecordID) -> ChangeContent {
    var content = ChangeContent()
    content.records = [
      Record(id: id, author: author, revises: folded?.coverEntry?.place, .dossier(cover))
    ]
    return content
  }

  /// A document with its items and, when the home writes it, the grants that its addressees need.
  package func document(
    _ document: Document, id: RecordID, items: [(id: RecordID, item: Item)] = [],
    audience: [AgencyCode] = []
  ) -> ChangeContent {
    var issued = document
    issued.items = items.map(\.id)
    issued.to.sort()
    issued.cc.sort()
    issued.required.sort()
    var content = ChangeContent()
    if folded.map({ $0.home == author }) ?? true {
      let known = folded?.members ?? []
      let granted = issued.to.map { ($0, Grant.Ground.to) } + issued.cc.map { ($0, .cc) }
      for (agency, ground) in granted where ground == .to || !known.contains(agency) {
        content.membership.append(
          .grant(Grant(agency: agency, ground: ground, document: id)))
      }
      for agency in issued.required where !known.contains(agency) && agency != author {
        content.membership.append(.grant(Grant(agency: agency, ground: .admit)))
      }
    }
    var records = [Record(id: id, author: author, .document(issued))]
    for (position, (itemID, item)) in items.enumerated() {
      var numbered = item
      numbered.document = id
      numbered.number = UInt32(clamping: position + 1)
      records.append(Record(id: itemID, author: author, .item(numbered)))
    }
    content.add(records, audience: audience)
    return content
  }

  /// A supplement letter with the act that adds it to a referral, in one part.
  package func supplement(
    _ letter: Document, id: RecordID, items: [(id: RecordID, item: Item)], act: Act, actID: RecordID
  ) -> ChangeContent {
    let audience = folded?.entry(act.target)?.audience ?? []
    var content = document(letter, id: id, items: items, audience: audience)
    content.add(self.act(act, id: actID))
    return content
  }

  /// An act, with the basis, hash and statements that its verb needs.
  package func act(_ act: Act, id: RecordID) -> ChangeContent {
    var filled = act
    filled.agencies.sort()
    let target = folded?.entry(act.target)
    filled.basis += basis(of: act).filter { !act.basis.contains($0) }
    if Machines.minutes.knows(.verb(act.verb)), act.targetType == .document {
      filled.hash = act.hash ?? target?.record.hash
    }
    var content = ChangeContent()
    content.membership = statements(of: filled)
    content.add(
      [Record(id: id, author: author, .act(filled))], audience: target?.audience ?? [])
    return content
  }

  /// A result, or the revision of one.
  package func result(
    _ result: Result, id: RecordID, revising: Citation? = nil
  ) -> ChangeContent {
    var content = ChangeContent()
    let audience =
      (revising ?? result.clue.flatMap { folded?.entry($0)?.place })
      .flatMap { folded?.entry(at: $0)?.audience } ?? []
    content.add(
      [Record(id: id, author: author, revises: revising, .result(result))], audience: audience)
    return content
  }

  private func statements(of act: Act) -> [MembershipStatement] {
    switch act.verb {
    case .forward:
      act.agencies.map { .grant(Grant(agency: $0, ground: .forward, document: act.target)) }
    case .admit: act.agencies.map { .grant(Grant(agency: $0, ground: .admit)) }
    case .exclude: act.agencies.map { .exclude(agency: $0, reason: act.reason) }
    case .end: act.agencies.map { .end(agency: $0, reason: act.reason) }
    default: []
    }
  }

  /// What an act cites: what it answers.
  private func basis(of act: Act) -> [Citation] {
    guard let folded, let target = folded.entry(act.target) else { return [] }
    let item = folded.item(act.target)
    switch act.verb {
    case .agreeWithdraw, .refuseWithdraw:
      return folded.acts(on: target.place).filter { entry in
        entry.act?.verb == .requestWithdraw && entry.act?.agencies.contains(author) ?? false
      }.map(\.place)
    case .pass, .reject: return item?.pendingReports ?? []
    case .grant, .deny: return item?.openExtensions ?? []
    case .uphold, .dismissDispute: return item?.openDisputes ?? []
    case .finalize:
      return folded.minutes(act.target)?.answers.filter { $0.verb != .object }.map(\.place) ?? []
    default: return []
    }
  }
}
