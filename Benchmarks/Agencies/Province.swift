import Exchange
import Ledger
import Samples

/// A city office, which is the registrar too, with so many agencies, and the nodes of two: that of
/// the office, and that of the agency that was admitted last.
///
/// The works of production run over stores in memory; the other agencies are in the directory and
/// in the dossiers, and their outboxes at the office fill, but nobody asks for them. A dossier is
/// the office's, shared with two to five agencies; there are as many dossiers as agencies.
struct Province {
  let size: Int
  let office: SampleAgency
  let members: [SampleAgency]
  var bytes = SampleBytes()
  var directory: SampleDirectory
  let officeStore: MemoryStore
  let memberStore: MemoryStore
  /// The dossiers of the last member.
  var shared: [DossierID] = []

  /// The last one admitted.
  var member: SampleAgency { members[members.count - 1] }

  init(of size: Int) throws {
    self.size = size
    office = SampleAgency("990000-O", kind: "party_office", &bytes)
    directory = SampleDirectory(office, &bytes)
    members = Self.agencies(size - 1, &bytes)
    for agency in members {
      directory.admit(agency, particulars: agency.particulars(Self.people(&bytes)), &bytes)
    }
    officeStore = Self.store()
    memberStore = Self.store()
  }

  private static func agencies(_ count: Int, _ bytes: inout SampleBytes) -> [SampleAgency] {
    (1...count).map { SampleAgency("990000-A\($0)", kind: "unit", &bytes) }
  }

  static func people(_ bytes: inout SampleBytes) -> [Person] {
    (0..<5).map { _ in
      Person(id: bytes.recordID(at: .sample), name: "样例", section: "办公室", roles: ["handler"])
    }
  }

  /// What is folded of a dossier does not depend on who else there is, and is left out.
  private static func store() -> MemoryStore {
    MemoryStore { _, _ in MemoryProjection(rows: [], digest: nil) }
  }

  func signatory(_ agency: SampleAgency) -> Signatory {
    Signatory(agency: agency.code, key: agency.key)
  }

  /// Opens the office's dossiers: each with a letter of two KiB.
  mutating func open() throws {
    var drafts: [Draft] = []
    for number in 0..<size {
      // The last member is in four of them, the others in three or four each.
      var readers = number < 4 ? [member.code] : []
      let count = 2 + number % 4
      for place in 0..<count {
        let index = (number * 7 + place * 31 + place * place) % members.count
        if !readers.contains(members[index].code) { readers.append(members[index].code) }
      }
      let grants = readers.sorted().map {
        MembershipStatement.grant(Grant(agency: $0, ground: .admit))
      }
      drafts.append(Draft(dossier: nil, parts: [Part(membership: grants, records: [letter()])]))
    }
    var rest = drafts[...]
    while !rest.isEmpty {
      let written = try append(Array(rest.prefix(1_000)))
      if shared.isEmpty { shared = written.prefix(4).map(\.dossier) }
      rest = rest.dropFirst(1_000)
    }
  }

  mutating func letter() -> Record {
    Record(
      id: bytes.recordID(at: .sample), type: Record.documentType, author: office.code,
      body: Array(repeating: 0x61, count: 2_048))
  }

  @discardableResult
  func append(_ drafts: [Draft]) throws -> [StoredChangeSet] {
    let work = Append(
      author: signatory(office), drafts: drafts, now: .sample, gate: .open)
    switch try officeStore.writeNow(work) {
    case .success(let appended): return appended.changeSets
    case .failure(let refusal): throw GrowthError(description: "not written: \(refusal)")
    }
  }

  /// A page for a reader, from the beginning of its outbox or after a cursor.
  func serve(_ reader: SampleAgency, after cursor: Cursor?) throws -> ServedPage {
    let outbox = try officeStore.readNow(OfficeOutbox())
    return try officeStore.writeNow(
      ServeDeliveries(
        reader: reader.code, outbox: outbox, after: cursor?.number ?? 0,
        hash: cursor?.runningHash ?? .zero, signatory: signatory(office), now: .sample))
  }

  /// Takes a page at the member's node and hands the receipt to the office.
  func take(_ served: ServedPage) throws -> TakenPage {
    guard let page = DeliveryPage.decode(served.bytes) else {
      throw GrowthError(description: "no page")
    }
    let work = TakeDeliveries(
      peer: office.code, page: page, signatory: signatory(member), now: .sample)
    switch try memberStore.writeNow(work) {
    case .success(let taken): return taken
    case .failure(let refusal): throw GrowthError(description: "not taken: \(refusal)")
    }
  }
}

/// The id of a store's outbox.
private struct OfficeOutbox: StoreWork {
  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> OutboxID {
    try transaction.node().outbox
  }
}
