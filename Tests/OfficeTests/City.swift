import Casework
import Exchange
import Ledger
import Office
import Postgres
import Replica
import Synchronization
import TestSupport
import Testing

/// One agency with its own database and its own people, one for each role.
struct Agency: Sendable {
  let code: AgencyCode
  let office: Office
  let store: PostgresStore
  let configuration: ConnectionConfiguration
  let key: SigningKey
  let start: API.FirstStart

  /// A call in the name of the person who has this role.
  func by(_ role: Role, key: String? = nil) -> Acting {
    Acting(osUser: "tester", person: "\(code.rawValue) \(role.rawValue)", idempotencyKey: key)
  }

  /// A call of an operator.
  var `operator`: Acting { Acting(osUser: "root") }
}

/// Several agencies in one process; what a node does over HTTP is done by calls of the works.
final class City: Sendable {
  var agencies: [Agency] { present.withLock { $0 } }
  private let present: Mutex<[Agency]>
  private let clock: SharedTime

  static let roles: [Role] = [.handler, .sectionHead, .deputy, .head, .registry, .caseOffice]

  /// Lends a city whose first agency is the registrar; all of them are in its directory.
  ///
  /// With `inEveryOrder`, what each node holds at the end is delivered in other orders to databases
  /// that hold nothing, which must come to the same rows.
  static func with(
    _ profiles: [API.AgencyProfile] = City.six, governors: [String] = [],
    inEveryOrder: Bool = false, _ body: (City) async throws -> Void
  ) async throws {
    let own = try TestDatabase.configuration
    let cluster = try await TestCluster.shared()
    let admin = Connection(cluster.configuration())
    let first = Connection(own)
    let base = try #require(
      try await first.transaction(.read) {
        try $0.value("SELECT current_database()::text", as: String.self)
      })
    // A database that somebody is connected to is no template.
    await first.close()
    let empty = "\(base)_empty"
    let names = profiles.indices.dropFirst().map { "\(base)_\($0)" }
    for name in names + (inEveryOrder ? [empty] : []) {
      try await admin.statement(
        "CREATE DATABASE \(unsafeIdentifier: name) TEMPLATE \(unsafeIdentifier: base)")
    }
    let databases = [own] + names.map { cluster.configuration(database: $0) }
    let city = try City(profiles, databases)
    var failure: (any Error)?
    do {
      try await city.found(governors: governors)
      try await body(city)
      if inEveryOrder {
        try await city.expectSameInEveryOrder(at: "\(base)_again", from: empty, in: cluster)
      }
    } catch {
      failure = error
    }
    for agency in city.agencies { await agency.store.close() }
    for name in names + ["empty", "again", "further"].map({ "\(base)_\($0)" }) {
      try await admin.statement(
        "DROP DATABASE IF EXISTS \(unsafeIdentifier: name) WITH (FORCE)")
    }
    await admin.close()
    if let failure { throw failure }
  }

  private init(
    _ profiles: [API.AgencyProfile], _ databases: [ConnectionConfiguration]
  ) throws {
    let time = SharedTime()
    clock = time
    let agencies = try zip(profiles, databases).enumerated().map { number, pair in
      let (profile, database) = pair
      let code = try #require(AgencyCode(profile.code))
      let key = try #require(
        SigningKey(rawRepresentation: Array(repeating: UInt8(number + 1), count: 32)))
      let people = City.roles.map { role in
        API.PersonRequest(name: "\(profile.code) \(role.rawValue)", roles: [role.rawValue])
      }
      let store = PostgresStore(database)
      let office = Office(
        agency: code, key: key, store: store,
        clock: BusinessClock(isMovable: true) { time.now },
        program: Office.Program(version: "1", commit: "", startedAt: time.now))
      return Agency(
        code: code, office: office, store: store, configuration: database, key: key,
        start: API.FirstStart(registrar: number == 0, profile: profile, people: people))
    }
    present = Mutex(agencies)
  }

  /// Puts an agency in the place of the one of its code, or beside the others.
  func put(_ agency: Agency) {
    present.withLock { agencies in
      if let place = agencies.firstIndex(where: { $0.code == agency.code }) {
        agencies[place] = agency
      } else {
        agencies.append(agency)
      }
    }
  }

  /// Makes the one database that a city may have beside those of its agencies, from another.
  func furtherDatabase(from source: String? = nil) async throws -> ConnectionConfiguration {
    let first = try await agencies[0].databaseName()
    let cluster = try await TestCluster.shared()
    let admin = Connection(cluster.configuration())
    try await admin.statement(
      """
      CREATE DATABASE \(unsafeIdentifier: "\(first)_further")
      TEMPLATE \(unsafeIdentifier: source ?? "\(first)_empty")
      """)
    await admin.close()
    return cluster.configuration(database: "\(first)_further")
  }

  /// Sets every business clock to 09:00 of a day.
  func on(_ day: String) throws {
    try at("\(day)T01:00:00Z")
  }

  /// Sets every business clock to a moment.
  func at(_ moment: String) throws {
    clock.set(try #require(Timestamp(moment)))
  }

  /// The agency of a code.
  subscript(_ code: String) -> Agency {
    get throws { try #require(agencies.first { $0.code.rawValue == code }) }
  }

  /// Founds the directory and lets everybody join it, by invitation, application and admission.
  private func found(governors: [String]) async throws {
    try on("2023-01-03")
    let registrar = try #require(agencies.first)
    for (number, agency) in agencies.enumerated() {
      _ = try await agency.store.begin(agency: agency.code, outbox: Entropy.system.outboxID())
      let endpoint = "https://127.0.0.1:\(8401 + number)"
      let pin = Hash256.sha256([UInt8(number)])
      guard agency.code != registrar.code else {
        _ = try await agency.office.found(
          agency.start, endpoint: endpoint, tlsPin: pin, isSample: true)
        continue
      }
      let invitation = try await registrar.office.invite(
        API.InviteRequest(profile: agency.start.profile), by: registrar.operator)
      let joining = try await agency.office.beginJoin(
        API.JoinRequest(invite: invitation.invite), start: agency.start, endpoint: endpoint,
        tlsPin: pin, isSample: true, by: agency.operator)
      let first = try await registrar.office.takeJoinRequest(joining.request)
      guard case .answered(.pending) = first else { throw Unexpected("\(first)") }
      _ = try await registrar.office.admitAgency(
        API.AdmitAgencyRequest(
          agency: agency.code.rawValue, fingerprint: joining.shown.fingerprint),
        by: registrar.operator)
      let second = try await registrar.office.takeJoinRequest(joining.request)
      guard case .answered(.admitted(let directory)) = second else {
        throw Unexpected("\(second)")
      }
      _ = try await agency.store.write(
        TakeFetched(peer: registrar.code, deliveries: directory, now: clock.now))
    }
    try await settle()
    guard !governors.isEmpty else { return }
    let proposal = try await registrar.office.govern(
      API.GovernRequest(governors: governors, threshold: governors.count / 2 + 1),
      by: registrar.operator)
    try await settle()
    for agency in agencies where governors.contains(agency.code.rawValue) {
      if agency.code == registrar.code { continue }
      _ = try await agency.office.countersignProposal(
        API.CountersignProposalRequest(proposal: proposal.id), by: agency.operator)
      try await settle()
      // The new governors' majority is reached with the first word beside the registrar's.
      let now = try await registrar.office.agencies(API.AgencyListRequest()).governors
      if now == governors { return }
    }
  }

  /// Lets everybody pull from everybody, and every node act by itself, until nothing moves.
  func settle() async throws {
    for _ in 0..<20 {
      var moved = 0
      for reader in agencies {
        for owner in agencies where owner.code != reader.code {
          moved += try await pull(reader, from: owner)
        }
        moved += try await reader.office.standingActs()
      }
      if moved == 0 { return }
    }
    throw Unexpected("the city never comes to rest")
  }

  /// Pulls one page and hands over the receipt.
  func pull(_ reader: Agency, from owner: Agency) async throws -> Int {
    // A node asks only whom its directory lists.
    let isListed = try await reader.store.read { transaction in
      try transaction.directory()?.current.agency(owner.code) != nil
    }
    guard isListed else { return 0 }
    let cursor = try await reader.store.read(CursorOf(owner.code))
    let served = try await owner.store.write(
      ServeDeliveries(
        reader: reader.code, outbox: cursor?.outbox, after: cursor?.number ?? 0,
        hash: cursor?.runningHash,
        signatory: Signatory(agency: owner.code, key: owner.key), now: owner.office.clock.now))
    guard let page = DeliveryPage.decode(served.bytes) else { throw Unexpected("no page") }
    let outcome = try await reader.store.take(
      TakeDeliveries(
        peer: owner.code, page: page,
        signatory: Signatory(agency: reader.code, key: reader.key),
        now: reader.office.clock.now))
    guard case .success(let taken) = outcome else { throw Unexpected("\(outcome)") }
    if let receipt = taken.receipt {
      _ = try await owner.store.write(
        TakeReceipt(reader: reader.code, signed: receipt, now: owner.office.clock.now))
    }
    return taken.stored + taken.held + taken.rejected + (taken.isNewOutbox ? 1 : 0)
  }

  /// Runs SQL in an agency's database as superuser, with triggers off.
  func tamper(_ agency: Agency, _ sql: SQL) async throws {
    let connection = Connection(agency.configuration)
    try await connection.transaction { transaction in
      try transaction.execute("SET LOCAL session_replication_role = replica")
      try transaction.execute(sql)
      return
    }
    await connection.close()
  }

  /// The federation of industry and commerce, which is in no city by itself.
  static let federation = profile("420300-GSL", "市工商联", "federation", "city")

  static let six: [API.AgencyProfile] = [
    profile("420300-FZB", "市委依法治市办", "partyOffice", "city"),
    profile("420300-JW", "市纪委监委", "disciplineBody", "city"),
    profile("420300-SFJ", "市司法局", "justice", "city"),
    profile("420300-FY", "市法院", "court", "city"),
    profile("420322-JW", "县纪委监委", "disciplineBody", "county"),
    profile("420322-FZB", "县委依法治县办", "partyOffice", "county"),
  ]

  private static func profile(
    _ code: String, _ name: String, _ kind: String, _ level: String
  ) -> API.AgencyProfile {
    API.AgencyProfile(code: code, name: name, level: level, kind: kind)
  }
}

/// The system clock of a city; a second passes with every look, so no two moments are equal.
final class SharedTime: Sendable {
  private let moment = Mutex(Timestamp(microseconds: 1_672_707_600_000_000))

  var now: Timestamp {
    moment.withLock { moment in
      moment = Timestamp(microseconds: moment.microseconds + 1_000)
      return moment
    }
  }

  func set(_ value: Timestamp) {
    moment.withLock { $0 = value }
  }
}

/// Something the harness did not expect.
struct Unexpected: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}

extension API.DraftActRequest {
  /// The issue of the same draft.
  var issue: API.IssueRequest { API.IssueRequest(draft: draft) }
}

extension Agency {
  /// The name of this agency's database.
  func databaseName() async throws -> String {
    try #require(
      try await store.read {
        try $0.sql.value("SELECT current_database()::text", as: String.self)
      })
  }

  /// Takes a draft through signing and issues it.
  func finish(_ draft: API.Draft) async throws -> API.Step { try await finish(draft.id) }

  /// Takes the draft of an id through signing and issues it.
  func finish(_ draft: String) async throws -> API.Step {
    try await sign(draft)
    return try await office.issue(API.DraftActRequest(draft: draft).issue, by: by(.registry))
  }

  /// Submits a draft and signs it.
  func sign(_ draft: String) async throws {
    let request = API.DraftActRequest(draft: draft)
    _ = try await office.submit(request, by: by(.handler))
    _ = try await office.sign(request, by: by(.deputy))
  }

  /// Opens a clue and refers it with two points.
  func refer(
    _ title: String = "甲项", to: [String], exclude: [String] = []
  ) async throws -> (clue: API.Step, letter: API.Step) {
    let clue = try await office.createClue(
      API.CreateClueRequest(title: title, exclude: exclude),
      by: by(exclude.isEmpty ? .handler : .deputy))
    let draft = try await office.refer(
      API.ReferRequest(
        clue: clue.dossier, to: to, title: "\(title)移送函", body: "现移送", points: ["一", "二"]),
      by: by(.handler))
    return (clue, try await finish(draft))
  }
}

/// Expects a refusal of the office.
func expect(
  _ refusal: Refusal, sourceLocation: SourceLocation = #_sourceLocation,
  _ body: () async throws -> some Sendable
) async {
  do {
    _ = try await body()
    Issue.record("nothing was refused, \(refusal) expected", sourceLocation: sourceLocation)
  } catch let error as OfficeError {
    #expect(error.refusal == refusal, "\(error)", sourceLocation: sourceLocation)
  } catch {
    Issue.record("\(error) where \(refusal) was expected", sourceLocation: sourceLocation)
  }
}
