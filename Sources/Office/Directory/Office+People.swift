import Casework
import Exchange
package import Ledger
import Postgres
import Replica

extension Office {
  /// Lists the people of an agency by name; ours when none is named.
  package func people(_ request: API.PersonListRequest) async throws -> API.PersonList {
    let page = try Page(request.page, request.limit)
    let whose = try request.agency.map { try Field.agency($0, "agency") } ?? agency
    return try await read { transaction in
      guard let view = try transaction.directory()?.current else { throw OfficeError(.notJoined) }
      guard view.agency(whose) != nil else {
        throw OfficeError(.agencyUnknown, ["agency": whose.rawValue])
      }
      let people = view.people(of: whose).sorted { left, right in
        (Array(left.name.utf8), left.id).0.lexicographicallyPrecedes(Array(right.name.utf8))
      }
      let (shown, next) = page.cut(people)
      return API.PersonList(people: shown.map { API.Person($0, of: whose) }, next: next)
    }
  }

  /// Adds a person to our particulars, or replaces the one of the same id.
  ///
  /// The particulars are signed anew with the next version. The registrar publishes its own at
  /// once; those of any other agency wait until its node has sent them to the registrar, and the
  /// person acts as soon as the registrar's entry is here.
  package func addPerson(
    _ request: API.PersonRequest, by acting: Acting
  ) async throws -> API.Person {
    try await write(API.addPerson, request, by: acting, on: request.name) { transaction, desk in
      try desk.publish(try Self.person(request, newID: desk.newID()), in: transaction)
    }
  }

  /// Changes a person of our particulars, or says that their time has ended.
  ///
  /// What the request leaves out stays as it is. What is taken away is gone at once, what is given
  /// is there when the registrar has published it.
  package func changePerson(
    _ request: API.ChangePersonRequest, by acting: Acting
  ) async throws -> API.Person {
    try await write(API.changePerson, request, by: acting, on: request.person) {
      transaction, desk in
      let people = try ownParticulars(try desk.view(), in: transaction).people
      let known = try Clerk.find(request.person, among: people)
      var person = known
      if let name = request.name { person.name = try Field.line(name, "name") }
      if let section = request.section {
        person.section = try Field.optionalLine(section, "section")
      }
      if let post = request.post { person.post = try Field.optionalLine(post, "post") }
      if !request.roles.isEmpty { person.roles = try Self.roles(request.roles) }
      if let other = request.alternateOf {
        person.alternateOf = try Field.record(other, "alternateOf")
      }
      if let ended = request.ended { person.ended = ended }
      guard person != known else { return API.Person(known, of: agency) }
      return try desk.publish(person, in: transaction)
    }
  }

  /// Finds a person of ours who may act, by id or by name.
  ///
  /// Of roles the person has those that both the directory and our newest particulars give, so
  /// nobody acts on because the registrar cannot be reached.
  func clerk(
    _ text: String, in directory: Directory?, _ transaction: borrowing OfficeTransaction,
    _ beginning: Beginning? = nil
  ) throws -> Ledger.Person {
    var person = try Clerk.resolve(text, of: agency, in: directory)
    guard let view = directory?.current,
      let newest = try ownParticulars(view, in: transaction, beginning).people.first(where: {
        $0.id == person.id
      })
    else { return person }
    guard !newest.ended else {
      throw OfficeError(.personUnknown, ["person": Repeat.line(text)])
    }
    person.roles.removeAll { !newest.roles.contains($0) }
    return person
  }

  /// Restates where our node is reached and what is sealed to, when that or our key has changed.
  ///
  /// - Returns: whether new particulars were signed.
  @discardableResult
  package func publish(endpoint: String, tlsPin: Hash256) async throws -> Bool {
    try await store.write { transaction in
      guard let directory = try transaction.directory(),
        directory.current.agency(agency) != nil
      else { return false }
      var particulars = try ownParticulars(directory.current, in: transaction)
      let published = particulars
      particulars.endpoint = endpoint
      particulars.tlsPin = tlsPin
      particulars.key = key.keyID
      if let encryptionKey { particulars.encryptionKey = encryptionKey.bytes }
      particulars.gateway = isBehindGateway
      guard particulars != published else { return false }
      particulars.version += 1
      var desk = Desk(
        office: self, acting: .node, now: clock.now, directory: directory, person: nil)
      try desk.publish(SignedObject(signing: particulars, with: key), in: transaction)
      return true
    }
  }

  /// Our newest particulars that the directory does not show yet, for sending to the registrar.
  package func unpublishedParticulars() async throws -> SignedObject? {
    try await read { transaction in
      let published = try transaction.directory()?.current.particulars(of: agency)?.version ?? 0
      return try Pending.newest(of: agency, after: published, in: transaction.sql)
    }
  }

  /// Takes the particulars that an admitted agency signed, and publishes them word for word.
  ///
  /// - Returns: whether they are in force now; false for an unknown key, another signer or an old
  ///   version.
  package func takeParticulars(_ signed: SignedObject) async throws -> Bool {
    let (taken, readers) = try await store.write { transaction -> (Bool, Set<AgencyCode>) in
      guard let directory = try transaction.directory(),
        directory.current.registrar == agency,
        let claim = signed.claim(as: Particulars.self),
        case .active(let owner, let verification) = directory.current.key(claim.key),
        owner == claim.signer, signed.verified(as: Particulars.self, by: verification) != nil
      else { return (false, []) }
      let known = directory.current.particulars(of: owner)?.version ?? 0
      if claim.version <= known { return (claim.version == known, []) }
      var desk = Desk(
        office: self, acting: .node, now: clock.now, directory: directory, person: nil)
      _ = try desk.append(
        [Part(directory: [.particulars(signed)])], to: directory.id, in: transaction)
      return (true, desk.readers)
    }
    if !readers.isEmpty { wake(readers.sorted()) }
    return taken
  }

  /// What we say about ourselves: the newest version signed, published or not; as it was when a
  /// step began, where its beginning is given.
  func ownParticulars(
    _ view: DirectoryView, in transaction: borrowing OfficeTransaction,
    _ beginning: Beginning? = nil
  ) throws -> Particulars {
    let published = view.particulars(of: agency)
    let version = published?.version ?? 0
    let pending =
      if let beginning {
        beginning.particulars(after: version)
      } else {
        try Pending.newest(of: agency, after: version, in: transaction.sql)
      }
    if let newer = pending?.claim(as: Particulars.self) { return newer }
    return published ?? Particulars(signer: agency, key: key.keyID, version: 0)
  }

  /// Reads a person of a request.
  static func person(_ request: API.PersonRequest, newID: RecordID) throws -> Ledger.Person {
    Ledger.Person(
      id: try request.id.map { try Field.record($0, "id") } ?? newID,
      name: try Field.line(request.name, "name"),
      section: try Field.optionalLine(request.section, "section"),
      post: try Field.optionalLine(request.post, "post"),
      roles: try roles(request.roles),
      alternateOf: try request.alternateOf.map { try Field.record($0, "alternateOf") })
  }

  /// Reads the roles of a request, in ascending order and each once.
  private static func roles(_ words: [String]) throws -> [String] {
    let roles = Set(try words.map { try Field.code($0, "roles", as: Role.self) })
    guard roles.lawful == roles else {
      throw OfficeError(.conflict, ["detail": "conflict.administrators"])
    }
    return roles.map(\.rawValue).sorted()
  }
}

extension Desk {
  /// Puts a person into our particulars, in place of the one of the same id, and publishes them.
  mutating func publish(
    _ person: Ledger.Person, in transaction: borrowing OfficeTransaction
  ) throws -> API.Person {
    var particulars = try office.ownParticulars(try view(), in: transaction)
    particulars.people.removeAll { $0.id == person.id }
    particulars.people.append(person)
    guard particulars.people.count <= Ledger.Limits.peopleMax else {
      throw OfficeError(
        .tooLarge,
        ["bytes": String(particulars.people.count), "limit": String(Ledger.Limits.peopleMax)])
    }
    particulars.version += 1
    particulars.key = office.key.keyID
    try publish(SignedObject(signing: particulars, with: office.key), in: transaction)
    detail = person.id.uuidString
    return API.Person(person, of: office.agency)
  }

  /// Publishes our own particulars when we are the registrar, else keeps them for the way there.
  mutating func publish(
    _ signed: SignedObject, in transaction: borrowing OfficeTransaction
  ) throws {
    let view = try view()
    guard view.registrar == office.agency, let directory else {
      try Pending.keep(signed, of: office.agency, at: now, in: transaction.sql)
      return
    }
    _ = try append([Part(directory: [.particulars(signed)])], to: directory.id, in: transaction)
  }
}

/// Signed particulars that wait for the registrar, in `office.particulars`.
enum Pending {
  static func newest(
    of agency: AgencyCode, after version: UInt64, in transaction: borrowing Transaction
  ) throws -> SignedObject? {
    try transaction.firstRow(
      """
      SELECT body, signature FROM office.particulars
      WHERE agency = \(agency) AND version > \(Int(clamping: version))
      ORDER BY version DESC LIMIT 1
      """
    ).map { SignedObject(body: try $0.value(0), signature: try $0.value(1)) }
  }

  static func keep(
    _ signed: SignedObject, of agency: AgencyCode, at now: Timestamp,
    in transaction: borrowing Transaction
  ) throws {
    guard let claim = signed.claim(as: Particulars.self) else { return }
    try transaction.later("DELETE FROM office.particulars WHERE agency = \(agency)")
    try transaction.later(
      """
      INSERT INTO office.particulars (agency, version, body, signature, at)
      VALUES (\(agency), \(Int(clamping: claim.version)), \(signed.body), \(signed.signature),
        \(now))
      """)
  }
}

extension API.Person {
  /// A person of the directory as the API shows one.
  init(_ person: Ledger.Person, of agency: AgencyCode) {
    self.init(
      id: person.id.uuidString, agency: agency.rawValue, name: person.name,
      section: person.section.isEmpty ? nil : person.section,
      post: person.post.isEmpty ? nil : person.post, roles: person.roles,
      alternateOf: person.alternateOf?.uuidString, ended: person.ended)
  }
}
