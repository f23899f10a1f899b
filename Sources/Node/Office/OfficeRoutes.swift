import Office

extension OfficeRouter {
  /// Adds every route of the office API.
  ///
  /// After each act whoever waits is rung for, and the node looks at its standing work.
  func addRoutes(of desk: OfficeDesk, afterwards: @escaping @Sendable () -> Void) {
    addNodeRoutes(of: desk, afterwards: afterwards)
    addDirectoryRoutes(of: desk, afterwards)
    addDossierRoutes(of: desk, afterwards)
    addClueRoutes(of: desk, afterwards)
    addMeetingRoutes(of: desk, afterwards)
    addItemRoutes(of: desk, afterwards)
    look(API.figures, desk) { try await $0.figures($1) }
    look(API.figureEvidence, desk) { try await $0.figureEvidence($1) }
    look(API.overdue, desk) { try await $0.overdue($1) }
    look(API.matrix, desk) { try await $0.matrix($1) }
    look(API.deductions, desk) { try await $0.deductions($1) }
    look(API.plans, desk) { try await $0.plans($1) }
    look(API.minutesReport, desk) { try await $0.minutesReport($1) }
    work(API.assess, desk, afterwards) { try await $0.assess($1, by: $2) }
    work(API.createReport, desk, afterwards) { try await $0.createReport($1, by: $2) }
    look(API.reportDifferences, desk) { try await $0.reportDifferences($1) }
    work(API.correctReport, desk, afterwards) { try await $0.correctReport($1, by: $2) }
  }

  private func act<Request, Answer>(
    _ endpoint: Endpoint<Request, Answer>, _ desk: OfficeDesk,
    _ afterwards: @escaping @Sendable () -> Void,
    _ perform: @escaping @Sendable (Request, Acting) async throws -> Answer
  ) {
    on(endpoint) { request, caller in
      let answer = try await perform(request, desk.acting(caller))
      afterwards()
      return answer
    }
  }

  /// The same, at the desk that the caller names.
  private func work<Request, Answer>(
    _ endpoint: Endpoint<Request, Answer>, _ desk: OfficeDesk,
    _ afterwards: @escaping @Sendable () -> Void,
    _ perform: @escaping @Sendable (Office, Request, Acting) async throws -> Answer
  ) {
    on(endpoint) { request, caller in
      let office = try await desk.desks.office(of: caller.desk)
      let answer = try await perform(office, request, desk.acting(caller))
      afterwards()
      return answer
    }
  }

  private func look<Request, Answer>(
    _ endpoint: Endpoint<Request, Answer>, _ desk: OfficeDesk,
    _ perform: @escaping @Sendable (Office, Request) async throws -> Answer
  ) {
    on(endpoint) { request, caller in
      try await perform(try await desk.desks.office(of: caller.desk), request)
    }
  }

  private func look<Request, Answer>(
    _ endpoint: Endpoint<Request, Answer>,
    _ perform: @escaping @Sendable (Request) async throws -> Answer
  ) {
    on(endpoint) { request, _ in try await perform(request) }
  }

  /// The same, with sentences in the language of the reader.
  private func tell<Request, Answer>(
    _ endpoint: Endpoint<Request, Answer>,
    _ perform: @escaping @Sendable (Request, Language) async throws -> Answer
  ) {
    on(endpoint) { request, caller in try await perform(request, caller.language) }
  }

  private func addNodeRoutes(
    of desk: OfficeDesk, afterwards: @escaping @Sendable () -> Void
  ) {
    tell(API.status) { try await desk.status($0, in: $1) }
    look(API.version) { _ in await desk.version() }
    tell(API.sync) { try await desk.sync($0, in: $1) }
    tell(API.syncLog) { try await desk.syncLog($0, in: $1) }
    look(API.link) { try desk.cut($0) }
    look(API.calendar) { try await desk.office.calendar($0) }
    act(API.setCalendarDay, desk, afterwards) { try await desk.office.setCalendarDay($0, by: $1) }
    act(API.importCalendar, desk, afterwards) { try await desk.office.importCalendar($0, by: $1) }
    act(API.clock, desk, afterwards) { try await desk.office.clock($0, by: $1) }
    act(API.reconcilePeer, desk, afterwards) { try await desk.reconcilePeer($0, by: $1) }
    act(API.reconcileSelf, desk, afterwards) { try await desk.reconcileSelf($0, by: $1) }
    act(API.resume, desk, afterwards) { try await desk.resume($0, by: $1) }
    look(API.rebuildReport) { _ in try await desk.office.rebuildReport() }
    // What the exchange could not take, or warns of, is the node's, whatever the desk.
    look(API.held) { try await desk.office.held($0) }
    look(API.heldChangeSet) { try await desk.office.heldChangeSet($0) }
    tell(API.retryHeld) { try await desk.retryHeld($0, in: $1) }
    look(API.rejected) { try await desk.office.rejected($0) }
    look(API.rejectedChangeSet) { try await desk.office.rejectedChangeSet($0) }
    look(API.alarms) { try await desk.office.alarms($0) }
    look(API.voids, desk) { try await $0.voids($1) }
    work(API.show, desk, {}) { try await $0.show($1, by: $2) }
    work(API.evidence, desk, {}) { try await $0.evidence($1, by: $2) }
    look(API.settings, desk) { try await $0.settings($1) }
    work(API.setSetting, desk, afterwards) { try await $0.set($1, by: $2) }
    addBundleRoutes(of: desk, afterwards)
  }

  private func addBundleRoutes(
    of desk: OfficeDesk, _ afterwards: @escaping @Sendable () -> Void
  ) {
    act(API.exportBundle, desk, {}) { try await desk.exportBundle($0, by: $1) }
    look(API.bundlePiece) { try await desk.bundlePiece($0) }
    look(API.receiveBundle) { try desk.receiveBundle($0) }
    look(API.putBundlePiece) { try await desk.putBundlePiece($0) }
    act(API.importBundle, desk, afterwards) { try await desk.importBundle($0, by: $1) }
  }

  private func addDirectoryRoutes(
    of desk: OfficeDesk, _ afterwards: @escaping @Sendable () -> Void
  ) {
    look(API.agencies, desk) { try await $0.agencies($1) }
    look(API.agency, desk) { try await $0.shownAgency($1) }
    look(API.pending, desk) { try await $0.pending($1) }
    act(API.invite, desk, afterwards) { request, acting in
      let invitation = try await desk.office.invite(request, by: acting)
      // The newcomer may come at once: its certificate is let in from now on.
      await desk.synchronizer.readDirectory()
      return invitation
    }
    work(API.admitAgency, desk, afterwards) { try await $0.admitAgency($1, by: $2) }
    work(API.countersignProposal, desk, afterwards) {
      try await $0.countersignProposal($1, by: $2)
    }
    work(API.govern, desk, afterwards) { try await $0.govern($1, by: $2) }
    work(API.rotateKey, desk, afterwards) { try await desk.rotateKey($1, at: $0, by: $2) }
    work(API.suspendKey, desk, afterwards) { try await desk.suspendKey($1, at: $0, by: $2) }
    work(API.moveAgency, desk, afterwards) { try await $0.moveAgency($1, by: $2) }
    look(API.desks) { _ in try await desk.listDesks() }
    act(API.openDesk, desk, afterwards) { try await desk.openDesk($0, by: $1) }
    act(API.appoint, desk, afterwards) { try await desk.appoint($0, by: $1) }
    work(API.changeAgency, desk, afterwards) { try await $0.changeAgency($1, by: $2) }
    act(API.join, desk, afterwards) { try await desk.join($0, by: $1) }
    look(API.people, desk) { try await $0.people($1) }
    work(API.addPerson, desk, afterwards) { try await $0.addPerson($1, by: $2) }
    work(API.changePerson, desk, afterwards) { try await $0.changePerson($1, by: $2) }
  }

  private func addDossierRoutes(
    of desk: OfficeDesk, _ afterwards: @escaping @Sendable () -> Void
  ) {
    look(API.dossiers, desk) { try await $0.dossiers($1) }
    work(API.dossier, desk, {}) { try await $0.dossier($1, by: $2) }
    work(API.explain, desk, {}) { try await $0.explain($1, by: $2) }
    work(API.createDossier, desk, afterwards) { try await $0.createDossier($1, by: $2) }
    work(API.admit, desk, afterwards) { try await $0.admit($1, by: $2) }
    work(API.end, desk, afterwards) { try await $0.end($1, by: $2) }
    work(API.exclude, desk, afterwards) { try await $0.exclude($1, by: $2) }
    look(API.sealedParts, desk) { try await $0.sealedParts($1) }
    work(API.disclose, desk, afterwards) { try await $0.disclose($1, by: $2) }
    work(API.destroy, desk, afterwards) { try await $0.destroy($1, by: $2) }
    work(API.certificate, desk, {}) { try await $0.certificate($1, by: $2) }
    work(API.advance, desk, afterwards) { try await $0.advance($1, by: $2) }
    work(API.relate, desk, afterwards) { try await $0.relate($1, by: $2) }
    look(API.documents, desk) { try await $0.documents($1) }
    work(API.document, desk, {}) { try await $0.document($1, by: $2) }
    work(API.attach, desk, {}) { try await $0.attach($1, by: $2) }
    work(API.attachPiece, desk, {}) { try await $0.attachPiece($1, by: $2) }
    work(API.attachmentPiece, desk, {}) { try await $0.attachmentPiece($1, by: $2) }
    work(API.draft, desk, afterwards) { try await $0.draft($1, by: $2) }
    look(API.drafts, desk) { try await $0.drafts($1) }
    work(API.changeDraft, desk, afterwards) { try await $0.changeDraft($1, by: $2) }
    work(API.submit, desk, afterwards) { try await $0.submit($1, by: $2) }
    work(API.review, desk, afterwards) { try await $0.review($1, by: $2) }
    work(API.sign, desk, afterwards) { try await $0.sign($1, by: $2) }
    work(API.returnDraft, desk, afterwards) { try await $0.returnDraft($1, by: $2) }
    work(API.issue, desk, afterwards) { try await $0.issue($1, by: $2) }
    work(API.revokeDocument, desk, afterwards) { try await $0.revokeDocument($1, by: $2) }
  }

  private func addClueRoutes(
    of desk: OfficeDesk, _ afterwards: @escaping @Sendable () -> Void
  ) {
    look(API.clues, desk) { try await $0.clues($1) }
    work(API.clue, desk, {}) { try await $0.clue($1, by: $2) }
    work(API.createClue, desk, afterwards) { try await $0.createClue($1, by: $2) }
    work(API.refer, desk, afterwards) { try await $0.refer($1, by: $2) }
    work(API.supplement, desk, afterwards) { try await $0.supplement($1, by: $2) }
    work(API.receive, desk, afterwards) { try await $0.receive($1, by: $2) }
    work(API.accept, desk, afterwards) { try await $0.accept($1, by: $2) }
    work(API.return, desk, afterwards) { try await $0.return($1, by: $2) }
    work(API.forward, desk, afterwards) { try await $0.forward($1, by: $2) }
    work(API.withdraw, desk, afterwards) { try await $0.withdraw($1, by: $2) }
    work(API.agreeWithdraw, desk, afterwards) { try await $0.agreeWithdraw($1, by: $2) }
    work(API.refuseWithdraw, desk, afterwards) { try await $0.refuseWithdraw($1, by: $2) }
    work(API.dispose, desk, afterwards) { try await $0.dispose($1, by: $2) }
    work(API.assignCompetence, desk, afterwards) { try await $0.assignCompetence($1, by: $2) }
    work(API.merge, desk, afterwards) { try await $0.merge($1, by: $2) }
    work(API.feedback, desk, afterwards) { try await $0.feedback($1, by: $2) }
    look(API.results, desk) { try await $0.results($1) }
    work(API.recordResult, desk, afterwards) { try await $0.recordResult($1, by: $2) }
    work(API.correctResult, desk, afterwards) { try await $0.correctResult($1, by: $2) }
    work(API.revokeResult, desk, afterwards) { try await $0.revokeResult($1, by: $2) }
  }

  private func addMeetingRoutes(
    of desk: OfficeDesk, _ afterwards: @escaping @Sendable () -> Void
  ) {
    look(API.meetings, desk) { try await $0.meetings($1) }
    work(API.meeting, desk, {}) { try await $0.meeting($1, by: $2) }
    work(API.createMeeting, desk, afterwards) { try await $0.createMeeting($1, by: $2) }
    work(API.minutes, desk, afterwards) { try await $0.minutes($1, by: $2) }
    work(API.circulate, desk, afterwards) { try await $0.circulate($1, by: $2) }
    work(API.countersign, desk, afterwards) { try await $0.countersign($1, by: $2) }
    work(API.abstain, desk, afterwards) { try await $0.abstain($1, by: $2) }
    work(API.object, desk, afterwards) { try await $0.object($1, by: $2) }
    work(API.lapse, desk, afterwards) { try await $0.lapse($1, by: $2) }
    work(API.finalize, desk, afterwards) { try await $0.finalize($1, by: $2) }
    work(API.issueMinutes, desk, afterwards) { try await $0.issueMinutes($1, by: $2) }
    look(API.statement, desk) { try await $0.statement($1) }
    work(API.createStatement, desk, afterwards) { try await $0.createStatement($1, by: $2) }
    work(API.countersignStatement, desk, afterwards) {
      try await $0.countersignStatement($1, by: $2)
    }
  }

  private func addItemRoutes(
    of desk: OfficeDesk, _ afterwards: @escaping @Sendable () -> Void
  ) {
    look(API.items, desk) { try await $0.items($1) }
    work(API.item, desk, {}) { try await $0.item($1, by: $2) }
    look(API.courses, desk) { try await $0.courses($1) }
    look(API.deadlines, desk) { try await $0.deadlines($1, clocks: desk.clocks) }
    work(API.reportItem, desk, afterwards) { try await $0.reportItem($1, by: $2) }
    work(API.passItem, desk, afterwards) { try await $0.passItem($1, by: $2) }
    work(API.rejectItem, desk, afterwards) { try await $0.rejectItem($1, by: $2) }
    work(API.signOffItem, desk, afterwards) { try await $0.signOffItem($1, by: $2) }
    work(API.acknowledgeItem, desk, afterwards) { try await $0.acknowledgeItem($1, by: $2) }
    work(API.planItem, desk, afterwards) { try await $0.planItem($1, by: $2) }
    work(API.extendItem, desk, afterwards) { try await $0.extendItem($1, by: $2) }
    work(API.grantItem, desk, afterwards) { try await $0.grantItem($1, by: $2) }
    work(API.denyItem, desk, afterwards) { try await $0.denyItem($1, by: $2) }
    work(API.disputeItem, desk, afterwards) { try await $0.disputeItem($1, by: $2) }
    work(API.upholdItem, desk, afterwards) { try await $0.upholdItem($1, by: $2) }
    work(API.dismissItem, desk, afterwards) { try await $0.dismissItem($1, by: $2) }
    work(API.reopenItem, desk, afterwards) { try await $0.reopenItem($1, by: $2) }
    work(API.reassignItem, desk, afterwards) { try await $0.reassignItem($1, by: $2) }
    work(API.cancelItem, desk, afterwards) { try await $0.cancelItem($1, by: $2) }
    work(API.urgeItem, desk, afterwards) { try await $0.urgeItem($1, by: $2) }
    work(API.prolongItem, desk, afterwards) { try await $0.prolongItem($1, by: $2) }
  }
}
