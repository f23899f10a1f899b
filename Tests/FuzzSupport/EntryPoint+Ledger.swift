import Casework
import Ledger
import TestSupport

extension EntryPoint {
  func ledger(_ bytes: [UInt8]) -> Outcome {
    switch self {
    case .header:
      guard case .header(let header) = ChangeSetHeader.decode(bytes) else { return .refused }
      return .of(header.encoded())
    case .part:
      guard case .part(let part) = Part.decode(bytes) else { return .refused }
      return .of(part.encoded())
    case .record: return record(bytes)
    case .seal: return .of(Seal(decoding: bytes)?.encoded())
    case .sealProof: return .of(SealProof(decoding: bytes)?.encoded())
    case .receipt:
      return .of(
        Receipt(decoding: bytes)?.encoded(), bytes, passingOverAllBut: Receipt.fields)
    case .suspension: return .of(Suspension(decoding: bytes)?.encoded())
    case .particulars: return .of(Particulars(decoding: bytes)?.encoded())
    case .certificate: return certificate(bytes)
    default: return evidence(bytes)
    }
  }

  /// The first byte chooses the type, the others are the body.
  private func record(_ bytes: [UInt8]) -> Outcome {
    guard let type = bytes.first else { return .refused }
    let body = Array(bytes.dropFirst())
    let record = Record(
      id: RecordID(timestamp: .sample, random: Array(repeating: 7, count: 10)),
      type: UInt32(type), author: Fixture.author, revises: nil, body: body)
    guard case .record(let read) = CaseRecord.read(record) else { return .refused }
    return .of([type] + read.content.encoded())
  }

  private func evidence(_ bytes: [UInt8]) -> Outcome {
    // What verifying throws away is not looked at: it must end, and say the same twice.
    guard Evidence.verify(bytes, directory: nil) == Evidence.verify(bytes, directory: nil) else {
      return .unstable("two verdicts")
    }
    guard case .success(let evidence) = Evidence.decode(bytes) else { return .refused }
    return .of(evidence.encoded())
  }

  private func certificate(_ bytes: [UInt8]) -> Outcome {
    guard
      DestructionCertificate.verify(bytes, directory: nil)
        == DestructionCertificate.verify(bytes, directory: nil)
    else { return .unstable("two verdicts") }
    guard case .success(let certificate) = DestructionCertificate.decode(bytes) else {
      return .refused
    }
    return .of(certificate.encoded())
  }
}
