extension Office {
  /// Named maxima of this module, each with its arithmetic.
  package enum Limits {
    /// Nesting of a JSON request: the deepest shape of the API has 4 levels, 4 times that is 16.
    package static let jsonDepthMax = 16
    /// Values in a JSON document: an answer of 1,000 entries with 100 fields each has 10⁵; at 150
    /// bytes of memory each, 2¹⁸ take 40 MB.
    package static let jsonValuesMax = 1 << 18
    /// Entries of a page when the request names no number: a screen or two.
    package static let pageDefault = 50
    /// Entries of a page: 200 lines of 1 KiB are 200 KiB.
    package static let pageMax = 200
    /// Number of a page: with 200 entries each that is 10⁷ dossiers, what one node is sized for.
    package static let pageNumberMax = 50_000
    /// Entries of a list that is not paged; beyond it the answer says `truncated`.
    package static let answerListMax = 1_000
    /// Bytes of one text of a request: a part holds 4 MiB, a quarter of it for one text.
    package static let textBytesMax = 1024 * 1024
    /// Characters of a title, name or number: a printed title has at most four lines of 22, and
    /// twice that leaves room for Latin letters.
    package static let lineCharactersMax = 200
    /// Characters of a wrong value that a refusal quotes: one line of a terminal.
    package static let quotedCharactersMax = 80
    /// Characters of what an operator's step says in the audit besides, most of them its reason:
    /// five lines as long as a title.
    package static let auditDetailCharactersMax = 1_000
    /// Characters of an idempotency key: two UUIDs and a word.
    package static let idempotencyKeyCharactersMax = 128
    /// Seconds for which a repeated write is recognised: a week, longer than any retry of a client.
    package static let idempotencySeconds: Int64 = 7 * 24 * 3_600
    /// Rows of one kind from which a list of deadlines is computed: 10⁴ open letters or items, a
    /// hundred times a year of sixteen agencies; at 500 bytes each they take 5 MB.
    package static let dutyRowsMax = 10_000
    /// Months for which governmental sanctions are in force together: article 15 of their law.
    package static let sanctionMonthsMax = 48
    /// Days after which no governmental sanction is in force: 48 months have at most 1,461 days.
    package static let sanctionDaysMax = 1_461
    /// Days without work in a row: the longest holiday of any year had 8, doubled for an emergency.
    package static let holidaysInARowMax = 16
    /// Days that an office may have in its calendar: forty exceptions a year for fifty years.
    package static let calendarDaysMax = 2_000
    /// Days of one file of holidays: forty exceptions a year for ten years.
    package static let calendarImportMax = 400
    /// Rows of the audit that a verification reads at a time: 1,000 rows of 500 bytes are 0.5 MB.
    package static let auditBatch = 1_000
    /// Batch of a bid to be a model area: one a year, and a thousand years of them.
    package static let batchMax = 1_000
    /// Items of one document: with acts and sheets the step stays below 1,000 records.
    package static let itemsMax = 500
    /// Bytes of all attachments of one draft: four of the largest.
    package static let draftAttachmentBytesMax: Int64 = 4 * (2 << 30)
    /// Sealed sheets of one step: sixteen parts less the open one.
    package static let sheetsMax = 15
    /// Blocks at the end of the log in which the last exchanges are looked for: 512 blocks of 8 KiB
    /// are 4 MiB, some thousands of change sets.
    package static let logTailBlocks = 512
    /// Lines of the audit in which an operator's acts about exchanges are looked for: 2,000 rows of
    /// 500 bytes are 1 MB.
    package static let auditTrailMax = 2_000
    /// Seconds an invitation lasts: 72 hours.
    package static let invitationSeconds: Int64 = 72 * 3_600
    /// Hexadecimal digits that a prefix of an id needs: 32 bits name one of 10⁷ with few
    /// collisions.
    package static let prefixDigitsMin = 8
    /// Candidates that an ambiguous prefix lists.
    package static let candidatesMax = 5
    /// Dossiers of which a report on a rebuild reads the own change sets at a time: 64 of the usual
    /// few dozen change sets are a few MiB.
    package static let rebuildDossiersPerRead = 64
    /// Dossiers that one statement reads: sixteen agencies refer some 29 clues a year between them;
    /// a pair with seventy times that many takes a quarter or a month at a time.
    package static let statementDossiersMax = 2_000
    /// Times that a statement or a report is computed for one step beside the writer; each time
    /// only what changed in between is folded, so what is left for the step itself came within
    /// moments.
    package static let statementRoundsMax = 3
    /// Statements of one pair and period that are compared: one of each agency, and four that each
    /// left standing by mistake; of 1 MiB each that is 10 MiB.
    package static let statementDocumentsMax = 10
    /// Acts that the node takes by itself in one pass; the rest waits for the next pass.
    package static let standingActsMax = 200
    /// Dossiers whose ids a count of figures reads at a time: 256 ids are 8 KiB, and what is folded
    /// is one bundle.
    package static let figureDossiersPerRead = 256
    /// Clues tied by merges that are folded and count together: one matter that came to each of
    /// sixteen agencies four times; beyond it each counts by itself, and the answer says so.
    package static let figureBundleMax = 64
    /// Findings that a list of figures names for one campaign, or matters for one cell of the
    /// matrix: 200 of 200 campaigns, or of 169 cells, are 40,000 values of the 2¹⁸ that a JSON
    /// document may have; the evidence of one figure is paged.
    package static let campaignEvidenceMax = 200
    /// Lines of evidence of a report of the year: at 17 bytes for a mark they fill its text of
    /// 1 MiB; while they are counted, at 400 bytes each, they take 24 MB.
    package static let reportLinesMax = 60_000
    /// Bytes of what one kind of count keeps of dossiers in memory: a year of sixteen agencies has
    /// some 130 dossiers and 450 facts of 320 bytes; a hundred of them take 20 MB with what names
    /// them.
    package static let keptBytesMax = 32 * 1024 * 1024
    /// Bytes that naming one thing that is kept counts: an id, a hash and a place in a table that
    /// is half empty.
    package static let keptEntryBytes = 160
    /// Days as of which something is kept of one dossier: today, the end of its year, that of a
    /// quarter, and one more.
    package static let keptDaysMax = 4
    /// Dossiers whose list is kept for the next count: three hundred years of 130; at 120 bytes
    /// each they take 5 MB.
    package static let keptDossiersMax = 40_000
    /// Lists of dossiers that are kept: of two desks those for figures, for plans and for the
    /// report of another.
    package static let keptScopesMax = 6
    /// Statements that are kept with their pieces: one with each of four peers; of 2,000 dossiers
    /// each they take 8 MB.
    package static let keptStatementsMax = 4
    /// Answers that are kept whole: with 1,000 differences of 1 KiB each they take 4 MB.
    package static let keptAnswersMax = 4
    /// Rows of a list of which the order is kept; pages beyond are put in order each time.
    ///
    /// Three hundred years of sixteen agencies with some 400 papers; at 64 bytes each they take 8
    /// MB.
    package static let keptOrderMax = 120_000
    /// How many times as many keys are read as a page far down needs: who goes on to the end of a
    /// list has it put in order again when it is four times as far.
    package static let keptOrderAhead = 4
    /// Orders that are kept, of records and of dossiers each: two people who page through two
    /// lists; at 8 MB and 4 MB each they take 48 MB at the most, and half a megabyte of one year.
    package static let keptOrdersMax = 4
    /// Dossiers of which a count reads at a time how they stand: at 100 bytes each 0.8 MB.
    package static let keptStatesPerRead = 8_192
    /// Dossiers with a hole that are noted, for bundles to ask for what lacks: as many as a check
    /// names holes; 65 KB of text.
    package static let holedDossiersMax = 1_000
    /// Overdue lines that a report puts in order: 10,000 of 500 bytes are 5 MB.
    package static let overdueMax = 10_000
  }
}

/// The maxima of this module, also where another module's are near.
package typealias Limits = Office.Limits
