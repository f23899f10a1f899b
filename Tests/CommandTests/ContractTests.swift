import ArgumentParser
import Foundation
import Office
import TestSupport
import Testing

@testable import guantong

/// The names that outsiders rely on, written out: renaming one must fail here, not in their code.
@Suite struct ContractTests {
  /// What a shape is called, and fields that it has for good; there may be more.
  private typealias Shape = (name: String, type: any (Codable & Sendable).Type, fields: String)

  private static let answers: [Shape] =
    [
      (
        "guantong.status/v1", API.Status.self,
        "agency node.version node.started_at node.ready node.sample node.directory peers.agency "
          + "peers.state peers.outgoing peers.incoming peers.held peers.rejected peers.forks "
          + "peers.last_received_at peers.last_error peers.last_error_code "
          + "peers.clock_ahead_seconds peers.clock_flagged peers.dialable"
      ),
      (
        "guantong.reconcile/v1", API.ReconcilePeer.self,
        "peer shared_dossiers equal in_flight only_local.id only_local.dossier only_local.author "
          + "only_local.sequence only_remote.id only_remote.dossier only_remote.author "
          + "only_remote.sequence differing.dossier differing.author differing.sequence "
          + "differing.ids errors.code errors.detail repaired consistent round_trips bytes "
          + "milliseconds truncated only_local_total only_remote_total differing_total dry_run "
          + "skipped.sign skipped.id skipped.dossier skipped.author skipped.sequence"
      ),
      (
        "guantong.reconcile-self/v1", API.ReconcileSelf.self,
        "change_sets_checked rows_checked holes.id holes.dossier holes.author holes.sequence "
          + "differing.table differing.id differing.kind repaired consistent truncated "
          + "differing.dossier differing.seen differing.due holes_total differing_total dry_run "
          + "skipped_holes.id skipped_rows.table skipped_rows.id next dossiers_uncompared after"
      ),
      (
        "guantong.reconcile-plan/v1", API.ReconcilePlan.self,
        "agency peer dossier change_sets.sign change_sets.id change_sets.dossier "
          + "change_sets.author change_sets.sequence rows.table rows.id rows.kind rows.dossier "
          + "rows.seen rows.due truncated"
      ),
      (
        "guantong.statement/v1", API.Statement.self,
        "agency peer period first_day last_day outcome flows.from flows.to flows.unit "
          + "flows.issued flows.in_transit flows.received flows.accepted flows.returned "
          + "flows.forwarded flows.pending flows.withdrawn flows.awaiting "
          + "flows.disposals.disposal flows.disposals.count totals.author totals.kind "
          + "totals.count totals.amount differences.document differences.subject "
          + "differences.number differences.ours differences.theirs differences.only_ours "
          + "differences.only_theirs differences.must_act documents.document documents.dossier "
          + "documents.number documents.author documents.issued_on documents.stage "
          + "documents.confirmed documents.disputed documents.equal documents.readable digest "
          + "truncated"
      ),
      (
        "guantong.dossier/v1", API.Dossier.self,
        "digest needs_upgrade newer members documents items heads campaign acts.points "
          + "acts.due_on results.root"
      ),
      ("guantong.clue/v1", API.Clue.self, "state number holder due_on acts"),
      (
        "guantong.show/v1", API.Shown.self,
        "kind id change_set dossier author sequence parents directory key authored_at stored_at"
      ),
      (
        "guantong.document/v1", API.Document.self,
        "id dossier change_set form number version title body author to cc required issued_on"
      ),
      (
        "guantong.drafts/v1", API.DraftList.self,
        "drafts.id drafts.dossier drafts.form drafts.title drafts.state drafts.drafter next"
      ),
      (
        "guantong.meeting/v1", API.Meeting.self,
        "dossier number convenor held_on state final_version members versions resolutions acts"
      ),
      (
        "guantong.items/v1", API.ItemList.self,
        "items.id items.dossier items.document items.number items.kind items.text items.issuer "
          + "items.unit items.due_on items.state next"
      ),
      ("guantong.item/v1", API.ShownItem.self, "item.id item.state acts truncated"),
      (
        "guantong.documents/v1", API.DocumentList.self,
        "documents.id documents.dossier documents.form documents.number documents.author "
          + "documents.issued_on documents.state next"
      ),
      (
        "guantong.meetings/v1", API.MeetingList.self,
        "meetings.dossier meetings.number meetings.convenor meetings.held_on meetings.state "
          + "meetings.minutes_number meetings.resolutions meetings.signed_off next"
      ),
      (
        "guantong.minutes-report/v1", API.MinutesReport.self,
        "year held issued resolutions signed_off meetings.dossier next"
      ),
      (
        "guantong.courses/v1", API.CourseList.self,
        "courses.dossier courses.kind courses.author courses.course.subject "
          + "courses.course.machine courses.course.stage courses.course.handler next"
      ),
      (
        "guantong.deadlines/v1", API.DeadlineList.self,
        "on deadlines.dossier deadlines.subject deadlines.rule deadlines.owes deadlines.due_on "
          + "deadlines.days_left deadlines.lamp deadlines.waiting_on deadlines.suggestion next"
      ),
      (
        "guantong.calendar/v1", API.Calendar.self,
        "days.day days.working days.note days.own next"
      ),
      ("guantong.calendar-import/v1", API.CalendarImport.self, "entered replaced"),
      (
        "guantong.results/v1", API.ResultList.self,
        "results.id results.dossier results.change_set results.author results.kind results.on "
          + "results.measures results.amount results.state next"
      ),
      (
        "guantong.figures/v1", API.Figures.self,
        "year as_of rule_version published figures.code figures.value figures.unit "
          + "figures.numerator figures.denominator figures.by_region figures.evidence"
      ),
      (
        "guantong.figure-evidence/v1", API.FigureEvidence.self,
        "evidence.dossier evidence.record evidence.decision evidence.change_set evidence.on next"
      ),
      (
        "guantong.report-differences/v1", API.ReportDifferences.self,
        "report dossier number author year as_of rule_version stage contributors confirmed "
          + "disputed missing contributor compared_as_of unreadable lacking figures.code "
          + "figures.unit figures.published figures.published_of figures.current "
          + "figures.current_of differences.figure differences.region "
          + "differences.contributor differences.mark differences.dossier differences.record "
          + "differences.published differences.current differences.causes.record "
          + "differences.causes.change_set differences.causes.author "
          + "differences.causes.on differences.causes.type differences.causes.what "
          + "differences.causes.revokes truncated"
      ),
      (
        "guantong.overdue/v1", API.Overdue.self,
        "as_of lines.record lines.unit lines.due_on lines.days lines.reasons next"
      ),
      (
        "guantong.matrix/v1", API.Matrix.self,
        "year quarter as_of region rule_version dossiers unreadable kinds cells.from cells.to "
          + "cells.value cells.by_region cells.figure cells.evidence cells.truncated"
      ),
      (
        "guantong.deductions/v1", API.Deductions.self,
        "as_of units.unit units.assessed units.points units.open units.open_points lines.unit "
          + "lines.rule lines.points lines.record lines.dossier lines.number lines.days "
          + "lines.text lines.assessment lines.assessment_number lines.author lines.stage "
          + "lines.said truncated next"
      ),
      (
        "guantong.plans/v1", API.Plans.self,
        "year as_of planned done items.item items.plan items.number items.author items.position "
          + "items.text items.unit items.co_units items.due_on items.approval items.disputed "
          + "items.inspections items.stage items.done items.overlaps truncated next"
      ),
      (
        "guantong.held/v1", API.HeldList.self,
        "held.id held.author held.dossier held.reason held.from held.since"
      ),
      (
        "guantong.rejected/v1", API.RejectedList.self,
        "rejected.id rejected.author rejected.dossier rejected.reason rejected.from "
          + "rejected.since"
      ),
      (
        "guantong.held-change-set/v1", API.ShownHeld.self,
        "id author dossier sequence reason since copies.from copies.reason copies.since "
          + "copies.bytes missing.id missing.state asked truncated"
      ),
      (
        "guantong.held-retry/v1", API.HeldRetry.self,
        "judged stored rejected waiting peers.agency peers.asked peers.stored peers.held "
          + "peers.error peers.error_code truncated"
      ),
      (
        "guantong.rejected-change-set/v1", API.ShownRejected.self,
        "id reason marked author dossier sequence header.key header.directory header.parents "
          + "header.authored_at deliveries.from deliveries.reason deliveries.since "
          + "deliveries.bytes deliveries.digest truncated"
      ),
      (
        "guantong.voids/v1", API.VoidList.self,
        "voids.id voids.author voids.dossier voids.part voids.record voids.reason"
      ),
      (
        "guantong.alarms/v1", API.AlarmList.self,
        "alarms.peer alarms.kind alarms.subject alarms.at alarms.evidence"
      ),
      (
        "guantong.version/v1", API.Version.self,
        "version commit formats peer_protocol postgres"
      ),
      (
        "guantong.verify/v1", Verified.self,
        "valid author id dossier sequence authored_at sealed_at received.agency "
          + "received.stored_at reason"
      ),
      ("guantong.evidence-file/v1", WrittenEvidence.self, "id path"),
      (
        "guantong.verify-certificate/v1", VerifiedCertificate.self,
        "valid path author name change_set part hash authored_at ordered_by role on decision "
          + "reason destroyed_by sealed_at received.agency received.stored_at directory "
          + "root_pinned warnings flaw"
      ),
      (
        "guantong.sealed/v1", API.SealedList.self,
        "parts.change_set parts.part parts.author parts.hash parts.state parts.audience "
          + "parts.opened_to parts.destroyed_by truncated"
      ),
      ("guantong.certificate/v1", API.Certificate.self, "id part content"),
      (
        "guantong.bundle/v1", InspectedBundle.self,
        "valid opened sender reader key outbox from to directory created_at envelopes.kind "
          + "envelopes.digest envelopes.from envelopes.to deliveries.number deliveries.id "
          + "deliveries.dossier deliveries.author deliveries.sequence attachments.change_set "
          + "attachments.part attachments.position attachments.pieces truncated reason"
      ),
      (
        "guantong.bundle-import/v1", API.ImportedBundle.self,
        "sender outbox from to repeated stored known held rejected receipted queued pieces "
          + "went_back repaired published key_request request_alone"
      ),
      (
        "guantong.demo/v1", DemoSheet.self,
        "directory agencies.code agencies.name agencies.config agencies.peer_url "
          + "agencies.ops_url agencies.socket agencies.reader_url agencies.pid"
      ),
      (
        "guantong.demo-year/v1", SampleYear.Mark.self,
        "plan seed scale steps change_sets seconds"
      ),
      (
        "guantong.backup/v1", ShownBackup.self,
        "path agency fingerprint directory created_at change_sets bytes keys verified tried"
      ),
      (
        "guantong.backups/v1", ShownBackups.self, "backups.path backups.agency truncated"
      ),
      (
        "guantong.backup-restore/v1", RestoredNode.self,
        "agency backup config before change_sets keys_written"
      ),
      (
        "guantong.node-rebuild/v1", PreparedRebuild.self,
        "agency config directory source fingerprint entries"
      ),
      (
        "guantong.rebuild/v1", API.Rebuild.self,
        "agency directory since resumed dossiers change_sets own peers.agency peers.dialable "
          + "peers.answered peers.at peers.change_sets peers.own peers.dossiers peers.second_node "
          + "only_here.kind only_here.what only_here.through only_here.count only_here.dossier "
          + "only_here.witness sealed_parts.change_set sealed_parts.dossier sealed_parts.part "
          + "attachments.change_set attachments.dossier attachments.part attachments.position "
          + "attachments.have attachments.pieces never_back truncated"
      ),
      (
        "guantong.sync-log/v1", API.SyncLog.self,
        "entries.at entries.peer entries.kind entries.count entries.code entries.number "
          + "entries.untaken entries.detail truncated"
      ),
      (
        "guantong.agency/v1", API.ShownAgency.self,
        "agency.code agency.name agency.state agency.hosted_by agency.fingerprint since registrar "
          + "governor governors threshold hosts former_hosts keys.key keys.fingerprint keys.state "
          + "keys.since keys.withdrawn_at particulars.version particulars.tls_pin "
          + "unpublished_version proposals.id"
      ),
      (
        "guantong.key-rotation/v1", API.KeyRotation.self,
        "agency registrar state fingerprint public_key proposal.id proposal.countersigned_by"
      ),
      (
        "guantong.suspended-key/v1", API.SuspendedKey.self,
        "agency by fingerprint registrar state"
      ),
      (
        "guantong.appointment/v1", API.Appointment.self,
        "agency fingerprint public_key last_entry state countersigned_by threshold"
      ),
      ("guantong.init/v1", NodeBlueprint.Made.self, "agency directory config fingerprint"),
      ("guantong.config/v1", SettingsListing.Shape.self, "settings.key settings.value"),
    ]

  @Test(arguments: answers.indices)
  func `the answers of the commands keep the fields that others read`(_ index: Int) throws {
    let (name, type, fields) = Self.answers[index]
    let value = try ShapeProbe.value(of: type)
    guard case .object(let members) = value else {
      Issue.record("\(name) is no object")
      return
    }
    #expect(members.first?.name == "schema")
    for path in fields.split(separator: " ") {
      var found: JSONValue? = value
      for field in path.split(separator: ".") {
        if case .array(let elements) = found { found = elements.first }
        found = found?[String(field)]
      }
      #expect(found != nil, "\(name) has no \(path)")
    }
    // The probe fills in everything, so the name of the shape is read from the source itself.
    let isNamed = Repository.schemas.contains(name)
    #expect(isNamed, "\(name)")
  }

  @Test func `lists are cut at a thousand`() {
    #expect(API.listMax == 1_000)
  }

  @Test func `the exit codes are these`() {
    #expect(
      Outcome.allCases.map(\.rawValue) == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 64, 78, 124, 130])
  }

  @Test func `the keys of the configuration and their variables are these`() {
    #expect(
      SettingKey.allCases.map(\.rawValue) == [
        "agency", "data_dir", "database.url", "peer.listen", "peer.advertise",
        "peer.gateway", "ops.listen", "office.listen", "language", "time_zone", "log.level",
        "sample",
      ])
    #expect(SettingKey.peerListen.environmentName == "GUANTONG_PEER__LISTEN")
    #expect(SettingKey.dataDirectory.environmentName == "GUANTONG_DATA_DIR")
    #expect(
      SettingKey.allCases.map(\.fallback) == [
        nil, ".", "", "127.0.0.1:8401", "", "false", "127.0.0.1:9401", "", "zh",
        "Asia/Shanghai", "info", "false",
      ])
  }

  @Test func `the commands are those of the contract, no fewer and no more`() {
    let expected = """
      init|demo run|demo break|demo heal|demo clock|node run|\
      node rebuild|node rebuild-report|join|agency invite|agency add|\
      agency countersign|agency pending|agency list|agency show|agency govern|agency change|\
      agency rotate-key|agency suspend-key|agency appoint|agency move|\
      desk open|desk list|person add|person change|person list|status|sync now|sync log|\
      document draft|document drafts|document change|document submit|document sign|\
      document issue|document list|document show|clue create|\
      clue refer|clue supplement|clue receive|clue accept|clue return|clue forward|clue withdraw|\
      clue agree-withdraw|clue dispose|clue feedback|clue list|clue show|result record|\
      result list|meeting create|meeting minutes|meeting circulate|meeting countersign|\
      meeting object|meeting abstain|meeting finalize|meeting issue|meeting list|meeting show|\
      document revoke|result correct|result revoke|item acknowledge|item plan|item report|\
      item pass|item reject|item sign-off|item extend|item grant|item deny|item dispute|\
      item uphold|item dismiss|item reopen|item reassign|item cancel|item urge|item prolong|\
      dossier advance|dossier relate|clue assign|clue merge|clue relate|clue split|\
      item list|item show|deadline list|\
      calendar set|calendar import|calendar list|course list|\
      bundle export|bundle import|bundle inspect|backup create|\
      backup list|backup verify|backup restore|dossier list|\
      dossier show|dossier admit|dossier end|dossier exclude|reconcile|show|verify|held list|\
      held show|held retry|rejected show|\
      rejected list|void list|alarm list|config show|config check|version|sealed list|\
      sealed disclose|sealed destroy|sealed certificate|\
      clue refuse-withdraw|document review|document return|document attach|\
      document attachment get|meeting lapse|dossier create|bundle renew-key|\
      report figures|report overdue|report create|report correct|\
      report matrix|report deductions|report plan|report minutes|report assess|\
      statement create|statement countersign|report statement
      """.split(separator: "|").map(String.init)
    let there = Set(Self.leaves(of: Guantong.self, after: ""))
    let both = Set(expected)
    #expect(both == there, "\(both.symmetricDifference(there).sorted())")
  }

  @Test func `the options of reconcile, of the demo and of every command are there`() async throws {
    for (words, options) in [
      (
        ["reconcile"],
        [
          "peer", "self", "repair", "dry-run", "explain", "dossier", "settle", "max-changes",
          "out", "plan", "reason", "after", "throttle", "statement", "period",
        ]
      ),
      (
        ["demo", "run"],
        ["dir", "nodes", "port-base", "keep", "script", "plan", "seed", "scale"]
      ),
      (["demo", "break"], ["kind", "dir"]), (["verify"], ["directory"]),
      (
        ["node", "rebuild"],
        [
          "dir", "keys", "agency", "directory", "peer", "address", "confirm", "force",
          "passphrase-file",
        ]
      ),
      (["show"], ["evidence", "out"]),
      (["bundle", "export"], ["to", "out", "from-start", "without-attachments"]),
      (["config", "show"], ["raw", "origin"]),
      (["agency", "rotate-key"], ["fingerprint", "invite"]),
      (["agency", "suspend-key"], ["reason", "confirm"]),
      (["sealed", "disclose"], ["part", "to", "reason", "on"]),
      (["sealed", "destroy"], ["part", "decision", "reason", "confirm"]),
      (["sealed", "certificate"], ["part", "out"]),
      (["agency", "appoint"], ["public-key", "last-entry", "confirm"]),
      (["init"], ["dir", "agency"]), (["status"], ["watch", "wide", "peer", "fail-on"]),
    ] {
      let help = try await Program.run(words: words + ["--help"])
      #expect(help.code == 0)
      for option in options + ["config", "as", "url", "lang", "json", "format", "timeout"] {
        #expect(help.output.contains("--\(option)"), "\(words) has no --\(option)")
      }
    }
  }

  private static func leaves(
    of command: any ParsableCommand.Type, after words: String
  ) -> [String] {
    command.configuration.subcommands.flatMap { next -> [String] in
      let name = words.isEmpty ? next._commandName : "\(words) \(next._commandName)"
      return next.configuration.subcommands.isEmpty ? [name] : leaves(of: next, after: name)
    }
  }
}

extension Repository {
  /// The names of shapes that the sources declare.
  fileprivate static let schemas: Set<String> = {
    var names: Set<String> = []
    let folders = ["Sources/Office/API", "Sources/guantong"]
    for folder in folders {
      guard let files = FileManager.default.enumerator(atPath: "\(root)/\(folder)") else {
        continue
      }
      for case let file as String in files where file.hasSuffix(".swift") {
        let text = text("\(folder)/\(file)") ?? ""
        for match in text.matches(of: /schema = "(?<name>[a-z.\/0-9-]+)"/) {
          names.insert(String(match.output.name))
        }
      }
    }
    return names
  }()
}
