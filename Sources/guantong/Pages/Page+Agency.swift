import Office

extension API.ShownAgency: Pageable {
  func page(_ words: Words) -> Page {
    let isGood = agency.state == "active"
    func text(_ text: String?) -> Table.Cell { Table.Cell(text ?? "") }
    func number(_ number: Int?) -> Table.Cell { Table.Cell(number.map { String($0) } ?? "") }
    let envelopes: String? = particulars?.gateway == true ? "envelopes" : nil
    var page = Page(blocks: [
      words.fields([
        "code": text(agency.code), "agency": text(agency.name),
        "short_name": text(agency.shortName), "kind": words.code("kind", agency.kind),
        "agency_level": words.code("agencyLevel", agency.level), "region": text(agency.region),
        "credit_code": text(agency.creditCode),
        "state": words.code("agency", agency.state, style: isGood ? .plain : .warning),
        "since": words.time(since), "office": words.code("agencyOffice", office),
        "hosted_by": text(agency.hostedBy), "hosts": text(hosts.joined(separator: " ")),
        "former_hosts": text(formerHosts.joined(separator: " ")),
        "succeeds": text(agency.succeeds), "endpoint": text(agency.endpoint),
        "tls_pin": text(particulars?.tlsPin), "gateway": words.code("gateway", envelopes),
        "particulars": number(particulars?.version), "unpublished": number(unpublishedVersion),
        "people": number(agency.people), "acting": number(particulars?.acting),
      ])
    ])
    page.add(API.AgencyKey.table(keys, words))
    if !proposals.isEmpty { page.add(API.Proposal.table(proposals, words)) }
    let values = [
      "governors": governors.joined(separator: " "), "threshold": String(threshold),
    ]
    page.line(words("agency.governed", values), .dim)
    if !isGood { page.line(words("agency.next.suspended"), .warning) }
    return page
  }

  /// What it is in the directory beside being listed; nil for nothing.
  private var office: String? {
    guard registrar else { return governor ? "governor" : nil }
    return governor ? "both" : "registrar"
  }
}

extension API.AgencyKey {
  /// Keys as a table, in the order in which they were given.
  fileprivate static func table(_ keys: [API.AgencyKey], _ words: Words) -> Table {
    Table(
      columns: words.columns("fingerprint", "state", "since", "withdrawn_at"),
      rows: keys.map { key in
        let state = key.state == "active" && !key.known ? "unknown" : key.state
        return [
          Table.Cell(key.key, shown: key.fingerprint),
          Table.Cell(key.state, shown: words.code("agencyKey", state).shown),
          words.time(key.since), words.time(key.withdrawnAt),
        ]
      })
  }
}
