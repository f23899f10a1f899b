package import Ledger

extension FigureReport {
  /// Contributors, the agency itself among them, whose extract is not at hand; ascending.
  package var lacking: [AgencyCode] {
    digests.keys.filter { salts[$0] == nil }.sorted()
  }

  /// The extracts of a report that was counted, each with a salt, and the report with their
  /// digests.
  ///
  /// - Parameter salt: 32 random bytes for the extract of a contributor.
  ///
  /// - Returns: the report, and the extracts by contributor, ascending.
  package func frozen(
    salt: (AgencyCode) throws -> Hash256
  ) rethrows -> (report: FigureReport, extracts: [ReportExtract]) {
    let pieces = Dictionary(grouping: extracts, by: \.contributor)
    let sealed = try pieces.sorted { $0.key < $1.key }.map { contributor, pieces in
      ReportExtract(subject, of: contributor, salt: try salt(contributor), pieces: pieces)
    }
    var report = self
    for extract in sealed {
      report.digests[extract.contributor] = extract.digest
      report.salts[extract.contributor] = extract.salt
    }
    return (report, sealed)
  }

  /// The report with those extracts among some texts of which it has the digest.
  ///
  /// Any text may be among them: of one that is no extract of this report, nothing is taken.
  package func opened(by texts: [String]) -> FigureReport {
    guard !digests.isEmpty else { return self }
    var report = self
    for text in texts {
      guard let extract = ReportExtract(text: text), extract.subject == subject,
        digests[extract.contributor] == extract.digest, report.salts[extract.contributor] == nil
      else { continue }
      report.salts[extract.contributor] = extract.salt
      report.extracts += extract.pieces
    }
    report.extracts.sort { $0.key < $1.key }
    report.tally = Self.tally(of: report.extracts, subject.rules, regions: regions)
    return report
  }
}

extension FoldedDossier {
  /// The texts of the sheets of an author that a reader may open, whether named in their audience
  /// or let in later.
  package func sheets(of author: AgencyCode, for reader: AgencyCode) -> [String] {
    entries.compactMap { entry in
      guard entry.author == author, let sheet = entry.document, sheet.form == .sheet,
        let changeSet = graph.changeSet(entry.place.change),
        graph.isReadable(entry.place.part, of: changeSet, by: [reader])
      else { return nil }
      return sheet.body
    }
  }
}
