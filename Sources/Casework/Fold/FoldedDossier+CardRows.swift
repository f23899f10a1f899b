import Ledger

extension FoldedDossier {
  func row(_ card: ReferralCard) -> ProjectedRow {
    ProjectedRow(
      Tables.referral, audience: card.audience,
      [
        dossierCell, .agency(card.sender), .uuid(card.document), .agency(card.addressee),
        .text(card.ground.rawValue), .text(card.form.rawValue), .optional(card.number),
        .text(card.state.rawValue), .text(card.withdraw.rawValue), .agency(card.forwardedBy),
        .agencies(card.forwardedTo), .ids(card.points), .ids(card.acceptedPoints),
        .date(card.sentOn), .optional(card.receivedOn), .optional(card.acceptedOn),
        .optional(card.fateOn), .optional(card.returnReason), .optional(card.internalNumber),
        .optional(card.fedBackOn), .number(card.supplements),
        .bool(needsReview(card.document, card.audience, by: [card.addressee, card.sender])),
      ])
  }

  func row(_ card: HandlingCard) -> ProjectedRow {
    ProjectedRow(
      Tables.handling, audience: card.audience,
      [
        dossierCell, .agency(card.sender), .uuid(card.document), .agency(card.body),
        .text(card.stage.rawValue), .code(card.firstDisposition), .optional(card.disposedOn),
        .code(card.closeKind), .optional(card.filedOn), .optional(card.decidedOn),
        .optional(card.executedOn), .number(card.filings), .number(card.sanctions),
        .bool(card.isAccountable), .date(card.stageOn),
        .bool(needsReview(card.document, card.audience, by: [card.body])),
      ])
  }

  func row(_ card: MinutesCard) -> ProjectedRow {
    ProjectedRow(
      Tables.minutes, audience: card.audience,
      [
        dossierCell, .agency(card.convenor), .uuid(card.document), .number(card.version),
        .bytes(card.hash.bytes), .text(card.state.rawValue), .optional(card.number),
        .agencies(card.required), .agencies(card.members(.countersign)),
        .agencies(card.members(.object)), .agencies(card.members(.abstain)),
        .agencies(card.lapsed), .agencies(card.reserved), .date(card.circulatedOn),
        .optional(card.finalizedOn), .optional(card.issuedOn),
      ])
  }

  func row(_ card: ItemCard) -> ProjectedRow {
    let disputedAfter = card.state == .signedOff && !card.openDisputes.isEmpty
    return ProjectedRow(
      Tables.itemCard, audience: card.audience,
      [
        dossierCell, .agency(card.issuer), .uuid(card.item), .uuid(card.document),
        .number(card.number), .text(card.kind.rawValue), .agency(card.unit),
        .text(card.state.rawValue), .optional(card.dueOn), .optional(card.reportedOn),
        .optional(card.report), .optional(card.passedOn), .optional(card.signedOffOn),
        .number(card.reopened), .text(card.extensionState.rawValue),
        .bool(card.hasNewMaterial), .bool(disputedAfter || needsReview(item: card)),
        .code(card.level), .bool(card.isLongTerm), .optional(card.disputedOn),
        .optional(card.askedOn),
      ])
  }

  /// The course, and the requests for an expert in it, a row each.
  func courseRows(_ card: CourseCard) -> [ProjectedRow] { [row(card)] + secondmentRows(card) }

  private func row(_ card: CourseCard) -> ProjectedRow {
    ProjectedRow(
      Tables.course, audience: card.audience,
      [
        dossierCell, .agency(card.author), .uuid(card.subject), .number(card.type.rawValue),
        .text(card.kind), .text(card.machine), .date(card.begunOn), .text(card.stage.rawValue),
        .optional(card.stageOn), .agency(card.movedBy), .agency(card.handler),
        .optional(card.approval), .optional(card.dueOn), .optional(card.acceptedOn),
        .int(card.amount), .number(card.results), .agencies(card.confirmed),
        .agencies(card.disputed), .number(card.corrections), .bool(card.isLate),
        .bool(needsReview(course: card)),
      ])
  }

  private func secondmentRows(_ card: CourseCard) -> [ProjectedRow] {
    card.secondments.map { one in
      ProjectedRow(
        Tables.secondment, audience: card.audience,
        [
          dossierCell, .agency(card.author), .uuid(card.subject),
          .bytes(one.request.change.bytes), .number(one.request.part),
          .number(one.request.record), .date(one.period.first), .date(one.period.last),
          .text(one.outcome.rawValue),
        ])
    }
  }

  /// Whether an act or result of these agencies on a document cites what became void.
  private func needsReview(
    _ document: RecordID, _ audience: [AgencyCode], by agencies: [AgencyCode]
  ) -> Bool {
    reviews.contains { review in
      guard let (citing, target) = marked(review, for: audience) else { return false }
      return agencies.contains(citing.author) && target.record.id == document
    }
  }

  /// Whether a step of a course cites what became void; of a dossier, a step on any of its covers.
  private func needsReview(course card: CourseCard) -> Bool {
    reviews.contains { review in
      guard let (citing, target) = marked(review, for: card.audience),
        Questions.step(of: citing) != nil
      else { return false }
      return card.type == .dossier ? target.cover != nil : target.record.id == card.subject
    }
  }

  private func needsReview(item card: ItemCard) -> Bool {
    reviews.contains { review in
      guard let (citing, target) = marked(review, for: card.audience) else { return false }
      return citing.author == card.issuer && target.record.id == card.item
    }
  }

  /// The citing record and its target, where whoever has the row has what the mark rests on.
  ///
  /// A mark for the sake of a sealed record would make an open row another one at its readers than
  /// at all other members; it has a row of its own with the audience of that record.
  private func marked(
    _ review: Review, for audience: [AgencyCode]
  ) -> (citing: Entry, target: Entry)? {
    guard let citing = index.entry(review.citing), let cited = index.entry(review.cited),
      let target = citing.target.flatMap({ index.entry($0) }),
      [citing, cited].allSatisfy({ $0.audience.isEmpty || $0.audience == audience })
    else { return nil }
    return (citing, target)
  }
}
