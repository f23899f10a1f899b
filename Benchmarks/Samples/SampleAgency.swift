package import Ledger

/// An agency of the samples, a role label and never a real one, with its key.
package struct SampleAgency: Sendable {
  /// Its code.
  package let code: AgencyCode
  /// Its kind as the directory says it.
  package let kind: String
  /// The key it signs with.
  package let key: SigningKey

  /// Makes an agency with the next key.
  package init(_ code: String, kind: String, _ bytes: inout SampleBytes) {
    self.code = lawful(AgencyCode(code))
    self.kind = kind
    key = bytes.key()
  }

  /// What the directory says about it.
  package var entry: AgencyEntry {
    AgencyEntry(
      code: code, name: "样例\(code.rawValue)", shortName: code.rawValue, level: "city",
      region: code.region, kind: kind)
  }

  /// What it says about itself: where it is reached, and who works there.
  package func particulars(_ people: [Person]) -> SignedObject {
    SignedObject(
      signing: Particulars(
        signer: code, key: key.keyID, version: 1,
        endpoint: "https://\(code.rawValue.lowercased()).example:8443",
        tlsPin: .sha256(Array(code.rawValue.utf8)), people: people), with: key)
  }

  /// Seals one change set.
  ///
  /// - Parameters:
  ///   - parts: its parts, the open one first.
  ///   - bytes: where salts and the blind come from.
  ///   - header: its header, by the hashes of the parts.
  /// - Returns: the change set as a store keeps it.
  package func sealed(
    _ parts: [Part], _ bytes: inout SampleBytes, _ header: ([PartHash]) -> ChangeSetHeader
  ) -> StoredChangeSet {
    let salted = parts.map { SaltedPart(salt: bytes.hash().bytes, content: $0.encoded()) }
    let made = header(salted.map(\.hash))
    let tree = lawful(SealTree([(id: made.id, blind: bytes.hash().bytes)]))
    let proof = lawful(tree.sealed(by: code, with: key, at: made.authoredAt).first)
    return lawful(
      StoredChangeSet(
        headerBytes: made.encoded(), proof: proof,
        parts: Dictionary(uniqueKeysWithValues: zip(salted.indices, salted))))
  }

  /// Seals the next change set of a dossier, or its first where there is no graph.
  ///
  /// - Parameters:
  ///   - part: its open part.
  ///   - graph: what the dossier has; nil begins it.
  ///   - directory: the newest entry of the directory; nil in the directory itself.
  ///   - time: when it is written.
  ///   - bytes: where salts and the blind come from.
  /// - Returns: the change set as a store keeps it.
  package func written(
    _ part: Part, in graph: DossierGraph?, directory: ChangeSetID?, at time: Timestamp,
    _ bytes: inout SampleBytes
  ) -> StoredChangeSet {
    sealed([part], &bytes) { hashes in
      guard let graph else {
        return .first(
          author: code, key: key.keyID, directory: directory, authoredAt: time, parts: hashes)
      }
      return lawful(
        graph.nextHeader(
          author: code, key: key.keyID, directory: directory, authoredAt: time, parts: hashes))
    }
  }
}
