package import Exchange
import Ledger

extension OfficeError {
  /// What a person is told about a bundle that was not made or not taken.
  ///
  /// `peer` is the reader of one that was to be made; of one to be taken the file names its sender.
  package init(_ refusal: BundleRefusal, peer: String = "?") {
    let detail = "bundle.\(refusal.code.rawValue)"
    let peer = refusal.agency?.rawValue ?? peer
    let values = [
      "detail": detail, "peer": peer, "envelope": refusal.envelope.map { "\($0)" } ?? "–",
      "number": refusal.number.map { "\($0)" } ?? "–",
    ]
    if refusal.wentBack {
      // That something before it is missing follows from what was lost.
      self.init(.wentBack, values.merging(["detail": "bundle.wentBackGap"]) { $1 })
      return
    }
    switch refusal.code {
    case .notABundle, .truncated, .overlong, .manifest, .signature, .digest, .envelope, .content,
      .withdrawnKey, .olderDirectory, .otherHistory:
      self.init(.integrity, values)
    case .foreign:
      self.init(.notYours, ["verb": "verb.importBundle", "agency": peer])
    case .unknownKey, .noReader:
      self.init(.peerUnknown, values)
    case .gap, .full, .untaken, .noEncryptionKey, .readerSuspended:
      self.init(.conflict, values)
    case .outboxReplaced:
      self.init(.unavailable, values)
    }
  }
}
