import FoundationEssentials
import SwiftProtobuf
import Wire

extension DestructionCertificate {
  /// The bytes of the file.
  package func encoded() -> [UInt8] {
    var wire = WireDestructionCertificate()
    wire.evidence = evidence.wire
    wire.header = Data(headerBytes)
    wire.part = UInt32(clamping: part)
    return Self.magic + LawfulForm.encode(wire)
  }

  /// Reads the one lawful form, or says what is wrong.
  package static func decode(
    _ file: [UInt8]
  ) -> Result<DestructionCertificate, CertificateFlaw> {
    guard file.count <= Limits.evidenceBytesMax, file.starts(with: magic) else {
      return .failure(.notLawful)
    }
    let message = Array(file.dropFirst(magic.count))
    // The evidence is counted before anything of it is decoded, as in a file of its own.
    var parts: [UInt64: [ArraySlice<UInt8>]] = [:]
    let isWhole = FieldScan.eachField(of: message[...]) { field in
      parts[field.number, default: []].append(field.content ?? [])
      return parts[field.number]?.count == 1
    }
    guard isWhole, let inner = parts[1]?.first else { return .failure(.notLawful) }
    let evidence: Evidence
    switch Evidence.decode(message: Array(inner)) {
    case .failure(let flaw): return .failure(.evidence(flaw))
    case .success(let read): evidence = read
    }
    guard let wire = LawfulForm.decode(WireDestructionCertificate.self, message) else {
      return .failure(.notLawful)
    }
    return .success(
      DestructionCertificate(
        evidence: evidence, headerBytes: Array(wire.header), part: Int(wire.part)))
  }

  /// Verifies the bytes of a certificate with nothing but the id of a directory.
  ///
  /// - Parameters:
  ///   - file: the whole file.
  ///   - pinned: the directory to hold it against; nil finds only whether the file fits itself.
  /// - Returns: what it proves, or the first thing wrong: form, evidence, part, destruction.
  package static func verify(
    _ file: [UInt8], directory pinned: DossierID?
  ) -> Result<DestructionFindings, CertificateFlaw> {
    decode(file).flatMap { certificate in
      Result { () throws(CertificateFlaw) in try certificate.findings(pinned: pinned) }
    }
  }

  private func findings(pinned: DossierID?) throws(CertificateFlaw) -> DestructionFindings {
    let proven: (findings: EvidenceFindings, directory: Directory)
    do {
      proven = try evidence.proven(pinned: pinned)
    } catch {
      throw .evidence(error)
    }
    let found = proven.findings
    guard case .header(let header) = ChangeSetHeader.decode(headerBytes), part > 0,
      header.parts.indices.contains(part)
    else { throw .part }
    let id = ChangeSetHeader.id(of: headerBytes)
    let place = PartPlace(change: id, part: part)
    let record = found.parts[0]?.records.first { $0.partStatement == .destroy(place) }
    guard let record else { throw .noDestruction }
    guard header.author == found.header.author, header.dossier(id: id) == found.dossier else {
      throw .foreignPart
    }
    let view = proven.directory.current
    return DestructionFindings(
      evidence: found, place: place, hash: header.parts[part], authoredAt: header.authoredAt,
      record: record, agency: view.agency(header.author)?.entry,
      people: view.people(of: header.author))
  }
}
