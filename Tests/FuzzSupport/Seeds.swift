import Casework
import Exchange
import FoundationEssentials
import HTTPTypes
import Ledger
import TestSupport

/// One good input or more for every entry point, made by the program itself.
///
/// Signatures and keys repeat; what is sealed to a reader does not, as the library draws its own
/// ephemeral keys.
package enum Seeds {
  /// The seeds of an entry point.
  package static func all(of entry: EntryPoint) async throws -> [Input] {
    let world = try await World.shared.value
    let list: [[UInt8]]
    switch entry {
    case .record: list = records
    case .seal, .sealProof, .receipt, .suspension, .particulars: list = signedBodies(entry, world)
    case .signedRequest, .signedResponse: list = try messages(entry)
    case .negentropyQuestion, .negentropyAnswer: list = try frames(entry)
    case .bundle, .bundleManifest, .bundleReturns, .bundlePieces, .envelope:
      list = try await sealed(entry, world)
    case .officeRequest, .peerProblem, .peerEndpoint, .byteRange:
      list = texts(entry).map { Array($0.utf8) }
    default: list = try await exchanged(entry, world)
    }
    return list.enumerated().map { Input(entry, "seed-\($0 + 1).txt", $1) }
  }

  private struct Missing: Error {}

  private static func texts(_ entry: EntryPoint) -> [String] {
    switch entry {
    case .officeRequest:
      [
        #"{"draft":"019b76da-a800-7000-8000-000000000001","name":"a.pdf","size":12}"#,
        #"{"to":["990000-A"],"items":[{"text":"\u4e00\ud83d\ude00\n","dueOn":"2026-01-01"}]}"#,
        #"[true,false,null,-0,1.5e3,9223372036854775807,{"a":{"b":[[]]}}]"#,
      ]
    case .peerProblem:
      [
        #"{"type":"tag:x","title":"Unauthorized","status":401,"code":"signature-expired","#
          + #""time":"2026-01-01T00:00:00.000001Z","nonce":"00112233445566778899aabbccddeeff"}"#
      ]
    case .peerEndpoint:
      ["https://127.0.0.1:8401", "https://[::1]:8401/", "https://node.example:443"]
    default: ["bytes=0-1048575", "bytes=7-", "bytes 4-6/10"]
    }
  }

  private static func frames(_ entry: EntryPoint) throws -> [[UInt8]] {
    let initiator = Negentropy(Fixture.items(from: 50), frameBytesMax: Fixture.frameBytesMax)
    let responder = Negentropy(Fixture.items(from: 0), frameBytesMax: Fixture.frameBytesMax)
    var (questions, answers): ([[UInt8]], [[UInt8]]) = ([], [])
    var difference = Negentropy.Difference()
    var question: [UInt8]? = try initiator.initiate()
    while let asked = question {
      questions.append(asked)
      let answer = try responder.answer(asked)
      answers.append(answer)
      question = try initiator.resume(with: answer, into: &difference)
    }
    return entry == .negentropyQuestion ? questions : answers
  }

  private static func messages(_ entry: EntryPoint) throws -> [[UInt8]] {
    let request = Fixture.request
    let path = request.path ?? ""
    if entry == .signedRequest {
      let start = "\(request.method.rawValue) \(request.authority ?? "") \(path)"
      return [MessageText(start, request.headerFields, content: Fixture.content).bytes]
    }
    let content = Array(#"{"code":"busy"}"#.utf8)
    guard
      let response = ResponseSigner(agency: Fixture.author, key: Fixture.key).sign(
        HTTPResponse(status: .ok), content: content, to: request, at: Fixture.seconds)
    else { throw Missing() }
    return [MessageText("200", response.headerFields, content: content).bytes]
  }
}

extension Seeds {
  private static let time = Timestamp.sample
  private static func id(_ number: UInt8) -> RecordID {
    RecordID(timestamp: time, random: Array(repeating: number, count: 10))
  }

  private static var records: [[UInt8]] {
    let citation = Citation(change: ChangeSetID(Fixture.hash), part: 1, record: 2)
    let day = time.civilDate
    let hash = Fixture.hash
    let contents: [CaseRecord.Content] = [
      .dossier(
        Dossier(
          kind: .clue, number: "样例〔2026〕1号", title: "样例", source: nil,
          sourceAgency: Fixture.reader, region: "990000", campaign: "")),
      .document(
        Document(
          form: .minutes, number: "样例〔2026〕2号", version: 1, to: [Fixture.reader], title: "样例",
          body: "一、", items: [id(3)],
          attachments: [Attachment(name: "a.pdf", size: 7, salt: hash, root: hash)], dueOn: day,
          drafter: id(1), signer: id(2), issuedOn: day, basis: [citation],
          required: [Fixture.reader],
          meeting: Meeting(
            series: "样例", issue: 1, heldOn: day, place: "样例", chair: "样例",
            present: [Fixture.author], absent: [], topics: ["一"]))),
      .item(
        Item(
          document: id(4), number: 1, kind: .direction, text: "样例", unit: Fixture.reader,
          coUnits: [Fixture.author], dueOn: day, standard: "", amount: 5, category: "")),
      .act(
        Act(
          on: id(5), .document, verb: .accept, actor: id(1), role: .head, date: day,
          basis: [citation], reason: "", note: "样例", agencies: [Fixture.reader],
          points: [id(6)], dueOn: day, hash: hash)),
      .result(
        Result(
          kind: .sanction, on: day, caseFiled: id(7), measures: [], amount: 3, personKey: "",
          decidedBy: "", documentNumber: "", note: "", formOfDiscipline: 1, actor: id(1),
          role: .head, clue: id(8), basis: [citation])),
    ]
    return contents.map { [UInt8(truncatingIfNeeded: $0.type.rawValue)] + $0.encoded() }
  }

  private static func signedBodies(_ entry: EntryPoint, _ world: World) -> [[UInt8]] {
    let (code, key) = (Fixture.author, Fixture.key.keyID)
    switch entry {
    case .seal:
      return [
        Seal(signer: code, key: key, leaves: 3, root: SealRoot(Fixture.hash), sealedAt: time)
          .encoded()
      ]
    case .sealProof: return world.changeSets.prefix(2).map { $0.proof.encoded() }
    case .receipt:
      return [
        Receipt(
          signer: code, key: key, destination: Fixture.reader, outbox: world.outbox, number: 300,
          runningHash: Fixture.hash, storedAt: time, untaken: [1, 200]
        ).encoded()
      ]
    case .suspension:
      return [
        Suspension(signer: code, key: key, agency: code, suspended: key, reason: "样例").encoded()
      ]
    default: return [World.particulars.encoded()]
    }
  }

  private static func exchanged(_ entry: EntryPoint, _ world: World) async throws -> [[UInt8]] {
    switch entry {
    case .header: return world.changeSets.map(\.headerBytes)
    case .part: return world.changeSets.compactMap { $0.parts[0]?.content }
    case .deliveryPage: return [try await world.page()]
    case .headStatement:
      return try [await world.page()].compactMap { DeliveryPage.decode($0)?.head.body }
    case .fetchRequest:
      return [
        FetchRequest(
          ids: [ChangeSetID(Fixture.hash)],
          ranges: [
            FetchRequest.Range(
              dossier: DossierID(Fixture.hash), author: Fixture.author, sequences: 1...9)
          ], items: [Fixture.hash], dossiers: [DossierID(Fixture.hash)], asksPosition: true
        ).encoded(),
        FetchRequest(
          listing: FetchRequest.Listing(after: DossierID(Fixture.hash), isUnshared: true)
        ).encoded(),
      ]
    case .fetchAnswer: return [try await world.answer()]
    case .joinRequest: return [joinRequest.encoded()]
    case .joinAnswer:
      let admitted = try await world.writer.store.read(
        AnswerJoin(agency: world.reader.agency.code, key: world.reader.agency.signatory.key.keyID))
      return [JoinAnswer.pending.encoded(), admitted.encoded()]
    case .invitation: return [Fixture.invitation.encoded()]
    case .evidence: return [world.evidence()]
    case .certificate: return [world.certificate()]
    default: throw Missing()
    }
  }

  private static var joinRequest: JoinRequest {
    let signatory = SampleAgency("B").signatory
    return JoinRequest(
      entry: SampleAgency("B").entry, key: signatory.key.publicKey,
      particulars: SignedObject(signing: World.readerParticulars, with: signatory.key),
      invitation: Fixture.signedInvitation, secret: Fixture.invitation.secret, isSample: true)
  }

  private static func sealed(_ entry: EntryPoint, _ world: World) async throws -> [[UInt8]] {
    let returns = BundleReturns(
      receipt: Fixture.signedInvitation, wants: [ChangeSetID(Fixture.hash)])
    switch entry {
    case .bundleReturns:
      var publishing = returns
      publishing.particulars = SignedObject(signing: World.particulars, with: Fixture.key)
      var proving = returns
      proving.head = DeliveryPage.decode(try await world.page())?.head
      proving.held = world.changeSets.map { ReceivedChangeSet($0, parts: $0.parts) }
      var asking = returns
      asking.ranges = [
        FetchRequest.Range(
          dossier: DossierID(Fixture.hash), author: Fixture.author, sequences: 2...UInt64.max)
      ]
      asking.keyRequest = joinRequest
      return [returns, publishing, proving, asking].map { $0.encoded() }
    case .bundlePieces:
      let pieces = [0, 1].map { position in
        BundlePieces.Piece(
          place: AttachmentPlace(
            change: ChangeSetID(Fixture.hash), part: position, position: position),
          number: 3 * position, frame: Fixture.hash.bytes + [1, 2, 3])
      }
      return [BundlePieces(pieces).encoded()]
    case .envelope:
      return [
        try Envelope(
          sealing: returns.encoded(), Fixture.binding, to: Fixture.decryptionKey.encryptionKey
        ).encoded()
      ]
    default:
      let file = try await world.bundle()
      let opened = try await BundleFile(reading: .memory(file))
      return [entry == .bundle ? file : opened.signed.body]
    }
  }
}
