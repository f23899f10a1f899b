import ArgumentParser
import Office

/// `guantong node rebuild`.
struct NodeRebuild: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rebuild", abstract: Abstract.of("node.rebuild"),
    discussion: """
      For a node whose database is lost and of which there is no backup: with its keys, the pinned \
      id of the directory and one peer it becomes again the agency that it is, without an \
      invitation and without a new key. --keys is the folder of a backup, its keys.sealed or \
      keys.json, or a folder with agency.pem, tls.pem and tls.crt; without it the keys that are \
      in --dir. A backup names agency, directory and configuration too.

      Nothing is made unless the peer's directory names this key. When a node answers at the \
      agency's address under the same keys, it is refused: two nodes under one key fork each \
      other. Then start the node: guantong node run; it fetches everything from its peers and \
      writes nothing. guantong node rebuild-report says what came back and what only it held, and \
      guantong reconcile --resume lets it write.
      """)

  @Option(help: ArgumentHelp("The node's directory.", valueName: "directory"))
  var dir: String

  @Option(help: ArgumentHelp("Where the keys are.", valueName: "path"), completion: .file())
  var keys: String?

  @Option(
    help: ArgumentHelp("Opens sealed keys.", valueName: "file"), completion: .file())
  var passphraseFile: String?

  @Option(help: ArgumentHelp("The agency's code.", valueName: "code"))
  var agency: String?

  @Option(
    help: ArgumentHelp("The pinned id of the directory: see status at any node.", valueName: "id"))
  var directory: String?

  @Option(help: ArgumentHelp("The agency that is asked for the directory.", valueName: "code"))
  var peer: String

  @Option(help: ArgumentHelp("Where its node listens.", valueName: "https://host:port"))
  var address: String

  @Option(help: ArgumentHelp("The agency's code, as confirmation.", valueName: "code"))
  var confirm: String?

  @Flag(help: "Go on although a node answers under the same keys.")
  var force = false

  @Flag(help: "The node holds sample data.")
  var sample = false

  @Option(help: ArgumentHelp("Where peers reach the node.", valueName: "address"))
  var peerListen: String?

  @Option(
    help: ArgumentHelp(
      "How the directory says it: a URL, or none for a node that only dials out.",
      valueName: "url"))
  var peerAdvertise: String?

  @Option(help: ArgumentHelp("Where health and metrics are.", valueName: "address"))
  var opsListen: String?

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    var values: [SettingKey: String] = [
      .language: options.language.rawValue, .sample: sample ? "true" : "false",
    ]
    let given = [
      (SettingKey.peerListen, peerListen), (.peerAdvertise, peerAdvertise),
      (.opsListen, opsListen),
    ]
    for (key, value) in given {
      guard let value else { continue }
      if let fault = key.fault(in: value) {
        throw OfficeError(
          .invalidValue, ["field": key.rawValue, "value": value, "expected": fault])
      }
      values[key] = value
    }
    let rebuilding = NodeRebuilding(
      directory: AbsolutePath.of(dir), keys: keys, passphraseFile: passphraseFile,
      agency: agency, pinned: directory, peer: peer, address: address, confirm: confirm,
      isForced: force, values: values)
    try options.printer.show(try await rebuilding.prepare())
  }
}
