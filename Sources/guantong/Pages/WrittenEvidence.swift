/// What `show --evidence --out` wrote, and where.
struct WrittenEvidence: Codable, Pageable {
  /// Names this shape and its version.
  var schema = "guantong.evidence-file/v1"
  /// The change set that the evidence proves.
  var id: String
  /// The absolute path of the file.
  var path: String

  func page(_ words: Words) -> Page {
    var page = Page()
    page.line(words("show.written", ["path": path, "id": id]))
    page.blocks.append(
      words.fields([
        "change_set": Table.Cell(id, shown: ""), "path": Table.Cell(path, shown: ""),
      ]))
    return page
  }
}
