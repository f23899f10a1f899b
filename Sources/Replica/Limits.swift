/// Named maxima of this module, each with its arithmetic.
package enum Limits {
  /// The longest path of a Unix socket, in bytes: `sun_path` holds 108 with its ending NUL.
  package static let socketPathBytesMax = 107

  /// How long a cluster may take until it answers.
  ///
  /// After a crash it replays at most `max_wal_size` = 128 MiB of log, seconds on any disk; the
  /// rest is for a machine that starts nine of them at once.
  package static let clusterStartMax: Duration = .seconds(120)

  /// The pause between two looks whether the cluster answers.
  package static let clusterStartPause: Duration = .milliseconds(25)

  /// How long a cluster may take to stop in an orderly way before it is told to stop at once.
  package static let clusterStopMax: Duration = .seconds(30)

  /// How often a cluster that ends by itself is started again, without a good hour in between.
  ///
  /// Five starts with doubling pauses from a second span half a minute: a full disk or a broken
  /// file does not get better by more of them, and the operator has to hear of it.
  package static let clusterRestartsMax = 5

  /// The pause before a cluster that ended by itself is started again; it doubles each time.
  package static let clusterRestartPauseFirst: Duration = .seconds(1)

  /// The pause before a cluster that ended for want of room is started again, again and again: an
  /// operator makes room in minutes, and a start that fails takes under a second.
  package static let clusterRoomPause: Duration = .seconds(5)

  /// What must find room before a database that was full counts as ready, in KiB.
  ///
  /// A business step writes some 30 KiB into about twenty tables and their indexes; a mebibyte is
  /// thirty of them.
  package static let roomProbeKiB = 1_024

  /// Stretches of items that one query reads: a step of a comparison that splits one range in 16
  /// has 15, and a statement of 64 conditions is under 4 KiB.
  static let stretchesPerQueryMax = 64

  /// How many of the cluster's last log lines are kept to explain its end.
  package static let clusterLogLinesKept = 20

  /// The largest output of a program of PostgreSQL that is read.
  package static let programOutputBytesMax = 1024 * 1024

  /// Connections that read, beside the one that writes, the one that counts, the one that listens
  /// and migrations.
  ///
  /// 1 + 3 + 1 + 1 of an embedded cluster's 20; the rest is for readers and operators.
  package static let readConnections = 3

  /// Bytes of change sets kept in memory as graphs between transactions, with what is said about
  /// their records and the marks of their rows.
  ///
  /// A dossier of a hundred letters of two items is about 200 KiB and has 300 records and some 600
  /// rows, so it counts some 600 KiB and 50 busy ones stay at hand. What graphs and indexes take
  /// beside that is not counted.
  package static let graphCacheBytesMax = 32 * 1024 * 1024

  /// What the mark of a row counts in that: its key of one or two cells, a hash, and its share of a
  /// table that is half empty.
  package static let rowMarkBytes = 160

  /// What is said about a record counts this in it: the record in its place, the hashes of ten
  /// questions, and a card.
  static let toldRecordBytes = 1_024

  /// What has no effect counts this in a card: a reason, what exactly, the change set, its place.
  static let cardVoidBytes = 256

  /// Rows of the log fetched at once, so that a long dossier does not stand in memory twice.
  package static let logRowsPerBatch = 500

  /// Brief works that one commit takes: at a millisecond each the first waits 32 ms for the others,
  /// less than ten commits of its own would.
  static let worksPerCommitMax = 32

  /// Brief works that may wait before the next is refused: two seconds of work.
  static let worksWaitingMax = 1_000

  /// Bytes of the marker file: six lines that together are under 200.
  static let markerBytes = 512

  /// The channel on which new lines of outboxes are notified.
  package static let outboxChannel = "guantong_outbox"

  /// The channel on which new directory entries are notified.
  package static let directoryChannel = "guantong_directory"
}
