import ArgumentParser
import Ledger
import Node
import Office

/// `guantong bundle renew-key`.
struct BundleRenewKey: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "renew-key", abstract: Abstract.of("bundle.renew-key"))

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let today = TransportTime.systemTimestamp.civilDate
    let key = try EncryptionKeyFiles.replace(
      in: try options.settings().files.keys, today: today)
    try options.printer.show(
      RenewedKey(
        key: String(key.id.hex.prefix(16)), until: "\(EncryptionKeyFiles.lastDay(after: today))"))
  }
}

/// An encryption key that was replaced.
struct RenewedKey: Codable, Pageable {
  /// Names this shape and its version.
  var schema = "guantong.bundle-key/v1"
  /// First 16 hex digits of the new key's id.
  var key: String
  /// The last day on which the one before it opens envelopes.
  var until: String

  init(key: String, until: String) {
    self.key = key
    self.until = until
  }

  func page(_ words: Words) -> Page {
    var page = Page()
    page.line(words("bundle.renewed", ["key": key, "until": until]), .good)
    return page
  }
}
