import ArgumentParser

/// `guantong document`.
struct DocumentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "document", abstract: Abstract.of("document"),
    subcommands: [
      DocumentDraft.self, DocumentDrafts.self, DocumentChange.self, DocumentSubmit.self,
      DocumentReview.self, DocumentSign.self, DocumentReturn.self, DocumentIssue.self,
      DocumentRevoke.self, DocumentList.self, DocumentShow.self, DocumentAttach.self,
      DocumentAttachmentCommand.self,
    ])
}
