import Foundation

/// Business steps as somebody would write them straight into the tables of a peer.
enum PeerSteps {
  private static let author = "420300-FZB"

  /// The key of a new document, in one of a hundred dossiers.
  static func document() -> DocumentKey {
    let number = String(Int.random(in: 0..<100), radix: 16)
    let dossier = String(repeating: "0", count: 64 - number.count) + number
    return DocumentKey(dossier: dossier, author: author, id: UUID().uuidString.lowercased())
  }

  /// One transaction with a document and its two items, as long as those of our steps.
  static func insertion(of document: DocumentKey, seed: Int) -> String {
    insertion(
      dossier: "'\\x\(document.dossier)'", id: "'\(document.id)'",
      body: ChineseText.of(200, seed: seed),
      items: [0, 1].map { ChineseText.of(70, seed: seed * 2 + $0) })
  }

  /// The same as a script of pgbench, in which every transaction has a key of its own.
  static var script: String {
    """
    \\set dossier random(0, 99)
    \\set high random(0, 4611686018427387903)
    \\set low random(0, 4611686018427387903)
    """ + "\n"
      + insertion(
        dossier: "decode(lpad(to_hex(:dossier), 64, '0'), 'hex')",
        id: "(lpad(to_hex(:high), 16, '0') || lpad(to_hex(:low), 16, '0'))::uuid",
        body: ChineseText.of(200, seed: 1), items: [2, 3].map { ChineseText.of(70, seed: $0) })
      + "\n"
  }

  private static func insertion(
    dossier: String, id: String, body: String, items: [String]
  ) -> String {
    let place = "decode(repeat('00', 32), 'hex'), 0"
    var lines = [
      "BEGIN;",
      "INSERT INTO casework.document (dossier, author, id, change, part, record, authored_at,",
      " form, number, version, to_agencies, cc_agencies, title, body, items, attachments,",
      " issued_on, required, present, absent, topics, hash, state)",
      "VALUES (\(dossier), '\(author)', \(id), \(place), 0, now(), 'leadSupply', '样办函〔2023〕7号',",
      " 1, '{420300-JW}', '{}', '样例函', '\(body)', '{}', 0, current_date, '{}', '{}', '{}', '{}',",
      " decode(repeat('00', 32), 'hex'), 'issued');",
    ]
    for (index, text) in items.enumerated() {
      lines += [
        "INSERT INTO casework.item (dossier, author, id, change, part, record, authored_at,",
        " document, number, kind, text, co_units)",
        "VALUES (\(dossier), '\(author)', gen_random_uuid(), \(place), \(index + 1), now(),",
        " \(id), \(index + 1), 'opinion', '\(text)', '{}');",
      ]
    }
    return (lines + ["COMMIT;"]).joined(separator: "\n")
  }
}
