import Office

/// What `node rebuild` made.
struct PreparedRebuild: Codable, Pageable {
  /// Names this shape and its version.
  var schema = "guantong.node-rebuild/v1"
  /// Code of the agency.
  var agency: String
  /// The configuration of the node.
  var config: String
  /// Id of the directory's first change set.
  var directory: String
  /// The peer that gave the directory.
  var source: String
  /// First 16 hex digits of SHA-256 of the agency's public key.
  var fingerprint: String
  /// Entries of the directory.
  var entries: Int

  func page(_ words: Words) -> Page {
    var page = Page()
    page.line(
      "\(words.sign(.right)) \(words("rebuild.prepared", ["agency": agency, "peer": source]))",
      .good)
    page.line("\(words.sign(.warning)) \(words("rebuild.alone"))", .warning)
    page.line("\(words.sign(.next)) \(words("rebuild.start", ["config": config]))")
    page.blocks.append(
      words.fields([
        "agency": Table.Cell(agency, shown: ""), "config": Table.Cell(config, shown: ""),
        "fingerprint": Table.Cell(fingerprint), "directory": Table.Cell(directory),
        "entries": Table.Cell("\(entries)"),
      ]))
    return page
  }
}
