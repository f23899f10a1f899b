import Exchange
import Ledger
import Office

/// A plan file, read strictly: what it names, or a refusal that says which field is wrong.
struct PlannedRepair {
  /// The peer; nil for the own ledger and tables.
  let peer: AgencyCode?
  /// The one dossier that was compared, as text.
  let dossier: String?
  /// The change sets, for a repair with a peer.
  let changeSets: [ReconcileReport.Planned]
  /// The holes and rows, for a repair of oneself.
  let own: SelfCheckPlan

  private let named: [ChangeSetID: API.PlannedChangeSet]

  /// The most entries of a plan: what the three lists of a comparison name, two ids for each place
  /// with two change sets.
  static let entriesMax = 4 * API.listMax

  init(_ plan: API.ReconcilePlan, for agency: AgencyCode) throws {
    let schema = API.ReconcilePlan(agency: "").schema
    guard plan.schema == schema else {
      throw Field.invalid(plan.schema, "plan.schema", schema)
    }
    guard plan.agency == agency.rawValue else {
      throw Field.invalid(plan.agency, "plan.agency", agency.rawValue)
    }
    let count = plan.changeSets.count + plan.rows.count
    guard count <= Self.entriesMax else {
      throw Field.invalid("\(count)", "plan.change_sets", "≤ \(Self.entriesMax)")
    }
    peer = try plan.peer.map { try Self.agency($0, "plan.peer") }
    dossier = plan.dossier
    var named: [ChangeSetID: API.PlannedChangeSet] = [:]
    var planned: [ReconcileReport.Planned] = []
    var holes: [SelfCheckReport.Hole] = []
    for one in plan.changeSets {
      guard let id = ChangeSetID(hex: one.id) else {
        throw Field.invalid(one.id, "plan.change_sets.id", "64 hex")
      }
      named[id] = one
      planned.append(ReconcileReport.Planned(id: id, side: try Self.side(one.sign)))
      holes.append(
        SelfCheckReport.Hole(
          id: id, dossier: try Self.dossier(one.dossier),
          author: AgencyCode(one.author), sequence: UInt64(exactly: one.sequence)))
    }
    self.named = named
    changeSets = planned
    own = SelfCheckPlan(
      holes: peer == nil ? holes : [], rows: try plan.rows.map { try Self.row($0) })
  }

  /// Those of the planned change sets as the plan names them.
  func entries(_ planned: [ReconcileReport.Planned]) -> [API.PlannedChangeSet] {
    planned.compactMap { named[$0.id] }
  }

  private static func row(_ row: API.RowDifference) throws -> RowDifference {
    guard let kind = RowDifference.Kind(rawValue: row.kind) else {
      throw Field.invalid(row.kind, "plan.rows.kind", "changed, missing, extra")
    }
    return RowDifference(
      table: row.table, id: row.id, kind: kind,
      dossier: try row.dossier.isEmpty ? nil : dossier(row.dossier),
      seen: try digest(row.seen, "plan.rows.seen"), due: try digest(row.due, "plan.rows.due"))
  }

  private static func side(_ sign: String) throws -> ReconcileReport.Planned.Side {
    switch sign {
    case "+": .here
    case "-": .there
    case "*": .either
    default: throw Field.invalid(sign, "plan.change_sets.sign", "+ - *")
    }
  }

  private static func agency(_ text: String, _ field: String) throws -> AgencyCode {
    guard let code = AgencyCode(text) else { throw Field.invalid(text, field, "expected.agency") }
    return code
  }

  private static func dossier(_ text: String) throws -> DossierID {
    guard let id = DossierID(hex: text) else {
      throw Field.invalid(text, "plan.dossier", "64 hex")
    }
    return id
  }

  private static func digest(_ text: String, _ field: String) throws -> Hash256? {
    guard !text.isEmpty else { return nil }
    guard let digest = Hash256(hex: text) else { throw Field.invalid(text, field, "64 hex") }
    return digest
  }
}
