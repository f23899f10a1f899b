extension Migration {
  /// The file `Schema/sql/v0006_casework_sealed.sql`; `REWRITE=1` makes this one of it.
  static let v0006 = Migration(
    6, "v0006_casework_sealed",
    #"""
    CREATE TABLE casework.sealed_act (
      dossier          bytea NOT NULL CHECK (octet_length(dossier) = 32),
      author           text NOT NULL,
      id               uuid NOT NULL,
      change           bytea NOT NULL,
      part             bigint NOT NULL,
      record           bigint NOT NULL,
      authored_at      timestamptz NOT NULL,
      target_type      bigint NOT NULL,
      target           uuid,
      verb             text NOT NULL,
      actor            uuid,
      role             text,
      on_date          date NOT NULL,
      reason           text,
      note             text NOT NULL,
      agencies         text[] NOT NULL,
      points           text[] NOT NULL,
      kind             text,
      final            boolean NOT NULL,
      automatic        boolean NOT NULL,
      internal_number  text,
      due_on           date,
      hash             bytea,
      recorded_by      text,
      audience         text[] NOT NULL,
      PRIMARY KEY (dossier, author, id)
    );
    COMMENT ON TABLE casework.sealed_act IS '办理(密封部分): one act that has effect, from sealed parts';
    COMMENT ON COLUMN casework.sealed_act.dossier IS '卷宗: id of the dossier';
    COMMENT ON COLUMN casework.sealed_act.author IS '产生机关: agency that wrote the record';
    COMMENT ON COLUMN casework.sealed_act.id IS '记录号: record id';
    COMMENT ON COLUMN casework.sealed_act.change IS '变更集: change set that carries it';
    COMMENT ON COLUMN casework.sealed_act.part IS '部分: part of the change set';
    COMMENT ON COLUMN casework.sealed_act.record IS '序位: position in the part';
    COMMENT ON COLUMN casework.sealed_act.authored_at IS
      '写入时间: when its author says it was written; decides nothing';
    COMMENT ON COLUMN casework.sealed_act.target_type IS '对象类型: record type of the target';
    COMMENT ON COLUMN casework.sealed_act.target IS '对象: record it acts on';
    COMMENT ON COLUMN casework.sealed_act.verb IS '动作: verb';
    COMMENT ON COLUMN casework.sealed_act.actor IS
      '办理人: person; null when the node acted by a standing rule';
    COMMENT ON COLUMN casework.sealed_act.role IS '角色: role the person acted in';
    COMMENT ON COLUMN casework.sealed_act.on_date IS '办理日期: date the person states';
    COMMENT ON COLUMN casework.sealed_act.reason IS '理由: code of the reason';
    COMMENT ON COLUMN casework.sealed_act.note IS '说明: note';
    COMMENT ON COLUMN casework.sealed_act.agencies IS '涉及机关: agencies it names';
    COMMENT ON COLUMN casework.sealed_act.points IS '涉及要点: items it concerns, where not all';
    COMMENT ON COLUMN casework.sealed_act.kind IS '种类: kind of disposition or stage of feedback';
    COMMENT ON COLUMN casework.sealed_act.final IS '终结: whether it is final';
    COMMENT ON COLUMN casework.sealed_act.automatic IS '自动: whether the node acted by itself';
    COMMENT ON COLUMN casework.sealed_act.internal_number IS '内部编号: number at the acting agency';
    COMMENT ON COLUMN casework.sealed_act.due_on IS '期限: new due date';
    COMMENT ON COLUMN casework.sealed_act.hash IS '所签哈希: hash it binds';
    COMMENT ON COLUMN casework.sealed_act.recorded_by IS '代录单位: host that recorded it';
    COMMENT ON COLUMN casework.sealed_act.audience IS
      '知悉机关: agencies that may read the sealed part';

    CREATE TABLE casework.sealed_attachment (
      dossier   bytea NOT NULL CHECK (octet_length(dossier) = 32),
      author    text NOT NULL,
      document  uuid NOT NULL,
      position  bigint NOT NULL,
      name      text NOT NULL,
      size      bigint NOT NULL,
      salt      bytea NOT NULL,
      root      bytea NOT NULL,
      audience  text[] NOT NULL,
      PRIMARY KEY (dossier, author, document, position)
    );
    COMMENT ON TABLE casework.sealed_attachment IS
      '附件(密封部分): one attachment that a document lists, from sealed parts';
    COMMENT ON COLUMN casework.sealed_attachment.dossier IS '卷宗: id of the dossier';
    COMMENT ON COLUMN casework.sealed_attachment.author IS '产生机关: agency that wrote the document';
    COMMENT ON COLUMN casework.sealed_attachment.document IS '文书: document';
    COMMENT ON COLUMN casework.sealed_attachment.position IS '序号: position in the list, from 0';
    COMMENT ON COLUMN casework.sealed_attachment.name IS '名称: file name';
    COMMENT ON COLUMN casework.sealed_attachment.size IS '大小: bytes';
    COMMENT ON COLUMN casework.sealed_attachment.salt IS '盐: salt of its pieces';
    COMMENT ON COLUMN casework.sealed_attachment.root IS '哈希树根: root of the tree over its pieces';
    COMMENT ON COLUMN casework.sealed_attachment.audience IS
      '知悉机关: agencies that may read the sealed part';

    CREATE TABLE casework.sealed_document (
      dossier         bytea NOT NULL CHECK (octet_length(dossier) = 32),
      author          text NOT NULL,
      id              uuid NOT NULL,
      change          bytea NOT NULL,
      part            bigint NOT NULL,
      record          bigint NOT NULL,
      authored_at     timestamptz NOT NULL,
      form            text NOT NULL,
      number          text,
      version         bigint NOT NULL,
      supersedes      uuid,
      to_agencies     text[] NOT NULL,
      cc_agencies     text[] NOT NULL,
      title           text NOT NULL,
      body            text NOT NULL,
      items           text[] NOT NULL,
      attachments     bigint NOT NULL,
      due_on          date,
      drafter         uuid,
      signer          uuid,
      issued_on       date NOT NULL,
      required        text[] NOT NULL,
      meeting_series  text,
      meeting_issue   bigint,
      held_on         date,
      place           text,
      chair           text,
      present         text[] NOT NULL,
      absent          text[] NOT NULL,
      topics          text[] NOT NULL,
      hash            bytea NOT NULL,
      state           text NOT NULL,
      audience        text[] NOT NULL,
      PRIMARY KEY (dossier, author, id)
    );
    COMMENT ON TABLE casework.sealed_document IS '文书(密封部分): one issued document, from sealed parts';
    COMMENT ON COLUMN casework.sealed_document.dossier IS '卷宗: id of the dossier';
    COMMENT ON COLUMN casework.sealed_document.author IS '产生机关: agency that wrote the record';
    COMMENT ON COLUMN casework.sealed_document.id IS '记录号: record id';
    COMMENT ON COLUMN casework.sealed_document.change IS '变更集: change set that carries it';
    COMMENT ON COLUMN casework.sealed_document.part IS '部分: part of the change set';
    COMMENT ON COLUMN casework.sealed_document.record IS '序位: position in the part';
    COMMENT ON COLUMN casework.sealed_document.authored_at IS
      '写入时间: when its author says it was written; decides nothing';
    COMMENT ON COLUMN casework.sealed_document.form IS '文书种类: form';
    COMMENT ON COLUMN casework.sealed_document.number IS '发文字号: number';
    COMMENT ON COLUMN casework.sealed_document.version IS '版本: version';
    COMMENT ON COLUMN casework.sealed_document.supersedes IS '取代文书: document it supersedes';
    COMMENT ON COLUMN casework.sealed_document.to_agencies IS '主送: addressees';
    COMMENT ON COLUMN casework.sealed_document.cc_agencies IS '抄送: copies';
    COMMENT ON COLUMN casework.sealed_document.title IS '标题: title';
    COMMENT ON COLUMN casework.sealed_document.body IS '正文: text';
    COMMENT ON COLUMN casework.sealed_document.items IS
      '事项: record ids of its items in their order';
    COMMENT ON COLUMN casework.sealed_document.attachments IS '附件数: number of attachments';
    COMMENT ON COLUMN casework.sealed_document.due_on IS '回复期限: date by which an answer is asked';
    COMMENT ON COLUMN casework.sealed_document.drafter IS '拟稿人: person who drafted it';
    COMMENT ON COLUMN casework.sealed_document.signer IS '签发人: person who signed it';
    COMMENT ON COLUMN casework.sealed_document.issued_on IS '成文日期: date of the document';
    COMMENT ON COLUMN casework.sealed_document.required IS
      '须会签机关: members whose countersignature is required';
    COMMENT ON COLUMN casework.sealed_document.meeting_series IS '会议系列: series of the meeting';
    COMMENT ON COLUMN casework.sealed_document.meeting_issue IS '会议届次: number of the meeting';
    COMMENT ON COLUMN casework.sealed_document.held_on IS '会议日期: when it was held';
    COMMENT ON COLUMN casework.sealed_document.place IS '地点: where it was held';
    COMMENT ON COLUMN casework.sealed_document.chair IS '主持人: who chaired it';
    COMMENT ON COLUMN casework.sealed_document.present IS '出席: agencies present';
    COMMENT ON COLUMN casework.sealed_document.absent IS '请假: agencies absent';
    COMMENT ON COLUMN casework.sealed_document.topics IS '议题: topics';
    COMMENT ON COLUMN casework.sealed_document.hash IS
      '正文哈希: SHA-256 of the record body; what a countersignature binds';
    COMMENT ON COLUMN casework.sealed_document.state IS
      '状态: issued, superseded or revoked; minutes have their own';
    COMMENT ON COLUMN casework.sealed_document.audience IS
      '知悉机关: agencies that may read the sealed part';

    CREATE TABLE casework.sealed_handling (
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
      audience           text[] NOT NULL,
      PRIMARY KEY (dossier, sender, document, body)
    );
    COMMENT ON TABLE casework.sealed_handling IS
      '线索处置(密封部分): how one discipline body handles one accepted referral, from sealed parts';
    COMMENT ON COLUMN casework.sealed_handling.dossier IS '卷宗: id of the dossier';
    COMMENT ON COLUMN casework.sealed_handling.sender IS '移送机关: author of the referral';
    COMMENT ON COLUMN casework.sealed_handling.document IS '文书: referral';
    COMMENT ON COLUMN casework.sealed_handling.body IS '承办机关: discipline body';
    COMMENT ON COLUMN casework.sealed_handling.stage IS '阶段: stage';
    COMMENT ON COLUMN casework.sealed_handling.first_disposition IS '首次处置: first disposition';
    COMMENT ON COLUMN casework.sealed_handling.disposed_on IS
      '首次处置日期: date of the first disposition';
    COMMENT ON COLUMN casework.sealed_handling.close_kind IS '了结方式: how it was closed';
    COMMENT ON COLUMN casework.sealed_handling.filed_on IS '立案日期: date of the filing';
    COMMENT ON COLUMN casework.sealed_handling.decided_on IS '决定日期: date of the last sanction';
    COMMENT ON COLUMN casework.sealed_handling.executed_on IS '执行日期: date of execution';
    COMMENT ON COLUMN casework.sealed_handling.filings IS '立案数: valid filings';
    COMMENT ON COLUMN casework.sealed_handling.sanctions IS '处分数: valid sanctions';
    COMMENT ON COLUMN casework.sealed_handling.accountable IS
      '已问责: whether a valid accountability or sanction stands';
    COMMENT ON COLUMN casework.sealed_handling.stage_on IS '阶段日期: when the stage began';
    COMMENT ON COLUMN casework.sealed_handling.review IS
      '需复核: whether something it rests on became void';
    COMMENT ON COLUMN casework.sealed_handling.audience IS
      '知悉机关: agencies that may read the sealed part';

    CREATE TABLE casework.sealed_item (
      dossier      bytea NOT NULL CHECK (octet_length(dossier) = 32),
      author       text NOT NULL,
      id           uuid NOT NULL,
      change       bytea NOT NULL,
      part         bigint NOT NULL,
      record       bigint NOT NULL,
      authored_at  timestamptz NOT NULL,
      document     uuid NOT NULL,
      number       bigint NOT NULL,
      kind         text NOT NULL,
      text         text NOT NULL,
      unit         text,
      co_units     text[] NOT NULL,
      due_on       date,
      standard     text,
      amount       bigint,
      category     text,
      audience     text[] NOT NULL,
      PRIMARY KEY (dossier, author, id)
    );
    COMMENT ON TABLE casework.sealed_item IS '事项(密封部分): one item of a document, from sealed parts';
    COMMENT ON COLUMN casework.sealed_item.dossier IS '卷宗: id of the dossier';
    COMMENT ON COLUMN casework.sealed_item.author IS '产生机关: agency that wrote the record';
    COMMENT ON COLUMN casework.sealed_item.id IS '记录号: record id';
    COMMENT ON COLUMN casework.sealed_item.change IS '变更集: change set that carries it';
    COMMENT ON COLUMN casework.sealed_item.part IS '部分: part of the change set';
    COMMENT ON COLUMN casework.sealed_item.record IS '序位: position in the part';
    COMMENT ON COLUMN casework.sealed_item.authored_at IS
      '写入时间: when its author says it was written; decides nothing';
    COMMENT ON COLUMN casework.sealed_item.document IS '文书: document that carries it';
    COMMENT ON COLUMN casework.sealed_item.number IS '序号: number in the document';
    COMMENT ON COLUMN casework.sealed_item.kind IS '事项类别: kind';
    COMMENT ON COLUMN casework.sealed_item.text IS '内容: text';
    COMMENT ON COLUMN casework.sealed_item.unit IS '责任单位: responsible agency';
    COMMENT ON COLUMN casework.sealed_item.co_units IS '配合单位: agencies that help';
    COMMENT ON COLUMN casework.sealed_item.due_on IS '期限: due date';
    COMMENT ON COLUMN casework.sealed_item.standard IS '验收标准: acceptance standard';
    COMMENT ON COLUMN casework.sealed_item.amount IS '金额: amount in fen';
    COMMENT ON COLUMN casework.sealed_item.category IS '类别: category';
    COMMENT ON COLUMN casework.sealed_item.audience IS
      '知悉机关: agencies that may read the sealed part';

    CREATE TABLE casework.sealed_item_card (
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
      audience       text[] NOT NULL,
      PRIMARY KEY (dossier, issuer, item)
    );
    COMMENT ON TABLE casework.sealed_item_card IS
      '事项进展(密封部分): where one tracked item stands, from sealed parts';
    COMMENT ON COLUMN casework.sealed_item_card.dossier IS '卷宗: id of the dossier';
    COMMENT ON COLUMN casework.sealed_item_card.issuer IS '交办机关: issuer';
    COMMENT ON COLUMN casework.sealed_item_card.item IS '事项: item';
    COMMENT ON COLUMN casework.sealed_item_card.document IS '文书: document';
    COMMENT ON COLUMN casework.sealed_item_card.number IS '序号: number in the document';
    COMMENT ON COLUMN casework.sealed_item_card.kind IS '事项类别: kind';
    COMMENT ON COLUMN casework.sealed_item_card.unit IS '责任单位: responsible agency';
    COMMENT ON COLUMN casework.sealed_item_card.state IS '状态: state';
    COMMENT ON COLUMN casework.sealed_item_card.due_on IS '期限: due date in force';
    COMMENT ON COLUMN casework.sealed_item_card.reported_on IS '报告日期: last report';
    COMMENT ON COLUMN casework.sealed_item_card.report IS '报告: last report';
    COMMENT ON COLUMN casework.sealed_item_card.passed_on IS '验收日期: when it passed';
    COMMENT ON COLUMN casework.sealed_item_card.signed_off_on IS '销号日期: when it was signed off';
    COMMENT ON COLUMN casework.sealed_item_card.reopened IS '重开次数: times reopened';
    COMMENT ON COLUMN casework.sealed_item_card.extension IS
      '延期: none, requested, granted or denied';
    COMMENT ON COLUMN casework.sealed_item_card.new_material IS
      '验收后新材料: whether a report came that no decision cites';
    COMMENT ON COLUMN casework.sealed_item_card.review IS
      '需复核: whether something it rests on became void';
    COMMENT ON COLUMN casework.sealed_item_card.audience IS
      '知悉机关: agencies that may read the sealed part';

    CREATE TABLE casework.sealed_minutes (
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
      audience       text[] NOT NULL,
      PRIMARY KEY (dossier, convenor, document)
    );
    COMMENT ON TABLE casework.sealed_minutes IS
      '纪要版本(密封部分): one version of minutes, from sealed parts';
    COMMENT ON COLUMN casework.sealed_minutes.dossier IS '卷宗: id of the dossier';
    COMMENT ON COLUMN casework.sealed_minutes.convenor IS '召集机关: convenor';
    COMMENT ON COLUMN casework.sealed_minutes.document IS '文书: the version';
    COMMENT ON COLUMN casework.sealed_minutes.version IS '版本: version';
    COMMENT ON COLUMN casework.sealed_minutes.hash IS '文本哈希: what a countersignature binds';
    COMMENT ON COLUMN casework.sealed_minutes.state IS '状态: state';
    COMMENT ON COLUMN casework.sealed_minutes.number IS '期号: number given at issue';
    COMMENT ON COLUMN casework.sealed_minutes.required IS '须会签机关: required members';
    COMMENT ON COLUMN casework.sealed_minutes.countersigned IS '已会签: members that countersigned';
    COMMENT ON COLUMN casework.sealed_minutes.objected IS '有意见: members that objected';
    COMMENT ON COLUMN casework.sealed_minutes.abstained IS '弃权: members that abstained';
    COMMENT ON COLUMN casework.sealed_minutes.lapsed IS '逾期: members whose silence was recorded';
    COMMENT ON COLUMN casework.sealed_minutes.reserved IS
      '保留意见: members whose objection came after finalization';
    COMMENT ON COLUMN casework.sealed_minutes.circulated_on IS '送会签日期: when it was circulated';
    COMMENT ON COLUMN casework.sealed_minutes.finalized_on IS '定稿日期: when it was finalized';
    COMMENT ON COLUMN casework.sealed_minutes.issued_on IS '印发日期: when it was issued';
    COMMENT ON COLUMN casework.sealed_minutes.audience IS
      '知悉机关: agencies that may read the sealed part';

    CREATE TABLE casework.sealed_referral (
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
      audience         text[] NOT NULL,
      PRIMARY KEY (dossier, sender, document, addressee)
    );
    COMMENT ON TABLE casework.sealed_referral IS
      '移送办理(密封部分): where one document stands at one addressee, from sealed parts';
    COMMENT ON COLUMN casework.sealed_referral.dossier IS '卷宗: id of the dossier';
    COMMENT ON COLUMN casework.sealed_referral.sender IS '移送机关: author of the document';
    COMMENT ON COLUMN casework.sealed_referral.document IS '文书: document';
    COMMENT ON COLUMN casework.sealed_referral.addressee IS '收文机关: addressee';
    COMMENT ON COLUMN casework.sealed_referral.ground IS '收文缘由: to, cc or forward';
    COMMENT ON COLUMN casework.sealed_referral.form IS '文书种类: form';
    COMMENT ON COLUMN casework.sealed_referral.number IS '发文字号: number';
    COMMENT ON COLUMN casework.sealed_referral.state IS '状态: state';
    COMMENT ON COLUMN casework.sealed_referral.withdraw IS
      '撤回: none, requested, agreed, refused or noEffect';
    COMMENT ON COLUMN casework.sealed_referral.forwarded_by IS
      '转送机关: agency that forwarded it here';
    COMMENT ON COLUMN casework.sealed_referral.forwarded_to IS '转往: agencies it was forwarded to';
    COMMENT ON COLUMN casework.sealed_referral.points IS '要点: points it covers';
    COMMENT ON COLUMN casework.sealed_referral.accepted_points IS '受理要点: points accepted';
    COMMENT ON COLUMN casework.sealed_referral.sent_on IS
      '发文日期: date of the document or of the forwarding';
    COMMENT ON COLUMN casework.sealed_referral.received_on IS '签收日期: when it was received';
    COMMENT ON COLUMN casework.sealed_referral.accepted_on IS '受理日期: when it was first accepted';
    COMMENT ON COLUMN casework.sealed_referral.fate_on IS '去向日期: when its present fate was decided';
    COMMENT ON COLUMN casework.sealed_referral.return_reason IS '退回理由: why it was returned';
    COMMENT ON COLUMN casework.sealed_referral.internal_number IS '受理编号: number at the addressee';
    COMMENT ON COLUMN casework.sealed_referral.fed_back_on IS '反馈日期: last feedback';
    COMMENT ON COLUMN casework.sealed_referral.supplements IS '补充次数: supplements sent';
    COMMENT ON COLUMN casework.sealed_referral.review IS
      '需复核: whether something it rests on became void';
    COMMENT ON COLUMN casework.sealed_referral.audience IS
      '知悉机关: agencies that may read the sealed part';

    CREATE TABLE casework.sealed_result (
      dossier             bytea NOT NULL CHECK (octet_length(dossier) = 32),
      author              text NOT NULL,
      id                  uuid NOT NULL,
      change              bytea NOT NULL,
      part                bigint NOT NULL,
      record              bigint NOT NULL,
      authored_at         timestamptz NOT NULL,
      root                uuid NOT NULL,
      revises             uuid,
      kind                text NOT NULL,
      on_date             date NOT NULL,
      case_result         uuid,
      measures            text[] NOT NULL,
      amount              bigint,
      person_key          text,
      decided_by          text,
      document_number     text,
      note                text NOT NULL,
      form_of_discipline  bigint,
      actor               uuid,
      role                text,
      clue                uuid,
      status              text NOT NULL,
      audience            text[] NOT NULL,
      PRIMARY KEY (dossier, author, id)
    );
    COMMENT ON TABLE casework.sealed_result IS
      '结果(密封部分): one result in one version, from sealed parts';
    COMMENT ON COLUMN casework.sealed_result.dossier IS '卷宗: id of the dossier';
    COMMENT ON COLUMN casework.sealed_result.author IS '产生机关: agency that wrote the record';
    COMMENT ON COLUMN casework.sealed_result.id IS '记录号: record id';
    COMMENT ON COLUMN casework.sealed_result.change IS '变更集: change set that carries it';
    COMMENT ON COLUMN casework.sealed_result.part IS '部分: part of the change set';
    COMMENT ON COLUMN casework.sealed_result.record IS '序位: position in the part';
    COMMENT ON COLUMN casework.sealed_result.authored_at IS
      '写入时间: when its author says it was written; decides nothing';
    COMMENT ON COLUMN casework.sealed_result.root IS '首版: first version of the result';
    COMMENT ON COLUMN casework.sealed_result.revises IS '所改版本: version it replaces';
    COMMENT ON COLUMN casework.sealed_result.kind IS '结果类别: kind';
    COMMENT ON COLUMN casework.sealed_result.on_date IS '日期: date of the decision';
    COMMENT ON COLUMN casework.sealed_result.case_result IS '所属立案: filing it belongs to';
    COMMENT ON COLUMN casework.sealed_result.measures IS '措施: measures as class:value';
    COMMENT ON COLUMN casework.sealed_result.amount IS '金额: amount in fen';
    COMMENT ON COLUMN casework.sealed_result.person_key IS '人员键: keyed hash of the person';
    COMMENT ON COLUMN casework.sealed_result.decided_by IS '决定机关: body that decided';
    COMMENT ON COLUMN casework.sealed_result.document_number IS '决定文号: number of the decision';
    COMMENT ON COLUMN casework.sealed_result.note IS '说明: note';
    COMMENT ON COLUMN casework.sealed_result.form_of_discipline IS
      '四种形态: form of discipline 1 to 4';
    COMMENT ON COLUMN casework.sealed_result.actor IS '办理人: person';
    COMMENT ON COLUMN casework.sealed_result.role IS '角色: role the person acted in';
    COMMENT ON COLUMN casework.sealed_result.clue IS '所答文书: referral it answers';
    COMMENT ON COLUMN casework.sealed_result.status IS '状态: valid, revised or revoked';
    COMMENT ON COLUMN casework.sealed_result.audience IS
      '知悉机关: agencies that may read the sealed part';

    CREATE TABLE casework.sealed_review (
      dossier       bytea NOT NULL CHECK (octet_length(dossier) = 32),
      author        text NOT NULL,
      id            uuid NOT NULL,
      cited_change  bytea NOT NULL,
      cited_part    bigint NOT NULL,
      cited_record  bigint NOT NULL,
      audience      text[] NOT NULL,
      PRIMARY KEY (dossier, author, id, cited_change, cited_part, cited_record)
    );
    COMMENT ON TABLE casework.sealed_review IS
      '需复核(密封部分): a record that cites something that has become void, from sealed parts';
    COMMENT ON COLUMN casework.sealed_review.dossier IS '卷宗: id of the dossier';
    COMMENT ON COLUMN casework.sealed_review.author IS '产生机关: author of the citing record';
    COMMENT ON COLUMN casework.sealed_review.id IS '记录号: citing record';
    COMMENT ON COLUMN casework.sealed_review.cited_change IS '所引变更集: cited change set';
    COMMENT ON COLUMN casework.sealed_review.cited_part IS '所引部分: cited part';
    COMMENT ON COLUMN casework.sealed_review.cited_record IS '所引序位: cited record';
    COMMENT ON COLUMN casework.sealed_review.audience IS
      '知悉机关: agencies that may read the sealed part';

    CREATE TABLE casework.sealed_void (
      dossier   bytea NOT NULL CHECK (octet_length(dossier) = 32),
      change    bytea NOT NULL,
      part      bigint NOT NULL,
      record    bigint NOT NULL,
      author    text NOT NULL,
      id        uuid,
      type      bigint,
      reason    text NOT NULL,
      detail    text,
      audience  text[] NOT NULL,
      PRIMARY KEY (dossier, change, part, record)
    );
    COMMENT ON TABLE casework.sealed_void IS
      '无效(密封部分): a change set, part or record that has no effect, from sealed parts';
    COMMENT ON COLUMN casework.sealed_void.dossier IS '卷宗: id of the dossier';
    COMMENT ON COLUMN casework.sealed_void.change IS '变更集: change set';
    COMMENT ON COLUMN casework.sealed_void.part IS '部分: part, -1 for the whole change set';
    COMMENT ON COLUMN casework.sealed_void.record IS '序位: record, -1 for the whole part';
    COMMENT ON COLUMN casework.sealed_void.author IS '产生机关: author';
    COMMENT ON COLUMN casework.sealed_void.id IS '记录号: record id';
    COMMENT ON COLUMN casework.sealed_void.type IS '类型: record type';
    COMMENT ON COLUMN casework.sealed_void.reason IS '理由: code of the reason';
    COMMENT ON COLUMN casework.sealed_void.detail IS '说明: what exactly, as codes';
    COMMENT ON COLUMN casework.sealed_void.audience IS
      '知悉机关: agencies that may read the sealed part';

    """#)
}
