import Casework
import Exchange
import Ledger
import Office
import Postgres
import Replica
import TestSupport
import Testing

/// Nodes that come back from a backup or with another key in the middle of a dossier.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct KeyEdgeTests {
  @Test func `edge E24 a node from an old backup is found out before it writes, and forks nothing`()
    async throws
  {
    try await City.with(Array(City.six.prefix(2)), inEveryOrder: true) { city in
      let fzb = try city["420300-FZB"]
      try city.on("2023-03-07")
      let clue = try await fzb.refer(to: ["420300-JW"]).clue.dossier
      try await city.settle()
      try await city["420300-JW"].receive(clue)
      try await city.settle()
      let (lost, restored) = try await city.backUp(city["420300-JW"])
      try city.on("2023-03-08")
      try await lost.accept(clue)
      try await city.settle()
      let verify = API.DisposeRequest(clue: clue, kind: "verification")
      let last = try await lost.office.dispose(verify, by: lost.by(.head))
      try await city.settle()
      // The machine is gone; the backup is a day old, and so is the number of its channel.
      await lost.store.close()
      city.put(restored)
      let signatory = restored.office.signatory
      let comparison = try await Confirming(peer: fzb.code, signatory: signatory).run(
        over: restored.store, now: { restored.office.clock.now }
      ) { try await fzb.answer($0, to: restored) }
      #expect(comparison == .ahead)
      await expect(.wentBack) { try await restored.accept(clue) }
      let alarms = try await restored.office.alarms(API.AlarmListRequest()).alarms
      #expect(alarms.contains { $0.kind == "wentBack" && $0.peer == "420300-FZB" })
      let recovered = try await Recovering(peer: fzb.code, signatory: signatory).run(
        over: restored.store, now: { restored.office.clock.now }
      ) { try await fzb.answer($0, to: restored) }
      #expect(recovered.isWhole)
      let shown = try await restored.office.resume(
        API.ResumeRequest(reason: "", dryRun: true), isConfirmed: false, by: restored.operator)
      #expect(shown.returned.count == 2 && shown.held.isEmpty)
      #expect(shown.returned.map(\.id).contains(last.changeSet))
      _ = try await restored.office.resume(
        API.ResumeRequest(reason: "本机关所写", confirm: "420300-JW"), isConfirmed: true,
        by: restored.operator)
      try await city.settle()
      _ = try await restored.office.recordResult(
        API.ResultRequest(clue: clue, kind: "caseFiled"), by: restored.by(.caseOffice))
      try await city.settle()
      for agency in [fzb, restored] {
        let whole = try await agency.read(clue)
        #expect(whole.forks.isEmpty && whole.void == 0)
        #expect(whole.acts.map(\.verb) == ["receive", "accept", "dispose"])
        #expect(whole.acts.map(\.sequence) == [1, 2, 3], "no place of the chain is used twice")
        #expect(whole.results.map(\.kind) == ["caseFiled"])
        #expect(whole.digest == (try await fzb.read(clue)).digest)
        let status = try await agency.office.status(
          API.StatusRequest(), process: Office.Process(isReady: true))
        #expect(status.peers.map(\.state) == ["equal"])
      }
    }
  }

  @Test func `edge E26 a key rotated in the middle of a dossier leaves what it signed standing`()
    async throws
  {
    try await City.with(Array(City.six.prefix(3)), inEveryOrder: true) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      try city.on("2023-03-07")
      let clue = try await fzb.refer(to: ["420300-JW"]).clue.dossier
      try await city.settle()
      // Signed with the old key, and not delivered to anybody before it is replaced.
      try await jw.receive(clue)
      let renewed = try await city.rotate(jw, to: City.key(90))
      await expect(.conflict) {
        try await jw.office.accept(API.AcceptRequest(clue: clue), by: jw.by(.caseOffice))
      }
      try await city.settle()
      let standings = try await fzb.read(clue).acts.map(\.standing)
      #expect(standings == ["unconfirmed"])
      // The first change set under the new key says that what was before it stands.
      #expect(try await renewed.reaffirm() == [clue])
      try await renewed.accept(clue)
      try await city.settle()
      for agency in [fzb, renewed] {
        let whole = try await agency.read(clue)
        #expect(whole.acts.map(\.verb) == ["receive", "accept"])
        #expect(whole.acts.allSatisfy { $0.standing == "counts" } && whole.void == 0)
        #expect(whole.forks.isEmpty)
        #expect(whole.digest == (try await fzb.read(clue)).digest)
        let keys = try await whole.acts.asyncMap { act in
          try await agency.office.show(API.ShowRequest(id: act.changeSet)).key
        }
        #expect(keys == [jw.key.keyID.hex, renewed.key.keyID.hex])
        #expect(
          try await agency.office.clue(API.ClueRequest(clue: clue)).state == "accepted")
      }
    }
  }

  @Test func `edge E22 a hosted agency that moves to a node of its own goes on where it was`()
    async throws
  {
    try await City.with(Array(City.six.prefix(3)), inEveryOrder: true) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      let desk = try await city.host(at: "420300-JW")
      try city.on("2023-03-07")
      let clue = try await fzb.refer(to: [City.hosted]).clue.dossier
      try await city.settle()
      _ = try await desk.office.receive(API.ReceiveRequest(clue: clue), by: desk.by(.registry))
      _ = try await desk.office.accept(API.AcceptRequest(clue: clue), by: desk.by(.caseOffice))
      try await city.settle()
      try city.on("2023-06-05")
      let moved = try await city.move(desk, to: City.key(95))
      for peer in [jw, fzb] {
        let recovered = try await Recovering(
          peer: peer.code, signatory: moved.office.signatory
        ).run(over: moved.store, now: { moved.office.clock.now }) {
          try await peer.answer($0, to: moved)
        }
        #expect(recovered.isWhole)
      }
      #expect(try await moved.reaffirm() == [clue])
      // What the node notes when its service has come to the end: from now on it writes.
      try await moved.office.keep(reaffirmed: moved.key.keyID)
      try await city.settle()
      _ = try await moved.office.dispose(
        API.DisposeRequest(clue: clue, kind: "verification"), by: moved.by(.head))
      try await city.settle()
      for agency in [fzb, moved] {
        let whole = try await agency.read(clue)
        #expect(whole.acts.map(\.verb) == ["receive", "accept", "dispose"])
        #expect(whole.acts.allSatisfy { $0.standing == "counts" } && whole.void == 0)
        #expect(whole.forks.isEmpty)
        #expect(whole.digest == (try await fzb.read(clue)).digest)
        let shown = try await agency.office.clue(API.ClueRequest(clue: clue))
        #expect(shown.holder == City.hosted && shown.state == "accepted")
      }
      await expect(.notFound) { try await jw.read(clue) }
    }
  }
}

extension City {
  /// Copies the database of an agency while its node is stopped, as a backup does, and starts the
  /// node again.
  ///
  /// - Returns: the running agency, and the agency as it comes back from the backup.
  fileprivate func backUp(_ agency: Agency) async throws -> (running: Agency, restored: Agency) {
    let name = try await agency.databaseName()
    await agency.store.close()
    // The first agency's node runs on, and it knows what the city's databases are called.
    let backup = try await furtherDatabase(from: name)
    let running = agency.with(agency.configuration)
    put(running)
    return (running, agency.with(backup))
  }

  /// Gives an agency a new key by an invitation of the registrar, its only governor.
  fileprivate func rotate(_ agency: Agency, to next: SigningKey) async throws -> Agency {
    let registrar = agencies[0]
    let invitation = try await registrar.office.invite(
      API.InviteRequest(
        profile: API.AgencyProfile(code: agency.code.rawValue, name: "-"), newKey: true),
      by: registrar.operator)
    let asked = try await agency.office.rotateKey(
      API.RotateKeyRequest(invite: invitation.invite), to: next, isSample: true,
      by: agency.operator)
    _ = try await registrar.office.takeJoinRequest(try #require(asked.asking).request)
    let proposed = try await registrar.office.proposeKey(
      API.RotateKeyRequest(
        agency: agency.code.rawValue, fingerprint: asked.shown.fingerprint),
      by: registrar.operator)
    #expect(proposed.state == "effective")
    while try await pull(agency, from: registrar) > 0 { continue }
    let renewed = agency.with(key: next)
    put(renewed)
    return renewed
  }

  /// Moves a hosted agency to a node of its own, which the registrar lets in with a new key.
  fileprivate func move(_ desk: HostedDesk, to key: SigningKey) async throws -> Agency {
    let registrar = agencies[0]
    let configuration = try await furtherDatabase()
    let store = PostgresStore(configuration)
    let profile = API.AgencyProfile(
      code: desk.code.rawValue, name: "区纪委监委", level: "county", kind: "disciplineBody")
    let people = City.roles.map { role in
      API.PersonRequest(name: "\(desk.code) \(role.rawValue)", roles: [role.rawValue])
    }
    let moved = Agency(
      code: desk.code,
      office: Office(
        agency: desk.code, key: key, store: store, clock: desk.office.clock,
        program: desk.office.program),
      store: store, configuration: configuration, key: key,
      start: API.FirstStart(registrar: false, profile: profile, people: people))
    _ = try await store.begin(agency: desk.code, outbox: Entropy.system.outboxID())
    let invitation = try await registrar.office.invite(
      API.InviteRequest(profile: profile, newKey: true), by: registrar.operator)
    let joining = try await moved.office.beginJoin(
      API.JoinRequest(invite: invitation.invite), start: moved.start,
      endpoint: "https://127.0.0.1:8499", tlsPin: .sha256([99]), isSample: true,
      by: moved.operator)
    guard case .answered(.pending) = try await registrar.office.takeJoinRequest(joining.request)
    else { throw Unexpected("it is not asked to wait") }
    for kind in ["key", "change"] {
      let proposed = try await registrar.office.moveAgency(
        API.MoveAgencyRequest(
          agency: desk.code.rawValue, fingerprint: joining.shown.fingerprint),
        by: registrar.operator)
      #expect(proposed.kind == kind && proposed.state == "effective")
    }
    let answer = try await registrar.office.takeJoinRequest(joining.request)
    guard case .answered(.admitted(let directory)) = answer else { throw Unexpected("\(answer)") }
    _ = try await store.write(
      TakeFetched(peer: registrar.code, deliveries: directory, now: moved.office.clock.now))
    put(moved)
    return moved
  }
}

extension Agency {
  /// Writes under this agency's new key in every dossier that it ever wrote in; those dossiers.
  fileprivate func reaffirm() async throws -> [String] {
    try await store.write(
      Reaffirm(author: office.signatory, after: nil, now: office.clock.now, gate: .open)
    ).get().changeSets.map(\.dossier.hex)
  }

  /// Answers a question of another node as this agency's server does.
  fileprivate func answer(
    _ question: Reconciliation.Question, to reader: Agency
  ) async throws -> [UInt8] {
    switch question {
    case .compare(let message):
      return try await store.read(
        AnswerReconcile(requester: reader.code, message: message)
      ).get()
    case .fetch(let bytes):
      let request = try #require(FetchRequest.decode(bytes))
      return try await store.read(
        AnswerFetch(requester: reader.code, request: request)
      ).encoded()
    }
  }
}

extension Array {
  /// The results of a body that waits, in their order.
  fileprivate func asyncMap<Value>(
    _ body: (Element) async throws -> Value
  ) async throws -> [Value] {
    var values: [Value] = []
    for element in self { values.append(try await body(element)) }
    return values
  }
}
