package import Exchange
import FoundationEssentials
import HTTPTypes
package import Ledger
import Wire

/// What other people are told about this build.
package struct BuildDescription: Sendable {
  /// The version, as in `version --json`.
  package let version: String
  /// The commit it was built from.
  package let commit: String

  /// Makes a description.
  package init(version: String, commit: String) {
    self.version = version
    self.commit = commit
  }

  /// The formats of change sets that this build reads and writes.
  package static let formats = [1]
  /// The version of the peer protocol.
  package static let peerProtocol = 1
}

/// What happens to a page or to fetched change sets once they are durable here.
package struct Aftermath: Sendable {
  /// Nodes that have new lines in our outbox.
  package var readers: [AgencyCode]
  /// Whether the directory has changed.
  package var changedDirectory: Bool
  /// Whether something is still to be asked for.
  package var isWanting: Bool
  /// Nodes to compare with: an agency of this node was let into a dossier again, or a hole was
  /// filled that kept what they delivered from being taken.
  package var comparing: Set<AgencyCode>

  /// Makes an aftermath.
  package init(
    readers: [AgencyCode], changedDirectory: Bool, isWanting: Bool,
    comparing: Set<AgencyCode> = []
  ) {
    self.comparing = comparing
    self.readers = readers
    self.changedDirectory = changedDirectory
    self.isWanting = isWanting
  }
}

/// What an exchange with a peer showed that somebody has to look into.
package enum PeerNotice: Sendable, Equatable {
  /// The peer claims to have more of our outbox than we ever gave: it is asked for the proof.
  case claimsMore(AgencyCode)
  /// The peer's outbox is another than the one we followed: it lost or restored its database.
  case newOutbox(AgencyCode)
  /// A key was used that our directory does not know: it may be behind.
  case unknownKey
}

/// What the routes of the peer protocol need of their node.
package struct PeerDesk<S: Store>: Sendable {
  /// Where everything is.
  package let store: S
  /// Who answers and signs.
  package let signatory: Signatory
  /// The business clock: what people see in receipts.
  package let businessTime: @Sendable () -> Timestamp
  /// Rings when there is something for a reader.
  package let bell: Bell
  /// Called when a page or fetched change sets are durable.
  package let settled: @Sendable (Aftermath) -> Void
  /// Called when an exchange showed something to look into.
  package let noticed: @Sendable (PeerNotice) -> Void
  /// What this build is.
  package let build: BuildDescription
  /// Takes a request to join; only the registrar admits anybody.
  package let join: @Sendable (PeerRequest) async throws -> PeerAnswer
  /// Seals and opens what passes a gateway; nil on a node without an encryption key.
  package let envelopes: GatewayEnvelopes?
  private let places = QueuePlaces()
  private let asking = OnePerPeer()
  let answering = ComparisonTurns(atOnceMax: Limits.comparisonAnswersMax)

  /// Makes a desk.
  package init(
    store: S, signatory: Signatory, businessTime: @escaping @Sendable () -> Timestamp, bell: Bell,
    build: BuildDescription, settled: @escaping @Sendable (Aftermath) -> Void,
    noticed: @escaping @Sendable (PeerNotice) -> Void = { _ in },
    envelopes: GatewayEnvelopes? = nil,
    join: @escaping @Sendable (PeerRequest) async throws -> PeerAnswer
  ) {
    self.join = join
    self.envelopes = envelopes
    self.store = store
    self.signatory = signatory
    self.businessTime = businessTime
    self.bell = bell
    self.build = build
    self.settled = settled
    self.noticed = noticed
  }

  /// The routes of `Schema/openapi/peer.yaml`.
  package var routes: [PeerRoute] {
    let (protobuf, bytes) = (PeerRoute.protobuf, PeerRoute.bytes)
    let envelope = GatewayEnvelopes.mediaType
    return [
      PeerRoute(.get, "/peer/v1/info") { _ in info() }.answering([200: ["application/json"]]),
      PeerRoute(
        .post, "/peer/v1/join", taking: protobuf, upTo: Exchange.Limits.joinRequestBytesMax,
        fromStrangers: true
      ) { try await join($0) }.answering([200: [protobuf], 202: [protobuf], 204: []]),
      PeerRoute(.get, "/peer/v1/deliveries") { request in
        try await carrying(.page, for: request) { try await serve(request) }
      }.answering([200: [protobuf, envelope]], askedBy: Asked.names),
      PeerRoute(
        .post, "/peer/v1/deliveries", taking: protobuf, upTo: Limits.pushBytesMax,
        inEnvelopes: true
      ) { try await take($0) }.answering([200: [protobuf]]),
      PeerRoute(
        .post, "/peer/v1/receipts", taking: protobuf, upTo: Exchange.Limits.receiptBytesMax
      ) { try await takeReceipt($0) }.answering([204: []]),
      PeerRoute(
        .post, "/peer/v1/fetch", taking: protobuf, upTo: Exchange.Limits.fetchRequestBytesMax
      ) { request in
        try await carrying(.fetched, for: request) { try await fetch(request) }
      }.answering([200: [protobuf, envelope]]),
      PeerRoute(
        .post, "/peer/v1/reconcile", taking: bytes, upTo: Exchange.Limits.reconcileFrameBytesMax
      ) { try await reconcile($0) }.answering([200: [bytes]]),
      PeerRoute(.get, "/peer/v1/attachments/{change}/{part}/{position}") { request in
        try await carrying(.piece, for: request) { try await attachment(request) }
      }.answering([206: [bytes, envelope]]),
    ]
  }

  private func info() -> PeerAnswer {
    let formats = BuildDescription.formats.map(String.init).joined(separator: ",")
    let text =
      "{\"schema\":\"guantong.info/v1\",\"agency\":\(JSONText.quoted(signatory.agency.rawValue))"
      + ",\"version\":\(JSONText.quoted(build.version))"
      + ",\"commit\":\(JSONText.quoted(build.commit)),\"formats\":[\(formats)]"
      + ",\"peer_protocol\":\(BuildDescription.peerProtocol)}"
    return PeerAnswer(mediaType: "application/json", body: Array(text.utf8))
  }

  /// A long poll: answers when there is something, or when the time is over.
  private func serve(_ request: PeerRequest) async throws -> PeerAnswer {
    try Self.refuseWithdrawn(request)
    let asked = try Asked(request.query)
    let end = ContinuousClock.now + .seconds(asked.waitSeconds)
    while true {
      let rings = bell.rings(for: request.agency)
      let left = end - ContinuousClock.now
      let serving = ServeDeliveries(
        reader: request.agency, outbox: asked.outbox, after: asked.after, hash: asked.hash,
        bytesMax: asked.bytesMax, signatory: signatory, now: businessTime())
      let page: ServedPage?
      switch try await store.serve(LookForDeliveries(serving, isDue: left <= .zero)) {
      case .nothing: page = nil
      case .page(let found): page = found
      // Numbers are given here and committed before the bytes leave.
      case .work:
        var place = places[request.agency]
        page = try await store.serve(serving, from: &place)
        places[request.agency] = place
      }
      if let page {
        if page.isDoubted { noticed(.claimsMore(request.agency)) }
        if page.count > 0 || page.isOtherOutbox || left <= .zero {
          return PeerAnswer(mediaType: PeerRoute.protobuf, body: page.bytes)
        }
      }
      if bell.isClosed { throw Problem(.unavailable, retryAfterSeconds: 5) }
      await bell.wait(for: request.agency, past: rings, atMost: left, isReader: true)
      try Task.checkCancellation()
    }
  }

  /// A push: answered by a receipt, never by a verdict.
  private func take(_ request: PeerRequest) async throws -> PeerAnswer {
    try Self.refuseWithdrawn(request)
    guard let body = try opened(request), let page = DeliveryPage.decode(body) else {
      throw Problem(.malformed)
    }
    let result = try await store.take(
      TakeDeliveries(
        peer: request.agency, page: page, signatory: signatory, now: businessTime()))
    switch result {
    case .success(let taken):
      settled(Aftermath(taken))
      return try await receipt(taken.receipt, of: taken.cursor.outbox, for: request.agency)
    case .failure(.gap):
      guard let head = page.head.claim(as: HeadStatement.self) else { throw Problem(.malformed) }
      return try await receipt(nil, of: head.outbox, for: request.agency)
    case .failure(.full), .failure(.untaken), .failure(.hole):
      throw Problem(.busy, retryAfterSeconds: 60)
    case .failure:
      throw Problem(.malformed)
    }
  }

  /// The receipt of a page, or of where we stand when the page brought nothing new.
  private func receipt(
    _ signed: SignedObject?, of outbox: OutboxID, for peer: AgencyCode
  ) async throws -> PeerAnswer {
    let standing = StandingReceipt(
      peer: peer, outbox: outbox, signatory: signatory, now: businessTime())
    let receipt = if let signed { signed } else { try await store.read(standing) }
    return PeerAnswer(mediaType: PeerRoute.protobuf, body: LawfulForm.encode(receipt.wire))
  }

  private func takeReceipt(_ request: PeerRequest) async throws -> PeerAnswer {
    try Self.refuseWithdrawn(request)
    guard let wire = LawfulForm.decode(WireSignedObject.self, request.body) else {
      throw Problem(.malformed)
    }
    // Judged once more where it is kept; a forged one does not even begin a writing transaction.
    let signed = SignedObject(wire: wire)
    guard try await store.read(ReadReceipt(reader: request.agency, signed: signed)) != nil else {
      throw Problem(.malformed)
    }
    let outcome = try await store.write(
      TakeReceipt(reader: request.agency, signed: signed, now: businessTime()))
    if outcome == .wentBack { noticed(.claimsMore(request.agency)) }
    switch outcome {
    case .kept, .otherOutbox: return PeerAnswer()
    case .invalid, .runningHash, .wentBack: throw Problem(.malformed)
    }
  }

  /// Answers by id, range or chain; a withdrawn key is told the directory and nothing else.
  private func fetch(_ request: PeerRequest) async throws -> PeerAnswer {
    guard var asked = FetchRequest.decode(request.body) else { throw Problem(.malformed) }
    if request.isWithdrawn {
      guard let directory = try await store.read(PinnedDirectory()) else {
        throw Problem(.notFound)
      }
      asked = FetchRequest(
        ranges: asked.ranges.filter { $0.dossier == directory },
        dossiers: asked.dossiers.filter { $0 == directory })
    }
    let isOpen = envelopes.map { $0.way(to: request.agency) == .open } ?? true
    let answer = try await store.serve(
      AnswerFetch(
        requester: request.agency, request: asked,
        bytesMax: isOpen ? Exchange.Limits.pageBytesMax : Exchange.Limits.describedFetchBytesMax))
    return PeerAnswer(mediaType: PeerRoute.protobuf, body: answer.encoded())
  }

  /// A peer asks one question of a comparison after the other, and few are answered at once: each
  /// may take as many items as fit an answer.
  private func reconcile(_ request: PeerRequest) async throws -> PeerAnswer {
    try Self.refuseWithdrawn(request)
    guard asking.begin(request.agency) else { throw Problem(.busy, retryAfterSeconds: 1) }
    defer { asking.end(request.agency) }
    let patience = Limits.answerPatienceSeconds
    do {
      try await answering.begin(request.agency, waitingAtMost: .seconds(patience))
    } catch is ComparisonTurns.Crowded {
      throw Problem(.busy, retryAfterSeconds: patience)
    }
    defer { answering.end(request.agency) }
    let answer = try await store.serve(
      AnswerReconcile(requester: request.agency, message: request.body))
    guard case .success(let message) = answer else { throw Problem(.malformed) }
    return PeerAnswer(mediaType: PeerRoute.bytes, body: message)
  }

  static func refuseWithdrawn(_ request: PeerRequest) throws {
    if request.isWithdrawn { throw Problem(.keyUnknown) }
  }
}

/// The query of a pull.
private struct Asked {
  let outbox: OutboxID?
  let after: UInt64
  let hash: Hash256?
  let waitSeconds: Int
  let bytesMax: Int

  static let names: Set = ["outbox", "after", "hash", "wait", "max"]

  init(_ query: [String: String]) throws {
    outbox = try Self.value(query["outbox"]) { OutboxID(hex: $0) }
    after = try Self.value(query["after"]) { UInt64($0) } ?? 0
    hash = try Self.value(query["hash"]) { Hash256(hex: $0) }
    waitSeconds = min(
      try Self.value(query["wait"]) { UInt32($0).map(Int.init) } ?? 0,
      Exchange.Limits.pullWaitSecondsMax)
    bytesMax =
      try Self.value(query["max"]) { UInt32($0).map(Int.init) } ?? Exchange.Limits.pageBytesMax
  }

  private static func value<Value>(
    _ text: String?, _ parse: (String) -> Value?
  ) throws -> Value? {
    guard let text, !text.isEmpty else { return nil }
    guard let value = parse(text) else { throw Problem(.malformed) }
    return value
  }
}

extension Aftermath {
  /// What a page leads to.
  init(_ taken: TakenPage) {
    self.init(
      readers: taken.readers, changedDirectory: taken.changedDirectory,
      isWanting: !taken.wanted.isEmpty, comparing: taken.regranting)
  }

  /// What fetched change sets lead to.
  init(_ taken: TakenFetch) {
    self.init(
      readers: taken.readers, changedDirectory: taken.changedDirectory,
      isWanting: !taken.wanted.isEmpty, comparing: taken.comparing)
  }
}
