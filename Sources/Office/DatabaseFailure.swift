package import Postgres
package import Replica

extension OfficeError {
  /// What people are told about a failure of the database.
  ///
  /// A full disk has a way out of its own, so it is never called anything else; a server that is
  /// away or busy passes; a statement that it refuses is a fault of ours.
  package init(_ error: PostgresError) {
    if error.isOutOfSpace {
      self.init(.noRoom, ["detail": error.isOutOfMemory ? "room.memory" : "room.disk"])
      return
    }
    let told = [
      "detail": "database.\(error.code.rawValue)", "place": error.object ?? "-",
      "state": error.sqlstate ?? "-", "path": "database.url",
    ]
    if error.isUnavailable {
      self.init(.databaseAway, told)
      return
    }
    switch error.code {
    case .busy, .timeout, .contended, .cancelled: self.init(.unavailable, told)
    case .configuration: self.init(.configuration, told)
    default: self.init(.internalFault, ["request": error.description])
    }
  }

  /// What the agency's people are told about a failure of the replica under a running node.
  package init(running error: ReplicaError) {
    if error.code == .diskFull {
      self.init(.noRoom, ["detail": "room.disk"])
    } else {
      self.init(
        .databaseAway, error.values.merging(["detail": "replica.told", "what": error.words]) { $1 })
    }
  }
}
