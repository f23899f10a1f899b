package import Ledger

extension ReportComparison {
  /// Looks for the causes of those of some differences that dossiers counted together made.
  ///
  /// Only what is shown is asked for: to find the day on which a line was lost, the dossiers are
  /// folded as of days between, each day once for all lines.
  ///
  /// - Parameters:
  ///   - shown: the differences; those of other dossiers stay as they are.
  ///   - dossiers: the dossiers, as they were added.
  ///   - held: the covers that are held here outside of them, see ``FigureBundle``.
  package func explain(
    _ shown: inout [Difference], by dossiers: [FoldedDossier], held: Set<RecordID> = []
  ) {
    let ids = Set(dossiers.map(\.id))
    let own = shown.indices.filter { index in
      (shown[index].was ?? shown[index].now).map { ids.contains($0.dossier) } ?? false
    }
    let lost = Dictionary(
      own.compactMap { index in shown[index].lost.map { ($0.piece, $0.record) } }
    ) { first, _ in first }
    let ending = lost.isEmpty ? [:] : endings(of: lost, in: dossiers, held)
    for index in own {
      if let piece = shown[index].lost?.piece {
        shown[index].causes = ending[piece] ?? []
      } else if let now = shown[index].now, shown[index].was?.place != now.place {
        let entry = dossiers.lazy.compactMap { $0.entry(at: now.place) }.first
        shown[index].causes = [entry.map(Cause.init)].compactMap(\.self)
      }
    }
  }

  private struct Dated {
    let entry: Entry
    let on: CivilDate
    let root: Entry
  }

  /// The records of the day on which each line was lost: later versions of what it counted, else
  /// every open act and result of that day.
  ///
  /// The day is found by halves: before the first day a line stands, on the last it does not.
  private func endings(
    of lost: [Piece: RecordID], in dossiers: [FoldedDossier], _ held: Set<RecordID>
  ) -> [Piece: [Cause]] {
    let dated = dossiers.flatMap { dossier in
      let questions = dossier.questions
      return dossier.entries.filter(\.audience.isEmpty).compactMap { entry in
        questions.happened(entry).map { Dated(entry: entry, on: $0, root: questions.root(entry)) }
      }
    }.filter { report.subject.asOf < $0.on && $0.on <= asOf }
    let byDay = Dictionary(grouping: dated, by: \.on)
    let days = byDay.keys.sorted()
    guard let last = days.indices.last else { return [:] }
    var causes: [Piece: [Cause]] = [:]
    var folds = 0
    var open = [(pieces: Array(lost.keys), first: 0, last: last)]
    while let (pieces, first, last) = open.popLast() {
      guard first < last else {
        let steps = byDay[days[first]] ?? []
        for piece in pieces { causes[piece] = Self.causes(of: lost[piece], among: steps) }
        continue
      }
      guard folds < Limits.causeDaysMax else { break }
      folds += 1
      let middle = (first + last) / 2
      let standing = Set(lines(of: dossiers, asOf: days[middle], held).map { Piece($0) })
      let later = pieces.filter(standing.contains)
      let earlier = pieces.filter { !standing.contains($0) }
      if !later.isEmpty { open.append((pieces: later, first: middle + 1, last: last)) }
      if !earlier.isEmpty { open.append((pieces: earlier, first: first, last: middle)) }
    }
    return causes
  }

  private static func causes(of record: RecordID?, among all: [Dated]) -> [Cause] {
    let steps = all.filter { $0.entry.act != nil || $0.entry.result != nil }
    let versions = steps.filter { $0.root.record.id == record }
    return (versions.isEmpty ? steps : versions).map(\.entry).sorted { $0.place < $1.place }
      .prefix(Limits.causesMax).map(Cause.init)
  }
}

extension ReportComparison.Difference {
  /// What is lost; nil where a line counts now, or where no dossier gave the line.
  fileprivate var lost: (piece: ReportComparison.Piece, record: RecordID)? {
    now == nil ? was.map { (ReportComparison.Piece(figure, $0), $0.record) } : nil
  }
}
