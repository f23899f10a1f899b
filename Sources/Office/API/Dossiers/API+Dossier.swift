extension API {
  /// The dossiers here.
  package struct DossierList: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.dossiers/v1"
    /// Newest first.
    package var dossiers: [DossierLine]
    /// The next page; null on the last.
    package var next: Int?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(dossiers: [DossierLine] = [], next: Int? = nil) {
      self.dossiers = dossiers
      self.next = next
    }
  }

  /// One dossier of a list.
  package struct DossierLine: Codable, Hashable, Sendable {
    /// Id of its first change set.
    package var id: String
    /// Kind; empty when no cover sheet is here.
    package var kind: String
    /// Number.
    package var number: String?
    /// Title.
    package var title: String?
    /// Home agency.
    package var home: String
    /// Agency codes.
    package var members: [String]
    /// Stored change sets.
    package var changeSets: Int
    /// When something of it was stored last.
    package var updatedAt: String
    /// Petitions: the way by which it came.
    package var channel: String?
    /// Petitions: what the petitioner asks for.
    package var demandKind: String?
    /// Demonstration bids: who names those that succeed.
    package var level: String?
    /// Demonstration bids: the batch.
    package var batch: Int?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      id: String, kind: String, number: String? = nil, title: String? = nil, home: String,
      members: [String] = [], changeSets: Int, updatedAt: String, channel: String? = nil,
      demandKind: String? = nil, level: String? = nil, batch: Int? = nil
    ) {
      self.id = id
      self.kind = kind
      self.number = number
      self.title = title
      self.home = home
      self.members = members
      self.changeSets = changeSets
      self.updatedAt = updatedAt
      self.channel = channel
      self.demandKind = demandKind
      self.level = level
      self.batch = batch
    }
  }

  /// A dossier.
  package struct Dossier: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.dossier/v1"
    /// Id of its first change set.
    package var id: String
    /// Kind.
    package var kind: String
    /// Number.
    package var number: String?
    /// Title.
    package var title: String?
    /// Home agency.
    package var home: String
    /// Region code.
    package var region: String?
    /// Source.
    package var source: String?
    /// Agency it came from.
    package var sourceAgency: String?
    /// Campaign, by which its findings are counted.
    package var campaign: String?
    /// Petitions: the way by which it came.
    package var channel: String?
    /// Petitions: what the petitioner asks for.
    package var demandKind: String?
    /// Demonstration bids: who names those that succeed.
    package var level: String?
    /// Demonstration bids: the batch.
    package var batch: Int?
    /// SHA-256 over the rows of its open parts; null while it needs an upgrade.
    package var digest: String?
    /// It holds records with types, fields or codes that this build does not know; read-only here.
    package var needsUpgrade: Bool
    /// Who wrote those records, ascending.
    package var newer: [String]
    /// Agency codes.
    package var members: [String]
    /// Excluded agencies.
    package var excluded: [String]
    /// Ids of the heads, ascending.
    package var heads: [String]
    /// Stored change sets.
    package var changeSets: Int
    /// How many of them are void.
    package var void: Int
    /// Authors with a fork proof.
    package var forks: [String]
    /// Issued documents.
    package var documents: [DocumentLine]
    /// Items.
    package var items: [Item]
    /// Results.
    package var results: [CaseResult]
    /// Acts in their order.
    package var acts: [Act]
    /// Where it stands in its course, and its figures and experts in theirs.
    package var courses: [CourseLine]
    /// Some list was cut at 1,000.
    package var truncated: Bool

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      id: String, kind: String, number: String? = nil, title: String? = nil, home: String,
      region: String? = nil, source: String? = nil, sourceAgency: String? = nil,
      campaign: String? = nil, channel: String? = nil, demandKind: String? = nil,
      level: String? = nil, batch: Int? = nil,
      digest: String? = nil, needsUpgrade: Bool = false, newer: [String] = [],
      members: [String] = [], excluded: [String] = [], heads: [String] = [], changeSets: Int,
      void: Int, forks: [String] = [], documents: [DocumentLine] = [], items: [Item] = [],
      results: [CaseResult] = [], acts: [Act] = [], courses: [CourseLine] = [],
      truncated: Bool = false
    ) {
      self.id = id
      self.kind = kind
      self.number = number
      self.title = title
      self.home = home
      self.region = region
      self.source = source
      self.sourceAgency = sourceAgency
      self.campaign = campaign
      self.channel = channel
      self.demandKind = demandKind
      self.level = level
      self.batch = batch
      self.digest = digest
      self.needsUpgrade = needsUpgrade
      self.newer = newer
      self.members = members
      self.excluded = excluded
      self.heads = heads
      self.changeSets = changeSets
      self.void = void
      self.forks = forks
      self.documents = documents
      self.items = items
      self.results = results
      self.acts = acts
      self.courses = courses
      self.truncated = truncated
    }
  }

  /// Each question of a dossier, its arbiter and what decided it.
  package struct Explanation: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.explanation/v1"
    /// Dossier.
    package var dossier: String
    /// The questions.
    package var questions: [Question]
    /// Acts without effect, with reasons.
    package var voids: [Act]
    /// Some list was cut at 1,000.
    package var truncated: Bool

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      dossier: String, questions: [Question] = [], voids: [Act] = [], truncated: Bool = false
    ) {
      self.dossier = dossier
      self.questions = questions
      self.voids = voids
      self.truncated = truncated
    }
  }

  /// One question of a dossier.
  package struct Question: Codable, Hashable, Sendable {
    /// Machine that answers it, such as SM2.
    package var machine: String
    /// Record it is about.
    package var target: String
    /// The record in words: its number or text.
    package var label: String
    /// The one agency whose acts move it.
    package var arbiter: String
    /// State reached.
    package var state: String
    /// The act that reached it; null for the first state, and when a result reached it.
    package var decidedBy: Act?
    /// The result that reached it, in the version in force; null when an act did.
    package var decidedByResult: CaseResult?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      machine: String, target: String, label: String, arbiter: String, state: String,
      decidedBy: Act? = nil, decidedByResult: CaseResult? = nil
    ) {
      self.machine = machine
      self.target = target
      self.label = label
      self.arbiter = arbiter
      self.state = state
      self.decidedBy = decidedBy
      self.decidedByResult = decidedByResult
    }
  }

  /// One act.
  package struct Act: Codable, Hashable, Sendable {
    /// Record.
    package var id: String
    /// Change set that carries it.
    package var changeSet: String
    /// Agency.
    package var author: String
    /// Place in the chain of the author.
    package var sequence: Int
    /// Verb.
    package var verb: String
    /// Record it acts on.
    package var target: String
    /// Date stated.
    package var on: String
    /// Person; null when the node acted by itself.
    package var actor: String?
    /// Role acted in.
    package var role: String?
    /// The host whose person recorded it from the paper of a hosted agency; null for its own.
    package var recordedBy: String?
    /// Code of the reason.
    package var reason: String?
    /// Free text.
    package var note: String?
    /// Disposition, stage or close kind.
    package var kind: String?
    /// Agencies that it names.
    package var agencies: [String]
    /// Records that it names: the points it concerns where not all, or what it merges or relates.
    package var points: [String]
    /// The due date that it states.
    package var dueOn: String?
    /// counts, void or unconfirmed.
    package var standing: String
    /// Why it has no effect.
    package var voidReason: String?
    /// Something it cites became void later.
    package var review: Bool

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      id: String, changeSet: String, author: String, sequence: Int, verb: String, target: String,
      on: String, actor: String? = nil, role: String? = nil, recordedBy: String? = nil,
      reason: String? = nil, note: String? = nil, kind: String? = nil, agencies: [String] = [],
      points: [String] = [], dueOn: String? = nil, standing: String, voidReason: String? = nil,
      review: Bool = false
    ) {
      self.id = id
      self.changeSet = changeSet
      self.author = author
      self.sequence = sequence
      self.verb = verb
      self.target = target
      self.on = on
      self.actor = actor
      self.role = role
      self.recordedBy = recordedBy
      self.reason = reason
      self.note = note
      self.kind = kind
      self.agencies = agencies
      self.points = points
      self.dueOn = dueOn
      self.standing = standing
      self.voidReason = voidReason
      self.review = review
    }
  }

  /// What one business step wrote.
  package struct Step: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.step/v1"
    /// Dossier.
    package var dossier: String
    /// The change set.
    package var changeSet: String
    /// Records in it, in their order.
    package var records: [String]
    /// Number drawn.
    package var number: String?
    /// State that the card has now.
    package var state: String?
    /// The draft that was prepared with it, such as the notice of a meeting.
    package var draft: String?
    /// Things to know, in words.
    package var warnings: [String]

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      dossier: String, changeSet: String, records: [String] = [], number: String? = nil,
      state: String? = nil, draft: String? = nil, warnings: [String] = []
    ) {
      self.dossier = dossier
      self.changeSet = changeSet
      self.records = records
      self.number = number
      self.state = state
      self.draft = draft
      self.warnings = warnings
    }
  }
}
