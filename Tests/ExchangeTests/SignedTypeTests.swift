import Exchange
import Ledger
import TestSupport
import Testing

/// Every type of signed object, presented as every other.
@Suite struct SignedTypeTests {
  /// One type: an object of it, and how bytes are read as it.
  private struct Kind {
    let name: String
    let object: SignedObject
    let opens: (SignedObject, VerificationKey) -> Bool
  }

  private let agency = SampleAgency("A")
  private var key: SigningKey { agency.signatory.key }

  private func kind<Body: SignedBody>(_ body: Body) -> Kind {
    kind(Body.self, SignedObject(signing: body, with: key))
  }

  private func kind<Body: SignedBody>(_ type: Body.Type, _ object: SignedObject) -> Kind {
    Kind(name: Body.type, object: object) { $0.verified(as: Body.self, by: $1) != nil }
  }

  private func kinds() async throws -> [Kind] {
    let (code, id, hash) = (agency.code, key.keyID, Hash256.sha256([1]))
    let outbox = try #require(OutboxID(Array(repeating: 5, count: 16)))
    let world = try await BundleWorld(["A", "B"])
    let file = try await BundleFile(reading: .memory(try await world.export("A", to: "B")))
    return [
      kind(Seal(signer: code, key: id, leaves: 1, root: SealRoot(hash), sealedAt: .sample)),
      kind(
        Receipt(
          signer: code, key: id, destination: code, outbox: outbox, number: 1, runningHash: hash,
          storedAt: .sample)),
      kind(
        HeadStatement(
          signer: code, key: id, reader: code, outbox: outbox, number: 1, runningHash: hash,
          directory: nil, page: hash)),
      kind(Particulars(signer: code, key: id, version: 1)),
      kind(Suspension(signer: code, key: id, agency: code, suspended: id, reason: "")),
      kind(
        Invitation(
          signer: code, key: id, agency: code, endpoint: "https://127.0.0.1:8401", tlsPin: hash,
          directory: DossierID(hash), newest: ChangeSetID(hash),
          secret: Array(repeating: 7, count: Invitation.secretByteCount), expiresAt: .sample)),
      kind(BundleManifest.self, file.signed),
    ]
  }

  @Test func `security T16 each signed type presented as every other verifies as itself alone`()
    async throws
  {
    let kinds = try await kinds()
    #expect(Set(kinds.map(\.name)).count == 7)
    let verifier = key.verificationKey
    for made in kinds {
      for read in kinds {
        #expect(read.opens(made.object, verifier) == (made.name == read.name), "\(made.name)")
        // The very body of one type, signed under the name of the other.
        let crossed = SignedObject(
          body: read.object.body,
          signature: key.sign(SignedObject.preAuthenticated(read.object.body, type: made.name)))
        #expect(read.opens(crossed, verifier) == (made.name == read.name), "\(read.name)")
      }
      // Signed without the encoding, as another protocol would.
      let bare = SignedObject(body: made.object.body, signature: key.sign(made.object.body))
      #expect(!made.opens(bare, verifier))
    }
  }
}
