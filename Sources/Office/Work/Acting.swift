/// Who asks, as the transport knows it.
package struct Acting: Sendable, Hashable {
  /// The operating system's user at the other end of the socket.
  package var osUser: String
  /// The person of the agency in whose name it is asked: id or name; nil for an operator's verb.
  package var person: String?
  /// The key that makes a repeated write answer what the first one answered.
  package var idempotencyKey: String?
  /// The language of sentences in the answer.
  package var language: Language

  /// Describes the caller.
  package init(
    osUser: String, person: String? = nil, idempotencyKey: String? = nil, language: Language = .zh
  ) {
    self.osUser = osUser
    self.person = person
    self.idempotencyKey = idempotencyKey
    self.language = language
  }

  /// The node itself, when it acts under a standing rule.
  package static let node = Acting(osUser: "node")
}
