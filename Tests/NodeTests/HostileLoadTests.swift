import Exchange
import Foundation
import HTTPTypes
import Ledger
import NIOCore
import Testing

@testable import Node

extension OneAtATime {
  /// Many hostile requests of every kind: they leave nothing behind.
  @Suite(.timeLimit(.minutes(20)), .serialized) struct HostileLoad {}
}

extension OneAtATime.HostileLoad {
  /// 500 of each kind in every run; 10,000 with `GUANTONG_FULL=1`, which `.ci/run --full` sets.
  private static let count =
    ProcessInfo.processInfo.environment["GUANTONG_FULL"] == nil
    ? 500 : 10_000

  /// In a process of its own, because the memory of this one is that of all tests together.
  @Test func `thousands of each kind change no table and keep memory flat`() async {
    await #expect(processExitsWith: .success) { try await OneAtATime.HostileLoad.run() }
  }

  private static func run() async throws {
    let stores = (store(), store())
    // The rate limit would answer most of them; here every one is to reach what judges it.
    let allowances = PeerAllowances(requestsPerSecond: 1_000_000, burst: 1_000_000)
    try await PeerWorld.run(stores: stores, allowances: allowances) { world in
      let first = try await world.registrar.append(
        dossier: nil,
        Part(membership: [.grant(Grant(agency: world.other.node.agency, ground: .admit))]))
      try await eventually("the node is at rest") {
        let isThere = try await world.other.order(of: first.dossier) == [first.id]
        let state = try await world.registrar.store.read(Everything(dossier: first.dossier))
        return isThere && state.waiting.isEmpty && state.receipts == 1
          && state.cursors.count == 1
      }
      let before = try await world.registrar.store.read(Everything(dossier: first.dossier))
      // The first requests of each kind fill caches and pools; memory counts from there.
      try await play(world, 50)
      let memory = try Memory.residentKiB()
      try await play(world, count)
      let grown = try Memory.residentKiB() - memory
      print("\(count) of each hostile kind: VmRSS grew by \(grown) KiB")
      #expect(grown < 10 * 1024)
      let after = try await world.registrar.store.read(Everything(dossier: first.dossier))
      #expect(after == before)
    }
  }

  private static func store() -> MemoryStore {
    MemoryStore { _, _ in MemoryProjection(rows: [], digest: nil) }
  }

  private static func play(_ world: PeerWorld<MemoryStore>, _ count: Int) async throws {
    let port = world.port
    for kind in HostileBody.allCases {
      try await RawConnection.open(port: port, as: world.other.node.certificate) { stream in
        for _ in 0..<count {
          let (request, body) = try kind.request(world, port: port)
          try await stream.send(request, body: body)
          let answer = try #require(try await stream.answer(), "\(kind)")
          #expect(kind.codes.contains(answer.code ?? ""), "\(kind): \(answer.code ?? "none")")
        }
      }
    }
  }
}

/// What a member may send that is signed by its right key and still hostile, or not signed at all.
enum HostileBody: String, CaseIterable {
  case unsigned, forged, replayed, misdirected, garbledPage, garbledFetch, garbledReconcile
  case foreignReceipt, oversized

  /// What it may be answered with; the first of the replayed ones is only malformed.
  var codes: Set<String> {
    switch self {
    case .unsigned, .forged: ["signature"]
    case .replayed: ["malformed", "replay"]
    case .misdirected: ["destination"]
    case .garbledPage, .garbledFetch, .garbledReconcile, .foreignReceipt: ["malformed"]
    case .oversized: ["too-large"]
    }
  }

  /// A request to the registrar of the world.
  func request(
    _ world: PeerWorld<MemoryStore>, port: Int
  ) throws -> (HTTPRequest, [UInt8]) {
    let garbage = Entropyless.bytes(200)
    switch self {
    case .unsigned:
      var (request, body) = try signed("/peer/v1/fetch", PeerRoute.protobuf, garbage, world, port)
      request.headerFields[.signature] = nil
      return (request, body)
    case .forged:
      var (request, body) = try signed("/peer/v1/fetch", PeerRoute.protobuf, garbage, world, port)
      request.path = "/peer/v1/receipts"
      return (request, body)
    case .replayed:
      return try signed(
        "/peer/v1/fetch", PeerRoute.protobuf, garbage, world, port,
        nonce: "00000000000000000000000000000000")
    case .misdirected:
      return try signed(
        "/peer/v1/fetch", PeerRoute.protobuf, garbage, world, port,
        destination: world.other.node.agency)
    case .garbledPage:
      return try signed("/peer/v1/deliveries", PeerRoute.protobuf, garbage, world, port)
    case .garbledFetch:
      return try signed("/peer/v1/fetch", PeerRoute.protobuf, garbage, world, port)
    case .garbledReconcile:
      // The right version and then no varint at all: another version would be answered by ours.
      let broken = [0x61] + [UInt8](repeating: 0xFF, count: 20)
      return try signed("/peer/v1/reconcile", PeerRoute.bytes, broken, world, port)
    case .foreignReceipt:
      let receipt = SignedObject(
        signing: Receipt(
          signer: world.other.node.agency, key: world.other.node.key.keyID,
          destination: world.registrar.node.agency,
          outbox: try #require(OutboxID(Entropyless.bytes(16))), number: 1,
          runningHash: .sha256(garbage), storedAt: TransportTime.systemTimestamp),
        with: try #require(SigningKey(rawRepresentation: Entropyless.bytes(32))))
      return try signed(
        "/peer/v1/receipts", PeerRoute.protobuf, LawfulForm.encode(receipt.wire), world, port)
    case .oversized:
      let large = [UInt8](repeating: 7, count: Exchange.Limits.receiptBytesMax + 1)
      return try signed("/peer/v1/receipts", PeerRoute.protobuf, large, world, port)
    }
  }

  private func signed(
    _ path: String, _ mediaType: String, _ body: [UInt8], _ world: PeerWorld<MemoryStore>,
    _ port: Int, nonce: String? = nil, destination: AgencyCode? = nil
  ) throws -> (HTTPRequest, [UInt8]) {
    var request = HTTPRequest(
      method: .post, scheme: "https", authority: "127.0.0.1:\(port)", path: path)
    request.headerFields[.contentType] = mediaType
    request.headerFields[.contentLength] = "\(body.count)"
    let signer = RequestSigner(
      agency: world.other.node.agency, key: world.other.node.key,
      destination: destination ?? world.registrar.node.agency)
    let signed = try #require(
      signer.sign(
        request, content: body, at: TransportTime.system.seconds,
        nonce: nonce ?? Hex.encode(Entropyless.bytes(16))))
    return (signed, body)
  }
}

/// What a store holds that hostile requests could have changed.
struct Everything: StoreWork {
  struct Answer: Equatable, Sendable {
    let order: [ChangeSetID]
    let node: NodeRecord
    let cursors: [Cursor]
    let held: Int
    let quarantined: Int
    let alarms: [Alarm]
    let receipts: Int
    let waiting: [AgencyCode]
  }

  let dossier: DossierID

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> Answer {
    Answer(
      order: try transaction.graphs([dossier])[dossier]?.order ?? [],
      node: try transaction.node(), cursors: try transaction.cursors(),
      held: try transaction.heldNotices(limit: 100).count,
      quarantined: try transaction.quarantined(limit: 100).count,
      alarms: try transaction.alarms(limit: 100),
      receipts: try transaction.receipts(of: dossier.first).count,
      waiting: try transaction.readersWaiting())
  }
}

/// The memory of this process, as the kernel counts it.
enum Memory {
  static func residentKiB() throws -> Int {
    let text = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = text.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
    let words = try #require(line).split(whereSeparator: \.isWhitespace)
    return try #require(Int(words[1]))
  }
}
