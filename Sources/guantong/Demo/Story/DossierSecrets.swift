import Ledger
import Postgres

/// What a dossier has that occurs nowhere else, read from the tables of a node that may see it.
struct DossierSecrets: Sendable {
  /// Ids of change sets, hashes of parts, ids of records, the number of the clue.
  ///
  /// Each has the name under which a trace of it is reported.
  let secrets: [(name: String, bytes: [UInt8])]
  /// How many change sets of it are stored.
  let changeSets: Int

  /// Reads them.
  ///
  /// People are left out: an agency publishes its own to every member of the directory.
  static func read(
    _ dossier: [UInt8], through configuration: ConnectionConfiguration
  ) async throws -> DossierSecrets {
    let connection = Connection(configuration)
    let read: DossierSecrets
    do {
      read = try await connection.transaction(.read) { transaction in
        var secrets: [(name: String, bytes: [UInt8])] = []
        let stored = try transaction.rows(
          "SELECT id, header FROM ledger.change_set WHERE dossier = \(dossier) ORDER BY position")
        for row in stored {
          let (id, header) = (
            try row.value(0, as: [UInt8].self), try row.value(1, as: [UInt8].self)
          )
          secrets.append(("change set \(Hex.encode(id))", id))
          secrets += try parts(header)
        }
        for row in try transaction.rows(recordIDs(of: dossier)) {
          secrets += try record(try row.value(0, as: String.self))
        }
        for row in try transaction.rows(numbers(of: dossier)) {
          let number = try row.value(0, as: String.self)
          secrets.append(("number \(number)", Array(number.utf8)))
        }
        return DossierSecrets(secrets: secrets, changeSets: stored.count)
      }
    } catch {
      await connection.close()
      throw error
    }
    await connection.close()
    return read
  }

  /// The hash of every part that a header promises, sealed ones too.
  private static func parts(_ header: [UInt8]) throws -> [(name: String, bytes: [UInt8])] {
    guard case .header(let header) = ChangeSetHeader.decode(header) else {
      throw Teller.Unmet(description: "a stored header cannot be read")
    }
    return header.parts.map { ("part \($0)", $0.hash.bytes) }
  }

  /// An id as a table has it, and as text with dashes in either case.
  private static func record(_ id: String) throws -> [(name: String, bytes: [UInt8])] {
    guard let bytes = Hex.decode(id.filter { $0 != "-" }), bytes.count == 16 else {
      throw Teller.Unmet(description: "\(id) is no record id")
    }
    return [bytes, Array(id.lowercased().utf8), Array(id.uppercased().utf8)].map {
      ("record \(id)", $0)
    }
  }

  /// Every id in a table of casework that is not a person's.
  private static func recordIDs(of dossier: [UInt8]) -> SQL {
    """
    SELECT unnest(xpath('//id/text()', query_to_xml(format(
      'SELECT %I AS id FROM casework.%I WHERE dossier = %L AND %I IS NOT NULL',
      column_name, table_name, \(dossier), column_name), false, false, '')))::text AS id
    FROM information_schema.columns
    WHERE table_schema = 'casework' AND data_type = 'uuid' AND table_name <> 'person'
    EXCEPT SELECT id::text FROM casework.person
    ORDER BY id
    """
  }

  /// The numbers of the dossier and its clue.
  ///
  /// Those of documents are no secret: each agency counts its own, and two may count alike.
  private static func numbers(of dossier: [UInt8]) -> SQL {
    """
    SELECT number FROM casework.clue WHERE dossier = \(dossier) AND number IS NOT NULL
    UNION SELECT number FROM casework.dossier WHERE dossier = \(dossier) AND number IS NOT NULL
    ORDER BY number
    """
  }
}
