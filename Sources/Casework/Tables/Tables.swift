/// The tables of the `casework` schema.
package enum Tables {
  /// Every table, ordered by name.
  package static let all: [TableSchema] =
    (open + (sealable + [disclosure]).map(twin)).sorted { $0.name < $1.name }

  /// The table of a name.
  package static func table(_ name: String) -> TableSchema? { byName[name] }

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  /// The tables whose rows come from part 0 of change sets, or from the directory.
  static let open: [TableSchema] =
    [agency, person, dossier, member, clue, destruction] + sealable

  /// The tables that have a twin for the rows of sealed parts.
  static let sealable: [TableSchema] = [
    document, attachment, item, act, result, referral, handling, minutes, itemCard, course,
    secondment, void, review,
  ]

  /// The twin of a table for rows of sealed parts: the same columns, then the audience, which
  /// belongs to the key.
  ///
  /// An author may write one id in two sealed parts for different agencies, each lawful by what its
  /// readers see; whoever holds both has a row of each. An audience may be too long for a key, so
  /// its hash stands there.
  private static func twin(of table: TableSchema) -> TableSchema {
    let name = table.name.replacingPrefix("casework.", with: "casework.sealed_")
    return TableSchema(
      name: name,
      term: Term(table.term.zh + "(密封部分)", table.term.en + ", from sealed parts"),
      columns: table.columns + [
        .init("audience", .textArray, "知悉机关", "agencies that may read the sealed part"),
        .init(
          "audience_hash", .bytes, "知悉机关哈希", "SHA-256 of their codes, parted by commas"),
      ],
      key: table.key + ["audience_hash"])
  }
}

extension String {
  /// The string with one prefix replaced by another, or itself without that prefix.
  func replacingPrefix(_ prefix: String, with other: String) -> String {
    hasPrefix(prefix) ? other + dropFirst(prefix.count) : self
  }
}
