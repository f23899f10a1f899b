import Office

/// What `backup restore` did.
struct RestoredNode: Codable, Pageable {
  /// Names this shape and its version.
  var schema = "guantong.backup-restore/v1"
  /// The agency.
  var agency: String
  /// The backup.
  var backup: String
  /// The configuration of the node.
  var config: String
  /// Where what was there before is now; null when there was no database.
  var before: String?
  /// How many change sets the restored database stores.
  var changeSets: Int
  /// The files of keys that were missing and came out of the backup.
  var keysWritten: [String]
  /// Whether the key that the node signs with is there.
  var hasKeys: Bool

  func page(_ words: Words) -> Page {
    var page = Page()
    page.line(
      "\(words.sign(.right)) \(words("backup.restored", ["path": backup, "agency": agency]))",
      .good)
    if let before { page.line(words("backup.before", ["path": before])) }
    if !keysWritten.isEmpty {
      page.line(words("backup.keysWritten", ["files": keysWritten.joined(separator: ", ")]))
    }
    if !hasKeys { page.line("\(words.sign(.warning)) \(words("backup.keyless"))", .warning) }
    page.line("\(words.sign(.next)) \(words("backup.next", ["config": config]))")
    page.blocks.append(
      words.fields([
        "agency": Table.Cell(agency, shown: ""), "path": Table.Cell(before ?? "", shown: ""),
        "change_sets": Table.Cell("\(changeSets)"),
      ]))
    return page
  }
}
