package import Ledger
import Postgres
import Replica

extension Office {
  /// A count of what the verdicts made of what came, by agency and reason.
  package struct Tally: Sendable, Equatable {
    /// What is counted.
    package enum Kind: String, Sendable, CaseIterable {
      /// Change sets held, by the peer that delivered them and the reason.
      case held
      /// The bytes of them, by peer.
      case heldBytes
      /// Deliveries in quarantine, by peer and reason.
      case quarantined
      /// Stored change sets, parts and records without effect, by reason.
      case void
      /// Places of a chain with two change sets, by author.
      case fork
      /// Alarms, by peer and kind.
      case alarm
      /// Dossiers with something that a later build has to read.
      case upgrade
    }

    /// What is counted.
    package var kind: Kind
    /// The peer or author; nil where none is told apart.
    package var agency: String?
    /// The reason or kind; nil where none is told apart.
    package var code: String?
    /// How many.
    package var count: Int
  }

  /// Where deliveries with one peer stand.
  package struct PeerReading: Sendable, Equatable {
    /// Deliveries that wait for the peer or its receipt.
    package var outgoing: Int
    /// Deliveries that the peer has announced and that are not here.
    package var incoming: Int
    /// When something came from it last; nil when it was never heard.
    package var receivedAt: Timestamp?
  }

  /// Every count that a monitoring system may want.
  package struct Readings: Sendable {
    /// By peer.
    package var peers: [AgencyCode: PeerReading]
    /// By kind, agency and reason, in no order.
    package var tallies: [Tally]
  }

  /// Counts what waits, what was refused, what has no effect and what raised an alarm.
  ///
  /// Two statements over tables that are bounded for each peer, over the void entries by their
  /// reasons, and over the dossiers for those that wait for a later build; made to be asked every
  /// few seconds.
  package func readings() async throws -> Readings {
    try await read { transaction in
      let peers = try PeerCounts.read(in: transaction.sql).mapValues { counts in
        PeerReading(
          outgoing: counts.outgoing, incoming: counts.incoming, receivedAt: counts.receivedAt)
      }
      let rows = try transaction.sql.rows(
        """
        SELECT 'held', sender, reason, count(*) FROM ledger.held GROUP BY sender, reason
        UNION ALL SELECT 'heldBytes', sender, NULL, sum(byte_count)::bigint FROM ledger.held
          GROUP BY sender
        UNION ALL SELECT 'quarantined', sender, reason, count(*) FROM ledger.quarantine
          GROUP BY sender, reason
        UNION ALL SELECT 'void', NULL, reason, count(*) FROM (
          SELECT reason FROM casework.void UNION ALL SELECT reason FROM casework.sealed_void) v
          GROUP BY reason
        UNION ALL SELECT 'fork', author, NULL, count(*) FROM ledger.fork GROUP BY author
        UNION ALL SELECT 'alarm', peer, kind, count(*) FROM exchange.alarm GROUP BY peer, kind
        UNION ALL SELECT 'upgrade', NULL, NULL, count(*) FROM ledger.dossier WHERE needs_upgrade
          HAVING count(*) > 0
        """)
      let tallies = try rows.compactMap { row -> Tally? in
        guard let kind = Tally.Kind(rawValue: try row.value(0)) else { return nil }
        return Tally(
          kind: kind, agency: try row.value(1), code: try row.value(2), count: try row.value(3))
      }
      return Readings(peers: peers, tallies: tallies)
    }
  }
}
