import Exchange
import HTTPTypes
import Ledger

extension PeerDesk {
  /// Answers a range of an attachment: at most to the end of the piece it begins in, so that one
  /// answer costs the memory of one piece.
  ///
  /// A range beyond the end is told only to whom the attachment is for.
  func attachment(_ request: PeerRequest) async throws -> PeerAnswer {
    try Self.refuseWithdrawn(request)
    guard let place = AttachmentPlace(path: request.head.path ?? ""),
      let range = request.head.headerFields[.range].flatMap({ AttachmentRange(field: $0) })
    else { throw Problem(.malformed) }
    let answer = try await store.read(
      AnswerAttachment(requester: request.agency, place: place, range: range))
    switch answer {
    case .nothing: throw Problem(.notFound)
    case .beyond: throw Problem(.malformed)
    case .slice(let slice):
      var answer = PeerAnswer(
        mediaType: PeerRoute.bytes, body: slice.bytes, status: .partialContent)
      answer.contentRange = slice.contentRange
      return answer
    }
  }
}

extension AttachmentPlace {
  private static let pathPrefix = "/peer/v1/attachments/"

  /// Where peers ask for it.
  var path: String { "\(Self.pathPrefix)\(change.hex)/\(part)/\(position)" }

  /// Reads such a path; nil when it is another.
  init?(path: String) {
    guard path.hasPrefix(Self.pathPrefix) else { return nil }
    let places = path.dropFirst(Self.pathPrefix.count).prefix { $0 != "?" }
      .split(separator: "/", omittingEmptySubsequences: false)
    guard places.count == 3, let change = ChangeSetID(hex: places[0]),
      let part = UInt8(places[1]).map(Int.init), part < Ledger.Limits.partsMax,
      let position = UInt16(places[2]).map(Int.init)
    else { return nil }
    self.init(change: change, part: part, position: position)
  }
}
