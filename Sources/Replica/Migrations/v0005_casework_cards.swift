extension Migration {
  /// The file `Schema/sql/v0005_casework_cards.sql`; `REWRITE=1` makes this one of it.
  static let v0005 = Migration(
    5, "v0005_casework_cards",
    #"""
    CREATE TABLE casework.clue (
      dossier       bytea NOT NULL CHECK (octet_length(dossier) = 32),
      number        text,
      title         text,
      home          text NOT NULL,
      state         text NOT NULL,
      holder        text NOT NULL,
      document      uuid,
      received_on   date,
      accepted_on   date,
      stage         text,
      close_kind    text,
      filed         boolean NOT NULL,
      accountable   boolean NOT NULL,
      person_times  bigint NOT NULL,
      fed_back_on   date,
      final         boolean NOT NULL,
      PRIMARY KEY (dossier)
    );
    COMMENT ON TABLE casework.clue IS '线索: where one clue stands';
    COMMENT ON COLUMN casework.clue.dossier IS '卷宗: id of the dossier';
    COMMENT ON COLUMN casework.clue.number IS '线索编号: number';
    COMMENT ON COLUMN casework.clue.title IS '标题: title';
    COMMENT ON COLUMN casework.clue.home IS '移送机关: home agency';
    COMMENT ON COLUMN casework.clue.state IS '状态: state';
    COMMENT ON COLUMN casework.clue.holder IS '现办机关: agency that has it now';
    COMMENT ON COLUMN casework.clue.document IS '现行移送函: referral that is in play';
    COMMENT ON COLUMN casework.clue.received_on IS
      '首次签收: first date of receipt of an accepted referral';
    COMMENT ON COLUMN casework.clue.accepted_on IS '受理日期: date of acceptance';
    COMMENT ON COLUMN casework.clue.stage IS '阶段: stage at the discipline body';
    COMMENT ON COLUMN casework.clue.close_kind IS '了结方式: how it was closed';
    COMMENT ON COLUMN casework.clue.filed IS '已立案: whether a filing stands';
    COMMENT ON COLUMN casework.clue.accountable IS '已问责: whether accountability stands';
    COMMENT ON COLUMN casework.clue.person_times IS
      '人次: distinct persons with a counted measure per filing';
    COMMENT ON COLUMN casework.clue.fed_back_on IS '反馈日期: last feedback';
    COMMENT ON COLUMN casework.clue.final IS '已办结: whether the final feedback was given';

    CREATE TABLE casework.handling (
      dossier            bytea NOT NULL CHECK (octet_length(dossier) = 32),
      sender             text NOT NULL,
      document           uuid NOT NULL,
      body               text NOT NULL,
      stage              text NOT NULL,
      first_disposition  text,
      disposed_on        date,
      close_kind         text,
      filed_on           date,
      decided_on         date,
      executed_on        date,
      filings            bigint NOT NULL,
      sanctions          bigint NOT NULL,
      accountable        boolean NOT NULL,
      stage_on           date NOT NULL,
      review             boolean NOT NULL,
      PRIMARY KEY (dossier, sender, document, body)
    );
    COMMENT ON TABLE casework.handling IS
      '线索处置: how one discipline body handles one accepted referral';
    COMMENT ON COLUMN casework.handling.dossier IS '卷宗: id of the dossier';
    COMMENT ON COLUMN casework.handling.sender IS '移送机关: author of the referral';
    COMMENT ON COLUMN casework.handling.document IS '文书: referral';
    COMMENT ON COLUMN casework.handling.body IS '承办机关: discipline body';
    COMMENT ON COLUMN casework.handling.stage IS '阶段: stage';
    COMMENT ON COLUMN casework.handling.first_disposition IS '首次处置: first disposition';
    COMMENT ON COLUMN casework.handling.disposed_on IS '首次处置日期: date of the first disposition';
    COMMENT ON COLUMN casework.handling.close_kind IS '了结方式: how it was closed';
    COMMENT ON COLUMN casework.handling.filed_on IS '立案日期: date of the filing';
    COMMENT ON COLUMN casework.handling.decided_on IS '决定日期: date of the last sanction';
    COMMENT ON COLUMN casework.handling.executed_on IS '执行日期: date of execution';
    COMMENT ON COLUMN casework.handling.filings IS '立案数: valid filings';
    COMMENT ON COLUMN casework.handling.sanctions IS '处分数: valid sanctions';
    COMMENT ON COLUMN casework.handling.accountable IS
      '已问责: whether a valid accountability or sanction stands';
    COMMENT ON COLUMN casework.handling.stage_on IS '阶段日期: when the stage began';
    COMMENT ON COLUMN casework.handling.review IS '需复核: whether something it rests on became void';

    CREATE TABLE casework.item_card (
      dossier        bytea NOT NULL CHECK (octet_length(dossier) = 32),
      issuer         text NOT NULL,
      item           uuid NOT NULL,
      document       uuid NOT NULL,
      number         bigint NOT NULL,
      kind           text NOT NULL,
      unit           text,
      state          text NOT NULL,
      due_on         date,
      reported_on    date,
      report         uuid,
      passed_on      date,
      signed_off_on  date,
      reopened       bigint NOT NULL,
      extension      text NOT NULL,
      new_material   boolean NOT NULL,
      review         boolean NOT NULL,
      PRIMARY KEY (dossier, issuer, item)
    );
    COMMENT ON TABLE casework.item_card IS '事项进展: where one tracked item stands';
    COMMENT ON COLUMN casework.item_card.dossier IS '卷宗: id of the dossier';
    COMMENT ON COLUMN casework.item_card.issuer IS '交办机关: issuer';
    COMMENT ON COLUMN casework.item_card.item IS '事项: item';
    COMMENT ON COLUMN casework.item_card.document IS '文书: document';
    COMMENT ON COLUMN casework.item_card.number IS '序号: number in the document';
    COMMENT ON COLUMN casework.item_card.kind IS '事项类别: kind';
    COMMENT ON COLUMN casework.item_card.unit IS '责任单位: responsible agency';
    COMMENT ON COLUMN casework.item_card.state IS '状态: state';
    COMMENT ON COLUMN casework.item_card.due_on IS '期限: due date in force';
    COMMENT ON COLUMN casework.item_card.reported_on IS '报告日期: last report';
    COMMENT ON COLUMN casework.item_card.report IS '报告: last report';
    COMMENT ON COLUMN casework.item_card.passed_on IS '验收日期: when it passed';
    COMMENT ON COLUMN casework.item_card.signed_off_on IS '销号日期: when it was signed off';
    COMMENT ON COLUMN casework.item_card.reopened IS '重开次数: times reopened';
    COMMENT ON COLUMN casework.item_card.extension IS '延期: none, requested, granted or denied';
    COMMENT ON COLUMN casework.item_card.new_material IS
      '验收后新材料: whether a report came that no decision cites';
    COMMENT ON COLUMN casework.item_card.review IS '需复核: whether something it rests on became void';

    CREATE TABLE casework.minutes (
      dossier        bytea NOT NULL CHECK (octet_length(dossier) = 32),
      convenor       text NOT NULL,
      document       uuid NOT NULL,
      version        bigint NOT NULL,
      hash           bytea NOT NULL,
      state          text NOT NULL,
      number         text,
      required       text[] NOT NULL,
      countersigned  text[] NOT NULL,
      objected       text[] NOT NULL,
      abstained      text[] NOT NULL,
      lapsed         text[] NOT NULL,
      reserved       text[] NOT NULL,
      circulated_on  date NOT NULL,
      finalized_on   date,
      issued_on      date,
      PRIMARY KEY (dossier, convenor, document)
    );
    COMMENT ON TABLE casework.minutes IS '纪要版本: one version of minutes';
    COMMENT ON COLUMN casework.minutes.dossier IS '卷宗: id of the dossier';
    COMMENT ON COLUMN casework.minutes.convenor IS '召集机关: convenor';
    COMMENT ON COLUMN casework.minutes.document IS '文书: the version';
    COMMENT ON COLUMN casework.minutes.version IS '版本: version';
    COMMENT ON COLUMN casework.minutes.hash IS '文本哈希: what a countersignature binds';
    COMMENT ON COLUMN casework.minutes.state IS '状态: state';
    COMMENT ON COLUMN casework.minutes.number IS '期号: number given at issue';
    COMMENT ON COLUMN casework.minutes.required IS '须会签机关: required members';
    COMMENT ON COLUMN casework.minutes.countersigned IS '已会签: members that countersigned';
    COMMENT ON COLUMN casework.minutes.objected IS '有意见: members that objected';
    COMMENT ON COLUMN casework.minutes.abstained IS '弃权: members that abstained';
    COMMENT ON COLUMN casework.minutes.lapsed IS '逾期: members whose silence was recorded';
    COMMENT ON COLUMN casework.minutes.reserved IS
      '保留意见: members whose objection came after finalization';
    COMMENT ON COLUMN casework.minutes.circulated_on IS '送会签日期: when it was circulated';
    COMMENT ON COLUMN casework.minutes.finalized_on IS '定稿日期: when it was finalized';
    COMMENT ON COLUMN casework.minutes.issued_on IS '印发日期: when it was issued';

    CREATE TABLE casework.referral (
      dossier          bytea NOT NULL CHECK (octet_length(dossier) = 32),
      sender           text NOT NULL,
      document         uuid NOT NULL,
      addressee        text NOT NULL,
      ground           text NOT NULL,
      form             text NOT NULL,
      number           text,
      state            text NOT NULL,
      withdraw         text NOT NULL,
      forwarded_by     text,
      forwarded_to     text[] NOT NULL,
      points           text[] NOT NULL,
      accepted_points  text[] NOT NULL,
      sent_on          date NOT NULL,
      received_on      date,
      accepted_on      date,
      fate_on          date,
      return_reason    text,
      internal_number  text,
      fed_back_on      date,
      supplements      bigint NOT NULL,
      review           boolean NOT NULL,
      PRIMARY KEY (dossier, sender, document, addressee)
    );
    COMMENT ON TABLE casework.referral IS '移送办理: where one document stands at one addressee';
    COMMENT ON COLUMN casework.referral.dossier IS '卷宗: id of the dossier';
    COMMENT ON COLUMN casework.referral.sender IS '移送机关: author of the document';
    COMMENT ON COLUMN casework.referral.document IS '文书: document';
    COMMENT ON COLUMN casework.referral.addressee IS '收文机关: addressee';
    COMMENT ON COLUMN casework.referral.ground IS '收文缘由: to, cc or forward';
    COMMENT ON COLUMN casework.referral.form IS '文书种类: form';
    COMMENT ON COLUMN casework.referral.number IS '发文字号: number';
    COMMENT ON COLUMN casework.referral.state IS '状态: state';
    COMMENT ON COLUMN casework.referral.withdraw IS
      '撤回: none, requested, agreed, refused or noEffect';
    COMMENT ON COLUMN casework.referral.forwarded_by IS '转送机关: agency that forwarded it here';
    COMMENT ON COLUMN casework.referral.forwarded_to IS '转往: agencies it was forwarded to';
    COMMENT ON COLUMN casework.referral.points IS '要点: points it covers';
    COMMENT ON COLUMN casework.referral.accepted_points IS '受理要点: points accepted';
    COMMENT ON COLUMN casework.referral.sent_on IS
      '发文日期: date of the document or of the forwarding';
    COMMENT ON COLUMN casework.referral.received_on IS '签收日期: when it was received';
    COMMENT ON COLUMN casework.referral.accepted_on IS '受理日期: when it was first accepted';
    COMMENT ON COLUMN casework.referral.fate_on IS '去向日期: when its present fate was decided';
    COMMENT ON COLUMN casework.referral.return_reason IS '退回理由: why it was returned';
    COMMENT ON COLUMN casework.referral.internal_number IS '受理编号: number at the addressee';
    COMMENT ON COLUMN casework.referral.fed_back_on IS '反馈日期: last feedback';
    COMMENT ON COLUMN casework.referral.supplements IS '补充次数: supplements sent';
    COMMENT ON COLUMN casework.referral.review IS '需复核: whether something it rests on became void';

    """#)
}
