import Exchange
import FoundationEssentials
import Ledger
import Postgres

/// Our own joining, or our asking for a new key, kept in the settings of the office.
struct JoinState: Codable, Sendable {
  /// The code of the invitation.
  var invite: String
  /// Our fingerprint.
  var fingerprint: String

  /// What is asked for; each has its own row.
  enum Purpose: String {
    case joining = "office.join"
    case newKey = "office.new_key"
  }

  static func read(
    _ purpose: Purpose = .joining, at desk: AgencyCode? = nil,
    in transaction: borrowing Transaction
  ) throws -> JoinState? {
    let name = Setting.name(purpose.rawValue, at: desk)
    let text = try transaction.value(
      "SELECT value FROM office.setting WHERE name = \(name)", as: String.self)
    return try text.map { try JSONValue(parsing: Array($0.utf8)).decoded() }
  }

  func keep(
    as purpose: Purpose = .joining, at desk: AgencyCode? = nil,
    in transaction: borrowing Transaction
  ) throws {
    let name = Setting.name(purpose.rawValue, at: desk)
    let text = String(decoding: try JSONValue(encoding: self).encoded(), as: UTF8.self)
    try transaction.later(
      """
      INSERT INTO office.setting (name, value) VALUES (\(name), \(text))
      ON CONFLICT (name) DO UPDATE SET value = excluded.value
      """)
  }

  /// How far it is, as the API shows it; nil when the invitation kept cannot be read.
  func shown(_ agency: AgencyCode, state: String = "pending") -> API.Join? {
    guard let invitation = InviteCode.read(invite)?.invitation else { return nil }
    return API.Join(
      state: state, agency: agency.rawValue, fingerprint: fingerprint,
      registrar: invitation.signer.rawValue,
      registrarFingerprint: Fingerprint.of(invitation.key.hex),
      directory: invitation.directory.hex)
  }
}

/// The text in which an invitation is handed over: body and signature in base64url, with a dot.
enum InviteCode {
  static func text(_ signed: SignedObject) -> String {
    "GT1.\(base64(signed.body)).\(base64(signed.signature))"
  }

  /// Reads an invitation; its signature is checked by the registrar's key in the directory later,
  /// the pin of its TLS certificate at once.
  static func read(_ text: String) -> (signed: SignedObject, invitation: Invitation)? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "GT1", let body = bytes(parts[1]),
      let signature = bytes(parts[2])
    else { return nil }
    let signed = SignedObject(body: body, signature: signature)
    return signed.claim(as: Invitation.self).map { (signed, $0) }
  }

  private static func base64(_ bytes: [UInt8]) -> String {
    String(
      Data(bytes).base64EncodedString().filter { $0 != "=" }.map { letter in
        switch letter {
        case "+": "-"
        case "/": "_"
        default: letter
        }
      })
  }

  private static func bytes(_ text: Substring) -> [UInt8]? {
    var plain = String(
      text.map { letter -> Character in
        switch letter {
        case "-": "+"
        case "_": "/"
        default: letter
        }
      })
    plain += String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)
    return Data(base64Encoded: plain).map(Array.init)
  }
}
