/// The office API: what the CLI and other systems say to a node, and what it answers.
///
/// The shapes here are the contract. Every read answers an object whose `schema` stands first;
/// fields are added and never renamed; unknown ones are ignored. Times are RFC 3339 with
/// microseconds and `Z`, dates `YYYY-MM-DD` in Asia/Shanghai, record ids lower-case UUIDs, change
/// sets and hashes 64 lower-case hexadecimal digits, money whole fen. Nothing here is typed beyond
/// text and numbers: the use cases parse at the border and answer `malformed` or `invalidValue`.
///
/// One table, ``API/routes``, names method, path, request, answer and operation; the router of the
/// node, the client of the CLI and the test of `office.yaml` all read it, so they cannot disagree.
package enum API {
  /// Names the acting person: id or name of a person of the agency, percent-encoded UTF-8.
  package static let personHeader = "guantong-as"
  /// Asks for `zh` or `en` in what people read.
  package static let languageHeader = "guantong-language"
  /// Makes a repeated write answer what the first one answered.
  package static let idempotencyHeader = "idempotency-key"
  /// Lists in answers that are not paged are cut here and say so.
  package static let listMax = Limits.answerListMax
}
