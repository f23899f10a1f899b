/// Named maxima of this module, each with its arithmetic.
package enum Limits {
  /// Seconds until a new connection must have sent the head of its first request, TLS included: two
  /// round trips and a handshake take well under one.
  package static let firstRequestSecondsMax: Int64 = 10

  /// Seconds in which a request must be whole: 8 MiB at 256 KiB/s, the slowest line we serve.
  package static let requestSecondsMax: Int64 = 32

  /// Seconds in which the kernel must have taken a response: 8 MiB at 256 KiB/s.
  package static let responseSecondsMax: Int64 = 32

  /// Seconds that a connection may rest between two requests: longer than a client's back-off.
  package static let idleSecondsMax: Int64 = 75

  /// Bytes of a body that are read and thrown away after its request was refused: one page in
  /// flight, so that an honest client gets to read the refusal.
  package static let discardedBytesMax = 8 << 20

  /// The fields of one request: eight of ours under 300 bytes each, and what a gateway adds.
  package static let headerBytesMax = 16 << 10

  /// Field lines in one request, likewise.
  package static let headerFieldsMax = 64

  /// The body of a push: a delivery page and its head statement.
  package static let pushBytesMax = (8 << 20) + (64 << 10)

  /// The body of an answer that a client takes: a page, its head statement and a directory that is
  /// handed over whole at joining.
  package static let answerBytesMax = 64 << 20

  /// A problem of a peer: five members of under 200 bytes, kept generous.
  static let problemBytesMax = 16 << 10

  /// Body bytes of one office request: one part of 4 MiB whose text doubles at worst when it is
  /// escaped.
  package static let officeBytesMax = 8 << 20

  /// Requests per second that one peer may make for long: a busy peer pulls, receipts and fetches a
  /// few times a second.
  package static let peerRequestsPerSecond = 100.0

  /// Requests that one peer may make at once before the rate counts: round trips of a reconcile.
  package static let peerBurst = 400.0

  /// Bytes per second that one peer may send and be given for long: half of a gigabit line, and
  /// above the 55 MB/s at which a node catches up at its best.
  package static let peerBytesPerSecond = 64.0 * 1_048_576

  /// Bytes at once before that rate counts: 64 pages of 8 MiB.
  package static let peerBytesBurst = 512.0 * 1_048_576

  /// Bytes of an answer from which it counts as running until the peer has gone on: with
  /// `peerConcurrentMax` of 8 MiB a peer that reads nothing holds 128 MiB at the most, and the
  /// kernel takes smaller ones off our hands.
  package static let unreadAnswerBytesMin = 64 << 10

  /// How often a question to a peer that is busy is asked again by itself, after the pause that the
  /// peer asks for; then whoever asked is told.
  package static let busyRepeatsMax = 3

  /// Requests per second under one certificate that prove to be nobody's.
  ///
  /// An honest peer makes one when its clock or its key is new to us. Each costs one signature
  /// verified and one made, so they may cost as much as that peer's good requests.
  package static let unprovedRequestsPerSecond = 100.0

  /// Such requests at once before the rate counts: those of a peer that are being judged together,
  /// `peerConcurrentMax` and the first of each of its connections, many times over.
  package static let unprovedBurst = 400.0

  /// Requests of one peer in progress at the same time: a long poll, a push, a reconciliation with
  /// its fetches, and as much again.
  package static let peerConcurrentMax = 16

  /// Connections that have not shown yet who they are: every peer of a province at once, 150, and
  /// as many again; with those of the peers it stays below the 1,024 descriptors of a process.
  package static let strangerConnectionsMax = 256

  /// Connections of one peer: each of its requests in progress on one, and as many that rest.
  package static let connectionsFromPeerMax = 2 * peerConcurrentMax

  /// Connections of the health server: a probe, a scraper and a few people who look.
  package static let opsConnectionsMax = 64

  /// Connections of the office: each command of a person has one.
  package static let officeConnectionsMax = 256

  /// Requests to join per minute, and as many at once, of each peer, and of all strangers together:
  /// an invitation allows ten tries, and a peer brings particulars a few times a year.
  package static let joinsPerMinute = 60.0

  /// The wait that our own long poll asks for, in seconds: under every usual gateway's timeout.
  package static let pollSeconds = 30

  /// Seconds to connect to a peer.
  package static let connectSecondsMax: Int64 = 10

  /// Seconds without a byte after which an answer is given up: a long poll and a slow line.
  package static let readSecondsMax: Int64 = Int64(pollSeconds) + 30

  /// Seconds for a whole exchange, its body included, beyond what the peer was asked to wait:
  /// 64 MiB at 1 MiB/s.
  package static let exchangeSecondsMax: Int64 = 70

  /// Connections kept open to one peer: a long poll and two for everything else.
  package static let connectionsPerPeer = 3

  /// How long a loop rests at most before it looks again without being rung for.
  package static let lookAgain: Duration = .seconds(60)

  /// How long the node rests after it has looked for what it does by itself.
  ///
  /// A look is three or four reading transactions. Every step and every page calls for one, and the
  /// first is looked at at once; under a load of fifty steps a second one look in a tenth of a
  /// second does for all that came meanwhile. Nobody waits for these acts.
  package static let standingRest: Duration = .milliseconds(100)

  /// Seconds after which a peer behind a gateway that has no key to seal to asks again: it has to
  /// publish one first.
  package static let noKeyRetrySeconds = 60

  /// The longest that a peer's `Retry-After` makes us wait, in seconds.
  package static let retryAfterSecondsMax = 120

  /// Pages that one step of a loop takes when each is full: after 128 MiB at the most the
  /// directory and the loops of others are looked at again.
  package static let pagesPerStepMax = 16

  /// Pages that one `sync now` pulls from one peer: 8 GiB at 8 MiB each.
  package static let pagesPerSyncMax = 1_024

  /// How often a newcomer asks whether it is admitted: people countersign, so seconds do.
  package static let joinAsksEvery: Duration = .seconds(2)

  /// Attachments brought over at the same time: four pieces of 1 MiB are what they take of memory.
  package static let attachmentsAtOnceMax = 4

  /// Losses in a row after which another peer is asked for a piece: with pauses that double from
  /// 100 ms these are some ten seconds of a line that carries nothing.
  package static let sliceLossesMax = 8

  /// The longest pause before an attachment is asked for again when nobody gave it: a member that
  /// comes back is heard within half a minute.
  package static let attachmentRestLongest: Duration = .seconds(30)

  /// Attachments whose pauses are remembered: 10,000 of 150 bytes; beyond it all are asked for
  /// again.
  package static let attachmentRestsMax = 10_000

  /// Seconds that a difference is given to settle unless told otherwise.
  package static let settleSeconds = 5

  /// How often a node compares with each peer by itself: daily, so that whatever the outboxes did
  /// not bring is found within a day; equal heads cost one round trip.
  package static let comparisonEvery: Duration = .seconds(24 * 3_600)

  /// Comparisons of this node under way at once: each keeps up to 64 MiB of headers and 64 MiB of
  /// parts of what it fetched, so they take 512 MiB at the worst.
  package static let comparisonsAtOnceMax = 4

  /// Peers that confirm at once where this node stands, after a start, or give back what it wrote,
  /// after a restore or under a new key.
  ///
  /// As many as comparisons and beside them, which therefore hold up no way back; they take as much
  /// memory.
  package static let recoveriesAtOnceMax = 4

  /// How long one peer may take to confirm where this node stands, or to give back what it wrote:
  /// 150 MiB at 256 KiB/s, the slowest line we serve, which are the headers of half a million
  /// change sets.
  ///
  /// A peer that takes longer is not reached, and costs the others' work no more than this. What it
  /// gave by then stays, and the next time goes on from there.
  package static let recoveryTimeMax: Duration = .seconds(600)

  /// How long a comparison may take: 900 MiB in an hour at 256 KiB/s, the slowest line we serve.
  ///
  /// What is repaired by then stays, and the next goes on from there.
  package static let comparisonTimeMax: Duration = .seconds(3_600)

  /// How long a comparison that somebody waits for waits for its turn.
  package static let comparisonPatience: Duration = .seconds(60)

  /// Questions of comparisons answered at once, one of each peer: of the three connections that
  /// read, one stays free for everything else.
  package static let comparisonAnswersMax = 2

  /// How long such a question waits at the most until its peer is told to come back, in seconds,
  /// and after how many it is to come.
  package static let answerPatienceSeconds = 5

  /// How much a daily comparison comes early or late, as a part of the day: nodes that started
  /// together do not compare together.
  package static let comparisonJitter = 0.1

  /// How long a peer's next claim to have more of us waits after we have asked for the proof, and
  /// its next new outbox, or the next grant that lets us in again, after we have compared: each
  /// costs one comparison a minute, whoever makes how many.
  package static let claimPause: Duration = .seconds(60)

  /// Bundles on their way in or out at once: a person or two at a desk; at 4 GiB each they take
  /// 16 GiB of disk at the most.
  package static let bundlesOpenMax = 4

  /// How long a rotation that could not be re-affirmed rests: nobody can rely on what stands under
  /// the old key meanwhile, and asking every peer takes a round trip each.
  package static let reaffirmAgain: Duration = .seconds(5)

  /// Agencies that one node hosts: six units of a city and the bodies of its counties are
  /// under twenty; each costs two key files of 200 bytes and a look at the standing work.
  package static let desksMax = 32
}
