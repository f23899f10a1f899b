import ArgumentParser

/// `guantong document attachment`.
struct DocumentAttachmentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attachment", abstract: Abstract.of("document.attachment"),
    subcommands: [DocumentAttachmentGet.self])
}
