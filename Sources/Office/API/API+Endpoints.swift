extension API {
  /// How the node and its peers are.
  package static let status = Endpoint<StatusRequest, Status>(
    .get, "/office/v1/status", operation: "status", credential: .operator)

  /// What is running here.
  package static let version = Endpoint<Nothing, Version>(
    .get, "/office/v1/version", operation: "version", credential: .operator)

  /// Exchanges with peers now.
  package static let sync = Endpoint<SyncRequest, Sync>(
    .post, "/office/v1/sync", operation: "sync", credential: .operator)

  /// Moves the business clock of a sample node.
  package static let clock = Endpoint<ClockRequest, Clock>(
    .post, "/office/v1/clock", operation: "clock", credential: .operator)

  /// Cuts a sample node off, for exercises.
  package static let link = Endpoint<LinkRequest, Link>(
    .post, "/office/v1/link", operation: "link", credential: .operator)

  /// Lists the directory.
  package static let agencies = Endpoint<AgencyListRequest, AgencyList>(
    .get, "/office/v1/agencies", operation: "agencies", credential: .operator)

  /// Lists what waits in the directory.
  package static let pending = Endpoint<PendingRequest, Pending>(
    .get, "/office/v1/agencies/pending", operation: "pending", credential: .operator)

  /// Makes an invitation, as registrar.
  package static let invite = Endpoint<InviteRequest, Invitation>(
    .post, "/office/v1/agencies/invite", operation: "invite", credential: .operator)

  /// Proposes an admission, as registrar.
  package static let admitAgency = Endpoint<AdmitAgencyRequest, Proposal>(
    .post, "/office/v1/agencies/add", operation: "admitAgency", credential: .operator)

  /// Countersigns a proposal, as governor.
  package static let countersignProposal = Endpoint<CountersignProposalRequest, Proposal>(
    .post, "/office/v1/agencies/countersign", operation: "countersignProposal",
    credential: .operator)

  /// Proposes who governs, as registrar.
  package static let govern = Endpoint<GovernRequest, Proposal>(
    .post, "/office/v1/agencies/govern", operation: "govern", credential: .operator)

  /// Enters a directory.
  package static let join = Endpoint<JoinRequest, Join>(
    .post, "/office/v1/join", operation: "join", credential: .operator)

  /// Lists people of an agency.
  package static let people = Endpoint<PersonListRequest, PersonList>(
    .get, "/office/v1/people", operation: "people", credential: .operator)

  /// Adds a person to our particulars.
  package static let addPerson = Endpoint<PersonRequest, Person>(
    .post, "/office/v1/people", operation: "addPerson", credential: .operator)

  /// Changes a person of our particulars.
  package static let changePerson = Endpoint<ChangePersonRequest, Person>(
    .post, "/office/v1/people/{person}/change", operation: "changePerson", credential: .operator)

  /// Lists dossiers.
  package static let dossiers = Endpoint<DossierListRequest, DossierList>(
    .get, "/office/v1/dossiers", operation: "dossiers", credential: .operator)

  /// Opens a dossier.
  package static let createDossier = Endpoint<CreateDossierRequest, Step>(
    .post, "/office/v1/dossiers", operation: "createDossier", credential: .person)

  /// Shows a dossier.
  package static let dossier = Endpoint<DossierRequest, Dossier>(
    .get, "/office/v1/dossiers/{dossier}", operation: "dossier", credential: .operator)

  /// Says why its cards say what they say.
  package static let explain = Endpoint<ExplainRequest, Explanation>(
    .get, "/office/v1/dossiers/{dossier}/explanation", operation: "explain", credential: .operator)

  /// Admits an agency.
  package static let admit = Endpoint<AdmitRequest, Step>(
    .post, "/office/v1/dossiers/{dossier}/admit", operation: "admit", credential: .person)

  /// Ends a membership.
  package static let end = Endpoint<EndRequest, Step>(
    .post, "/office/v1/dossiers/{dossier}/end", operation: "end", credential: .person)

  /// Excludes an agency.
  package static let exclude = Endpoint<ExcludeRequest, Step>(
    .post, "/office/v1/dossiers/{dossier}/exclude", operation: "exclude", credential: .person)

  /// Takes the next step of a course.
  package static let advance = Endpoint<AdvanceRequest, Step>(
    .post, "/office/v1/dossiers/{dossier}/advance", operation: "advance", credential: .person)

  /// Drafts a document.
  package static let draft = Endpoint<DraftRequest, Draft>(
    .post, "/office/v1/documents", operation: "draft", credential: .person)

  /// Lists drafts that are not issued yet.
  package static let drafts = Endpoint<DraftListRequest, DraftList>(
    .get, "/office/v1/drafts", operation: "drafts", credential: .operator)

  /// Changes a draft before it is submitted.
  package static let changeDraft = Endpoint<ChangeDraftRequest, Draft>(
    .post, "/office/v1/drafts/{draft}/change", operation: "changeDraft", credential: .person)

  /// Submits a draft.
  package static let submit = Endpoint<DraftActRequest, Draft>(
    .post, "/office/v1/drafts/{draft}/submit", operation: "submit", credential: .person)

  /// Reviews a submitted draft.
  package static let review = Endpoint<DraftActRequest, Draft>(
    .post, "/office/v1/drafts/{draft}/review", operation: "review", credential: .person)

  /// Signs a draft.
  package static let sign = Endpoint<DraftActRequest, Draft>(
    .post, "/office/v1/drafts/{draft}/sign", operation: "sign", credential: .person)

  /// Issues a signed draft with a number.
  package static let issue = Endpoint<IssueRequest, Step>(
    .post, "/office/v1/drafts/{draft}/issue", operation: "issue", credential: .person)

  /// Shows a document or a draft.
  package static let document = Endpoint<DocumentRequest, Document>(
    .get, "/office/v1/documents/{document}", operation: "document", credential: .operator)

  /// Revokes an issued document.
  package static let revokeDocument = Endpoint<RevokeDocumentRequest, Step>(
    .post, "/office/v1/documents/{document}/revoke", operation: "revokeDocument",
    credential: .person)

  /// Lists clues.
  package static let clues = Endpoint<ClueListRequest, ClueList>(
    .get, "/office/v1/clues", operation: "clues", credential: .operator)

  /// Opens a clue.
  package static let createClue = Endpoint<CreateClueRequest, Step>(
    .post, "/office/v1/clues", operation: "createClue", credential: .person)

  /// Shows a clue.
  package static let clue = Endpoint<ClueRequest, Clue>(
    .get, "/office/v1/clues/{clue}", operation: "clue", credential: .operator)

  /// Drafts the letter that refers a clue.
  package static let refer = Endpoint<ReferRequest, Draft>(
    .post, "/office/v1/clues/{clue}/refer", operation: "refer", credential: .person)

  /// Drafts a letter with further material.
  package static let supplement = Endpoint<SupplementRequest, Draft>(
    .post, "/office/v1/clues/{clue}/supplement", operation: "supplement", credential: .person)

  /// Receives a letter.
  package static let receive = Endpoint<ReceiveRequest, Step>(
    .post, "/office/v1/clues/{clue}/receive", operation: "receive", credential: .person)

  /// Accepts a clue.
  package static let accept = Endpoint<AcceptRequest, Step>(
    .post, "/office/v1/clues/{clue}/accept", operation: "accept", credential: .person)

  /// Returns a clue.
  package static let `return` = Endpoint<ReturnRequest, Step>(
    .post, "/office/v1/clues/{clue}/return", operation: "return", credential: .person)

  /// Forwards a clue.
  package static let forward = Endpoint<ForwardRequest, Step>(
    .post, "/office/v1/clues/{clue}/forward", operation: "forward", credential: .person)

  /// Asks for a withdrawal.
  package static let withdraw = Endpoint<WithdrawRequest, Step>(
    .post, "/office/v1/clues/{clue}/withdraw", operation: "withdraw", credential: .person)

  /// Agrees to a withdrawal.
  package static let agreeWithdraw = Endpoint<AgreeWithdrawRequest, Step>(
    .post, "/office/v1/clues/{clue}/agree-withdraw", operation: "agreeWithdraw", credential: .person
  )

  /// Refuses a withdrawal.
  package static let refuseWithdraw = Endpoint<AgreeWithdrawRequest, Step>(
    .post, "/office/v1/clues/{clue}/refuse-withdraw", operation: "refuseWithdraw",
    credential: .person)

  /// Decides what is done with a clue.
  package static let dispose = Endpoint<DisposeRequest, Step>(
    .post, "/office/v1/clues/{clue}/dispose", operation: "dispose", credential: .person)

  /// Gives feedback to the sender.
  package static let feedback = Endpoint<FeedbackRequest, Step>(
    .post, "/office/v1/clues/{clue}/feedback", operation: "feedback", credential: .person)

  /// Lists results.
  package static let results = Endpoint<ResultListRequest, ResultList>(
    .get, "/office/v1/results", operation: "results", credential: .operator)

  /// Records a result.
  package static let recordResult = Endpoint<ResultRequest, Step>(
    .post, "/office/v1/results", operation: "recordResult", credential: .person)

  /// Corrects a result.
  package static let correctResult = Endpoint<CorrectResultRequest, Step>(
    .post, "/office/v1/results/{result}/correct", operation: "correctResult", credential: .person)

  /// Revokes a result.
  package static let revokeResult = Endpoint<RevokeResultRequest, Step>(
    .post, "/office/v1/results/{result}/revoke", operation: "revokeResult", credential: .person)

  /// Opens a meeting.
  package static let createMeeting = Endpoint<CreateMeetingRequest, Step>(
    .post, "/office/v1/meetings", operation: "createMeeting", credential: .person)

  /// Shows a meeting.
  package static let meeting = Endpoint<MeetingRequest, Meeting>(
    .get, "/office/v1/meetings/{meeting}", operation: "meeting", credential: .operator)

  /// Drafts minutes.
  package static let minutes = Endpoint<MinutesRequest, Draft>(
    .post, "/office/v1/meetings/{meeting}/minutes", operation: "minutes", credential: .person)

  /// Circulates a version.
  package static let circulate = Endpoint<CirculateRequest, Step>(
    .post, "/office/v1/meetings/{meeting}/circulate", operation: "circulate", credential: .person)

  /// Countersigns a version.
  package static let countersign = Endpoint<CountersignRequest, Step>(
    .post, "/office/v1/meetings/{meeting}/countersign", operation: "countersign",
    credential: .person)

  /// Abstains from a version.
  package static let abstain = Endpoint<AbstainRequest, Step>(
    .post, "/office/v1/meetings/{meeting}/abstain", operation: "abstain", credential: .person)

  /// Objects to a version.
  package static let object = Endpoint<ObjectRequest, Step>(
    .post, "/office/v1/meetings/{meeting}/object", operation: "object", credential: .person)

  /// Records the silence of members.
  package static let lapse = Endpoint<LapseRequest, Step>(
    .post, "/office/v1/meetings/{meeting}/lapse", operation: "lapse", credential: .person)

  /// Finalizes a version.
  package static let finalize = Endpoint<FinalizeRequest, Step>(
    .post, "/office/v1/meetings/{meeting}/finalize", operation: "finalize", credential: .person)

  /// Issues the final minutes.
  package static let issueMinutes = Endpoint<IssueMinutesRequest, Step>(
    .post, "/office/v1/meetings/{meeting}/issue", operation: "issueMinutes", credential: .person)

  /// Lists items.
  package static let items = Endpoint<ItemListRequest, ItemList>(
    .get, "/office/v1/items", operation: "items", credential: .operator)

  /// Reports on an item.
  package static let reportItem = Endpoint<ItemReportRequest, Step>(
    .post, "/office/v1/items/{item}/report", operation: "reportItem", credential: .person)

  /// Passes a report.
  package static let passItem = Endpoint<ItemActRequest, Step>(
    .post, "/office/v1/items/{item}/pass", operation: "passItem", credential: .person)

  /// Sends a report back.
  package static let rejectItem = Endpoint<ItemRejectRequest, Step>(
    .post, "/office/v1/items/{item}/reject", operation: "rejectItem", credential: .person)

  /// Signs an item off.
  package static let signOffItem = Endpoint<ItemActRequest, Step>(
    .post, "/office/v1/items/{item}/sign-off", operation: "signOffItem", credential: .person)

  /// Lists held change sets.
  package static let held = Endpoint<HeldListRequest, HeldList>(
    .get, "/office/v1/held", operation: "held", credential: .operator)

  /// Lists the quarantine.
  package static let rejected = Endpoint<RejectedListRequest, RejectedList>(
    .get, "/office/v1/rejected", operation: "rejected", credential: .operator)

  /// Lists what has no effect.
  package static let voids = Endpoint<VoidListRequest, VoidList>(
    .get, "/office/v1/voids", operation: "voids", credential: .operator)

  /// Lists alarms.
  package static let alarms = Endpoint<AlarmListRequest, AlarmList>(
    .get, "/office/v1/alarms", operation: "alarms", credential: .operator)

  /// Compares with a peer.
  package static let reconcilePeer = Endpoint<ReconcilePeerRequest, ReconcilePeer>(
    .post, "/office/v1/reconcile/peer", operation: "reconcilePeer", credential: .operator)

  /// Checks the own ledger and tables.
  package static let reconcileSelf = Endpoint<ReconcileSelfRequest, ReconcileSelf>(
    .post, "/office/v1/reconcile/self", operation: "reconcileSelf", credential: .operator)

  /// Lets a node write again that went back in time.
  package static let resume = Endpoint<ResumeRequest, Resume>(
    .post, "/office/v1/reconcile/resume", operation: "resume", credential: .operator)

  /// What a rebuilt node has again, and what only it held.
  package static let rebuildReport = Endpoint<Nothing, Rebuild>(
    .get, "/office/v1/rebuild", operation: "rebuild", credential: .operator)

  /// Shows any change set or record.
  package static let show = Endpoint<ShowRequest, Shown>(
    .get, "/office/v1/objects/{id}", operation: "show", credential: .operator)

  /// Exports evidence.
  package static let evidence = Endpoint<EvidenceRequest, EvidenceFile>(
    .get, "/office/v1/objects/{id}/evidence", operation: "evidence", credential: .operator)

  /// Every endpoint, in the order of the OpenAPI file.
  package static let routes: [Route] = [
    Route(status), Route(version), Route(sync), Route(syncLog), Route(clock), Route(link),
    Route(settings), Route(setSetting), Route(calendar), Route(setCalendarDay),
    Route(importCalendar),
    Route(agencies), Route(agency), Route(pending), Route(invite), Route(admitAgency),
    Route(countersignProposal), Route(govern), Route(rotateKey), Route(suspendKey),
    Route(appoint), Route(changeAgency), Route(moveAgency), Route(desks), Route(openDesk),
    Route(join), Route(people), Route(addPerson), Route(changePerson),
    Route(dossiers), Route(createDossier), Route(dossier), Route(explain), Route(admit),
    Route(end), Route(exclude), Route(advance), Route(relate), Route(sealedParts), Route(documents),
    Route(draft), Route(drafts), Route(changeDraft),
    Route(submit), Route(review), Route(sign), Route(returnDraft), Route(issue), Route(document),
    Route(revokeDocument), Route(attach), Route(attachPiece), Route(attachmentPiece),
    Route(clues), Route(createClue), Route(clue), Route(refer),
    Route(supplement), Route(receive), Route(accept), Route(`return`), Route(forward),
    Route(withdraw), Route(agreeWithdraw), Route(refuseWithdraw), Route(dispose),
    Route(assignCompetence), Route(merge), Route(feedback), Route(results),
    Route(recordResult), Route(correctResult), Route(revokeResult),
    Route(meetings), Route(createMeeting), Route(meeting),
    Route(minutes), Route(circulate), Route(countersign), Route(abstain), Route(object),
    Route(lapse),
    Route(finalize), Route(issueMinutes), Route(items), Route(item), Route(reportItem),
    Route(passItem), Route(rejectItem), Route(signOffItem),
    Route(acknowledgeItem), Route(planItem), Route(extendItem), Route(grantItem), Route(denyItem),
    Route(disputeItem), Route(upholdItem), Route(dismissItem), Route(reopenItem),
    Route(reassignItem), Route(cancelItem), Route(urgeItem), Route(prolongItem),
    Route(courses), Route(deadlines),
    Route(held), Route(heldChangeSet), Route(retryHeld), Route(rejected),
    Route(rejectedChangeSet), Route(voids),
    Route(alarms), Route(reconcilePeer), Route(reconcileSelf), Route(resume), Route(rebuildReport),
    Route(show), Route(evidence), Route(disclose), Route(destroy), Route(certificate),
    Route(exportBundle), Route(bundlePiece), Route(receiveBundle),
    Route(putBundlePiece), Route(importBundle),
    Route(figures), Route(figureEvidence), Route(overdue), Route(matrix), Route(deductions),
    Route(plans), Route(minutesReport), Route(assess),
    Route(createReport), Route(reportDifferences), Route(correctReport),
    Route(statement), Route(createStatement), Route(countersignStatement),
  ]
}
