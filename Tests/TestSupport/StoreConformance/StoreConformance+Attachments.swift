package import Exchange
package import Ledger
import Testing

/// Calls writing primitives of attachments in one transaction.
package struct DoAttachments: StoreWork {
  /// One primitive.
  package enum Step: Sendable {
    /// `list`.
    case list([ListedAttachment])
    /// `put`.
    case put([AttachmentPiece], AttachmentPlace)
    /// `forget`.
    case forget([Int], AttachmentPlace)
    /// `unlist`.
    case unlist([AttachmentPlace])
  }

  private let steps: [Step]

  /// Plans the steps.
  package init(_ steps: Step...) { self.steps = steps }

  package func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws {
    for step in steps {
      switch step {
      case .list(let attachments): try transaction.list(attachments)
      case .put(let pieces, let place):
        for piece in pieces { try transaction.put(piece, of: place) }
      case .forget(let pieces, let place): try transaction.forget(pieces: pieces, of: place)
      case .unlist(let places): try transaction.unlist(places)
      }
    }
  }
}

/// Reads through the reading primitives of attachments.
package struct SeeAttachments: StoreWork {
  private let place: AttachmentPlace
  private let dossier: DossierID
  private let after: AttachmentPlace?

  /// Looks at one attachment and its dossier.
  package init(_ place: AttachmentPlace, in dossier: DossierID, after: AttachmentPlace? = nil) {
    self.place = place
    self.dossier = dossier
    self.after = after
  }

  /// What the primitives answered.
  package struct Seen: Sendable {
    /// The attachment.
    package var listed: ListedAttachment?
    /// All of the dossier.
    package var all: [ListedAttachment]
    /// Those that its change set lists.
    package var ofChange: [ListedAttachment]
    /// Those that lack a piece.
    package var open: [ListedAttachment]
    /// The pieces here.
    package var numbers: [Int]
    /// The pieces as they are on disk.
    package var pieces: [LoggedPiece]
  }

  package func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> Seen {
    let numbers = try transaction.pieces(of: place)
    return Seen(
      listed: try transaction.attachments(at: [place])[place],
      all: try transaction.attachments(of: dossier),
      ofChange: try transaction.attachments(listedBy: [place.change]),
      open: try transaction.incompleteAttachments(after: after, limit: 10), numbers: numbers,
      pieces: try numbers.compactMap { try transaction.piece($0, of: place) })
  }
}

extension StoreConformance {
  private func listed(
    _ sample: SampleAttachment, _ dossier: DossierID, _ change: ChangeSetID, _ part: Int = 0,
    _ position: Int = 0
  ) -> ListedAttachment {
    ListedAttachment(
      place: AttachmentPlace(change: change, part: part, position: position), dossier: dossier,
      record: 0, index: position, content: sample.content)
  }

  /// Listing, storing and removing of pieces; nothing is shared between two places.
  func checkAttachments<S: Store>(_ store: S) async throws {
    let a = SampleNode(store, SampleAgency("A"))
    let dossier = try await a.found()
    let sample = SampleAttachment(bytes: 2 << 20 | 5)
    let one = listed(sample, dossier, dossier.first)
    let two = listed(sample, dossier, dossier.first, 0, 1)
    try await store.write(DoAttachments(.list([one, two])))
    func see(_ place: AttachmentPlace, after: AttachmentPlace? = nil) async throws
      -> SeeAttachments.Seen
    {
      try await store.read(SeeAttachments(place, in: dossier, after: after))
    }
    #expect(try await see(one.place).open == [one, two])
    #expect(try await see(one.place, after: one.place).open == [two])
    #expect(try await see(one.place).ofChange == [one, two])
    let unlisted = AttachmentPlace(change: ChangeSetID(.sha256([1])), part: 0, position: 0)
    #expect(try await see(unlisted).ofChange.isEmpty)
    try await store.write(DoAttachments(.put([sample.pieces[2], sample.pieces[0]], one.place)))
    // A piece that is here, listing again, a place nobody lists: nothing changes.
    let nowhere = AttachmentPlace(change: dossier.first, part: 3, position: 0)
    try await store.write(
      DoAttachments(
        .put([sample.pieces[0]], one.place), .list([one]), .put([sample.pieces[0]], nowhere)))
    var seen = try await see(one.place)
    #expect(seen.numbers == [0, 2])
    #expect(seen.listed?.have == 2 && seen.listed?.isComplete == false)
    #expect(try await see(two.place).numbers.isEmpty, "the same file elsewhere is another one")
    #expect(try await see(nowhere).listed == nil)
    try await store.write(DoAttachments(.put([sample.pieces[1]], one.place)))
    seen = try await see(one.place)
    #expect(seen.listed?.isComplete == true && seen.open == [two])
    #expect(
      seen.pieces == sample.pieces.map { LoggedPiece(bytes: $0.bytes, path: $0.path) })
    try await store.write(DoAttachments(.forget([1], one.place)))
    seen = try await see(one.place)
    #expect(seen.numbers == [0, 2] && seen.listed?.have == 2)
    // Another content at a place that was noted: its pieces are none of the old ones.
    let other = listed(SampleAttachment(bytes: 9, seed: 2), dossier, dossier.first)
    try await store.write(DoAttachments(.list([other])))
    seen = try await see(one.place)
    #expect(seen.listed == other && seen.numbers.isEmpty)
    try await store.write(DoAttachments(.unlist([one.place, two.place])))
    #expect(try await see(one.place).all.isEmpty)
    await #expect(throws: ExchangeError.self) {
      try await store.read(DoAttachments(.list([one])))
    }
  }

  /// Who may fetch is who may see the part; everybody else is answered like for nothing.
  func checkAttachmentAudience<S: Store>(_ store: S) async throws {
    let a = SampleNode(store, SampleAgency("A"))
    let directory = try await a.found()
    let agencies = ["B", "C", "D", "E"].map { SampleAgency($0) }
    for agency in agencies {
      try await a.carry(
        .admission(entry: agency.entry, key: agency.signatory.key.publicKey, particulars: nil),
        in: directory)
    }
    let codes = agencies.map(\.code)
    let first = try await a.append(
      nil,
      [
        Part(membership: [0, 1, 3].map { .grant(Grant(agency: codes[$0], ground: .admit)) }),
        Part(audience: [codes[0]]),
      ])
    let sample = SampleAttachment(bytes: 1 << 20 | 1)
    // No document of these parts lists them, so a store may drop them whenever it folds.
    func note() async throws {
      for listed in [0, 1].map({ listed(sample, first.dossier, first.id, $0) }) {
        try await store.write(DoAttachments(.list([listed]), .put(sample.pieces, listed.place)))
      }
    }
    try await note()
    func ask(_ agency: AgencyCode, _ part: Int, _ field: String = "bytes=0-99") async throws
      -> AttachmentAnswer
    {
      let range = try #require(AttachmentRange(field: field))
      let place = AttachmentPlace(change: first.id, part: part, position: 0)
      return try await store.read(
        AnswerAttachment(requester: agency, place: place, range: range))
    }
    func gets(_ agency: AgencyCode, _ part: Int) async throws -> Bool {
      if case .slice = try await ask(agency, part) { return true }
      return false
    }
    #expect(try await gets(codes[0], 0))
    #expect(try await gets(codes[0], 1))
    #expect(try await gets(codes[1], 0))
    #expect(try await !gets(codes[1], 1), "one sealed part is not for C")
    #expect(try await ask(codes[1], 1) == .nothing)
    #expect(try await ask(codes[2], 0) == .nothing, "D is no member")
    // C is excluded, and then its former rights are worth nothing.
    try await a.append(
      first.dossier, [Part(membership: [.exclude(agency: codes[1], reason: "")])])
    try await note()
    #expect(try await ask(codes[1], 0) == .nothing)
    // E left; what came before its end is its own still.
    try await a.append(first.dossier, [Part(membership: [.end(agency: codes[3], reason: "")])])
    try await note()
    #expect(try await gets(codes[3], 0))
    // Frames end where they end: the first is asked for beyond its end and gets no more.
    let cut = sample.content.cut
    guard case .slice(let slice) = try await ask(codes[0], 0, "bytes=40-") else {
      Issue.record("no slice")
      return
    }
    #expect(slice.bytes == Array(sample.pieces[0].frame[40...]))
    #expect(slice.total == cut.framedBytes)
    #expect(try await ask(codes[0], 0, "bytes=9999999-") == .beyond(total: cut.framedBytes))
    try await store.write(
      DoAttachments(.forget([1], AttachmentPlace(change: first.id, part: 0, position: 0))))
    #expect(try await ask(codes[0], 0, "bytes=\(cut.frameStart(of: 1))-") == .nothing)
    #expect(try await ask(codes[0], 0, "bytes=\(cut.frameStart(of: 1) - 1)-") != .nothing)
    // What is missing is asked for at the author's node first, then at the other members'.
    let wanted = try await store.read(ListWantedAttachments())
    #expect(wanted.map(\.listed.place.part) == [0])
    #expect(wanted.first?.peers == [codes[0], codes[3]])
  }
}

extension AttachmentPiece {
  /// What travels of the piece.
  package var frame: [UInt8] { LoggedPiece(bytes: bytes, path: path).frame }
}
