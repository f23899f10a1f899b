import Benchmark
import Ledger
import Samples

/// Checking what one seal covers, by one who has not seen the seal: one signature, and a path of
/// hashes for each change set.
enum SealWork {
  static func register() {
    for count in [1, 16, 1_024] {
      Benchmark(
        "seal over \(count) verified", configuration: .measured(),
        closure: { benchmark, sample in
          var verifier = SealVerifier()
          for (id, proof) in sample.leaves {
            guard
              verifier.verify(
                proof, id: id, author: sample.author, key: sample.key.verificationKey)
            else { return benchmark.error("a seal that is not lawful") }
          }
        }, setup: { SealedSample(count) })
    }
  }
}

/// Change sets under one seal.
struct SealedSample {
  let author = lawful(AgencyCode("420300-FZB"))
  let key: SigningKey
  let leaves: [(id: ChangeSetID, proof: SealProof)]

  init(_ count: Int) {
    var bytes = SampleBytes()
    key = bytes.key()
    let ids = (0..<count).map { _ in (id: ChangeSetID(bytes.hash()), blind: bytes.hash().bytes) }
    let proofs = lawful(SealTree(ids)).sealed(by: author, with: key, at: .sample)
    leaves = zip(ids, proofs).map { ($0.id, $1) }
  }
}
