/// The one line of the registrar's entries, walked once over the directory's change sets.
///
/// A fork of the registrar leaves two entries of one height; the line then goes on from the one
/// with the smaller id, the same on every replica, and the fork proof is what governors act on.
struct RegistrarLine {
  private(set) var views: [ChangeSetID: DirectoryView] = [:]
  private(set) var governing: [ChangeSetID: ChangeSetID] = [:]
  private(set) var ineffective: [IneffectiveStatement] = []
  private(set) var tip: DirectoryView
  private let graph: DossierGraph
  private let appointments: [AppointmentVote]

  init?(graph: DossierGraph) {
    guard let first = graph.changeSet(graph.id.first),
      case .founding(let founding)? = first.directoryStatements.first,
      let view = DirectoryView(
        founding: founding, author: first.header.author, entry: first.id)
    else { return nil }
    self.graph = graph
    appointments = AppointmentVote.all(in: graph)
    tip = view
    var opening = view
    // The founding entry may say more: particulars of the registrar itself.
    ineffective = opening.take(first, in: graph).filter { $0.position > 0 }
    opening.height = 0
    keep(opening, for: first.id)
    for id in graph.order where id != first.id { walk(id) }
  }

  /// Whether `left` comes before `right`: by appointment, then along the line, then by larger id.
  static func isEarlier(_ left: DirectoryView, _ right: DirectoryView) -> Bool {
    (left.era, left.height, right.entry) < (right.era, right.height, left.entry)
  }

  private mutating func keep(_ view: DirectoryView, for id: ChangeSetID) {
    views[id] = view
    governing[id] = id
    if id == graph.id.first || Self.isEarlier(tip, view) { tip = view }
  }

  private mutating func walk(_ id: ChangeSetID) {
    guard let changeSet = graph.changeSet(id) else { return }
    let reached = changeSet.header.links.compactMap { governing[$0] }.compactMap { views[$0] }
    guard let inherited = reached.max(by: Self.isEarlier) else { return }
    if changeSet.header.author == inherited.registrar {
      let before = changeSet.header.previous.flatMap { views[$0] } ?? inherited
      advance(before.era == inherited.era ? before : inherited, by: changeSet)
    } else if let appointed = appointed(after: inherited, within: id),
      appointed.registrar == changeSet.header.author
    {
      advance(appointed, by: changeSet)
    } else {
      governing[id] = inherited.entry
    }
  }

  private mutating func advance(_ before: DirectoryView, by changeSet: StoredChangeSet) {
    var view = before
    ineffective += view.take(changeSet, in: graph)
    keep(view, for: changeSet.id)
  }

  /// The view in which governors replaced the registrar of `view`; nil when k of them have not.
  ///
  /// - Parameters:
  ///   - view: the newest entry of the registrar in office.
  ///   - id: only appointments in this change set's ancestry count; nil counts all.
  func appointed(after view: DirectoryView, within id: ChangeSetID? = nil) -> DirectoryView? {
    var voters: [Appointment: Set<AgencyCode>] = [:]
    var spoken: Set<AgencyCode> = []
    for vote in appointments {
      if let id, !graph.isAncestor(vote.id, of: id) { continue }
      guard let last = views[vote.appointment.lastEntry], last.era == view.era,
        last.registrar == view.registrar, last.governors.contains(vote.governor),
        spoken.insert(vote.governor).inserted, !vote.isForked
      else { continue }
      voters[vote.appointment, default: []].insert(vote.governor)
    }
    for (appointment, governors) in voters {
      guard var last = views[appointment.lastEntry], governors.count >= last.threshold,
        last.agencies[appointment.agency] != nil
      else { continue }
      if last.activeKey(of: appointment.agency)?.publicKey != appointment.key {
        guard
          last.replaceKey(of: appointment.agency, with: appointment.key, by: last.entry) == nil
        else { continue }
      }
      last.registrar = appointment.agency
      last.era += 1
      return last
    }
    return nil
  }
}

/// One governor's word for a new registrar.
struct AppointmentVote {
  let id: ChangeSetID
  let governor: AgencyCode
  let appointment: Appointment
  /// Whether the governor's chain forks at this change set: then it counts for nothing.
  let isForked: Bool

  /// All of them, each governor's in the order of its chain.
  static func all(in graph: DossierGraph) -> [AppointmentVote] {
    var places: [Place: Int] = [:]
    for id in graph.order {
      guard let header = graph.changeSet(id)?.header else { continue }
      places[Place(author: header.author, sequence: header.sequence), default: 0] += 1
    }
    return graph.order.flatMap { id -> [AppointmentVote] in
      guard let changeSet = graph.changeSet(id) else { return [] }
      let place = Place(author: changeSet.header.author, sequence: changeSet.header.sequence)
      return changeSet.directoryStatements.compactMap { statement in
        guard case .appointment(let appointment) = statement else { return nil }
        return AppointmentVote(
          id: id, governor: changeSet.header.author, appointment: appointment,
          isForked: places[place, default: 0] > 1)
      }
    }
  }

  private struct Place: Hashable {
    let author: AgencyCode
    let sequence: UInt64
  }
}
