import ArgumentParser
import FoundationEssentials
import Ledger
import Office

/// `guantong sealed certificate`.
struct SealedCertificate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "certificate", abstract: Abstract.of("sealed.certificate"),
    discussion: """
      The file is checked by `guantong verify`, without a node; without --out it is only shown.
      """)

  @OptionGroup var place: SealedPlaceOptions

  @Option(
    help: ArgumentHelp("Where the certificate goes.", valueName: "file"), completion: .file())
  var out: String?

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let answer = try await options.call(
      API.certificate, API.CertificateRequest(id: place.id, part: place.part))
    guard let bytes = Data(base64Encoded: answer.content) else {
      throw OfficeError(.answerUnreadable, ["detail": "answer.noBase64"])
    }
    if let out { try FileOutput.write(Array(bytes), to: out) }
    let verified = VerifiedCertificate(
      DestructionCertificate.verify(Array(bytes), directory: nil),
      path: out.map { AbsolutePath.of($0) })
    try options.printer.show(verified)
    guard verified.valid else { throw Ending(outcome: .invalid) }
  }
}
