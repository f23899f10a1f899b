import Ledger
import Office

/// That a peer refused a request, or answered it in another form than it should.
struct PeerRefusal: Sendable {
  /// Why, for whoever reads it.
  let fault: PeerFault
  /// Seconds that the peer asks us to wait.
  let retryAfterSeconds: Int?
  /// Whether the peer does not know our key, or withdrew it.
  let isKeyUnknown: Bool
}

extension PeerRefusal {
  /// The answer has another form.
  init() {
    self.init(fault: PeerFault("unusable"), retryAfterSeconds: nil, isKeyUnknown: false)
  }

  /// Takes an answer that is not the one asked for.
  init(_ reply: PeerReply) {
    guard case .refused(let code, let status, let wait) = reply else {
      self.init()
      return
    }
    self.init(
      fault: PeerFault("refused", ["fault": "\(code) \(status)"]), retryAfterSeconds: wait,
      isKeyUnknown: code == Problem.Code.keyUnknown.rawValue)
  }

  /// The failure of whoever cannot go on without the answer.
  func error(of peer: AgencyCode) -> NodeError {
    let told = fault.values["fault"].map { "refused with \($0)" } ?? "answered in another form"
    return NodeError(
      .peerAnswer, object: peer.rawValue, message: told, words: fault.words,
      values: fault.values)
  }
}
