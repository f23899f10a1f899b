import Casework
import Exchange
import Ledger

/// What the log of a dossier gives to the tables.
struct FoldedLog {
  /// The attachments that documents that count list.
  let attachments: [ListedAttachment]
  /// Whether it holds records this build does not know.
  let needsUpgrade: Bool
  private let content: Content

  private enum Content {
    case dossier(FoldedDossier)
    /// The directory has few entries, and its rows are always made whole.
    case directory(Directory?)
  }

  /// What a dossier gives.
  init(_ dossier: FoldedDossier) {
    attachments = dossier.listedAttachments
    needsUpgrade = dossier.needsUpgrade
    content = .dossier(dossier)
  }

  /// What the directory's own dossier gives; nothing where it founds none.
  init(_ directory: Directory?) {
    attachments = []
    needsUpgrade = false
    content = .directory(directory)
  }

  /// Whether it is the directory's own dossier.
  var isDirectory: Bool {
    if case .directory = content { true } else { false }
  }

  /// The clue, in a dossier of that kind.
  var clue: ClueCard? {
    if case .dossier(let dossier) = content { dossier.clue } else { nil }
  }

  /// Every row.
  var rows: [ProjectedRow] {
    switch content {
    case .dossier(let dossier): dossier.rows
    case .directory(let directory): directory.map(DirectoryRows.rows) ?? []
    }
  }

  /// What the rows are made from; nil where they are always made whole.
  var origins: RowOrigins? {
    if case .dossier(let dossier) = content { dossier.origins } else { nil }
  }

  /// The rows that may be others than before; nil when all may be.
  func changedRows(since earlier: RowOrigins?) -> ChangedRows? {
    guard case .dossier(let dossier) = content, let earlier else { return nil }
    return dossier.changedRows(since: earlier)
  }
}
