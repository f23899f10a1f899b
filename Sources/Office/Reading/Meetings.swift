import Casework
import Ledger
import Postgres
import Replica

extension Office {
  /// Shows a meeting with every version of its minutes, those of its convenor alone.
  ///
  /// Sealed sheets are withheld unless a person with a content role asks, and such a look stands in
  /// the audit.
  package func meeting(
    _ request: API.MeetingRequest, by acting: Acting = .node
  ) async throws -> API.Meeting {
    try await look("meeting", on: request.meeting, by: acting) { transaction, reader in
      let id = try Lookup(agency: agency).dossier(request.meeting, in: transaction)
      let row = try transaction.sql.firstRow(
        """
        SELECT number, title, home FROM casework.dossier
        WHERE dossier = \(id) AND kind = \(DossierKind.meeting.rawValue)
        """)
      guard let row, let graph = try transaction.graphs([id])[id] else {
        throw Lookup.notFound(request.meeting)
      }
      let versions = try Minutes.convened(in: id, in: transaction)
      let deadlines = try Deadlines.read(in: transaction.sql)
      let final = versions.last { $0.state == .finalized || $0.state == .issued }
      let leading = final ?? versions.last
      let (resolutions, itemsCut) = API.cut(
        try leading.map {
          try Items.all(of: id, at: $0.place, deadlines, in: transaction)
        } ?? [])
      let (shown, versionsCut) = API.cut(versions)
      let (acts, actsCut) = API.cut(
        try Acts(dossier: id, agency: agency).all(of: graph, for: &reader, in: transaction))
      let held = try? meetingSheet(id, as: leading?.document, in: transaction)
      return API.Meeting(
        dossier: id.hex, number: try row.value(0), title: try row.value(1),
        convenor: try row.value(2), series: held?.series, issue: held?.issue,
        heldOn: held?.heldOn, place: Self.filled(held?.place), chair: Self.filled(held?.chair),
        topics: held?.topics ?? [], present: held?.present ?? [], absent: held?.absent ?? [],
        state: leading?.state.rawValue ?? "draft",
        finalVersion: final?.version, minutesNumber: final?.number,
        members: graph.members.sorted().map(\.rawValue), versions: shown.map(Self.shown),
        resolutions: resolutions, acts: acts,
        truncated: itemsCut || versionsCut || actsCut)
    }
  }

  private func meetingSheet(
    _ dossier: DossierID, as version: RecordID?, in transaction: borrowing OfficeTransaction
  ) throws -> DraftMeeting {
    let desk = Desk(
      office: self, acting: .node, now: clock.now, directory: nil, person: nil)
    return try desk.meeting(of: dossier, as: version, in: transaction)
  }

  private static func filled(_ text: String?) -> String? {
    text.flatMap { $0.isEmpty ? nil : $0 }
  }

  private static func shown(_ version: Minutes) -> API.MinutesVersion {
    let state =
      switch version.state {
      case .circulated: "circulated"
      case .finalized: "final"
      case .issued: "issued"
      case .replaced, .dropped, .amended: "superseded"
      }
    return API.MinutesVersion(
      document: version.document.uuidString, version: version.version, hash: version.hash.hex,
      state: state, required: version.required.map(\.rawValue),
      countersignedBy: version.countersigned.map(\.rawValue),
      objectedBy: version.objected.map(\.rawValue),
      reservedBy: version.reserved.map(\.rawValue))
  }
}
