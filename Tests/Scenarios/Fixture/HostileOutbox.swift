import Exchange
import HTTPTypes
import Ledger
import PeerSupport
import Testing

@testable import Node

/// The outbox of a member in which every page is lawful and every line is not.
struct HostileOutbox {
  /// What is wrong with a line.
  enum Line: CaseIterable {
    /// A header that is none: rejected for good.
    case garbledHeader
    /// A lawful beginning of a dossier under a seal that the author's key did not make.
    case badSeal
  }

  private let member: HostileMember
  private let entry: ChangeSetID?
  private let outbox: OutboxID
  private var number: UInt64 = 0
  private var hash = RunningHash.start

  /// Begins a new outbox; what the target serves tells which entry of the directory is the newest.
  init(of member: HostileMember) async throws {
    self.member = member
    outbox = try #require(OutboxID(Self.junk(16)))
    var head: HeadStatement?
    try await RawConnection.open(port: member.port, as: member.certificate) { stream in
      let question = try member.request([], to: "/peer/v1/deliveries?wait=0", method: .get)
      try await stream.send(question, body: [])
      let answer = try #require(try await stream.answer())
      head = DeliveryPage.decode(answer.body)?.head.claim(as: HeadStatement.self)
    }
    entry = try #require(head).directory
  }

  /// The next page, all of its lines wrong in one way.
  mutating func page(_ line: Line, of count: Int) throws -> [UInt8] {
    try page((0..<count).map { _ in try received(line) })
  }

  /// A page with two continuations of one dossier, both signed by the member: a fork of its own.
  mutating func fork() throws -> [UInt8] {
    let first = try changeSet(after: nil, by: member.key)
    return try page(
      [first] + (0..<2).map { _ in try changeSet(after: first.id, by: member.key) })
  }

  private func received(_ line: Line) throws -> ReceivedChangeSet {
    switch line {
    case .garbledHeader:
      ReceivedChangeSet(headerBytes: Self.junk(200), proof: nil, parts: [:])
    case .badSeal:
      try changeSet(
        after: nil, by: try #require(SigningKey(rawRepresentation: Self.junk(32))))
    }
  }

  private func changeSet(
    after previous: ChangeSetID?, by key: SigningKey
  ) throws -> ReceivedChangeSet {
    let part = SaltedPart(salt: Self.junk(32), content: Part().encoded())
    let header = ChangeSetHeader(
      dossier: previous.map { DossierID(first: $0) }, author: member.agency,
      key: member.key.keyID, sequence: previous == nil ? 1 : 2, previous: previous, parents: [],
      directory: entry, authoredAt: TransportTime.systemTimestamp, parts: [part.hash])
    let proof = SealTree([(id: header.id, blind: Self.junk(32))])?
      .sealed(by: member.agency, with: key, at: header.authoredAt).first
    return ReceivedChangeSet(headerBytes: header.encoded(), proof: proof, parts: [0: part])
  }

  private mutating func page(_ lines: [ReceivedChangeSet]) throws -> [UInt8] {
    var deliveries: [Delivery] = []
    for line in lines {
      number += 1
      hash = RunningHash.next(
        after: hash, outbox: outbox, number: number, change: line.id,
        parts: RunningHash.bits(of: line.parts.keys))
      deliveries.append(Delivery(number: number, content: .changeSet(line)))
    }
    let head = HeadStatement(
      signer: member.agency, key: member.key.keyID, reader: member.target, outbox: outbox,
      number: number, runningHash: hash, directory: entry,
      page: DeliveryPage.digest(of: deliveries))
    return DeliveryPage(
      deliveries: deliveries, head: SignedObject(signing: head, with: member.key)
    ).encoded()
  }

  private static func junk(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8.random(in: .min ... .max) }
  }
}
