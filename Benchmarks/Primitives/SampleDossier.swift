import Casework
import Ledger
import Samples

/// A lawful dossier: an office refers a clue again and again, each letter with two points, and a
/// discipline body receives every second one.
struct SampleDossier {
  let directory: Directory
  private(set) var graph: DossierGraph
  private let office: SampleAgency
  private let body: SampleAgency
  private var bytes: SampleBytes
  private var clock = Timestamp.sample

  init(letters: Int) {
    var bytes = SampleBytes()
    office = SampleAgency("420300-FZB", kind: AgencyKind.partyOffice.rawValue, &bytes)
    body = SampleAgency("420300-JW", kind: AgencyKind.disciplineBody.rawValue, &bytes)
    var entered = SampleDirectory(office, &bytes)
    entered.admit(body, particulars: body.particulars(Self.people(body)), &bytes)
    entered.enter(.particulars(office.particulars(Self.people(office))), &bytes)
    directory = lawful(Directory(graph: entered.graph))
    let cover = Dossier(kind: .clue, number: "420300-FZB-XS-2026-0001", title: "许可超期线索")
    let record = Record(
      id: bytes.recordID(at: clock), author: office.code, .dossier(cover))
    let first = office.written(
      Part(records: [record]), in: nil, directory: directory.newest, at: clock, &bytes)
    graph = DossierGraph(first.dossier)
    graph.insert(first, directory: directory)
    self.bytes = bytes
    for number in 1...letters {
      let letter = refer(number)
      if number % 2 == 0 { receive(letter) }
    }
    let folded = CaseworkFold.full(graph, roster: directory).folded(graph)
    let flaws = graph.changeSets.flatMap { changeSet in
      (0..<3).compactMap { folded.flaw(at: Citation(change: changeSet.id, part: 0, record: $0)) }
    }
    precondition(flaws.isEmpty, "a sample that is not lawful: \(flaws)")
  }

  private static func people(_ agency: SampleAgency) -> [Person] {
    Role.allCases.map { role in
      Person(id: person(agency, role), name: "样例", roles: [role.rawValue])
    }
  }

  private static func person(_ agency: SampleAgency, _ role: Role) -> RecordID {
    let hash = Hash256.sha256(Array("\(agency.code.rawValue) \(role.rawValue)".utf8))
    return RecordID(timestamp: .sample, random: Array(hash.bytes.prefix(10)))
  }

  private mutating func write(_ part: Part, by author: SampleAgency) {
    clock = clock.adding(seconds: 60)
    let written = author.written(
      part, in: graph, directory: directory.newest, at: clock, &bytes)
    graph.insert(written, directory: directory)
  }

  private mutating func refer(_ number: Int) -> RecordID {
    let id = bytes.recordID(at: clock)
    let points = [bytes.recordID(at: clock), bytes.recordID(at: clock)]
    let text = String(repeating: "线索移送", count: 50)
    let letter = Document(
      form: .referral, number: "样法办函〔2026〕\(number)号", to: [body.code], title: "关于移送问题线索的函",
      body: text, items: points, drafter: Self.person(office, .handler),
      signer: Self.person(office, .deputy), issuedOn: clock.civilDate)
    var records = [Record(id: id, author: office.code, .document(letter))]
    for (place, point) in points.enumerated() {
      let item = Item(
        document: id, number: UInt32(clamping: place + 1), kind: .cluePoint,
        text: String(text.prefix(70)), category: "delay")
      records.append(Record(id: point, author: office.code, .item(item)))
    }
    let grant = MembershipStatement.grant(Grant(agency: body.code, ground: .to, document: id))
    write(Part(membership: [grant], records: records), by: office)
    return id
  }

  private mutating func receive(_ letter: RecordID) {
    let act = Act(
      on: letter, .document, verb: .receive, actor: Self.person(body, .registry),
      role: .registry, date: clock.civilDate)
    let record = Record(id: bytes.recordID(at: clock), author: body.code, .act(act))
    write(Part(records: [record]), by: body)
  }
}
