import Crypto
import Exchange
import Foundation
import HTTPTypes
import Ledger
import Testing

@Suite struct SignatureVectors {
  struct Appendix: Decodable {
    struct Message: Decodable {
      let method: String
      let authority: String
      let path: String
      let fields: [[String]]
    }
    struct Case: Decodable, CustomStringConvertible {
      let name: String
      let algorithm: String
      let key: String
      let input: String
      let signature: String
      let base: String
      var description: String { name }
    }
    let request: Message
    let cases: [Case]
  }

  @Test func `the signature bases and signatures of RFC 9421 appendix B hold`() throws {
    let appendix = try Vectors.read(Appendix.self, "rfc9421-b2")
    var request = HTTPRequest(
      method: .init(appendix.request.method) ?? .get, scheme: "https",
      authority: appendix.request.authority, path: appendix.request.path)
    for field in appendix.request.fields {
      request.headerFields[try #require(HTTPField.Name(field[0]))] = field[1]
    }
    #expect(appendix.cases.count == 2)
    for vector in appendix.cases {
      let label = String(vector.input.prefix { $0 != "=" })
      let list = try #require(SignatureBase.components(in: vector.input, label: label))
      let base = try #require(SignatureBase.text(of: .request(request), covering: list))
      #expect(base == vector.base, "\(vector.name)")
      let text = vector.signature.dropFirst(label.utf8.count + 2).dropLast()
      let signature = try #require(Data(base64Encoded: String(text)))
      let key = try #require(Hex.decode(vector.key))
      switch vector.algorithm {
      case "ed25519":
        let verification = try #require(VerificationKey(bytes: key))
        #expect(verification.verify(Array(signature), over: Array(base.utf8)))
      default:
        #expect(
          HMAC<SHA256>.isValidAuthenticationCode(
            signature, authenticating: Data(base.utf8), using: SymmetricKey(data: key)))
      }
    }
  }

  @Test func `the digests of known contents hold`() throws {
    struct File: Decodable {
      struct Case: Decodable {
        let content: String
        let field: String
      }
      let cases: [Case]
    }
    for vector in try Vectors.read(File.self, "rfc9530").cases {
      let content = try #require(Hex.decode(vector.content))
      #expect(ContentDigest(of: content).fieldValue == vector.field)
      #expect(ContentDigest(fieldValue: vector.field) == ContentDigest(of: content))
      let among = "sha-512=:AAAA:, \(vector.field), unixsum=30637"
      #expect(ContentDigest(fieldValue: among) == ContentDigest(of: content))
    }
  }

  @Test func `our signatures equal those of an independent signer`() throws {
    let file = try Vectors.read(ContractVectors.self, "signatures-contract")
    let (asker, responder) = try file.keys()
    #expect(file.exchanges.count == 3)
    for vector in file.exchanges {
      let request = try #require(
        RequestSigner(agency: ContractVectors.asker, key: asker, destination: .fzb).sign(
          vector.unsignedRequest, content: try vector.bytes(vector.body), at: vector.created,
          nonce: vector.nonce))
      #expect(request.headerFields[.contentDigest] == vector.contentDigest)
      #expect(request.headerFields[.signatureInput] == vector.requestInput)
      #expect(request.headerFields[.signature] == vector.requestSignature)
      let response = try #require(
        ResponseSigner(agency: .fzb, key: responder).sign(
          HTTPResponse(status: .init(code: vector.status)),
          content: try vector.bytes(vector.answer), to: request, at: vector.answeredAt))
      #expect(response.headerFields[.signatureInput] == vector.responseInput)
      #expect(response.headerFields[.signature] == vector.responseSignature)
    }
  }
}

@Suite struct SignatureJudging {
  let signed: SignedExchange

  init() throws {
    signed = try SignedExchange()
  }

  @Test func `a genuine request is verified once and its replay refused`() {
    var nonces = NonceMemory()
    #expect(signed.isVerified(signed.judge(signed.request, &nonces)))
    #expect(signed.judge(signed.request, &nonces) == .refused(.replayed))
    #expect(nonces.count == 1)
  }

  @Test func `each defect has its own reason`() throws {
    var unsigned = signed.request
    unsigned.headerFields[.signature] = nil
    #expect(signed.judge(unsigned) == .refused(.missing))

    var elsewhere = signed.request
    elsewhere.path = "/peer/v1/fetch?all"
    #expect(signed.judge(elsewhere) == .refused(.badSignature))

    #expect(
      signed.judge(signed.request, at: signed.now + 61)
        == .refused(.expired(nonce: signed.nonce)))
    #expect(
      signed.judge(signed.request, at: signed.now - 6) == .refused(.expired(nonce: signed.nonce)))
    #expect(signed.isVerified(signed.judge(signed.request, at: signed.now - 5)))
    #expect(signed.isVerified(signed.judge(signed.request, at: signed.now + 60)))

    #expect(signed.judge(signed.request, as: .jw) == .refused(.wrongDestination))
    #expect(signed.judge(signed.request, knowing: nil) == .refused(.keyUnknown))

    var garbled = signed.request
    garbled.headerFields[.signatureInput] = "sig1=((("
    guard case .refused(.malformed) = signed.judge(garbled) else {
      Issue.record("garbled fields are malformed")
      return
    }
  }

  @Test func `a signature over fewer components or with a longer life is malformed`() throws {
    let input = try #require(signed.request.headerFields[.signatureInput])
    for other in [
      input.replacing(" \"guantong-destination\"", with: ""),
      input.replacing(";nonce=\"\(signed.nonce)\"", with: ""),
      input.replacing("alg=\"ed25519\"", with: "alg=\"rsa-pss-sha512\""),
      input.replacing("keyid=\"", with: "keyid=\"x"),
    ] {
      var request = signed.request
      request.headerFields[.signatureInput] = other
      guard case .refused(.malformed) = signed.judge(request) else {
        Issue.record("accepted \(other)")
        continue
      }
    }
  }

  @Test func `no flipped bit of a signed field is accepted`() throws {
    for name in [
      HTTPField.Name.contentDigest, .guantongDestination, .signatureInput, .signature,
    ] {
      let value = Array(try #require(signed.request.headerFields[name]).utf8)
      for index in value.indices {
        var changed = value
        changed[index] ^= 1
        var request = signed.request
        request.headerFields[name] = String(decoding: changed, as: UTF8.self)
        if request.headerFields[name] == signed.request.headerFields[name] { continue }
        #expect(!signed.isVerified(signed.judge(request)), "\(name) at \(index)")
      }
    }
  }

  @Test func `the content must be what was signed`() throws {
    guard case .verified(let request) = signed.judge(signed.request) else {
      Issue.record("the request is genuine")
      return
    }
    #expect(request.matches(signed.content))
    #expect(!request.matches(signed.content.dropLast()))
    #expect(!request.matches(signed.content + [0]))
  }

  @Test func `an answer counts only for the very request it covers`() throws {
    let answer: [UInt8] = [1, 2, 3]
    let response = try signed.answer(answer)
    guard case .verified(let verified) = signed.judge(response, answer, to: signed.request) else {
      Issue.record("the answer is genuine")
      return
    }
    #expect(verified.agency == .fzb)
    #expect(verified.key == signed.responder.keyID)
    #expect(verified.created == signed.now + 1)
    #expect(signed.judge(response, [1, 2], to: signed.request) == .refused(.contentDiffers))
    let other = try signed.makeRequest(nonce: "ffffffffffffffffffffffffffffffff")
    #expect(signed.judge(response, answer, to: other) == .refused(.badSignature))
    var altered = response
    altered.status = .notFound
    #expect(signed.judge(altered, answer, to: signed.request) == .refused(.badSignature))
    #expect(
      SignedResponseVerifier.judge(
        response, content: answer, to: signed.request, from: .jw,
        key: { _ in signed.responder.verificationKey }) == .refused(.wrongDestination))
  }

  @Test func `an answer to an unsigned request does not pass for an answer to a signed one`() throws
  {
    let response = try #require(
      ResponseSigner(agency: .fzb, key: signed.responder).sign(
        HTTPResponse(status: .unauthorized), content: [], to: signed.unsigned, at: signed.now))
    guard case .refused(.malformed) = signed.judge(response, [], to: signed.request) else {
      Issue.record("it covers no signature of ours")
      return
    }
  }
}

@Suite struct Nonces {
  @Test func `a nonce is remembered as long as its signature can count`() throws {
    let key = try SignedExchange().asker.keyID
    var nonces = NonceMemory(capacity: 10)
    #expect(nonces.insert("0123456789abcdef", by: key, until: 1_060, at: 1_000) == .new)
    for now in Int64(1_000)...1_060 {
      #expect(nonces.insert("0123456789abcdef", by: key, until: 1_060, at: now) == .seen)
    }
    #expect(nonces.insert("0123456789abcdef", by: key, until: 1_300, at: 1_200) == .new)
    #expect(nonces.count == 1)
  }

  @Test func `a full memory refuses instead of forgetting`() throws {
    let key = try SignedExchange().asker.keyID
    var nonces = NonceMemory(capacity: 100)
    for number in 0..<100 {
      #expect(nonces.insert("nonce number \(1_000 + number)", by: key, until: 60, at: 0) == .new)
    }
    #expect(nonces.insert("one nonce too many", by: key, until: 60, at: 0) == .full)
    #expect(nonces.insert("nonce number 1000", by: key, until: 60, at: 0) == .seen)
    #expect(nonces.insert("one nonce too many", by: key, until: 260, at: 200) == .new)
  }

  @Test func `one key cannot use up the memory of all`() throws {
    let (greedy, modest) = (KeyID(.sha256([1])), KeyID(.sha256([2])))
    var nonces = NonceMemory(capacity: 100, capacityPerKey: 10)
    for number in 0..<10 {
      #expect(nonces.insert("nonce number \(1_000 + number)", by: greedy, until: 60, at: 0) == .new)
    }
    #expect(nonces.insert("one nonce too many", by: greedy, until: 60, at: 0) == .full)
    #expect(nonces.insert("nonce of the modest", by: modest, until: 60, at: 0) == .new)
    #expect(nonces.insert("one nonce too many", by: greedy, until: 200, at: 70) == .full)
    #expect(nonces.insert("one nonce too many", by: greedy, until: 260, at: 200) == .new)
  }

  @Test func `a clock three days ahead is learnt and an absurd one is not`() {
    var offset = ClockOffset()
    offset.learn(peerTime: 1_790_000_000 + 3 * 86_400, at: 1_790_000_000)
    #expect(offset.peerTime(at: 1_790_000_100) == 1_790_000_100 + 3 * 86_400)
    offset.learn(peerTime: .max, at: 1_790_000_000)
    offset.learn(peerTime: .min, at: 1_790_000_000)
    #expect(offset.seconds == 3 * 86_400)
  }
}
