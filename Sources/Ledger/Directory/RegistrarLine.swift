/// The one line of the registrar's entries, grown one change set of the directory at a time.
///
/// Each change set adds what follows from its own ancestry, so the order in which they come plays
/// no part. A fork of the registrar leaves two entries of one height; the line then goes on from
/// the longer branch, and from the smaller id between equals, the same on every replica. The fork
/// proof is what governors act on.
struct RegistrarLine: Sendable {
  /// What the directory says at each of the registrar's entries.
  private(set) var views: [ChangeSetID: DirectoryView] = [:]
  private(set) var ineffective: [IneffectiveStatement] = []
  /// The newest registrar's entry that each change set reaches or is.
  private var governing: [ChangeSetID: ChangeSetID] = [:]
  private var tip: DirectoryView
  private var votes: [AppointmentVote] = []
  /// The proposals that would change who governs, with the change sets that carry them.
  private var nominations: [(id: ChangeSetID, proposal: Proposal)] = []

  init?(graph: DossierGraph) {
    guard let first = graph.changeSet(graph.id.first),
      case .founding(let founding)? = first.directoryStatements.first,
      founding.key.id == first.header.key,
      let view = DirectoryView(
        founding: founding, author: first.header.author, entry: first.id)
    else { return nil }
    tip = view
    var opening = view
    // The founding entry may say more: particulars of the registrar itself.
    ineffective = opening.take(first, in: graph).filter { $0.position > 0 }
    opening.height = 0
    keep(opening, for: first.id)
    for id in graph.order where id != first.id { walk(id, in: graph) }
  }

  /// Whether `left` comes before `right`: by appointment, then along the line, then by larger id.
  static func isEarlier(_ left: DirectoryView, _ right: DirectoryView) -> Bool {
    (left.era, left.height, right.entry) < (right.era, right.height, left.entry)
  }

  /// Takes one change set whose ancestors were taken.
  mutating func walk(_ id: ChangeSetID, in graph: DossierGraph) {
    guard let changeSet = graph.changeSet(id),
      let before = view(before: changeSet.header, in: graph)
    else { return }
    for statement in changeSet.directoryStatements {
      switch statement {
      case .appointment(let appointment):
        // Only an entry that the governor had seen can be the last one.
        if graph.isAncestor(appointment.lastEntry, of: id) {
          votes.append(AppointmentVote(changeSet, appointment))
        }
      case .proposal(let proposal):
        if case .governance = proposal.change { nominations.append((id, proposal)) }
      default: continue
      }
    }
    if changeSet.header.author == before.registrar {
      var view = before
      ineffective += view.take(changeSet, in: graph)
      keep(view, for: id)
    } else {
      governing[id] = inherited(by: changeSet.header)?.entry
    }
  }

  /// What the directory says to a change set by its links: the newest view they reach, with a
  /// registrar appointed by governors it had seen, and for the registrar its own branch.
  func view(before header: ChangeSetHeader, in graph: DossierGraph) -> DirectoryView? {
    guard let ancestry = graph.ancestry(of: header), let inherited = inherited(by: header) else {
      return nil
    }
    if let appointed = appointed(after: inherited, in: graph, seenBy: ancestry) { return appointed }
    guard header.author == inherited.registrar, let own = header.previous.flatMap({ views[$0] }),
      own.era == inherited.era
    else { return inherited }
    return own
  }

  /// What the directory says now, to whoever has seen all of it.
  func current(in graph: DossierGraph) -> DirectoryView {
    appointed(after: tip, in: graph, seenBy: nil) ?? tip
  }

  /// Whether a proposal that was seen, and not lapsed at `view`, would make the agency a governor.
  func wouldGovern(
    _ agency: AgencyCode, at view: DirectoryView, by ancestry: Ancestry, in graph: DossierGraph
  ) -> Bool {
    nominations.contains { nomination in
      guard case .governance(let governors, _) = nomination.proposal.change else { return false }
      return governors.contains(agency)
        && !view.hasLapsed(nomination.proposal, carriedBy: nomination.id, in: graph)
        && graph.number(of: nomination.id).map { graph.sees(ancestry, $0) } ?? false
    }
  }

  private func inherited(by header: ChangeSetHeader) -> DirectoryView? {
    header.links.compactMap { governing[$0] }.compactMap { views[$0] }.max(by: Self.isEarlier)
  }

  private mutating func keep(_ view: DirectoryView, for id: ChangeSetID) {
    views[id] = view
    governing[id] = id
    if id == view.entry, id == tip.entry || Self.isEarlier(tip, view) { tip = view }
  }

  /// The view in which governors replaced the registrar of `view`; nil when k of them have not.
  ///
  /// Of each governor only the first word in its chain about this registrar counts, and none when
  /// the chain forks there.
  ///
  /// - Parameters:
  ///   - view: the newest entry of the registrar in office.
  ///   - graph: where the governors' change sets stand.
  ///   - ancestry: what was seen; nil counts everything.
  /// - Returns: the view at the last entry that stays, under the new registrar.
  private func appointed(
    after view: DirectoryView, in graph: DossierGraph, seenBy ancestry: Ancestry?
  ) -> DirectoryView? {
    voters(after: view, in: graph, seenBy: ancestry).compactMap { appointment, governors in
      enacted(appointment, by: governors)
    }.max(by: Self.isEarlier)
  }

  /// Who has a word for which successor of the registrar of `view`.
  func voters(
    after view: DirectoryView, in graph: DossierGraph, seenBy ancestry: Ancestry?
  ) -> [Appointment: Set<AgencyCode>] {
    var first: [AgencyCode: [AppointmentVote]] = [:]
    for vote in votes {
      guard let last = views[vote.appointment.lastEntry], last.era == view.era,
        last.registrar == view.registrar, last.governors.contains(vote.governor),
        !last.isWithdrawn(vote.key), isSeen(vote.id, by: ancestry, in: graph)
      else { continue }
      let known = first[vote.governor]?.first?.sequence ?? .max
      if vote.sequence < known { first[vote.governor] = [] }
      if vote.sequence <= known { first[vote.governor, default: []].append(vote) }
    }
    var voters: [Appointment: Set<AgencyCode>] = [:]
    for (governor, words) in first {
      guard words.count == 1, let word = words.first,
        !isForked(governor, at: word, by: ancestry, in: graph)
      else { continue }
      voters[word.appointment, default: []].insert(governor)
    }
    return voters
  }

  /// Whether a governor has spoken about who follows the registrar of `view`.
  ///
  /// What it says later about the same registrar does not count, so a second word is never lawful.
  func hasSpoken(_ governor: AgencyCode, about view: DirectoryView) -> Bool {
    votes.contains { vote in
      guard let last = views[vote.appointment.lastEntry] else { return false }
      return vote.governor == governor && last.era == view.era
        && last.registrar == view.registrar && last.governors.contains(governor)
    }
  }

  private func enacted(
    _ appointment: Appointment, by governors: Set<AgencyCode>
  ) -> DirectoryView? {
    guard var last = views[appointment.lastEntry], governors.count >= last.threshold,
      last.agencies[appointment.agency] != nil
    else { return nil }
    if last.activeKey(of: appointment.agency)?.publicKey != appointment.key {
      guard last.replaceKey(of: appointment.agency, with: appointment.key, by: last.entry) == nil
      else { return nil }
    }
    last.registrar = appointment.agency
    last.era += 1
    return last
  }

  private func isSeen(
    _ id: ChangeSetID, by ancestry: Ancestry?, in graph: DossierGraph
  ) -> Bool {
    guard let ancestry else { return true }
    return graph.number(of: id).map { graph.sees(ancestry, $0) } ?? false
  }

  /// Whether the governor signed another change set of the same sequence, among what was seen.
  private func isForked(
    _ governor: AgencyCode, at word: AppointmentVote, by ancestry: Ancestry?,
    in graph: DossierGraph
  ) -> Bool {
    graph.changeSets(of: governor).contains { other in
      other.header.sequence == word.sequence && other.id != word.id
        && isSeen(other.id, by: ancestry, in: graph)
    }
  }
}

/// One governor's word for a new registrar.
struct AppointmentVote: Sendable {
  let id: ChangeSetID
  let governor: AgencyCode
  let key: KeyID
  let sequence: UInt64
  let appointment: Appointment

  init(_ changeSet: StoredChangeSet, _ appointment: Appointment) {
    id = changeSet.id
    governor = changeSet.header.author
    key = changeSet.header.key
    sequence = changeSet.header.sequence
    self.appointment = appointment
  }
}
