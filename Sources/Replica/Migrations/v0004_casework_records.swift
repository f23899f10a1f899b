extension Migration {
  /// The file `Schema/sql/v0004_casework_records.sql`; `REWRITE=1` makes this one of it.
  static let v0004 = Migration(
    4, "v0004_casework_records",
    #"""
    CREATE TABLE casework.act (
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
      PRIMARY KEY (dossier, author, id)
    );
    COMMENT ON TABLE casework.act IS '办理: one act that has effect';
    COMMENT ON COLUMN casework.act.dossier IS '卷宗: id of the dossier';
    COMMENT ON COLUMN casework.act.author IS '产生机关: agency that wrote the record';
    COMMENT ON COLUMN casework.act.id IS '记录号: record id';
    COMMENT ON COLUMN casework.act.change IS '变更集: change set that carries it';
    COMMENT ON COLUMN casework.act.part IS '部分: part of the change set';
    COMMENT ON COLUMN casework.act.record IS '序位: position in the part';
    COMMENT ON COLUMN casework.act.authored_at IS
      '写入时间: when its author says it was written; decides nothing';
    COMMENT ON COLUMN casework.act.target_type IS '对象类型: record type of the target';
    COMMENT ON COLUMN casework.act.target IS '对象: record it acts on';
    COMMENT ON COLUMN casework.act.verb IS '动作: verb';
    COMMENT ON COLUMN casework.act.actor IS
      '办理人: person; null when the node acted by a standing rule';
    COMMENT ON COLUMN casework.act.role IS '角色: role the person acted in';
    COMMENT ON COLUMN casework.act.on_date IS '办理日期: date the person states';
    COMMENT ON COLUMN casework.act.reason IS '理由: code of the reason';
    COMMENT ON COLUMN casework.act.note IS '说明: note';
    COMMENT ON COLUMN casework.act.agencies IS '涉及机关: agencies it names';
    COMMENT ON COLUMN casework.act.points IS '涉及要点: items it concerns, where not all';
    COMMENT ON COLUMN casework.act.kind IS '种类: kind of disposition or stage of feedback';
    COMMENT ON COLUMN casework.act.final IS '终结: whether it is final';
    COMMENT ON COLUMN casework.act.automatic IS '自动: whether the node acted by itself';
    COMMENT ON COLUMN casework.act.internal_number IS '内部编号: number at the acting agency';
    COMMENT ON COLUMN casework.act.due_on IS '期限: new due date';
    COMMENT ON COLUMN casework.act.hash IS '所签哈希: hash it binds';
    COMMENT ON COLUMN casework.act.recorded_by IS '代录单位: host that recorded it';

    CREATE TABLE casework.agency (
      dossier      bytea NOT NULL CHECK (octet_length(dossier) = 32),
      code         text NOT NULL,
      name         text NOT NULL,
      short_name   text NOT NULL,
      level        text NOT NULL,
      region       text NOT NULL,
      credit_code  text NOT NULL,
      kind         text NOT NULL,
      hosted_by    text,
      succeeds     text,
      key          bytea,
      endpoint     text,
      governor     boolean NOT NULL,
      registrar    boolean NOT NULL,
      PRIMARY KEY (code)
    );
    CREATE INDEX agency_dossier ON casework.agency (dossier);
    COMMENT ON TABLE casework.agency IS '机关: one agency of the directory';
    COMMENT ON COLUMN casework.agency.dossier IS '卷宗: id of the dossier';
    COMMENT ON COLUMN casework.agency.code IS '机关代码: agency code';
    COMMENT ON COLUMN casework.agency.name IS '名称: name';
    COMMENT ON COLUMN casework.agency.short_name IS '简称: short name';
    COMMENT ON COLUMN casework.agency.level IS '层级: province, city or county';
    COMMENT ON COLUMN casework.agency.region IS '行政区划代码: GB/T 2260 region code';
    COMMENT ON COLUMN casework.agency.credit_code IS '统一社会信用代码: GB 32100 credit code';
    COMMENT ON COLUMN casework.agency.kind IS '机关类别: kind of agency';
    COMMENT ON COLUMN casework.agency.hosted_by IS '代管机关: agency whose node keeps its replica';
    COMMENT ON COLUMN casework.agency.succeeds IS '承继机关: agency whose successor it is';
    COMMENT ON COLUMN casework.agency.key IS '签名密钥: id of the key in force';
    COMMENT ON COLUMN casework.agency.endpoint IS '地址: where its node is reached';
    COMMENT ON COLUMN casework.agency.governor IS '共管机关: whether it is a governor';
    COMMENT ON COLUMN casework.agency.registrar IS '登记机关: whether it is the registrar';

    CREATE TABLE casework.attachment (
      dossier   bytea NOT NULL CHECK (octet_length(dossier) = 32),
      author    text NOT NULL,
      document  uuid NOT NULL,
      position  bigint NOT NULL,
      name      text NOT NULL,
      size      bigint NOT NULL,
      salt      bytea NOT NULL,
      root      bytea NOT NULL,
      PRIMARY KEY (dossier, author, document, position)
    );
    COMMENT ON TABLE casework.attachment IS '附件: one attachment that a document lists';
    COMMENT ON COLUMN casework.attachment.dossier IS '卷宗: id of the dossier';
    COMMENT ON COLUMN casework.attachment.author IS '产生机关: agency that wrote the document';
    COMMENT ON COLUMN casework.attachment.document IS '文书: document';
    COMMENT ON COLUMN casework.attachment.position IS '序号: position in the list, from 0';
    COMMENT ON COLUMN casework.attachment.name IS '名称: file name';
    COMMENT ON COLUMN casework.attachment.size IS '大小: bytes';
    COMMENT ON COLUMN casework.attachment.salt IS '盐: salt of its pieces';
    COMMENT ON COLUMN casework.attachment.root IS '哈希树根: root of the tree over its pieces';

    CREATE TABLE casework.document (
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
      PRIMARY KEY (dossier, author, id)
    );
    COMMENT ON TABLE casework.document IS '文书: one issued document';
    COMMENT ON COLUMN casework.document.dossier IS '卷宗: id of the dossier';
    COMMENT ON COLUMN casework.document.author IS '产生机关: agency that wrote the record';
    COMMENT ON COLUMN casework.document.id IS '记录号: record id';
    COMMENT ON COLUMN casework.document.change IS '变更集: change set that carries it';
    COMMENT ON COLUMN casework.document.part IS '部分: part of the change set';
    COMMENT ON COLUMN casework.document.record IS '序位: position in the part';
    COMMENT ON COLUMN casework.document.authored_at IS
      '写入时间: when its author says it was written; decides nothing';
    COMMENT ON COLUMN casework.document.form IS '文书种类: form';
    COMMENT ON COLUMN casework.document.number IS '发文字号: number';
    COMMENT ON COLUMN casework.document.version IS '版本: version';
    COMMENT ON COLUMN casework.document.supersedes IS '取代文书: document it supersedes';
    COMMENT ON COLUMN casework.document.to_agencies IS '主送: addressees';
    COMMENT ON COLUMN casework.document.cc_agencies IS '抄送: copies';
    COMMENT ON COLUMN casework.document.title IS '标题: title';
    COMMENT ON COLUMN casework.document.body IS '正文: text';
    COMMENT ON COLUMN casework.document.items IS '事项: record ids of its items in their order';
    COMMENT ON COLUMN casework.document.attachments IS '附件数: number of attachments';
    COMMENT ON COLUMN casework.document.due_on IS '回复期限: date by which an answer is asked';
    COMMENT ON COLUMN casework.document.drafter IS '拟稿人: person who drafted it';
    COMMENT ON COLUMN casework.document.signer IS '签发人: person who signed it';
    COMMENT ON COLUMN casework.document.issued_on IS '成文日期: date of the document';
    COMMENT ON COLUMN casework.document.required IS
      '须会签机关: members whose countersignature is required';
    COMMENT ON COLUMN casework.document.meeting_series IS '会议系列: series of the meeting';
    COMMENT ON COLUMN casework.document.meeting_issue IS '会议届次: number of the meeting';
    COMMENT ON COLUMN casework.document.held_on IS '会议日期: when it was held';
    COMMENT ON COLUMN casework.document.place IS '地点: where it was held';
    COMMENT ON COLUMN casework.document.chair IS '主持人: who chaired it';
    COMMENT ON COLUMN casework.document.present IS '出席: agencies present';
    COMMENT ON COLUMN casework.document.absent IS '请假: agencies absent';
    COMMENT ON COLUMN casework.document.topics IS '议题: topics';
    COMMENT ON COLUMN casework.document.hash IS
      '正文哈希: SHA-256 of the record body; what a countersignature binds';
    COMMENT ON COLUMN casework.document.state IS
      '状态: issued, superseded or revoked; minutes have their own';

    CREATE TABLE casework.dossier (
      dossier         bytea NOT NULL CHECK (octet_length(dossier) = 32),
      home            text NOT NULL,
      id              uuid,
      change          bytea,
      kind            text,
      number          text,
      title           text,
      source          text,
      source_agency   text,
      region          text,
      campaign        text,
      classification  text,
      opened_at       timestamptz NOT NULL,
      upgrade_needed  boolean NOT NULL,
      forked          boolean NOT NULL,
      PRIMARY KEY (dossier)
    );
    COMMENT ON TABLE casework.dossier IS '卷宗: cover of one dossier as its home last revised it';
    COMMENT ON COLUMN casework.dossier.dossier IS '卷宗: id of the dossier';
    COMMENT ON COLUMN casework.dossier.home IS '主办机关: home agency';
    COMMENT ON COLUMN casework.dossier.id IS '封面记录号: record id of the cover in force';
    COMMENT ON COLUMN casework.dossier.change IS '变更集: change set of the cover in force';
    COMMENT ON COLUMN casework.dossier.kind IS '卷宗类别: kind';
    COMMENT ON COLUMN casework.dossier.number IS '卷宗编号: number';
    COMMENT ON COLUMN casework.dossier.title IS '标题: title';
    COMMENT ON COLUMN casework.dossier.source IS '来源类别: kind of oversight it comes from';
    COMMENT ON COLUMN casework.dossier.source_agency IS '来源机关: agency it comes from';
    COMMENT ON COLUMN casework.dossier.region IS '行政区划代码: region code';
    COMMENT ON COLUMN casework.dossier.campaign IS '专项代码: campaign';
    COMMENT ON COLUMN casework.dossier.classification IS '密级: classification';
    COMMENT ON COLUMN casework.dossier.opened_at IS
      '立卷时间: when the home says it opened the dossier';
    COMMENT ON COLUMN casework.dossier.upgrade_needed IS
      '需升级: whether it holds a record this build does not know';
    COMMENT ON COLUMN casework.dossier.forked IS '分叉: whether an author forked its chain here';

    CREATE TABLE casework.item (
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
      PRIMARY KEY (dossier, author, id)
    );
    COMMENT ON TABLE casework.item IS '事项: one item of a document';
    COMMENT ON COLUMN casework.item.dossier IS '卷宗: id of the dossier';
    COMMENT ON COLUMN casework.item.author IS '产生机关: agency that wrote the record';
    COMMENT ON COLUMN casework.item.id IS '记录号: record id';
    COMMENT ON COLUMN casework.item.change IS '变更集: change set that carries it';
    COMMENT ON COLUMN casework.item.part IS '部分: part of the change set';
    COMMENT ON COLUMN casework.item.record IS '序位: position in the part';
    COMMENT ON COLUMN casework.item.authored_at IS
      '写入时间: when its author says it was written; decides nothing';
    COMMENT ON COLUMN casework.item.document IS '文书: document that carries it';
    COMMENT ON COLUMN casework.item.number IS '序号: number in the document';
    COMMENT ON COLUMN casework.item.kind IS '事项类别: kind';
    COMMENT ON COLUMN casework.item.text IS '内容: text';
    COMMENT ON COLUMN casework.item.unit IS '责任单位: responsible agency';
    COMMENT ON COLUMN casework.item.co_units IS '配合单位: agencies that help';
    COMMENT ON COLUMN casework.item.due_on IS '期限: due date';
    COMMENT ON COLUMN casework.item.standard IS '验收标准: acceptance standard';
    COMMENT ON COLUMN casework.item.amount IS '金额: amount in fen';
    COMMENT ON COLUMN casework.item.category IS '类别: category';

    CREATE TABLE casework.member (
      dossier  bytea NOT NULL CHECK (octet_length(dossier) = 32),
      agency   text NOT NULL,
      state    text NOT NULL,
      PRIMARY KEY (dossier, agency)
    );
    COMMENT ON TABLE casework.member IS '成员: one agency that was ever granted or excluded';
    COMMENT ON COLUMN casework.member.dossier IS '卷宗: id of the dossier';
    COMMENT ON COLUMN casework.member.agency IS '机关: agency';
    COMMENT ON COLUMN casework.member.state IS '状态: member, ended or excluded';

    CREATE TABLE casework.person (
      dossier       bytea NOT NULL CHECK (octet_length(dossier) = 32),
      agency        text NOT NULL,
      id            uuid NOT NULL,
      name          text NOT NULL,
      section       text NOT NULL,
      post          text NOT NULL,
      roles         text[] NOT NULL,
      ended         boolean NOT NULL,
      alternate_of  uuid,
      PRIMARY KEY (agency, id)
    );
    CREATE INDEX person_dossier ON casework.person (dossier);
    COMMENT ON TABLE casework.person IS '人员: one person of an agency, as the agency last published';
    COMMENT ON COLUMN casework.person.dossier IS '卷宗: id of the dossier';
    COMMENT ON COLUMN casework.person.agency IS '机关: agency';
    COMMENT ON COLUMN casework.person.id IS '人员号: person id';
    COMMENT ON COLUMN casework.person.name IS '姓名: name';
    COMMENT ON COLUMN casework.person.section IS '科室: section';
    COMMENT ON COLUMN casework.person.post IS '职务: post';
    COMMENT ON COLUMN casework.person.roles IS '角色: roles';
    COMMENT ON COLUMN casework.person.ended IS '已离任: whether the person no longer acts';
    COMMENT ON COLUMN casework.person.alternate_of IS 'AB岗: person this one stands in for';

    CREATE TABLE casework.result (
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
      PRIMARY KEY (dossier, author, id)
    );
    COMMENT ON TABLE casework.result IS '结果: one result in one version';
    COMMENT ON COLUMN casework.result.dossier IS '卷宗: id of the dossier';
    COMMENT ON COLUMN casework.result.author IS '产生机关: agency that wrote the record';
    COMMENT ON COLUMN casework.result.id IS '记录号: record id';
    COMMENT ON COLUMN casework.result.change IS '变更集: change set that carries it';
    COMMENT ON COLUMN casework.result.part IS '部分: part of the change set';
    COMMENT ON COLUMN casework.result.record IS '序位: position in the part';
    COMMENT ON COLUMN casework.result.authored_at IS
      '写入时间: when its author says it was written; decides nothing';
    COMMENT ON COLUMN casework.result.root IS '首版: first version of the result';
    COMMENT ON COLUMN casework.result.revises IS '所改版本: version it replaces';
    COMMENT ON COLUMN casework.result.kind IS '结果类别: kind';
    COMMENT ON COLUMN casework.result.on_date IS '日期: date of the decision';
    COMMENT ON COLUMN casework.result.case_result IS '所属立案: filing it belongs to';
    COMMENT ON COLUMN casework.result.measures IS '措施: measures as class:value';
    COMMENT ON COLUMN casework.result.amount IS '金额: amount in fen';
    COMMENT ON COLUMN casework.result.person_key IS '人员键: keyed hash of the person';
    COMMENT ON COLUMN casework.result.decided_by IS '决定机关: body that decided';
    COMMENT ON COLUMN casework.result.document_number IS '决定文号: number of the decision';
    COMMENT ON COLUMN casework.result.note IS '说明: note';
    COMMENT ON COLUMN casework.result.form_of_discipline IS '四种形态: form of discipline 1 to 4';
    COMMENT ON COLUMN casework.result.actor IS '办理人: person';
    COMMENT ON COLUMN casework.result.role IS '角色: role the person acted in';
    COMMENT ON COLUMN casework.result.clue IS '所答文书: referral it answers';
    COMMENT ON COLUMN casework.result.status IS '状态: valid, revised or revoked';

    CREATE TABLE casework.review (
      dossier       bytea NOT NULL CHECK (octet_length(dossier) = 32),
      author        text NOT NULL,
      id            uuid NOT NULL,
      cited_change  bytea NOT NULL,
      cited_part    bigint NOT NULL,
      cited_record  bigint NOT NULL,
      PRIMARY KEY (dossier, author, id, cited_change, cited_part, cited_record)
    );
    COMMENT ON TABLE casework.review IS '需复核: a record that cites something that has become void';
    COMMENT ON COLUMN casework.review.dossier IS '卷宗: id of the dossier';
    COMMENT ON COLUMN casework.review.author IS '产生机关: author of the citing record';
    COMMENT ON COLUMN casework.review.id IS '记录号: citing record';
    COMMENT ON COLUMN casework.review.cited_change IS '所引变更集: cited change set';
    COMMENT ON COLUMN casework.review.cited_part IS '所引部分: cited part';
    COMMENT ON COLUMN casework.review.cited_record IS '所引序位: cited record';

    CREATE TABLE casework.void (
      dossier  bytea NOT NULL CHECK (octet_length(dossier) = 32),
      change   bytea NOT NULL,
      part     bigint NOT NULL,
      record   bigint NOT NULL,
      author   text NOT NULL,
      id       uuid,
      type     bigint,
      reason   text NOT NULL,
      detail   text,
      PRIMARY KEY (dossier, change, part, record)
    );
    COMMENT ON TABLE casework.void IS '无效: a change set, part or record that has no effect';
    COMMENT ON COLUMN casework.void.dossier IS '卷宗: id of the dossier';
    COMMENT ON COLUMN casework.void.change IS '变更集: change set';
    COMMENT ON COLUMN casework.void.part IS '部分: part, -1 for the whole change set';
    COMMENT ON COLUMN casework.void.record IS '序位: record, -1 for the whole part';
    COMMENT ON COLUMN casework.void.author IS '产生机关: author';
    COMMENT ON COLUMN casework.void.id IS '记录号: record id';
    COMMENT ON COLUMN casework.void.type IS '类型: record type';
    COMMENT ON COLUMN casework.void.reason IS '理由: code of the reason';
    COMMENT ON COLUMN casework.void.detail IS '说明: what exactly, as codes';

    """#)
}
