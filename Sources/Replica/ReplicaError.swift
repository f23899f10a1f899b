/// An operation on the replica, its cluster or its schema that failed.
package struct ReplicaError: Error, Sendable, CustomStringConvertible {
  /// What kind of failure it was.
  package enum Code: String, Sendable {
    /// PostgreSQL's programs are not on this machine.
    case binariesMissing
    /// The cluster's directory belongs to another major version of PostgreSQL.
    case otherMajorVersion
    /// A file or directory has an owner or mode that PostgreSQL or we cannot work with.
    case wrongModes
    /// A directory above the cluster cannot be entered by the user that runs it.
    case notEnterable
    /// Another node uses the directory.
    case inUse
    /// The disk is full.
    case diskFull
    /// The cluster's directory holds something that is no cluster.
    case notACluster
    /// A program of PostgreSQL ended with an error.
    case programFailed
    /// The cluster did not come up, or ended again and again.
    case clusterFailed
    /// The database was written by a newer version of this program.
    case newerSchema
    /// A migration that was applied has been changed since.
    case changedMigration
    /// The database's role lacks a right it needs.
    case missingRight
    /// The stored bytes are not what they were when they were stored.
    case damaged
    /// The database is behind the marker file, or another database than it names.
    case wentBack
  }

  /// What kind of failure it was.
  package let code: Code
  /// The file, directory, table or program it concerns.
  package let object: String
  /// What went wrong, in one clause for the log.
  package let reason: String
  /// Name of the message of the catalogue that says the same to people.
  ///
  /// What to do about it stands under that name and `.next`; without one, the refusal's own advice
  /// is given.
  package let words: String
  /// Values for the parameters of both; the object is their `path`.
  package let values: [String: String]
  /// What an operator does about it, for the log.
  package let hint: String?

  /// Makes an error.
  package init(
    _ code: Code, object: String, reason: String, words: String, values: [String: String] = [:],
    hint: String? = nil
  ) {
    self.words = words
    self.values = values.merging(["path": object]) { $1 }
    self.code = code
    self.object = object
    self.reason = reason
    self.hint = hint
  }

  /// One line: object, reason, hint.
  package var description: String {
    "\(object): \(reason)" + (hint.map { "; \($0)" } ?? "")
  }
}
