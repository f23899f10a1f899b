package import Ledger

/// Why a signed message is refused.
package enum SignatureRefusal: Hashable, Sendable {
  /// It carries no signature under our label.
  case missing
  /// The fields or the digest have another form, or another list is covered; the text says which.
  case malformed(String)
  /// No key of that agency begins with those digits.
  case keyUnknown
  /// The signature does not verify.
  case badSignature
  /// It is not valid now by the receiver's clock; the refusal echoes the nonce.
  case expired(nonce: String)
  /// It is meant for another agency, or the answer comes from another one.
  case wrongDestination
  /// Its nonce has been seen.
  case replayed
  /// Nonces of the last minute fill the memory; the sender may try again.
  case crowded
  /// The content does not match its digest: truncated or altered on the way.
  case contentDiffers
}

/// A request whose signature is genuine, fresh and meant for us.
package struct VerifiedRequest: Hashable, Sendable {
  /// The agency that signed.
  package let agency: AgencyCode
  /// The key that signed.
  package let key: KeyID
  /// The nonce, echoed by a refusal for time.
  package let nonce: String
  /// What the content must hash to; check it with ``matches(_:)`` once the body has come.
  package let digest: ContentDigest

  /// Whether this is the content that was signed.
  package func matches(_ content: some Sequence<UInt8>) -> Bool {
    ContentDigest(of: content) == digest
  }
}

/// What a receiver makes of a request's signature.
package enum RequestVerdict: Hashable, Sendable {
  /// Genuine, fresh, meant for us.
  case verified(VerifiedRequest)
  /// Refused, with the reason.
  case refused(SignatureRefusal)
}

/// A response whose signature is genuine and answers our request.
package struct VerifiedResponse: Hashable, Sendable {
  /// The agency that answered.
  package let agency: AgencyCode
  /// The key that signed.
  package let key: KeyID
  /// The responder's time in seconds since 1970, by which its clock is compared with ours.
  package let created: Int64
}

/// What the asker makes of a response's signature.
package enum ResponseVerdict: Hashable, Sendable {
  /// Genuine, whole, and an answer to this very request.
  case verified(VerifiedResponse)
  /// Refused, with the reason.
  case refused(SignatureRefusal)
}
