/// The configuration files of an embedded cluster, as texts.
///
/// They are written anew at each start; an operator's own settings belong into `local.conf` in the
/// cluster's directory, which is read last.
struct ClusterFiles {
  let socketDirectory: String
  let account: ClusterAccount
  let nodeUser: String

  /// `postgresql.conf`: small, because nine of these run on one machine in the demo, and durable.
  ///
  /// The log carries no statement, parameter or row: case content never leaves the tables. The text
  /// of an error quotes values, such as the one that is no number, so errors of statements stay
  /// out: what the server says of itself (LOG, FATAL, PANIC) is ranked above them.
  var settings: String {
    """
    # Written by guantong at each start. Your own settings: local.conf beside this file.
    listen_addresses = ''
    unix_socket_directories = '\(quotedForList(socketDirectory))'
    port = 5432
    max_connections = 20
    superuser_reserved_connections = 3
    shared_buffers = 16MB
    work_mem = 4MB
    maintenance_work_mem = 16MB
    huge_pages = off
    max_worker_processes = 2
    max_parallel_workers = 0
    max_parallel_workers_per_gather = 0
    autovacuum_max_workers = 1
    max_wal_size = 128MB
    min_wal_size = 32MB
    jit = off
    fsync = on
    synchronous_commit = on
    full_page_writes = on
    log_destination = 'stderr'
    logging_collector = off
    log_min_messages = log
    log_min_error_statement = panic
    log_statement = none
    log_error_verbosity = terse
    log_parameter_max_length = 0
    log_parameter_max_length_on_error = 0
    log_line_prefix = ''
    log_timezone = 'UTC'
    timezone = 'UTC'
    lc_messages = 'C'
    include_if_exists = 'local.conf'

    """
  }

  /// `pg_hba.conf`: the socket only, and the operating system says who is there.
  var authentication: String {
    "local all all peer map=guantong\n"
  }

  /// `pg_ident.conf`: root and the node's user are our roles, the cluster's user its superuser.
  var identities: String {
    var lines: [String] = []
    for user in nodeUser == "root" ? ["root"] : ["root", nodeUser] {
      for role in DatabaseRole.allCases {
        lines.append("guantong \(quoted(user)) \(role.rawValue)")
      }
    }
    lines.append("guantong \(quoted(account.name)) postgres")
    return lines.joined(separator: "\n") + "\n"
  }

  /// What a fresh cluster gets, one statement a line, as `postgres --single` reads it.
  static let roles = """
    CREATE ROLE guantong_owner LOGIN
    CREATE ROLE guantong_node LOGIN
    CREATE ROLE guantong_reader LOGIN CONNECTION LIMIT 5
    ALTER ROLE guantong_reader SET default_transaction_read_only = on
    ALTER ROLE guantong_reader SET idle_in_transaction_session_timeout = '10min'
    CREATE DATABASE guantong OWNER guantong_owner TEMPLATE template0
    REVOKE ALL ON DATABASE guantong FROM PUBLIC
    GRANT CONNECT, TEMPORARY ON DATABASE guantong TO guantong_node
    GRANT CONNECT ON DATABASE guantong TO guantong_reader
    REVOKE ALL ON DATABASE postgres FROM PUBLIC
    REVOKE ALL ON DATABASE template1 FROM PUBLIC

    """

  /// What the database itself gets, one statement a line.
  ///
  /// PostgreSQL lets everybody who connects make large objects and take advisory locks, which are
  /// ways to write and to hold up others; here only the owner and the node may. A procedure can
  /// write any words into the server's log; here only the owner makes them.
  static let rights = """
    DO $$ DECLARE f regprocedure; BEGIN FOR f IN SELECT oid FROM pg_proc WHERE \
    pronamespace = 'pg_catalog'::regnamespace \
    AND proname ~ '^(lo_|lowrite|loread|pg_(try_)?advisory_)' LOOP \
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f); \
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO guantong_owner, guantong_node', f); \
    END LOOP; END $$
    REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC
    GRANT USAGE ON LANGUAGE plpgsql TO guantong_owner

    """

  private func quoted(_ name: String) -> String {
    "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }

  /// The value is a list: double quotes keep a comma in a path from dividing it.
  private func quotedForList(_ path: String) -> String {
    quoted(path).split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
  }
}

/// The roles of a node's database.
package enum DatabaseRole: String, CaseIterable, Sendable {
  /// Owns the schemas and migrates them.
  case owner = "guantong_owner"
  /// Reads and writes rows; what the node runs as.
  case node = "guantong_node"
  /// Reads `casework`, except sealed tables; for other systems.
  case reader = "guantong_reader"
}
