import Ledger

/// A parser that sees bytes of others, as one function from bytes to what it makes of them.
///
/// The tests replay the corpora through these functions and libFuzzer drives the same ones, so what
/// one of them finds is a file of the other.
package enum EntryPoint: String, CaseIterable, Sendable {
  // Ledger.
  case header
  case part
  case record
  case seal
  case sealProof
  case receipt
  case suspension
  case particulars
  case evidence
  case certificate
  // Exchange.
  case deliveryPage
  case headStatement
  case fetchRequest
  case fetchAnswer
  case joinRequest
  case joinAnswer
  case invitation
  case negentropyQuestion
  case negentropyAnswer
  case signedRequest
  case signedResponse
  case byteRange
  case bundle
  case bundleManifest
  case bundleReturns
  case bundlePieces
  case envelope
  // Office and Node.
  case officeRequest
  case peerProblem
  case peerEndpoint

  /// Hands bytes to the parser.
  package func outcome(_ bytes: [UInt8]) async -> Outcome {
    switch self {
    case .header, .part, .record, .seal, .sealProof, .receipt, .suspension, .particulars,
      .evidence, .certificate:
      ledger(bytes)
    case .officeRequest: officeRequest(bytes)
    case .peerProblem: peerProblem(bytes)
    case .peerEndpoint: peerEndpoint(bytes)
    case .bundle: await bundle(bytes)
    case .signedRequest: signedRequest(bytes)
    case .signedResponse: signedResponse(bytes)
    case .negentropyQuestion: negentropyQuestion(bytes)
    case .negentropyAnswer: negentropyAnswer(bytes)
    case .byteRange: byteRange(bytes)
    default: exchange(bytes)
    }
  }
}

/// What a parser made of bytes.
package enum Outcome: Hashable, Sendable {
  /// It refused them.
  case refused
  /// It took them, and their format has one lawful form: encoding gives these bytes.
  case lawful([UInt8])
  /// It took them, and their format has many spellings: reading what it writes gives the same.
  case stable
  /// It took them, but reading what it writes gives something else.
  case unstable(String)
}

extension Outcome {
  /// The bytes that a value read from its one lawful form encodes to.
  static func of(_ encoded: [UInt8]?) -> Outcome { encoded.map(Outcome.lawful) ?? .refused }

  /// The bytes that a value read from one of the messages between nodes encodes to.
  ///
  /// These pass over what a later build adds, so what holds of bytes that are taken is that they
  /// are the encoding but for that: nothing else is ever dropped.
  static func of(
    _ encoded: [UInt8]?, _ bytes: [UInt8], passingOverAllBut fields: KnownFields
  ) -> Outcome {
    guard let encoded else { return .refused }
    guard let known = fields.known(of: bytes), known.count < bytes.count else {
      return .lawful(encoded)
    }
    return encoded == known ? .stable : .unstable("\(encoded.count) of \(known.count) bytes")
  }
}
