import Exchange
import FoundationEssentials
import Ledger
import Replica

extension Office {
  /// Exports the proof that a sealed part was destroyed (销毁证明); the export stands in the audit.
  ///
  /// Every member can give it, and it holds nothing that was sealed.
  package func certificate(
    _ request: API.CertificateRequest, by acting: Acting
  ) async throws -> API.Certificate {
    try await look("certificate", on: request.id, by: acting, always: true) {
      transaction, reader in
      let target = try SealedPlace(
        request.id, part: request.part, for: agency, in: transaction)
      guard let destroying = target.graph.destructions(of: target.place).first,
        target.graph.isDestroyed(target.place), let directory = try transaction.directory()
      else { throw OfficeError(.conflict, ["detail": "conflict.partStands"]) }
      let evidence = Evidence(
        of: destroying, in: target.graph, showing: [0],
        receipts: try evidencedReceipts(of: destroying, in: transaction), directory: directory)
      guard let evidence else { throw Lookup.notFound(request.id) }
      reader.detail = "\(target.place)"
      let certificate = DestructionCertificate(
        evidence: evidence, headerBytes: target.changeSet.headerBytes, part: target.part)
      return API.Certificate(
        id: target.changeSet.id.hex, part: target.part,
        content: Data(certificate.encoded()).base64EncodedString())
    }
  }

  /// The receipts of peers for a change set, each tied to it by the running hashes between them.
  func evidencedReceipts(
    of id: ChangeSetID, in transaction: borrowing OfficeTransaction
  ) throws -> [EvidencedReceipt] {
    try transaction.receipts(of: id).map { trail in
      EvidencedReceipt(
        receipt: trail.receipt.signed, before: trail.before,
        number: trail.lines.first?.number ?? 0,
        steps: trail.lines.map { .init(change: $0.id, parts: $0.parts) })
    }
  }
}
