/// Named maxima of this module, each with its arithmetic.
package enum Limits {
  /// How often one whole transaction is tried when the server asks for a repeat (40001, 40P01).
  ///
  /// With the back-off below, the last try starts about 10+20+40+80+160+320+640 ms = 1.3 s after
  /// the first one ended: longer than any transaction of ours holds its locks.
  package static let transactionTries = 8

  /// The pause before the second try; it doubles with every further one.
  package static let retryPauseFirst: Duration = .milliseconds(10)

  /// How long opening a connection may take, in seconds, for each host.
  ///
  /// Three hosts of a cluster that is failing over are then asked within 15 s.
  package static let connectSecondsMax = 5

  /// How long one statement may run.
  ///
  /// A page of deliveries (8 MiB) is stored in well under a second; a full check of 10⁷ rows
  /// reads in batches, none of which takes a minute.
  package static let statementTimeout: Duration = .seconds(60)

  /// How long a statement may wait for a lock.
  package static let lockTimeout: Duration = .seconds(15)

  /// How long a transaction may stand idle, so that a stuck process does not stop vacuum.
  package static let idleInTransactionTimeout: Duration = .seconds(60)

  /// How long the next job of a connection waits for a cancellation of the last one, in
  /// milliseconds.
  ///
  /// The request is one packet on a new connection: under a millisecond on one machine, three round
  /// trips over a network. A new session costs about as much as ten of them.
  package static let cancellationMillisecondsMax = 2_000

  /// Statements that one session has the server keep prepared.
  ///
  /// A node has some 150 that it sends often; at about 30 KiB each a backend keeps under 8 MiB.
  package static let preparedStatementsMax = 256

  /// Uses of a prepared statement before it is planned anew, for tables that have grown since:
  /// planning, which takes about as long as three uses, is then one part in eighty.
  package static let preparedUsesMax = 256

  /// Elements of an array up to which a statement is prepared: a plan made once expects ten.
  package static let preparedElementsMax = 64

  /// Statements that wait to be sent together.
  ///
  /// A letter leaves a dozen behind; a chapter that writes every projection table once and removes
  /// from each once leaves some fifty.
  package static let queuedStatementsMax = 64

  /// Bytes of text and values up to which statements wait: four times what libpq collects before
  /// it writes to the socket by itself, so more would save no wait worth naming.
  package static let queuedBytesMax = 256 * 1024

  /// Characters of a statement's text that an error shows.
  package static let statementNameCharactersMax = 80

  /// How many tasks may wait for one pool's connections before the next one is refused.
  ///
  /// 4 connections at 5 ms a read serve 800 reads a second: 1,000 waiters are 1.3 s of work,
  /// more would only wait for their own time-outs.
  package static let poolWaitersMax = 1_000

  /// Bytes collected before a COPY sends them to the server.
  ///
  /// 64 KiB is eight of libpq's own 8 KiB flushes: fewer calls, no memory worth counting.
  package static let copyBufferBytes = 64 * 1024

  /// The pause before a lost listening connection is opened again; it doubles up to the next one.
  package static let listenPauseFirst: Duration = .milliseconds(100)

  /// The longest pause between two attempts to open a listening connection again.
  package static let listenPauseMax: Duration = .seconds(5)
}
