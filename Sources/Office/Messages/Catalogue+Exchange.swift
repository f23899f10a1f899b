extension Catalogue {
  /// What is shown of one agency of the directory, and of what the exchange could not take.
  static let exchangeWords: [Message] = agencyPages

  private static let agencyPages: [Message] = [
    Message("column.short_name", "简称", "short name"),
    Message("column.agency_level", "层级", "level"),
    Message("column.credit_code", "统一社会信用代码", "credit code"),
    Message("column.office", "名录职务", "office"),
    Message("column.hosts", "代管机关", "hosts"),
    Message("column.former_hosts", "曾由其代管", "formerly hosted by"),
    Message("column.particulars", "自述版本", "particulars"),
    Message("column.unpublished", "待公布版本", "not published yet"),
    Message("column.gateway", "网闸", "gateway"),
    Message("column.tls_pin", "证书公钥哈希", "certificate pin"),
    Message("column.acting", "在任人数", "people who act"),
    Message("column.withdrawn_at", "停用时间", "withdrawn"),
    Message("agencyLevel.province", "省级", "province"),
    Message("agencyLevel.city", "市级", "city"),
    Message("agencyLevel.county", "县级", "county"),
    Message("agencyOffice.registrar", "登记机关", "registrar"),
    Message("agencyOffice.governor", "治理机关", "governor"),
    Message("agencyOffice.both", "登记机关、治理机关", "registrar and governor"),
    Message("agencyKey.active", "有效", "in force"),
    Message("agencyKey.withdrawn", "已停用", "withdrawn"),
    Message("agencyKey.unknown", "算法较新,需升级", "of a newer suite; upgrade"),
    Message("gateway.envelopes", "内容以信封传送", "content in envelopes"),
    Message(
      "agency.governed", "换钥须 {governors} 中 {threshold} 家会签",
      "a new key takes {threshold} of {governors}"),
    Message(
      "agency.next.suspended",
      "该机关没有有效的密钥;如为本机关: guantong agency rotate-key",
      "no key of it is in force; if it is ours: guantong agency rotate-key"),
  ]
}
