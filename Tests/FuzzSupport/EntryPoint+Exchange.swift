import Exchange
import Ledger
import TestSupport
import Wire

extension EntryPoint {
  func exchange(_ bytes: [UInt8]) -> Outcome {
    switch self {
    case .deliveryPage: page(bytes)
    case .headStatement:
      .of(
        HeadStatement(decoding: bytes)?.encoded(), bytes,
        passingOverAllBut: HeadStatement.fields)
    case .fetchRequest:
      .of(FetchRequest.decode(bytes)?.encoded(), bytes, passingOverAllBut: FetchRequest.fields)
    case .fetchAnswer: fetchAnswer(bytes)
    case .joinRequest: joinRequest(bytes)
    case .joinAnswer: joinAnswer(bytes)
    case .invitation: invitation(bytes)
    case .bundleManifest:
      .of(
        BundleManifest(decoding: bytes)?.encoded(), bytes,
        passingOverAllBut: BundleManifest.fields)
    case .bundleReturns: bundleReturns(bytes)
    case .bundlePieces:
      .of(BundlePieces.decode(bytes)?.encoded(), bytes, passingOverAllBut: BundlePieces.fields)
    default: envelope(bytes)
    }
  }

  private func page(_ bytes: [UInt8]) -> Outcome {
    guard let page = DeliveryPage.decode(bytes),
      let wire = LawfulForm.decode(
        WireDeliveryPage.self, bytes, passingOverAllBut: DeliveryPage.fields)
    else { return .refused }
    _ = DeliveryPage.digest(of: page.deliveries)
    return lawful(page.encoded(), bytes, DeliveryPage.fields, wire.deliveries)
  }

  private func fetchAnswer(_ bytes: [UInt8]) -> Outcome {
    guard let answer = FetchAnswer.decode(bytes),
      let wire = LawfulForm.decode(
        WireFetchAnswer.self, bytes, passingOverAllBut: FetchAnswer.fields)
    else { return .refused }
    return lawful(answer.encoded(), bytes, FetchAnswer.fields, wire.deliveries)
  }

  private func joinAnswer(_ bytes: [UInt8]) -> Outcome {
    guard let answer = JoinAnswer.decode(bytes),
      let wire = LawfulForm.decode(
        WireJoinAnswer.self, bytes, passingOverAllBut: JoinAnswer.fields)
    else { return .refused }
    return lawful(answer.encoded(), bytes, JoinAnswer.fields, wire.directory)
  }

  private func bundleReturns(_ bytes: [UInt8]) -> Outcome {
    guard let returns = BundleReturns.decode(bytes),
      let wire = LawfulForm.decode(
        WireBundleReturns.self, bytes, passingOverAllBut: BundleReturns.fields)
    else { return .refused }
    return lawful(returns.encoded(), bytes, BundleReturns.fields, wire.held)
  }

  /// A proof that cannot be read counts as one that has not come, so bytes with such a proof have
  /// another re-encoding; all others have one.
  private func lawful(
    _ encoded: [UInt8], _ bytes: [UInt8], _ fields: KnownFields, _ deliveries: [WireDelivery]
  ) -> Outcome {
    let hasUnread = deliveries.contains { $0.hasProof && SealProof(wire: $0.proof) == nil }
    return hasUnread && encoded.count < bytes.count
      ? .stable : .of(encoded, bytes, passingOverAllBut: fields)
  }

  private func joinRequest(_ bytes: [UInt8]) -> Outcome {
    guard let request = JoinRequest.decode(bytes) else { return .refused }
    var state = InvitationState(Fixture.invitation, signed: Fixture.signedInvitation)
    _ = state.check(request, now: .sample, isSample: true)
    return .of(request.encoded())
  }

  private func invitation(_ bytes: [UInt8]) -> Outcome {
    guard let invitation = Invitation(decoding: bytes) else { return .refused }
    _ = invitation.expiresAt.description
    return .of(invitation.encoded())
  }

  private func envelope(_ bytes: [UInt8]) -> Outcome {
    guard let envelope = Envelope.decode(bytes) else { return .refused }
    _ = envelope.opened(Fixture.binding, with: Fixture.decryptionKeys)
    return .of(envelope.encoded())
  }

  func negentropyQuestion(_ bytes: [UInt8]) -> Outcome {
    let responder = Negentropy(Fixture.items(from: 0), frameBytesMax: Fixture.frameBytesMax)
    guard let answer = try? responder.answer(bytes) else { return .refused }
    guard answer == (try? responder.answer(bytes)) else { return .unstable("two answers") }
    return answer.count <= Fixture.frameBytesMax ? .stable : .unstable("\(answer.count) bytes")
  }

  func negentropyAnswer(_ bytes: [UInt8]) -> Outcome {
    let initiator = Negentropy(Fixture.items(from: 50), frameBytesMax: Fixture.frameBytesMax)
    var difference = Negentropy.Difference()
    let next: [UInt8]?
    do {
      next = try initiator.resume(with: bytes, into: &difference)
    } catch {
      return .refused
    }
    let count = next?.count ?? 0
    return count <= Fixture.frameBytesMax ? .stable : .unstable("\(count) bytes")
  }

  /// A value of `Range`, or one of `Content-Range` for content of three bytes.
  func byteRange(_ bytes: [UInt8]) -> Outcome {
    let text = String(decoding: bytes, as: UTF8.self)
    if let range = AttachmentRange(field: text) {
      return AttachmentRange(field: range.field) == range ? .stable : .unstable(range.field)
    }
    guard let slice = AttachmentSlice(contentRange: text, bytes: [1, 2, 3]) else { return .refused }
    let field = slice.contentRange
    return AttachmentSlice(contentRange: field, bytes: [1, 2, 3])?.first == slice.first
      ? .stable : .unstable(field)
  }

  func bundle(_ bytes: [UInt8]) async -> Outcome {
    guard let file = try? await BundleFile(reading: .memory(bytes)) else { return .refused }
    // What the envelopes hold matters less than that looking at it ends.
    try? await file.check(with: Fixture.decryptionKeys)
    let opening = BundleFile.opening(file.signed)
    return .lawful(opening + bytes.dropFirst(opening.count))
  }
}

extension BundleSource {
  /// A file that is an array.
  static func memory(_ bytes: [UInt8]) -> BundleSource {
    BundleSource(byteCount: bytes.count) { offset, count in Array(bytes[offset..<offset + count]) }
  }
}
