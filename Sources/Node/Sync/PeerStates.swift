package import Exchange
package import Ledger
package import Office
import Synchronization

/// What this process knows of its contacts with one peer since it started.
package struct PeerContact: Sendable, Equatable {
  /// When a pull or a push last succeeded, by the business clock.
  package var heardAt: Timestamp?
  /// When the last attempt failed; nil after a success.
  package var failedAt: Timestamp?
  /// Why the last attempt failed; nil after a success.
  package var fault: PeerFault?
  /// How far the peer's clock is ahead of ours; nil until it has answered.
  package var clock: ClockDifference?

  /// Nothing known yet.
  package init() {}
}

/// The contacts with all peers, for `status`.
package final class PeerStates: Sendable {
  private let contacts = Mutex<[AgencyCode: PeerContact]>([:])

  /// Makes a list without contacts.
  package init() {}

  /// The contact with one peer.
  package func contact(with peer: AgencyCode) -> PeerContact {
    contacts.withLock { $0[peer] ?? PeerContact() }
  }

  /// All contacts.
  package var all: [AgencyCode: PeerContact] { contacts.withLock { $0 } }

  func succeeded(_ peer: AgencyCode, at now: Timestamp, clock: ClockDifference?) {
    contacts.withLock { contacts in
      var contact = contacts[peer] ?? PeerContact()
      contact.heardAt = now
      contact.failedAt = nil
      contact.fault = nil
      contact.clock = clock ?? contact.clock
      contacts[peer] = contact
    }
  }

  func failed(_ peer: AgencyCode, _ fault: PeerFault, at now: Timestamp) {
    contacts.withLock { contacts in
      var contact = contacts[peer] ?? PeerContact()
      contact.failedAt = now
      contact.fault = fault
      contacts[peer] = contact
    }
  }
}
