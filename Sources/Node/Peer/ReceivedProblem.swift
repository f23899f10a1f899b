import Office

/// What a client reads of a peer's refusal (RFC 9457).
package struct ReceivedProblem: Hashable, Sendable {
  /// What is wrong, as `Problem.Code` writes it.
  package let code: String?
  /// The peer's time, of a refusal for time.
  package let time: String?
  /// The nonce of the request that was refused for time.
  package let nonce: String?

  /// Reads a problem; nil when it is none, is read in two ways by two readers, or is too long.
  package init?(_ content: [UInt8]) {
    guard content.count <= Limits.problemBytesMax, let value = try? JSONValue(parsing: content),
      case .object(let members) = value
    else { return nil }
    var texts: [String: String] = [:]
    for member in members where ["code", "time", "nonce"].contains(member.name) {
      switch member.value {
      case .string(let text): texts[member.name] = text
      case .null: continue
      default: return nil
      }
    }
    code = texts["code"]
    time = texts["time"]
    nonce = texts["nonce"]
  }
}
