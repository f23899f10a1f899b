package import Ledger

/// An operational failure of the exchange; expected outcomes are values with reasons instead.
package struct ExchangeError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What failed.
  package enum Code: String, Sendable {
    /// A store without the record about its node.
    case notInitialized
    /// A write was tried in a reading transaction.
    case readOnly
    /// A peer's message is not in its lawful form, or breaks a limit.
    case malformed
    /// The store is gone, or the process is about to end.
    case unavailable
    /// What a store keeps contradicts itself.
    case corrupt
  }

  /// What failed.
  package let code: Code
  /// The object it concerns, safe to show.
  package let object: String
  /// What an operator can do about it.
  package let hint: String?

  /// Makes a failure.
  package init(_ code: Code, _ object: String, hint: String? = nil) {
    self.code = code
    self.object = object
    self.hint = hint
  }

  /// The code and the object, safe to show.
  package var description: String { "\(code.rawValue): \(object)" }
}

extension ExchangeError {
  /// The log of a dossier has a hole, so that nothing may be written or given out by it.
  package static func hole(in dossier: DossierID) -> ExchangeError {
    ExchangeError(
      .corrupt, "the log of dossier \(dossier) has a hole",
      hint: "guantong reconcile --self --repair")
  }
}
