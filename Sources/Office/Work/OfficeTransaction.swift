package import Replica

/// The transaction that the office works in: a store's, with its SQL beside it.
package typealias OfficeTransaction = ReplicaTransaction
