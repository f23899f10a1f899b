extension Migration {
  /// The file `Schema/sql/v0012_courses.sql`; `REWRITE=1` makes this one of it.
  static let v0012 = Migration(
    12, "v0012_courses",
    #"""
    -- Courses of dossiers, figures and experts get their rows, and items what supervision left.

    CREATE TABLE casework.course (
      dossier      bytea NOT NULL CHECK (octet_length(dossier) = 32),
      author       text NOT NULL,
      subject      uuid NOT NULL,
      type         bigint NOT NULL,
      kind         text NOT NULL,
      machine      text NOT NULL,
      begun_on     date NOT NULL,
      stage        text NOT NULL,
      stage_on     date,
      moved_by     text,
      handler      text,
      approval     text,
      due_on       date,
      accepted_on  date,
      amount       bigint NOT NULL,
      results      bigint NOT NULL,
      confirmed    text[] NOT NULL,
      disputed     text[] NOT NULL,
      corrections  bigint NOT NULL,
      late         boolean NOT NULL,
      review       boolean NOT NULL,
      PRIMARY KEY (dossier, author, subject)
    );
    COMMENT ON TABLE casework.course IS
      '流程: where a course of a dossier, figures or an expert stands';
    COMMENT ON COLUMN casework.course.dossier IS '卷宗: id of the dossier';
    COMMENT ON COLUMN casework.course.author IS '产生机关: author of what has the course';
    COMMENT ON COLUMN casework.course.subject IS '对象: first cover, document or item';
    COMMENT ON COLUMN casework.course.type IS '对象类型: record type of it';
    COMMENT ON COLUMN casework.course.kind IS
      '类别: kind of the dossier, form of the document or kind of the item';
    COMMENT ON COLUMN casework.course.machine IS '流程代号: short name of the course';
    COMMENT ON COLUMN casework.course.begun_on IS
      '开始日期: date of the document, or when the cover was written';
    COMMENT ON COLUMN casework.course.stage IS '阶段: stage';
    COMMENT ON COLUMN casework.course.stage_on IS '阶段日期: when the stage began; none in the first';
    COMMENT ON COLUMN casework.course.moved_by IS '推进机关: agency that brought it there';
    COMMENT ON COLUMN casework.course.handler IS '承办机关: agency it was given to';
    COMMENT ON COLUMN casework.course.approval IS '批准文号: number of the approval';
    COMMENT ON COLUMN casework.course.due_on IS '期限: new due date';
    COMMENT ON COLUMN casework.course.accepted_on IS '受理日期: when a petition was accepted';
    COMMENT ON COLUMN casework.course.amount IS '到位金额: what was performed, in fen';
    COMMENT ON COLUMN casework.course.results IS '结果数: results that moved it';
    COMMENT ON COLUMN casework.course.confirmed IS
      '核对一致机关: contributors whose last word confirms it';
    COMMENT ON COLUMN casework.course.disputed IS
      '核对有异机关: contributors whose last word disputes it';
    COMMENT ON COLUMN casework.course.corrections IS '更正次数: times corrected after it was published';
    COMMENT ON COLUMN casework.course.late IS '归档后来件: whether something came after the archiving';
    COMMENT ON COLUMN casework.course.review IS '需复核: whether something it rests on became void';

    CREATE TABLE casework.sealed_course (
      dossier      bytea NOT NULL CHECK (octet_length(dossier) = 32),
      author       text NOT NULL,
      subject      uuid NOT NULL,
      type         bigint NOT NULL,
      kind         text NOT NULL,
      machine      text NOT NULL,
      begun_on     date NOT NULL,
      stage        text NOT NULL,
      stage_on     date,
      moved_by     text,
      handler      text,
      approval     text,
      due_on       date,
      accepted_on  date,
      amount       bigint NOT NULL,
      results      bigint NOT NULL,
      confirmed    text[] NOT NULL,
      disputed     text[] NOT NULL,
      corrections  bigint NOT NULL,
      late         boolean NOT NULL,
      review       boolean NOT NULL,
      audience     text[] NOT NULL,
      PRIMARY KEY (dossier, author, subject)
    );
    COMMENT ON TABLE casework.sealed_course IS
      '流程(密封部分): where a course of a dossier, figures or an expert stands, from sealed parts';
    COMMENT ON COLUMN casework.sealed_course.dossier IS '卷宗: id of the dossier';
    COMMENT ON COLUMN casework.sealed_course.author IS '产生机关: author of what has the course';
    COMMENT ON COLUMN casework.sealed_course.subject IS '对象: first cover, document or item';
    COMMENT ON COLUMN casework.sealed_course.type IS '对象类型: record type of it';
    COMMENT ON COLUMN casework.sealed_course.kind IS
      '类别: kind of the dossier, form of the document or kind of the item';
    COMMENT ON COLUMN casework.sealed_course.machine IS '流程代号: short name of the course';
    COMMENT ON COLUMN casework.sealed_course.begun_on IS
      '开始日期: date of the document, or when the cover was written';
    COMMENT ON COLUMN casework.sealed_course.stage IS '阶段: stage';
    COMMENT ON COLUMN casework.sealed_course.stage_on IS
      '阶段日期: when the stage began; none in the first';
    COMMENT ON COLUMN casework.sealed_course.moved_by IS '推进机关: agency that brought it there';
    COMMENT ON COLUMN casework.sealed_course.handler IS '承办机关: agency it was given to';
    COMMENT ON COLUMN casework.sealed_course.approval IS '批准文号: number of the approval';
    COMMENT ON COLUMN casework.sealed_course.due_on IS '期限: new due date';
    COMMENT ON COLUMN casework.sealed_course.accepted_on IS '受理日期: when a petition was accepted';
    COMMENT ON COLUMN casework.sealed_course.amount IS '到位金额: what was performed, in fen';
    COMMENT ON COLUMN casework.sealed_course.results IS '结果数: results that moved it';
    COMMENT ON COLUMN casework.sealed_course.confirmed IS
      '核对一致机关: contributors whose last word confirms it';
    COMMENT ON COLUMN casework.sealed_course.disputed IS
      '核对有异机关: contributors whose last word disputes it';
    COMMENT ON COLUMN casework.sealed_course.corrections IS
      '更正次数: times corrected after it was published';
    COMMENT ON COLUMN casework.sealed_course.late IS
      '归档后来件: whether something came after the archiving';
    COMMENT ON COLUMN casework.sealed_course.review IS
      '需复核: whether something it rests on became void';
    COMMENT ON COLUMN casework.sealed_course.audience IS
      '知悉机关: agencies that may read the sealed part';

    CREATE TABLE casework.sealed_secondment (
      dossier   bytea NOT NULL CHECK (octet_length(dossier) = 32),
      author    text NOT NULL,
      expert    uuid NOT NULL,
      change    bytea NOT NULL,
      part      bigint NOT NULL,
      record    bigint NOT NULL,
      first_on  date NOT NULL,
      last_on   date NOT NULL,
      outcome   text NOT NULL,
      audience  text[] NOT NULL,
      PRIMARY KEY (dossier, author, expert, change, part, record)
    );
    COMMENT ON TABLE casework.sealed_secondment IS
      '抽调(密封部分): one request for an expert and what became of it, from sealed parts';
    COMMENT ON COLUMN casework.sealed_secondment.dossier IS '卷宗: id of the dossier';
    COMMENT ON COLUMN casework.sealed_secondment.author IS '派出机关: agency of the expert';
    COMMENT ON COLUMN casework.sealed_secondment.expert IS '人才: item that names the expert';
    COMMENT ON COLUMN casework.sealed_secondment.change IS '变更集: change set of the request';
    COMMENT ON COLUMN casework.sealed_secondment.part IS '部分: part of the change set';
    COMMENT ON COLUMN casework.sealed_secondment.record IS '序位: position in the part';
    COMMENT ON COLUMN casework.sealed_secondment.first_on IS '起始日期: first day asked for';
    COMMENT ON COLUMN casework.sealed_secondment.last_on IS '截止日期: last day asked for';
    COMMENT ON COLUMN casework.sealed_secondment.outcome IS
      '去向: open, approved, declined, deployed or ended';
    COMMENT ON COLUMN casework.sealed_secondment.audience IS
      '知悉机关: agencies that may read the sealed part';

    CREATE TABLE casework.secondment (
      dossier   bytea NOT NULL CHECK (octet_length(dossier) = 32),
      author    text NOT NULL,
      expert    uuid NOT NULL,
      change    bytea NOT NULL,
      part      bigint NOT NULL,
      record    bigint NOT NULL,
      first_on  date NOT NULL,
      last_on   date NOT NULL,
      outcome   text NOT NULL,
      PRIMARY KEY (dossier, author, expert, change, part, record)
    );
    COMMENT ON TABLE casework.secondment IS '抽调: one request for an expert and what became of it';
    COMMENT ON COLUMN casework.secondment.dossier IS '卷宗: id of the dossier';
    COMMENT ON COLUMN casework.secondment.author IS '派出机关: agency of the expert';
    COMMENT ON COLUMN casework.secondment.expert IS '人才: item that names the expert';
    COMMENT ON COLUMN casework.secondment.change IS '变更集: change set of the request';
    COMMENT ON COLUMN casework.secondment.part IS '部分: part of the change set';
    COMMENT ON COLUMN casework.secondment.record IS '序位: position in the part';
    COMMENT ON COLUMN casework.secondment.first_on IS '起始日期: first day asked for';
    COMMENT ON COLUMN casework.secondment.last_on IS '截止日期: last day asked for';
    COMMENT ON COLUMN casework.secondment.outcome IS
      '去向: open, approved, declined, deployed or ended';

    ALTER TABLE casework.item_card ADD COLUMN level text;
    ALTER TABLE casework.item_card ADD COLUMN long_term boolean NOT NULL DEFAULT false;
    ALTER TABLE casework.item_card ALTER COLUMN long_term DROP DEFAULT;
    ALTER TABLE casework.item_card ADD COLUMN disputed_on date;
    ALTER TABLE casework.item_card ADD COLUMN asked_on date;
    COMMENT ON COLUMN casework.item_card.level IS '督办层级: highest level of supervision reached';
    COMMENT ON COLUMN casework.item_card.long_term IS
      '长期整改: whether it is on the list of long-term rectification';
    COMMENT ON COLUMN casework.item_card.disputed_on IS
      '异议日期: date of the first dispute not decided yet';
    COMMENT ON COLUMN casework.item_card.asked_on IS
      '申请延期日期: date of the first request for more time not decided yet';

    -- The audience is the last column of a twin, so this one is made anew around its rows.
    ALTER TABLE casework.sealed_item_card RENAME TO sealed_item_card_before;
    ALTER INDEX casework.sealed_item_card_pkey RENAME TO sealed_item_card_before_pkey;
    ALTER TABLE casework.sealed_item_card_before
      RENAME CONSTRAINT sealed_item_card_dossier_check TO sealed_item_card_before_dossier_check;
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
      level          text,
      long_term      boolean NOT NULL,
      disputed_on    date,
      asked_on       date,
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
    COMMENT ON COLUMN casework.sealed_item_card.level IS
      '督办层级: highest level of supervision reached';
    COMMENT ON COLUMN casework.sealed_item_card.long_term IS
      '长期整改: whether it is on the list of long-term rectification';
    COMMENT ON COLUMN casework.sealed_item_card.disputed_on IS
      '异议日期: date of the first dispute not decided yet';
    COMMENT ON COLUMN casework.sealed_item_card.asked_on IS
      '申请延期日期: date of the first request for more time not decided yet';
    COMMENT ON COLUMN casework.sealed_item_card.audience IS
      '知悉机关: agencies that may read the sealed part';
    INSERT INTO casework.sealed_item_card (
      dossier, issuer, item, document, number, kind, unit, state, due_on, reported_on,
      report, passed_on, signed_off_on, reopened, extension, new_material, review,
      long_term, audience)
    SELECT
      dossier, issuer, item, document, number, kind, unit, state, due_on, reported_on,
      report, passed_on, signed_off_on, reopened, extension, new_material, review,
      false, audience
    FROM casework.sealed_item_card_before;
    DROP TABLE casework.sealed_item_card_before;

    -- What the log says of courses is folded into these rows when the node starts.
    UPDATE ledger.dossier SET needs_upgrade = true
    WHERE NOT needs_upgrade AND id IN (SELECT dossier FROM casework.dossier);

    DO $$
    BEGIN
      IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'guantong_node') THEN
        GRANT SELECT, INSERT, UPDATE, DELETE
          ON casework.course, casework.secondment, casework.sealed_course,
            casework.sealed_secondment, casework.sealed_item_card TO guantong_node;
      END IF;
      IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'guantong_reader') THEN
        GRANT SELECT ON casework.course, casework.secondment TO guantong_reader;
      END IF;
    END;
    $$;

    """#)
}
