import Casework
import Exchange
import FoundationEssentials
import Ledger
import Postgres
import Replica

extension Office {
  /// Shows any change set, or the one that carries a record.
  ///
  /// Records of sealed parts are withheld unless a person with a content role asks, and such a look
  /// stands in the audit.
  package func show(
    _ request: API.ShowRequest, by acting: Acting = .node
  ) async throws -> API.Shown {
    try await look("show", on: request.id, by: acting) { transaction, reader in
      let found = try Lookup(agency: agency).find(request.id, in: transaction)
      guard let changeSet = try transaction.changeSets([found.change]).first,
        let graph = try transaction.graphs([found.dossier])[found.dossier],
        let row = try transaction.sql.firstRow(
          "SELECT stored_at, sender FROM ledger.change_set WHERE id = \(found.change)")
      else { throw Lookup.notFound(request.id) }
      let header = changeSet.header
      let view = try transaction.directory()?.current
      let standing = graph.standing(of: changeSet.id, now: view) ?? .counts
      var reason: String?
      if case .void(let why) = standing { reason = why.code }
      return API.Shown(
        kind: found.kind.rawValue, id: found.record?.uuidString ?? found.change.hex,
        changeSet: changeSet.id.hex, dossier: found.dossier.hex,
        author: header.author.rawValue, sequence: Int(clamping: header.sequence),
        previous: header.previous?.hex, parents: header.parents.map(\.hex),
        directory: header.directory?.hex, key: header.key.hex,
        authoredAt: header.authoredAt.description,
        storedAt: try row.value(0, as: Timestamp.self).description, from: try row.value(1),
        standing: Self.code(standing), voidReason: reason,
        sealedAt: changeSet.proof.sealedAt.map { "\($0)" },
        parts: parts(of: changeSet, in: graph, for: reader),
        records: try records(of: changeSet, in: graph, for: &reader, in: transaction),
        received: try transaction.receipts(of: changeSet.id).map { trail in
          API.Received(
            agency: trail.receipt.reader.rawValue, storedAt: trail.receipt.storedAt.description)
        })
    }
  }

  /// Exports what proves a change set to a third party; the export stands in the audit.
  ///
  /// It shows the open part alone. A sealed part is for its audience and not for third parties: who
  /// shows one says so by its number, and is a person with a content role.
  package func evidence(
    _ request: API.EvidenceRequest, by acting: Acting
  ) async throws -> API.EvidenceFile {
    try await look("evidence", on: request.id, by: acting, always: true) { transaction, reader in
      let found = try Lookup(agency: agency).find(request.id, in: transaction)
      guard let graph = try transaction.graphs([found.dossier])[found.dossier],
        let changeSet = graph.changeSet(found.change),
        let directory = try transaction.directory()
      else { throw Lookup.notFound(request.id) }
      let shown = try shownParts(request.parts, of: changeSet, in: graph, for: &reader)
      reader.detail = "\(found.change.hex) parts \(shown.map(String.init).joined(separator: ","))"
      let evidence = Evidence(
        of: found.change, in: graph, showing: Set(shown),
        receipts: try evidencedReceipts(of: found.change, in: transaction), directory: directory)
      guard let evidence else { throw Lookup.notFound(request.id) }
      return API.EvidenceFile(
        id: found.change.hex, content: Data(evidence.encoded()).base64EncodedString())
    }
  }

  /// The parts that an evidence file shows: the open one, and those named that may be opened.
  private func shownParts(
    _ named: String?, of changeSet: StoredChangeSet, in graph: DossierGraph,
    for reader: inout Reader
  ) throws -> [Int] {
    var shown: Set = [0]
    for text in (named ?? "").split(separator: ",") {
      let number = Int(text.filter { $0 != " " })
      guard let number, changeSet.parts[number] != nil,
        graph.isReadable(number, of: changeSet, by: [agency])
      else {
        let known = changeSet.parts.keys
          .filter { graph.isReadable($0, of: changeSet, by: [agency]) }.sorted()
        throw Field.invalid(
          String(text), "parts", known.map(String.init).joined(separator: " | "))
      }
      if number > 0, !reader.open(changeSet.id, number) { throw OfficeError(.personRequired) }
      shown.insert(number)
    }
    return shown.sorted()
  }

  private static func code(_ standing: Standing) -> String {
    switch standing {
    case .counts: "counts"
    case .void: "void"
    case .unconfirmed: "unconfirmed"
    }
  }

  private func parts(
    of changeSet: StoredChangeSet, in graph: DossierGraph, for reader: Reader
  ) -> [API.ShownPart] {
    changeSet.header.parts.enumerated().map { index, hash in
      let isVisible =
        graph.isReadable(index, of: changeSet, by: [agency]) && changeSet.parts[index] != nil
      let audience = isVisible ? changeSet.part(index)?.audience ?? [] : []
      return API.ShownPart(
        part: index, hash: hash.hex, visible: isVisible,
        withheld: isVisible && index > 0 && !reader.opensSealed,
        audience: audience.map(\.rawValue),
        bytes: isVisible ? changeSet.parts[index]?.content.count ?? 0 : 0,
        destroyed: graph.isDestroyed(PartPlace(change: changeSet.id, part: index)),
        voidReason: changeSet.flaw(index)?.rawValue)
    }
  }

  private func records(
    of changeSet: StoredChangeSet, in graph: DossierGraph, for reader: inout Reader,
    in transaction: borrowing OfficeTransaction
  ) throws -> [API.ShownRecord] {
    var voids: [[Int]: String] = [:]
    let rows = try transaction.sql.rows(
      """
      SELECT part, record, reason FROM casework.void
      WHERE dossier = \(changeSet.dossier) AND change = \(changeSet.id)
      UNION ALL
      SELECT part, record, reason FROM casework.sealed_void
      WHERE dossier = \(changeSet.dossier) AND change = \(changeSet.id)
      """)
    for row in rows {
      voids[[try row.value(0, as: Int.self), try row.value(1, as: Int.self)]] = try row.value(2)
    }
    let readable = changeSet.parts.keys.sorted().filter { index in
      graph.isReadable(index, of: changeSet, by: [agency])
        && (index == 0 || reader.open(changeSet.id, index))
    }
    return readable.flatMap { index in
      (changeSet.part(index)?.records ?? []).enumerated().map { position, record in
        API.ShownRecord(
          id: record.id.uuidString, part: index,
          type: RecordType(rawValue: record.type).map { "\($0)" } ?? "\(record.type)",
          revises: record.revises?.change.hex, fields: Self.fields(record),
          voidReason: voids[[index, position]])
      }
    }
  }

  /// The fields of a record as text, in their order; none of one that this build cannot read.
  private static func fields(_ record: Record) -> [API.Field] {
    guard case .record(let known) = CaseRecord.read(record) else { return [] }
    let body: Any =
      switch known.content {
      case .dossier(let dossier): dossier
      case .document(let document): document
      case .item(let item): item
      case .act(let act): act
      case .result(let result): result
      case .destruction(let destruction): destruction
      case .disclosure(let disclosure): disclosure
      }
    return Mirror(reflecting: body).children.compactMap { child in
      guard let name = child.label, let text = FieldText.of(child.value), !text.isEmpty else {
        return nil
      }
      return API.Field(name: name, value: text)
    }
  }
}

/// Writes the value of a record's field as people and scripts read it.
enum FieldText {
  /// The text of a value; nil for what is absent.
  static func of(_ value: Any) -> String? {
    switch value {
    case let text as String: return text
    case let code as any RawRepresentable: return "\(code.rawValue)"
    case let flag as Bool: return flag ? "true" : nil
    case let place as Citation: return "\(place.change.hex)/\(place.part)/\(place.record)"
    case let agency as AgencyCode: return agency.rawValue
    case let measure as Casework.Measure: return "\(measure.kind.rawValue):\(measure.value)"
    case let attachment as Casework.Attachment: return attachment.name
    case let meeting as Casework.Meeting:
      return "\(meeting.series) \(meeting.issue) \(meeting.heldOn)"
    case let list as [Any]: return list.compactMap(of).joined(separator: " ")
    default: break
    }
    let mirror = Mirror(reflecting: value)
    guard mirror.displayStyle == .optional else { return "\(value)" }
    return mirror.children.first.flatMap { of($0.value) }
  }
}
