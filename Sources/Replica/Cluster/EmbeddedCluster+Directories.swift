import FoundationEssentials
import Glibc
import Subprocess
import SystemPackage

extension EmbeddedCluster {
  /// The major version of the cluster in a directory; nil when there is none yet.
  static func majorVersion(in dataDirectory: String) throws -> Int? {
    if let text = Files.read("\(dataDirectory)/PG_VERSION") {
      guard let major = Int(text.filter { !$0.isWhitespace }) else {
        throw ReplicaError(
          .notACluster, object: dataDirectory, reason: "PG_VERSION names no version",
          words: "replica.noVersion")
      }
      return major
    }
    let content = (try? FileManager.default.contentsOfDirectory(atPath: dataDirectory)) ?? []
    guard content.isEmpty else {
      throw ReplicaError(
        .notACluster, object: dataDirectory, reason: "holds files but no cluster of PostgreSQL",
        words: "replica.noCluster",
        hint: "move them away or choose another directory")
    }
    return nil
  }

  /// Makes what is missing and checks that the cluster's user can come in.
  func makeDirectories() throws {
    let runMode = account.isOther ? 0o710 : 0o700
    if Files.status(of: nodeDirectory) == nil {
      try Files.makeDirectory(nodeDirectory, owner: nil, mode: 0o700)
    }
    if place.isShortened { try makeOwn(place.directory) }
    try Files.makeDirectory(place.directory, owner: nil, mode: runMode)
    if account.isOther {
      // The group may pass through, nobody else; the files themselves stay 0600.
      for directory in [nodeDirectory, place.directory] { try openForGroup(directory) }
      for directory in [nodeDirectory, place.directory] {
        guard let closed = Files.firstNotEnterable(upTo: directory, by: account) else { continue }
        throw ReplicaError(
          .notEnterable, object: closed,
          reason: "the user \(account.name), which runs PostgreSQL, cannot enter this directory",
          words: "replica.notEnterable", values: ["user": account.name],
          hint: "chmod o+x \(closed), or put the node elsewhere")
      }
    }
    try Files.makeDirectory(place.databaseDirectory, owner: account, mode: 0o700)
  }

  /// Lets the cluster's group pass through a directory of root's that only root can enter.
  private func openForGroup(_ directory: String) throws {
    guard let status = Files.status(of: directory), status.owner == 0,
      status.mode & 0o001 == 0, status.group != account.groupID || status.mode & 0o010 == 0
    else { return }
    do {
      try FileManager.default.setAttributes(
        [.groupOwnerAccountID: Int(account.groupID)], ofItemAtPath: directory)
      try FileManager.default.setAttributes(
        [.posixPermissions: (status.mode & 0o700) | 0o010], ofItemAtPath: directory)
    } catch {
      throw Files.refusal(directory, error)
    }
  }

  /// Makes the runtime directory, or refuses what somebody else has put into its place.
  ///
  /// Its name can be guessed and everybody may write to the directory above. It is looked at after
  /// it was made: from then on nobody but us can put something else there.
  private func makeOwn(_ directory: String) throws {
    if Files.status(of: directory, followsLink: false) == nil {
      try Files.makeDirectory(directory, owner: nil, mode: 0o700)
    }
    guard let status = Files.status(of: directory, followsLink: false), status.isDirectory,
      status.owner == geteuid(), status.mode & 0o022 == 0
    else {
      throw ReplicaError(
        .wrongModes, object: directory,
        reason: "is a link, belongs to somebody else, or others may write",
        words: "replica.notOwn",
        hint: "see who made it, and remove it")
    }
  }

  /// PostgreSQL starts only on a directory of its own user that others cannot read.
  func checkOwner() throws {
    guard let status = Files.status(of: dataDirectory) else {
      throw ReplicaError(
        .notACluster, object: dataDirectory, reason: "is not there", words: "replica.noDirectory")
    }
    guard status.owner == account.userID else {
      throw ReplicaError(
        .wrongModes, object: dataDirectory,
        reason: "belongs to user \(status.owner), but PostgreSQL would run as \(account.name) "
          + "(\(account.userID))",
        words: "replica.foreignOwner",
        values: [
          "owner": "\(status.owner)", "user": account.name, "number": "\(account.userID)",
        ],
        hint: "run the node as the user it was made by, or: chown -R \(account.name) "
          + dataDirectory)
    }
    guard status.mode & 0o027 == 0 else {
      throw ReplicaError(
        .wrongModes, object: dataDirectory, reason: "can be read by others",
        words: "replica.exposed",
        hint: "chmod 0700 \(dataDirectory)")
    }
  }

  func writeConfiguration(to directory: String) throws {
    let files = ClusterFiles(
      socketDirectory: place.databaseDirectory, account: account,
      nodeUser: account.isOther ? "root" : account.name)
    try Files.write(files.settings, to: "\(directory)/postgresql.conf", owner: account)
    try Files.write(files.authentication, to: "\(directory)/pg_hba.conf", owner: account)
    try Files.write(files.identities, to: "\(directory)/pg_ident.conf", owner: account)
  }

  /// Takes the directory for this process; the lock goes with the process, however it ends.
  func lockDirectory() throws -> FileDescriptor {
    let path = "\(nodeDirectory)/run.lock"
    let descriptor = try FileDescriptor.open(
      FilePath(path), .readWrite, options: [.create, .closeOnExec],
      permissions: [.ownerReadWrite])
    guard flock(descriptor.rawValue, LOCK_EX | LOCK_NB) == 0 else {
      try descriptor.close()
      throw ReplicaError(
        .inUse, object: nodeDirectory, reason: "another node runs in this directory",
        words: "node.running",
        hint: "stop it first")
    }
    return descriptor
  }
}
