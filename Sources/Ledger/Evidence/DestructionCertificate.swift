/// Proof that a sealed part was destroyed by its author (销毁证明).
///
/// The file is the bytes `GTDC1\n` and one protobuf message in its lawful form: the evidence of the
/// change set that carries the destruction, and the header of the one whose part it was. That
/// header has the id that the signed record names, and names the salted hash of the part. The bytes
/// are gone; the hash stays, so that whoever kept a copy all the same can be shown to have one.
package struct DestructionCertificate: Hashable, Sendable {
  /// What every certificate begins with.
  package static let magic = Array("GTDC1\n".utf8)

  /// The evidence of the change set that destroys.
  package var evidence: Evidence
  /// The header of the change set whose part it was, as it came.
  package var headerBytes: [UInt8]
  /// The part.
  package var part: Int

  /// Gathers a certificate; `verify` says what it is worth.
  package init(evidence: Evidence, headerBytes: [UInt8], part: Int) {
    self.evidence = evidence
    self.headerBytes = headerBytes
    self.part = part
  }

  /// Whether a file says that it is one.
  package static func isMeant(by file: [UInt8]) -> Bool { file.starts(with: magic) }
}

/// What a valid certificate proves.
package struct DestructionFindings: Hashable, Sendable {
  /// The change set that destroys, and what else its evidence proves.
  package let evidence: EvidenceFindings
  /// The part that was destroyed.
  package let place: PartPlace
  /// Its salted hash.
  package let hash: PartHash
  /// When the author says it wrote the part.
  package let authoredAt: Timestamp
  /// The record that destroys it.
  package let record: Record
  /// What the directory in the file says about the author.
  package let agency: AgencyEntry?
  /// The author's people by the directory in the file.
  package let people: [Person]
}

/// The first thing that is wrong with a certificate.
package enum CertificateFlaw: Error, Hashable, Sendable {
  /// Not a message in its one lawful form, or over a limit.
  case notLawful
  /// The evidence in it proves nothing.
  case evidence(EvidenceFlaw)
  /// The header is not lawful, or has no sealed part of that number.
  case part
  /// The change set in evidence destroys no such part.
  case noDestruction
  /// The part and its destruction are of two authors, or of two dossiers.
  case foreignPart

  /// The word that the command line and JSON show.
  package var code: String {
    switch self {
    case .notLawful: "not-lawful"
    case .evidence(let flaw): flaw.code
    case .part: "destroyed-part"
    case .noDestruction: "no-destruction"
    case .foreignPart: "foreign-part"
    }
  }
}
