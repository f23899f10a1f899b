extension Catalogue {
  /// What people call the codes of the model.
  static let codes: [Message] = [
    Message("peer.equal", "一致", "equal"),
    Message("peer.behind", "落后", "behind"),
    Message("peer.unreachable", "不通", "unreachable"),
    Message("peer.forked", "分叉", "forked"),
    Message("peer.pending", "待加入", "pending"),
    Message("peer.revoked", "已吊销", "revoked"),
    Message("draft.draft", "拟稿", "draft"),
    Message("draft.submitted", "已送审", "submitted"),
    Message("draft.signed", "已签发", "signed"),
    Message("draft.issued", "已印发", "issued"),
    Message("role.handler", "经办", "handler"),
    Message("role.sectionHead", "科室负责人", "section head"),
    Message("role.deputy", "分管领导", "deputy"),
    Message("role.head", "主要负责人", "head"),
    Message("role.registry", "收发/联络", "registry"),
    Message("role.caseOffice", "案管", "case office"),
    Message("role.security", "安全管理员", "security"),
    Message("role.operator", "系统管理员", "operator"),
    Message("role.auditor", "审计管理员", "auditor"),
  ]
}
