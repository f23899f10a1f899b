import Ledger
import TestSupport
import Testing

@Suite struct SealTests {
  @Test(arguments: VectorFile.cases("merkle-rfc9162.txt"))
  func `roots are those of RFC 9162`(vector: VectorFile.Case) throws {
    let entries = vector.all("entry").compactMap { Hex.decode($0) }
    #expect(MerkleTree(leaves: entries.map(MerkleTree.leaf)).root.hex == vector["root"])
  }

  @Test func `every audit path of every tree up to seventy leaves leads to its root`() {
    for count in 1...70 {
      let leaves = (0..<count).map { MerkleTree.leaf([UInt8($0)]) }
      let tree = MerkleTree(leaves: leaves)
      for index in 0..<count {
        let path = tree.path(of: index)
        #expect(MerkleTree.root(leaf: leaves[index], at: index, of: count, path: path) == tree.root)
        #expect(
          MerkleTree.root(leaf: leaves[index], at: index, of: count, path: path + [.zero]) == nil)
        if count > 1 {
          #expect(
            MerkleTree.root(leaf: leaves[index], at: index, of: count, path: path.dropLast())
              != tree.root)
          let other = (index + 1) % count
          #expect(
            MerkleTree.root(leaf: leaves[index], at: other, of: count, path: path) != tree.root)
        }
      }
    }
  }

  @Test func `the empty tree has the hash of nothing`() {
    #expect(
      MerkleTree(leaves: []).root.hex
        == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }

  @Test func `a seal over many proves each of them and nothing else`() throws {
    var random = SeededGenerator(seed: 3)
    let key = try #require(SigningKey(rawRepresentation: random.bytes(32)))
    let code = try Agencies.code("420300-JW")
    let ids = (0..<33).map { ChangeSetID(.sha256([UInt8($0)])) }
    let tree = try #require(SealTree(ids.map { (id: $0, blind: random.bytes(32)) }))
    let time = Timestamp(microseconds: 1_782_000_000_123_456)
    let proofs = tree.sealed(by: code, with: key, at: time)
    var verifier = SealVerifier()
    for (id, proof) in zip(ids, proofs) {
      #expect(proof.verify(id: id, author: code, key: key.verificationKey))
      let isRemembered = verifier.verify(proof, id: id, author: code, key: key.verificationKey)
      #expect(isRemembered)
      #expect(SealProof(decoding: proof.encoded()) == proof)
      #expect(proof.sealedAt == time)
    }
    #expect(!proofs[0].verify(id: ids[1], author: code, key: key.verificationKey))
    let other = try Agencies.code("420300-FY")
    #expect(!proofs[0].verify(id: ids[0], author: other, key: key.verificationKey))
    let moved = SealProof(
      seal: proofs[0].seal, blind: proofs[0].blind, leaf: 1, path: proofs[0].path)
    #expect(!moved.verify(id: ids[0], author: code, key: key.verificationKey))
    let isMovedTaken = verifier.verify(moved, id: ids[0], author: code, key: key.verificationKey)
    #expect(!isMovedTaken)
    let unblinded = SealProof(
      seal: proofs[0].seal, blind: proofs[1].blind, leaf: 0, path: proofs[0].path)
    #expect(!unblinded.verify(id: ids[0], author: code, key: key.verificationKey))
  }

  @Test func `a seal of another suite, size or time than lawful proves nothing`() throws {
    var random = SeededGenerator(seed: 4)
    let key = try #require(SigningKey(rawRepresentation: random.bytes(32)))
    let code = try Agencies.code("420300-JW")
    let id = ChangeSetID(.sha256([1]))
    let blind = random.bytes(32)
    let root = SealRoot(MerkleTree.leaf(blind + id.bytes))
    let time = Timestamp(microseconds: 1_782_000_000_123_456)
    for (suite, leaves, sealedAt): (UInt32, Int, Timestamp) in [
      (2, 1, time), (1, 1_025, time), (1, 0, time), (1, 1, Timestamp(microseconds: .max)),
    ] {
      let body = Seal(
        signer: code, key: key.keyID, suite: suite, leaves: leaves, root: root, sealedAt: sealedAt)
      let proof = SealProof(
        seal: SignedObject(signing: body, with: key), blind: blind, leaf: 0, path: [])
      #expect(!proof.verify(id: id, author: code, key: key.verificationKey))
    }
    #expect(SealTree([]) == nil)
    #expect(SealTree([(id: id, blind: [1])]) == nil)
    #expect(SealTree(Array(repeating: (id: id, blind: blind), count: 1_025)) == nil)
    #expect(SealTree(Array(repeating: (id: id, blind: blind), count: 1_024)) != nil)
  }
}
