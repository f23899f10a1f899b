import Exchange
import HTTPTypes
import Ledger
import Node
import Office
import TestSupport

extension EntryPoint {
  /// The head of a request as lines, then an empty line and the content.
  func signedRequest(_ bytes: [UInt8]) -> Outcome {
    guard let message = MessageText(bytes) else { return .refused }
    let words = message.start.split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 3, let method = HTTPRequest.Method(String(words[0])) else {
      return .refused
    }
    var request = HTTPRequest(
      method: method, scheme: "https", authority: String(words[1]), path: String(words[2]))
    request.headerFields = message.fields
    let verdict = SignedRequestVerifier(destination: Fixture.reader).judge(
      request, at: Fixture.seconds, remember: { _, _, _ in .new }
    ) { $0.agency == Fixture.author ? Fixture.key.verificationKey : nil }
    guard case .verified(let verified) = verdict else { return reading(message.fields) }
    guard verified.digest == ContentDigest(of: message.content) else { return .refused }
    return request.headerFields[.signature].map { $0.utf8.count > 80 } == true
      ? .stable : .unstable("verified without a signature")
  }

  /// Signature fields read alike, whatever becomes of the message.
  private func reading(_ fields: HTTPFields) -> Outcome {
    if let field = fields[.contentDigest], let digest = ContentDigest(fieldValue: field),
      ContentDigest(fieldValue: digest.fieldValue) != digest
    {
      return .unstable("digest")
    }
    guard case .read(let signature) = MessageSignature.read(from: fields) else { return .refused }
    let text = signature.key.description
    return KeyReference(text) == signature.key ? .stable : .unstable(text)
  }

  /// The head of a response to the sample request as lines, then an empty line and the content.
  func signedResponse(_ bytes: [UInt8]) -> Outcome {
    guard let message = MessageText(bytes), let code = Int(message.start),
      (100..<600).contains(code)
    else { return .refused }
    var response = HTTPResponse(status: .init(code: code))
    response.headerFields = message.fields
    let verdict = SignedResponseVerifier.judge(
      response, content: message.content, to: Fixture.request, from: Fixture.author
    ) { $0.agency == Fixture.author ? Fixture.key.verificationKey : nil }
    if case .verified = verdict { return .stable }
    return reading(message.fields)
  }

  /// A body of the office API: read, written and read again the same, and decoded as every request.
  func officeRequest(_ bytes: [UInt8]) -> Outcome {
    guard let value = try? JSONValue(parsing: bytes) else { return .refused }
    let written = value.encoded()
    guard let again = try? JSONValue(parsing: written), again.encoded() == written else {
      return .unstable(String(decoding: written, as: UTF8.self))
    }
    for route in API.routes { _ = try? decoded(value, as: route.request) }
    return .stable
  }

  private func decoded<Request: Decodable>(
    _ value: JSONValue, as type: Request.Type
  ) throws -> Request {
    try value.decoded(as: type)
  }

  /// An address as particulars and invitations name it.
  func peerEndpoint(_ bytes: [UInt8]) -> Outcome {
    guard let endpoint = PeerEndpoint(String(decoding: bytes, as: UTF8.self)) else {
      return .refused
    }
    let text = endpoint.description
    return PeerEndpoint(text)?.isDialable == endpoint.isDialable && PeerEndpoint(text) == endpoint
      ? .stable : .unstable(text)
  }

  func peerProblem(_ bytes: [UInt8]) -> Outcome {
    guard let problem = ReceivedProblem(bytes) else { return .refused }
    if let text = problem.time, let time = Timestamp(text) {
      var offset = ClockOffset()
      offset.learn(peerTime: time.microseconds / 1_000_000, at: Fixture.seconds)
      _ = offset.peerTime(at: Fixture.seconds)
      if Timestamp(time.description) != time { return .unstable(text) }
    }
    return .stable
  }
}

/// A message of HTTP as a test writes it: a first line, field lines, an empty line, the content.
struct MessageText {
  let start: String
  var fields = HTTPFields()
  let content: [UInt8]

  init?(_ bytes: [UInt8]) {
    var lines: [String] = []
    var rest = bytes[...]
    while let end = rest.firstIndex(of: 0x0A), end > rest.startIndex {
      lines.append(String(decoding: rest[..<end], as: UTF8.self))
      rest = rest[(end + 1)...]
    }
    guard let first = lines.first, rest.first == 0x0A else { return nil }
    start = first
    content = Array(rest.dropFirst())
    for line in lines.dropFirst() {
      let halves = line.split(separator: ":", maxSplits: 1)
      guard halves.count == 2, let name = HTTPField.Name(String(halves[0])) else { return nil }
      let value = String(halves[1].drop { $0 == " " })
      guard HTTPField.isValidValue(value) else { return nil }
      fields.append(HTTPField(name: name, value: value))
    }
  }

  init(_ start: String, _ fields: HTTPFields, content: [UInt8]) {
    self.start = start
    self.fields = fields
    self.content = content
  }

  var bytes: [UInt8] {
    let lines = [start] + fields.map { "\($0.name.canonicalName): \($0.value)" }
    return Array((lines.joined(separator: "\n") + "\n\n").utf8) + content
  }
}
