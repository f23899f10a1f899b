package import Ledger

/// A lawful record of the casework model: envelope and typed content.
package struct CaseRecord: Sendable, Equatable {
  /// The record's id.
  package let id: RecordID
  /// The agency that wrote it.
  package let author: AgencyCode
  /// The record it replaces.
  package let revises: Citation?
  /// SHA-256 of the body bytes; what a countersignature of minutes binds.
  package let hash: Hash256
  /// The content.
  package let content: Content

  /// The content of a record by its type.
  ///
  /// Indirect, because records are copied from list to list a hundred times for one look at their
  /// fields.
  package indirect enum Content: Sendable, Equatable {
    case dossier(Dossier)
    case document(Document)
    case item(Item)
    case act(Act)
    case result(Result)
    case destruction(Destruction)
    case disclosure(Disclosure)

    /// The record type.
    package var type: RecordType {
      switch self {
      case .dossier: .dossier
      case .document: .document
      case .item: .item
      case .act: .act
      case .result: .result
      case .destruction: .destruction
      case .disclosure: .disclosure
      }
    }

    /// The citations the content makes.
    package var basis: [Citation] {
      switch self {
      case .document(let document): document.basis
      case .act(let act): act.basis
      case .result(let result): result.basis
      case .dossier, .item, .destruction, .disclosure: []
      }
    }
  }
}

/// What a record of the ledger turns out to be.
package enum RecordReading: Sendable, Equatable {
  /// A lawful record.
  case record(CaseRecord)
  /// Of a later build: a type, a field or a code that this one does not know. The dossier needs an
  /// upgrade.
  case needsUpgrade(String)
  /// Not lawful: void.
  case flawed(RecordFlaw)
}

extension CaseRecord {
  /// Reads a record of the ledger.
  ///
  /// A body is lawful when it decodes, encodes again to the same bytes, and every field has its own
  /// form. One with a field or a code of a later build is not judged at all, whatever its other
  /// fields say: only bytes that no build writes are void then, too. So what is lawful or void here
  /// is so in every later build, and only what waits may change. A pure function of the record.
  package static func read(_ record: Record) -> RecordReading {
    guard let type = RecordType(rawValue: record.type) else {
      return .needsUpgrade("type \(record.type)")
    }
    do throws(RecordFlaw) {
      let content: Content =
        switch type {
        case .dossier: .dossier(try Dossier(body: record.body))
        case .document: .document(try Document(body: record.body))
        case .item: .item(try Item(body: record.body))
        case .act: .act(try Act(body: record.body))
        case .result: .result(try Result(body: record.body))
        case .destruction: .destruction(try Destruction(body: record.body))
        case .disclosure: .disclosure(try Disclosure(body: record.body))
        }
      return .record(
        CaseRecord(
          id: record.id, author: record.author, revises: record.revises,
          hash: hash(body: record.body), content: content))
    } catch {
      if error.reason == .unknownCode { return .needsUpgrade(error.detail) }
      return .flawed(error)
    }
  }

  /// The hash of a record's body.
  package static func hash(body: [UInt8]) -> Hash256 {
    .sha256(body)
  }
}

extension Record {
  /// Wraps content for the ledger.
  package init(
    id: RecordID, author: AgencyCode, revises: Citation? = nil, _ content: CaseRecord.Content
  ) {
    self.init(
      id: id, type: content.type.rawValue, author: author, revises: revises,
      body: content.encoded())
  }
}
