import Exchange
import HTTPTypes
import Ledger
import Testing

/// The range of a request and of its answer are under the signatures.
@Suite struct RangeSignatureTests {
  private let signed = try? SignedExchange()

  private func ranged(_ signed: SignedExchange) throws -> HTTPRequest {
    var request = signed.unsigned
    request.headerFields[.range] = "bytes=0-9"
    return try #require(
      RequestSigner(agency: .jw, key: signed.asker, destination: .fzb).sign(
        request, content: signed.content, at: signed.now, nonce: signed.nonce))
  }

  @Test func `a range changed, taken away or added on the way is seen`() throws {
    let signed = try #require(signed)
    let request = try ranged(signed)
    #expect(signed.isVerified(signed.judge(request)))
    for other in ["bytes=0-8", nil] {
      var changed = request
      changed.headerFields[.range] = other
      #expect(!signed.isVerified(signed.judge(changed)))
    }
    var added = signed.request
    added.headerFields[.range] = "bytes=0-9"
    #expect(!signed.isVerified(signed.judge(added)))
  }

  @Test func `the place of the bytes of an answer cannot be changed on the way`() throws {
    let signed = try #require(signed)
    let request = try ranged(signed)
    var response = HTTPResponse(status: .partialContent)
    response.headerFields[.contentRange] = "bytes 0-2/90"
    let answer = try #require(
      ResponseSigner(agency: .fzb, key: signed.responder).sign(
        response, content: [1, 2, 3], to: request, at: signed.now))
    func isVerified(_ answer: HTTPResponse) -> Bool {
      if case .verified = signed.judge(answer, [1, 2, 3], to: request) { true } else { false }
    }
    #expect(isVerified(answer))
    for other in ["bytes 1-3/90", nil] {
      var changed = answer
      changed.headerFields[.contentRange] = other
      #expect(!isVerified(changed))
    }
  }
}
