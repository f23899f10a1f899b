import FoundationEssentials
import SwiftProtobuf
package import Wire

/// The body of a seal: one signature over the root of a tree of change sets.
package struct Seal: SignedBody, Hashable {
  package static let type = "seal"

  package var signer: AgencyCode
  package var key: KeyID
  /// The suite of the key.
  package var suite: UInt32
  /// How many change sets it covers.
  package var leaves: Int
  /// The root of the tree.
  package var root: SealRoot
  /// When the signer says it sealed; decides nothing, receipts date.
  package var sealedAt: Timestamp

  /// States what is sealed by whom, and when.
  package init(
    signer: AgencyCode, key: KeyID, suite: UInt32 = VerificationKey.suite, leaves: Int,
    root: SealRoot, sealedAt: Timestamp
  ) {
    self.signer = signer
    self.key = key
    self.suite = suite
    self.leaves = leaves
    self.root = root
    self.sealedAt = sealedAt
  }

  package func encoded() -> [UInt8] {
    var wire = WireSeal()
    wire.signer = signer.rawValue
    wire.key = key.wire
    wire.suite = suite
    wire.leaves = UInt32(clamping: leaves)
    wire.root = root.wire
    wire.sealedAt = sealedAt.microseconds
    return LawfulForm.encode(wire)
  }

  package init?(decoding bytes: [UInt8]) {
    guard let wire = LawfulForm.decode(WireSeal.self, bytes),
      let signer = AgencyCode(wire.signer), let key = KeyID(wire.key),
      let root = SealRoot(wire.root), (1...UInt32(Limits.sealLeavesMax)).contains(wire.leaves),
      Timestamp.lawful.contains(Timestamp(microseconds: wire.sealedAt))
    else { return nil }
    self.init(
      signer: signer, key: key, suite: wire.suite, leaves: Int(wire.leaves), root: root,
      sealedAt: Timestamp(microseconds: wire.sealedAt))
  }
}

/// Ties one change set to its seal.
package struct SealProof: Hashable, Sendable {
  /// The seal.
  package let seal: SignedObject
  /// Thirty-two random bytes that hide the neighbours.
  package let blind: [UInt8]
  /// The position of the leaf, from 0.
  package let leaf: Int
  /// The audit path of RFC 9162 section 2.1.3.
  package let path: [Hash256]

  /// Pairs a seal with a place in its tree.
  package init(seal: SignedObject, blind: [UInt8], leaf: Int, path: [Hash256]) {
    self.seal = seal
    self.blind = blind
    self.leaf = leaf
    self.path = path
  }

  /// Hashes of an audit path: a tree of 1,024 leaves has ten levels.
  private static let pathMax = 10

  /// The budget of a field that holds proofs.
  package static func budget(_ number: UInt64, upTo count: Int) -> FieldBudget {
    .field(number, upTo: count, holding: [.field(4, upTo: count * pathMax)])
  }

  /// Reads the message; nil when a field has the wrong length.
  package init?(wire: WireSealProof) {
    guard wire.hasSeal, wire.blind.count == SealTree.blindByteCount,
      let path = all(wire.path, { Hash256($0) }), path.count <= Self.pathMax
    else { return nil }
    self.init(
      seal: SignedObject(wire: wire.seal), blind: Array(wire.blind), leaf: Int(wire.leaf),
      path: path)
  }

  /// The message that travels.
  package var wire: WireSealProof {
    var wire = WireSealProof()
    wire.seal = seal.wire
    wire.blind = Data(blind)
    wire.leaf = UInt32(clamping: leaf)
    wire.path = path.map { Data($0.bytes) }
    return wire
  }

  /// When the signer says it sealed; nil when the body is not a seal.
  package var sealedAt: Timestamp? { Seal(decoding: seal.body)?.sealedAt }

  /// The bytes a store keeps.
  package func encoded() -> [UInt8] { LawfulForm.encode(wire) }

  /// Reads the bytes a store kept.
  package init?(decoding bytes: [UInt8]) {
    guard FieldBudget.root([.field(4, upTo: Self.pathMax)]).covers(bytes),
      let wire = LawfulForm.decode(WireSealProof.self, bytes)
    else { return nil }
    self.init(wire: wire)
  }

  /// Says whether the seal, made by `author` with `key`, covers `id`.
  package func verify(id: ChangeSetID, author: AgencyCode, key: VerificationKey) -> Bool {
    guard let body = seal.verified(as: Seal.self, by: key) else { return false }
    return binds(id: id, author: author, to: body)
  }

  /// Everything of `verify` but the signature, for a seal already checked.
  func binds(id: ChangeSetID, author: AgencyCode, to body: Seal) -> Bool {
    guard body.signer == author, body.suite == VerificationKey.suite, leaf < body.leaves else {
      return false
    }
    let hash = SealTree.leaf(blind: blind, id: id)
    let root = MerkleTree.root(leaf: hash, at: leaf, of: body.leaves, path: path)
    return root == body.root.hash
  }
}

/// A seal over several change sets, made in one go.
package struct SealTree: Sendable {
  /// The number of bytes of every blind.
  package static let blindByteCount = 32

  private let leaves: [(id: ChangeSetID, blind: [UInt8])]
  private let tree: MerkleTree

  /// Takes one to 1,024 change sets, each with 32 random bytes.
  package init?(_ leaves: [(id: ChangeSetID, blind: [UInt8])]) {
    guard (1...Limits.sealLeavesMax).contains(leaves.count),
      leaves.allSatisfy({ $0.blind.count == Self.blindByteCount })
    else { return nil }
    self.leaves = leaves
    tree = MerkleTree(leaves: leaves.map { Self.leaf(blind: $0.blind, id: $0.id) })
  }

  /// The root that is signed.
  package var root: SealRoot { SealRoot(tree.root) }

  /// Signs the root and gives a proof for every change set, in the order they came.
  package func sealed(
    by signer: AgencyCode, with key: SigningKey, at time: Timestamp
  ) -> [SealProof] {
    let body = Seal(
      signer: signer, key: key.keyID, leaves: leaves.count, root: root, sealedAt: time)
    let seal = SignedObject(signing: body, with: key)
    return leaves.indices.map { index in
      SealProof(seal: seal, blind: leaves[index].blind, leaf: index, path: tree.path(of: index))
    }
  }

  /// SHA-256(0x00 ‖ blind ‖ id).
  static func leaf(blind: [UInt8], id: ChangeSetID) -> Hash256 {
    MerkleTree.leaf(blind + id.bytes)
  }
}
