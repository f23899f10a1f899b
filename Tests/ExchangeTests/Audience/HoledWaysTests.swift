import Exchange
import Ledger
import TestSupport
import Testing

/// A change set that was lost lets nobody in, by no way of asking.
@Suite struct HoledWaysTests {
  /// What is lost.
  enum Loss: CaseIterable, Sendable {
    /// The exclude of Y, on whose node U works, which is a member.
    case exclude
    /// The `end` of X.
    case end
    /// The forwarding to X by T.
    case forward
    /// The exclude of T, which forwarded to X without knowing of it.
    case excludeOfForwarder

    var asker: String { self == .exclude ? "Y" : "X" }
    var members: [String] {
      switch self {
      case .exclude: ["U"]
      case .end: ["X"]
      case .forward, .excludeOfForwarder: []
      }
    }
    var closing: MembershipStatement? {
      switch self {
      case .exclude: .exclude(agency: BundleWorld.code("Y"), reason: "")
      case .end: .end(agency: BundleWorld.code("X"), reason: "")
      case .forward: nil
      case .excludeOfForwarder: .exclude(agency: BundleWorld.code("T"), reason: "")
      }
    }
  }

  private static let labels = ["A", "H", "T", "X", "Y"]
  private static let early = Array("canary: written for all of them".utf8)
  private static let late = Array("canary: written without knowing".utf8)

  /// A dossier of H with T, which writes last and does not know of the step before.
  private struct Scene {
    let world: BundleWorld
    private(set) var written: [StoredChangeSet] = []
    private(set) var lost: StoredChangeSet?
    private var file: SampleAttachment { SampleAttachment(bytes: 40) }
    private var place: AttachmentPlace? {
      written.first.map { AttachmentPlace(change: $0.id, part: 0, position: 0) }
    }

    init(_ loss: Loss) async throws {
      world = try await BundleWorld(HoledWaysTests.labels)
      let hosted = SampleAgency("U", hostedBy: "Y")
      try await world["A"].carry(
        .admission(entry: hosted.entry, key: hosted.signatory.key.publicKey, particulars: nil),
        in: world.directory)
      try await world.settle(HoledWaysTests.labels)
      let (home, forwarder) = (world["H"], world["T"])
      let grants =
        [Grant(agency: forwarder.agency.code, ground: .to)]
        + loss.members.map { Grant(agency: BundleWorld.code($0), ground: .admit) }
      let first = try await home.append(
        nil,
        [
          Part(
            membership: grants.map { .grant($0) },
            records: [.about(nil, type: 4, by: home.agency, body: HoledWaysTests.early)])
        ])
      try await world.settle(HoledWaysTests.labels)
      written = [first]
      if let closing = loss.closing {
        lost = try await home.append(first.dossier, [Part(membership: [closing])])
      }
      let isForwarding = loss == .forward || loss == .excludeOfForwarder
      let forward = MembershipStatement.grant(
        Grant(agency: BundleWorld.code("X"), ground: .forward))
      let last = try await forwarder.append(
        first.dossier,
        [
          Part(
            membership: isForwarding ? [forward] : [],
            records: [.about(nil, type: 4, by: forwarder.agency, body: HoledWaysTests.late)])
        ])
      try await home.catchUp(with: forwarder)
      written += [lost, last].compactMap(\.self)
      lost = lost ?? last
    }

    func everything(to reader: String) async throws -> HandedOut {
      guard let dossier = written.first?.dossier, let place else { return HandedOut() }
      let listed = ListedAttachment(
        place: place, dossier: dossier, record: 0, index: 0, content: file.content)
      try await world["H"].store.write(DoAttachments(.list([listed]), .put(file.pieces, place)))
      let items = try await world["H"].store.read(ItemsOf(dossiers: [dossier]))
      return try await world.everything(
        of: "H", to: reader,
        Curiosity(
          ids: written.map(\.id), dossiers: [dossier],
          authors: HoledWaysTests.labels.map(BundleWorld.code), items: Set(items.values),
          places: [place]))
    }

    /// Deletes the row of the change set behind the node's back.
    func lose() {
      guard let lost else { return }
      world["H"].store.tamper { contents in
        contents.rows[lost.id] = nil
        contents.log[lost.dossier]?.removeAll { $0 == lost.id }
      }
    }

    /// Puts it back; gives how many change sets were stored for that.
    func fill() async throws -> Int {
      guard let lost else { return 0 }
      let hole = SelfCheckReport.Hole(
        id: lost.id, dossier: lost.dossier, author: nil, sequence: nil)
      let copy = ReceivedChangeSet(lost, parts: lost.parts)
      return try await world["H"].store.write(
        FillHoles(peer: BundleWorld.code("T"), holes: [hole], copies: [copy], now: .sample))
    }
  }

  @Test(arguments: Loss.allCases)
  func `security T11 what a lost change set kept from somebody stays closed in every way`(
    _ loss: Loss
  ) async throws {
    let scene = try await Scene(loss)
    let ids = scene.written.map(\.id)
    let before = try await scene.everything(to: loss.asker)
    #expect((before.parts[ids[0]] != nil) == (loss == .end || loss == .forward))
    scene.lose()
    let handed = try await scene.everything(to: loss.asker)
    #expect(ids.allSatisfy { handed.parts[$0] == nil })
    #expect(handed.attachments.isEmpty)
    #expect(!handed.described.contains(scene.written[0].dossier))
    #expect(handed.items == before.items, "the row alone says what is compared")
    for canary in [Self.early, Self.late] {
      #expect(!handed.bytes.contains { $0.contains(canary) })
    }
    // Whom nobody put out goes on with what is left, unless it is T that was put out.
    if loss == .exclude || loss == .end {
      let left = try await scene.everything(to: "T")
      #expect(left.parts[ids[0]] == [0] && left.attachments.count == 1)
      #expect(left.described.contains(scene.written[0].dossier))
    }
    #expect(try await scene.fill() == 1)
    let after = try await scene.everything(to: loss.asker)
    #expect(ids.allSatisfy { after.parts[$0] == before.parts[$0] })
    #expect(after.attachments == before.attachments && after.items == before.items)
    #expect(after.described == before.described)
  }
}
