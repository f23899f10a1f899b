import FoundationEssentials
import Glibc
import Logging
import Postgres
import TestSupport
import Testing

@testable import Replica

/// The embedded cluster, made and run for real in a directory of its own.
@Suite(.timeLimit(.minutes(5)))
struct ClusterTests {
  private static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

  private func cluster(in directory: String) async throws -> EmbeddedCluster {
    let cluster = try await EmbeddedCluster(
      nodeDirectory: "\(directory)/node", logger: Self.logger)
    try await cluster.prepare()
    return cluster
  }

  @Test func `a node's roles come in by the socket, the reader by its URL`() async throws {
    try await Scratch.withDirectory { directory in
      let cluster = try await cluster(in: directory)
      let url = cluster.readerURL
      let roles = try await cluster.whileRunning {
        var roles: [String] = []
        var configurations = DatabaseRole.allCases.map { cluster.configuration($0) }
        configurations.append(try ConnectionConfiguration(parsing: url))
        for configuration in configurations {
          let connection = Connection(configuration)
          let role = try await connection.transaction {
            try $0.value("SELECT current_user::text", as: String.self)
          }
          roles.append(role ?? "")
          await connection.close()
        }
        return roles
      }
      #expect(roles == ["guantong_owner", "guantong_node", "guantong_reader", "guantong_reader"])
      let data = try FileManager.default.attributesOfItem(atPath: cluster.dataDirectory)
      #expect(data[.posixPermissions] as? Int == 0o700)
      let rules = FileManager.default.contents(atPath: "\(cluster.dataDirectory)/pg_hba.conf")
      #expect(
        rules.map { String(decoding: $0, as: UTF8.self) } == "local all all peer map=guantong\n")
    }
  }

  @Test func `no role of the node is superuser, and the cluster's superuser is only its own user`()
    async throws
  {
    try await Scratch.withDirectory { directory in
      let cluster = try await cluster(in: directory)
      try await cluster.whileRunning {
        let connection = Connection(cluster.configuration(.owner))
        let superusers = try await connection.transaction { transaction in
          try transaction.rows("SELECT rolname::text FROM pg_roles WHERE rolsuper").map {
            try $0.value(0, as: String.self)
          }
        }
        #expect(superusers == ["postgres"])
        if cluster.account.isOther {
          let refused = await #expect(throws: PostgresError.self) {
            try await Connection(cluster.configuration(.owner).with(user: "postgres"))
              .statement("SELECT 1")
          }
          #expect(refused?.code == .unreachable)
        }
        await connection.close()
      }
    }
  }

  @Test func `what was committed is there after the next start`() async throws {
    try await Scratch.withDirectory { directory in
      for expected in 0..<2 {
        let cluster = try await cluster(in: directory)
        let count = try await cluster.whileRunning {
          let connection = Connection(cluster.configuration(.owner))
          try await connection.statement("CREATE TABLE IF NOT EXISTS t (id bigint)")
          let count = try await connection.transaction { transaction in
            let count = try transaction.value("SELECT count(*) FROM t", as: Int.self)
            try transaction.execute("INSERT INTO t VALUES (1)")
            return count
          }
          await connection.close()
          return count
        }
        #expect(count == expected)
      }
    }
  }

  @Test func `a cluster whose server is killed is started again`() async throws {
    try await Scratch.withDirectory { directory in
      let cluster = try await cluster(in: directory)
      try await cluster.whileRunning {
        let connection = Connection(cluster.configuration(.owner))
        try await connection.statement("CREATE TABLE t (id bigint)")
        let first = try await Self.serverProcess(of: cluster)
        kill(first, SIGKILL)
        var isBack = false
        while !isBack {
          do {
            try await connection.statement("SELECT * FROM t")
            isBack = try await Self.serverProcess(of: cluster) != first
          } catch let error as PostgresError where error.isUnavailable {
            try await Task.sleep(for: .milliseconds(20))
          }
        }
        await connection.close()
      }
    }
  }

  @Test func `a cluster that a killed node left is stopped and its own one started`() async throws {
    try await Scratch.withDirectory { directory in
      let cluster = try await cluster(in: directory)
      // The same server as a child of the test, as if its node had been killed.
      let left = try await LeftCluster.start(cluster)
      let second = try await self.cluster(in: directory)
      let process = try await second.whileRunning { try await Self.serverProcess(of: second) }
      #expect(process != left)
      #expect(kill(left, 0) != 0 || Self.isZombie(left))
    }
  }

  @Test func `a cluster that was left is recognised over a link in the path, and nothing else is`()
    async throws
  {
    try await Scratch.withDirectory { directory in
      let manager = FileManager.default
      try manager.createDirectory(
        atPath: "\(directory)/real", withIntermediateDirectories: false)
      try manager.createSymbolicLink(
        atPath: "\(directory)/link", withDestinationPath: "\(directory)/real")
      let cluster = try await cluster(in: "\(directory)/real")
      let left = try await LeftCluster.start(cluster)
      let process = try #require(ClusterProcess(Int(left)))
      #expect(process.name == "postgres")
      #expect(process.namedDirectory == cluster.dataDirectory)
      let second = try await self.cluster(in: "\(directory)/link")
      #expect(second.dataDirectory == "\(directory)/link/node/data")
      let own = try #require(Files.status(of: second.dataDirectory)).identity
      let other = try #require(Files.status(of: "\(directory)/real")).identity
      #expect(process.works(in: own) == .yes)
      #expect(process.works(in: other) == .no)
      let server = try await second.whileRunning { try await Self.serverProcess(of: second) }
      #expect(server != left)
      #expect(kill(left, 0) != 0 || Self.isZombie(left))
      #expect(ClusterProcess(Int(left)) == nil)
    }
  }

  @Test func `two nodes cannot use one directory`() async throws {
    try await Scratch.withDirectory { directory in
      let first = try await cluster(in: directory)
      let second = try await cluster(in: directory)
      try await first.whileRunning {
        let error = await #expect(throws: ReplicaError.self) {
          try await second.whileRunning {}
        }
        #expect(error?.reason.contains("another node") == true)
        try await Connection(first.configuration(.node)).statement("SELECT 1")
      }
    }
  }

  @Test func `a cluster of another major version is refused with what to do`() async throws {
    try await Scratch.withDirectory { directory in
      let cluster = try await cluster(in: directory)
      try Data("9\n".utf8).write(to: URL(filePath: "\(cluster.dataDirectory)/PG_VERSION"))
      let error = await #expect(throws: ReplicaError.self) {
        try await EmbeddedCluster(nodeDirectory: "\(directory)/node", logger: Self.logger)
      }
      #expect(error?.code == .otherMajorVersion)
      #expect(error?.description.contains("PostgreSQL 9") == true)
      #expect(error?.hint?.contains("postgresql-9") == true)
    }
  }

  @Test func `a directory with other files is no place for a cluster`() async throws {
    try await Scratch.withDirectory { directory in
      try FileManager.default.createDirectory(
        atPath: "\(directory)/node/data", withIntermediateDirectories: true)
      try Data("mine".utf8).write(to: URL(filePath: "\(directory)/node/data/letter.txt"))
      let error = await #expect(throws: ReplicaError.self) {
        try await EmbeddedCluster(nodeDirectory: "\(directory)/node", logger: Self.logger)
      }
      #expect(error?.code == .notACluster)
      #expect(FileManager.default.fileExists(atPath: "\(directory)/node/data/letter.txt"))
    }
  }

  @Test(.enabled(if: geteuid() == 0))
  func `as root, a parent that the cluster's user cannot enter is named`() async throws {
    try await Scratch.withDirectory { directory in
      let closed = "\(directory)/closed"
      try FileManager.default.createDirectory(
        atPath: "\(closed)/inner", withIntermediateDirectories: true)
      try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: closed)
      let error = await #expect(throws: ReplicaError.self) {
        _ = try await cluster(in: "\(closed)/inner")
      }
      #expect(error?.code == .notEnterable)
      #expect(error?.object == closed)
      #expect(error?.hint?.contains("chmod o+x \(closed)") == true)
    }
  }

  // In turn: initdb fails in its first files, in its bootstrap, and what comes after it fails.
  @Test(.enabled(if: geteuid() == 0), arguments: [8, 16, 20, 40, 45])
  func `a full disk is called that, and leaves no half cluster`(_ megabytes: Int) async throws {
    try await Scratch.withDirectory { directory in
      try await FullDisk.withSmallDisk(at: "\(directory)/node", megabytes: megabytes) { path in
        let error = await #expect(throws: ReplicaError.self) {
          let cluster = try await EmbeddedCluster(nodeDirectory: path, logger: Self.logger)
          try await cluster.prepare()
        }
        #expect(error?.code == .diskFull)
        #expect(error?.hint == "make room and start again")
        #expect(!FileManager.default.fileExists(atPath: "\(path)/data/PG_VERSION"))
        #expect(!FileManager.default.fileExists(atPath: "\(path)/data.unfinished"))
      }
    }
  }

  @Test func `modes that PostgreSQL refuses are named before it does`() async throws {
    try await Scratch.withDirectory { directory in
      let cluster = try await cluster(in: directory)
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: cluster.dataDirectory)
      let error = await #expect(throws: ReplicaError.self) { try await cluster.prepare() }
      #expect(error?.code == .wrongModes)
      #expect(error?.hint?.contains("chmod 0700") == true)
    }
  }

  @Test func `below a long directory the sockets move to a short one and work`() async throws {
    try await Scratch.withDirectory { directory in
      let long = "\(directory)/" + String(repeating: "d", count: 100)
      try FileManager.default.createDirectory(
        atPath: long, withIntermediateDirectories: false,
        attributes: [.posixPermissions: 0o755])
      let cluster = try await cluster(in: long)
      #expect(cluster.place.isShortened)
      #expect(cluster.place.office.utf8.count <= Limits.socketPathBytesMax)
      defer { try? FileManager.default.removeItem(atPath: cluster.place.directory) }
      try await cluster.whileRunning {
        let connection = Connection(cluster.configuration(.node))
        try await connection.statement("SELECT 1")
        await connection.close()
      }
    }
  }

  @Test func `the socket's place is a function of the directory alone`() {
    let short = SocketPlace(nodeDirectory: "/srv/guantong", runtimeDirectory: "/run/user/1")
    #expect(short.office == "/srv/guantong/run/guantong.sock")
    #expect(short.databaseDirectory == "/srv/guantong/run/pg")
    let edge = "/" + String(repeating: "a", count: 82)  // 83 + "/run/pg/.s.PGSQL.5432" = 104
    #expect(!SocketPlace(nodeDirectory: edge, runtimeDirectory: nil).isShortened)
    let over = edge + "bbbb"
    let moved = SocketPlace(nodeDirectory: over, runtimeDirectory: "/run/user/1")
    #expect(moved.isShortened)
    #expect(moved.directory.wholeMatch(of: /\/run\/user\/1\/guantong-[0-9a-f]{8}/) != nil)
    #expect(moved == SocketPlace(nodeDirectory: over, runtimeDirectory: "/run/user/1"))
    #expect(SocketPlace(nodeDirectory: over, runtimeDirectory: nil).directory.hasPrefix("/tmp/"))
  }

  static func serverProcess(of cluster: EmbeddedCluster) async throws -> Int32 {
    let file = "\(cluster.dataDirectory)/postmaster.pid"
    let text = FileManager.default.contents(atPath: file).map {
      String(decoding: $0, as: UTF8.self)
    }
    let line = text?.split(separator: "\n").first
    return try #require(line.flatMap { Int32($0) })
  }

  static func isZombie(_ process: Int32) -> Bool {
    let stat = FileManager.default.contents(atPath: "/proc/\(process)/stat")
    return stat.map { String(decoding: $0, as: UTF8.self).contains(") Z") } ?? true
  }
}
