/// What a person may do inside the agency (岗位角色).
package enum Role: String, CodeTable {
  case handler, sectionHead, deputy, head, registry, caseOffice, liaison
  case security, `operator`, auditor, delegate, expert

  /// The words people see for the role.
  package var term: Term {
    switch self {
    case .handler: Term("经办人", "handler")
    case .sectionHead: Term("科室负责人", "section head")
    case .deputy: Term("分管领导", "deputy head")
    case .head: Term("主要负责人", "head")
    case .registry: Term("收发员", "registry")
    case .caseOffice: Term("案件监督管理室", "case supervision office")
    case .liaison: Term("联络员", "liaison")
    case .security: Term("安全管理员", "security administrator")
    case .operator: Term("系统管理员", "system operator")
    case .auditor: Term("审计管理员", "auditor")
    case .delegate: Term("两代表一委员", "delegate")
    case .expert: Term("人才库成员", "expert")
    }
  }

  /// Whether the role administers the system and so reads no content.
  ///
  /// The three administrators exclude each other.
  package var isAdministrator: Bool {
    switch self {
    case .security, .operator, .auditor: true
    default: false
    }
  }

  /// Whether the role reads sealed sheets that are meant for its agency.
  ///
  /// Administrators read no content, and people invited from outside read what they are shown.
  package var readsContent: Bool {
    switch self {
    case .security, .operator, .auditor, .delegate, .expert: false
    default: true
    }
  }
}

extension Set<Role> {
  /// Everybody but the administrators.
  package static var staff: Set<Role> { Set(Role.allCases.filter { !$0.isAdministrator }) }

  /// The roles that count when a person is listed with these.
  ///
  /// Who administers does nothing else: beside the role of an administrator no other counts, and of
  /// two administrators none does, so that no entry of a directory gives one person both.
  package var lawful: Set<Role> {
    let administrators = filter(\.isAdministrator)
    switch administrators.count {
    case 0: return self
    case 1: return administrators
    default: return []
    }
  }
}

/// What kind of body an agency is (机关类别); the codes of the directory's agency entry.
package enum AgencyKind: String, CodeTable {
  case partyOffice, disciplineBody, court, procuratorate, justice, federation, unit

  /// The words people see for the kind.
  package var term: Term {
    switch self {
    case .partyOffice: Term("依法治市(县)办", "rule-of-law office")
    case .disciplineBody: Term("纪委监委", "discipline body")
    case .court: Term("法院", "court")
    case .procuratorate: Term("检察院", "procuratorate")
    case .justice: Term("司法局", "justice bureau")
    case .federation: Term("工商联", "federation of industry and commerce")
    case .unit: Term("责任单位", "unit")
    }
  }
}
