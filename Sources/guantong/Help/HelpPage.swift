/// A page of help as data.
struct HelpPage: Encodable {
  let schema = "guantong.help/v1"
  let topic: String
  let entries: [Entry]

  /// A code, variable or key, or a line of text without a name.
  struct Entry: Encodable {
    let name: String
    var fallback: String?
    let meaning: String
  }
}
