package import Office

/// An operational failure of the node, written for the operator who must do something about it.
package struct NodeError: Error, Sendable, CustomStringConvertible {
  /// What went wrong, for programs.
  package enum Code: String, Sendable {
    /// The configuration cannot be used as it stands.
    case configuration
    /// A key or certificate file is missing, damaged or readable by others.
    case keyFile
    /// A socket address or path is in use by another process.
    case address
    /// Another process uses the directory.
    case locked
    /// The database is missing, stopped or refuses us.
    case database
    /// The disk is full or a directory cannot be written.
    case disk
    /// A peer cannot be reached or does not answer in time.
    case peerUnreachable
    /// A peer answered, but not in the protocol's form or not as itself.
    case peerAnswer
  }

  /// What went wrong.
  package let code: Code
  /// The file, address or peer it concerns.
  package let object: String
  /// One sentence for the log: what is wrong.
  package let message: String
  /// Name of the message of the catalogue that says the same to people.
  ///
  /// What to do about it stands under that name and `.next`; without one, the refusal's own advice
  /// is given.
  package let words: String
  /// Values for the parameters of both; the object is their `path`.
  package let values: [String: String]
  /// One sentence for the log: what to do about it.
  package let hint: String?
  /// The failure beneath, for the log only.
  package let underlying: (any Error)?

  /// Makes a failure.
  package init(
    _ code: Code, object: String, message: String, words: String,
    values: [String: String] = [:], hint: String? = nil, underlying: (any Error)? = nil
  ) {
    self.words = words
    self.values = values.merging(["path": object]) { $1 }
    self.code = code
    self.object = object
    self.message = message
    self.hint = hint
    self.underlying = underlying
  }

  /// The same about a peer, as `status` and others tell it.
  package var fault: PeerFault { PeerFault(words: words, values) }

  /// The object, what is wrong with it, and what to do; safe to show.
  package var description: String {
    hint.map { "\(object): \(message); \($0)" } ?? "\(object): \(message)"
  }
}
