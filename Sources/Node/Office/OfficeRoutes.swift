import Office

extension OfficeRouter {
  /// Adds every route of the office API.
  ///
  /// After each act whoever waits is rung for, and the node looks at its standing work.
  func addRoutes(of desk: OfficeDesk, afterwards: @escaping @Sendable () -> Void) {
    addNodeRoutes(of: desk, afterwards: afterwards)
    addDirectoryRoutes(of: desk.office, desk, afterwards)
    addDossierRoutes(of: desk.office, desk, afterwards)
    addClueRoutes(of: desk.office, desk, afterwards)
    addMeetingRoutes(of: desk.office, desk, afterwards)
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

  private func look<Request, Answer>(
    _ endpoint: Endpoint<Request, Answer>,
    _ perform: @escaping @Sendable (Request) async throws -> Answer
  ) {
    on(endpoint) { request, _ in try await perform(request) }
  }

  private func addNodeRoutes(
    of desk: OfficeDesk, afterwards: @escaping @Sendable () -> Void
  ) {
    look(API.status) { try await desk.status($0) }
    look(API.version) { _ in await desk.version() }
    look(API.sync) { try await desk.sync($0) }
    look(API.link) { try desk.cut($0) }
    act(API.clock, desk, afterwards) { try await desk.office.clock($0, by: $1) }
    act(API.reconcilePeer, desk, afterwards) { try await desk.reconcilePeer($0, by: $1) }
    act(API.reconcileSelf, desk, afterwards) { try await desk.reconcileSelf($0, by: $1) }
    act(API.resume, desk, afterwards) { try await desk.resume($0, by: $1) }
    look(API.held) { try await desk.office.held($0) }
    look(API.rejected) { try await desk.office.rejected($0) }
    look(API.voids) { try await desk.office.voids($0) }
    look(API.alarms) { try await desk.office.alarms($0) }
    act(API.show, desk, {}) { try await desk.office.show($0, by: $1) }
    act(API.evidence, desk, {}) { try await desk.office.evidence($0, by: $1) }
    look(API.settings) { try await desk.office.settings($0) }
    act(API.setSetting, desk, afterwards) { try await desk.office.set($0, by: $1) }
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
    of office: Office, _ desk: OfficeDesk, _ afterwards: @escaping @Sendable () -> Void
  ) {
    look(API.agencies) { try await office.agencies($0) }
    look(API.pending) { try await office.pending($0) }
    act(API.invite, desk, afterwards) { request, acting in
      let invitation = try await office.invite(request, by: acting)
      // The newcomer may come at once: its certificate is let in from now on.
      await desk.synchronizer.readDirectory()
      return invitation
    }
    act(API.admitAgency, desk, afterwards) { try await office.admitAgency($0, by: $1) }
    act(API.countersignProposal, desk, afterwards) {
      try await office.countersignProposal($0, by: $1)
    }
    act(API.govern, desk, afterwards) { try await office.govern($0, by: $1) }
    act(API.rotateKey, desk, afterwards) { try await desk.rotateKey($0, by: $1) }
    act(API.suspendKey, desk, afterwards) { try await desk.suspendKey($0, by: $1) }
    act(API.appoint, desk, afterwards) { try await desk.appoint($0, by: $1) }
    act(API.changeAgency, desk, afterwards) { try await office.changeAgency($0, by: $1) }
    act(API.join, desk, afterwards) { try await desk.join($0, by: $1) }
    look(API.people) { try await office.people($0) }
    act(API.addPerson, desk, afterwards) { try await office.addPerson($0, by: $1) }
  }

  private func addDossierRoutes(
    of office: Office, _ desk: OfficeDesk, _ afterwards: @escaping @Sendable () -> Void
  ) {
    look(API.dossiers) { try await office.dossiers($0) }
    act(API.dossier, desk, {}) { try await office.dossier($0, by: $1) }
    act(API.explain, desk, {}) { try await office.explain($0, by: $1) }
    act(API.createDossier, desk, afterwards) { try await office.createDossier($0, by: $1) }
    act(API.admit, desk, afterwards) { try await office.admit($0, by: $1) }
    act(API.end, desk, afterwards) { try await office.end($0, by: $1) }
    act(API.exclude, desk, afterwards) { try await office.exclude($0, by: $1) }
    act(API.document, desk, {}) { try await office.document($0, by: $1) }
    act(API.attach, desk, {}) { try await office.attach($0, by: $1) }
    act(API.attachPiece, desk, {}) { try await office.attachPiece($0, by: $1) }
    act(API.attachmentPiece, desk, {}) { try await office.attachmentPiece($0, by: $1) }
    act(API.draft, desk, afterwards) { try await office.draft($0, by: $1) }
    act(API.submit, desk, afterwards) { try await office.submit($0, by: $1) }
    act(API.review, desk, afterwards) { try await office.review($0, by: $1) }
    act(API.sign, desk, afterwards) { try await office.sign($0, by: $1) }
    act(API.returnDraft, desk, afterwards) { try await office.returnDraft($0, by: $1) }
    act(API.issue, desk, afterwards) { try await office.issue($0, by: $1) }
  }

  private func addClueRoutes(
    of office: Office, _ desk: OfficeDesk, _ afterwards: @escaping @Sendable () -> Void
  ) {
    look(API.clues) { try await office.clues($0) }
    act(API.clue, desk, {}) { try await office.clue($0, by: $1) }
    act(API.createClue, desk, afterwards) { try await office.createClue($0, by: $1) }
    act(API.refer, desk, afterwards) { try await office.refer($0, by: $1) }
    act(API.supplement, desk, afterwards) { try await office.supplement($0, by: $1) }
    act(API.receive, desk, afterwards) { try await office.receive($0, by: $1) }
    act(API.accept, desk, afterwards) { try await office.accept($0, by: $1) }
    act(API.return, desk, afterwards) { try await office.return($0, by: $1) }
    act(API.forward, desk, afterwards) { try await office.forward($0, by: $1) }
    act(API.withdraw, desk, afterwards) { try await office.withdraw($0, by: $1) }
    act(API.agreeWithdraw, desk, afterwards) { try await office.agreeWithdraw($0, by: $1) }
    act(API.refuseWithdraw, desk, afterwards) { try await office.refuseWithdraw($0, by: $1) }
    act(API.dispose, desk, afterwards) { try await office.dispose($0, by: $1) }
    act(API.feedback, desk, afterwards) { try await office.feedback($0, by: $1) }
    look(API.results) { try await office.results($0) }
    act(API.recordResult, desk, afterwards) { try await office.recordResult($0, by: $1) }
  }

  private func addMeetingRoutes(
    of office: Office, _ desk: OfficeDesk, _ afterwards: @escaping @Sendable () -> Void
  ) {
    act(API.meeting, desk, {}) { try await office.meeting($0, by: $1) }
    act(API.createMeeting, desk, afterwards) { try await office.createMeeting($0, by: $1) }
    act(API.minutes, desk, afterwards) { try await office.minutes($0, by: $1) }
    act(API.circulate, desk, afterwards) { try await office.circulate($0, by: $1) }
    act(API.countersign, desk, afterwards) { try await office.countersign($0, by: $1) }
    act(API.object, desk, afterwards) { try await office.object($0, by: $1) }
    act(API.lapse, desk, afterwards) { try await office.lapse($0, by: $1) }
    act(API.finalize, desk, afterwards) { try await office.finalize($0, by: $1) }
    act(API.issueMinutes, desk, afterwards) { try await office.issueMinutes($0, by: $1) }
    look(API.items) { try await office.items($0) }
    act(API.reportItem, desk, afterwards) { try await office.reportItem($0, by: $1) }
    act(API.passItem, desk, afterwards) { try await office.passItem($0, by: $1) }
    act(API.rejectItem, desk, afterwards) { try await office.rejectItem($0, by: $1) }
    act(API.signOffItem, desk, afterwards) { try await office.signOffItem($0, by: $1) }
  }
}
