import Casework
import Exchange
import Ledger
import Postgres
import Replica

extension Office {
  /// Appoints a registrar in place of the one that is lost, as governor: it takes effect when
  /// enough governors have said the same, without anybody's finalization.
  ///
  /// What another governor has said about this agency is said again word for word, unless the
  /// request names another key or last entry: only equal words add up.
  package func appoint(
    _ request: API.AppointRequest, by acting: Acting
  ) async throws -> API.Appointment {
    try await write(API.appoint, request, by: acting, on: request.agency) { transaction, desk in
      let view = try desk.view()
      guard let directory = desk.directory else { throw OfficeError(.notJoined) }
      let code = try Field.agency(request.agency, "agency")
      guard view.agency(code) != nil else {
        throw OfficeError(.agencyUnknown, ["agency": code.rawValue])
      }
      guard view.governors.contains(agency) else { throw OfficeError(.governorOnly) }
      if directory.hasAppointed(agency) {
        throw OfficeError(.conflict, ["detail": "conflict.appointed"])
      }
      let appointment = try desk.appointment(of: code, request, in: directory)
      guard request.confirm == code.rawValue else {
        throw OfficeError(.confirmationMissing, ["confirm": code.rawValue])
      }
      desk.detail = "\(Fingerprint.of(appointment.key)) \(appointment.lastEntry.hex)"
      _ = try desk.append(
        [Part(directory: [.appointment(appointment)])], to: directory.id, in: transaction)
      let pending = try transaction.directory()?.pendingAppointments
        .first { $0.appointment == appointment }
      if let pending { return API.Appointment(pending) }
      let before = directory.pendingAppointments.first { $0.appointment == appointment }
      return API.Appointment(
        PendingAppointment(
          appointment: appointment, agreed: ((before?.agreed ?? []) + [agency]).sorted(),
          threshold: directory.at(appointment.lastEntry)?.threshold ?? view.threshold),
        state: "effective")
    }
  }

  /// Proposes another entry for an agency of the directory, as registrar: a new name, or whose
  /// work it took over.
  ///
  /// The code, the key and the host stay; what the agency wrote under its former name stays as it
  /// is.
  package func changeAgency(
    _ request: API.ChangeAgencyRequest, by acting: Acting
  ) async throws -> API.Proposal {
    try await write(API.changeAgency, request, by: acting, on: request.agency) {
      transaction, desk in
      let view = try desk.registrar()
      let code = try Field.agency(request.agency, "agency")
      guard let known = view.agency(code), let key = known.keys.last?.publicKey else {
        throw OfficeError(.agencyUnknown, ["agency": code.rawValue])
      }
      let entry = try known.entry.changed(request, in: view)
      if entry == known.entry {
        throw OfficeError(.conflict, ["detail": "conflict.nothingChanged"])
      }
      let change = Proposal.Change.admission(entry: entry, key: key, particulars: nil)
      return try desk.propose(change, in: transaction).shown
    }
  }
}

extension Desk {
  /// What a governor says: as asked, or as another governor has said about this agency.
  fileprivate func appointment(
    of code: AgencyCode, _ request: API.AppointRequest, in directory: Directory
  ) throws -> Appointment {
    let view = directory.current
    let key = try publicKey(request.publicKey)
    let last = try lastEntry(request.lastEntry, in: directory)
    let said = directory.pendingAppointments.map(\.appointment).filter {
      $0.agency == code && (key == nil || $0.key == key)
        && (last == nil || $0.lastEntry == last)
    }
    if said.count > 1 {
      let candidates = said.prefix(Limits.candidatesMax)
        .map { "\(Fingerprint.of($0.key)) \($0.lastEntry.hex)" }
      throw OfficeError(
        .ambiguous,
        ["id": code.rawValue, "candidates": candidates.joined(separator: ", ")])
    }
    if let same = said.first { return same }
    guard let key = key ?? view.activeKey(of: code)?.publicKey else {
      throw OfficeError(.conflict, ["detail": "conflict.appointKey", "agency": code.rawValue])
    }
    if code == view.registrar, key == view.activeKey(of: code)?.publicKey {
      throw OfficeError(
        .conflict, ["detail": "conflict.appointSame", "agency": code.rawValue])
    }
    if view.activeKey(of: code)?.publicKey != key, view.key(key.id).owner != nil {
      throw OfficeError(.conflict, ["detail": "conflict.keyGiven"])
    }
    return Appointment(agency: code, key: key, lastEntry: last ?? directory.newest)
  }

  private func publicKey(_ text: String?) throws(OfficeError) -> PublicKey? {
    guard let text, !text.isEmpty else { return nil }
    guard let bytes = Hex.decode(text), VerificationKey(PublicKey(bytes: bytes)) != nil else {
      throw Field.invalid(text, "public_key", "verify.hex")
    }
    return PublicKey(bytes: bytes)
  }

  private func lastEntry(
    _ text: String?, in directory: Directory
  ) throws(OfficeError) -> ChangeSetID? {
    guard let text, !text.isEmpty else { return nil }
    guard let id = ChangeSetID(hex: text), let view = directory.at(id),
      view.registrar == directory.current.registrar, view.era == directory.current.era
    else { throw Lookup.notFound(text) }
    return id
  }
}

extension AgencyEntry {
  /// The entry with what a request changes.
  fileprivate func changed(
    _ request: API.ChangeAgencyRequest, in view: DirectoryView
  ) throws -> AgencyEntry {
    var entry = self
    if let name = request.name { entry.name = try Field.line(name, "name") }
    if let shortName = request.shortName {
      entry.shortName = try Field.optionalLine(shortName, "shortName")
    }
    if let level = try Field.optionalCode(request.level, "level", as: AgencyLevel.self) {
      entry.level = level.rawValue
    }
    if let creditCode = request.creditCode {
      entry.creditCode = try Field.optionalLine(creditCode, "creditCode")
    }
    if let kind = try Field.optionalCode(request.kind, "kind", as: AgencyKind.self) {
      entry.kind = kind.rawValue
    }
    guard let text = request.succeeds, !text.isEmpty else { return entry }
    let former = try Field.agency(text, "succeeds")
    guard view.agency(former) != nil else {
      throw OfficeError(.agencyUnknown, ["agency": former.rawValue])
    }
    // Nobody is the successor of its own successor.
    var next: AgencyCode? = former
    for _ in 0...view.agencies.count {
      guard let code = next else { break }
      if code == self.code {
        throw OfficeError(.conflict, ["detail": "conflict.succession", "agency": text])
      }
      next = view.agency(code)?.entry.succeeds
    }
    entry.succeeds = former
    return entry
  }
}

extension API.Appointment {
  /// An appointment as the API shows one.
  init(_ pending: PendingAppointment, state: String = "proposed") {
    let appointment = pending.appointment
    self.init(
      agency: appointment.agency.rawValue, fingerprint: Fingerprint.of(appointment.key),
      publicKey: Hex.encode(appointment.key.bytes), lastEntry: appointment.lastEntry.hex,
      state: state, countersignedBy: pending.agreed.map(\.rawValue), threshold: pending.threshold)
  }
}
