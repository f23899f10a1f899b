-- What surveys and scores came to, and what covers of petitions state, is read from rows.

ALTER TABLE casework.dossier ADD COLUMN channel text;
ALTER TABLE casework.dossier ADD COLUMN demand_kind text;
ALTER TABLE casework.dossier ADD COLUMN level text;
ALTER TABLE casework.dossier ADD COLUMN batch bigint;
COMMENT ON COLUMN casework.dossier.channel IS '渠道: way by which a petition came';
COMMENT ON COLUMN casework.dossier.demand_kind IS '诉求类别: what a petitioner asks for';
COMMENT ON COLUMN casework.dossier.level IS '创建层级: who names the model areas that a bid is for';
COMMENT ON COLUMN casework.dossier.batch IS '批次: batch of a bid, from 1';

ALTER TABLE casework.result ADD COLUMN rank bigint;
ALTER TABLE casework.result ADD COLUMN ranked bigint;
ALTER TABLE casework.result ADD COLUMN score bigint;
ALTER TABLE casework.result ADD COLUMN unit text;
COMMENT ON COLUMN casework.result.rank IS '名次: place of a survey or a score, from 1';
COMMENT ON COLUMN casework.result.ranked IS '参评数: among how many';
COMMENT ON COLUMN casework.result.score IS '得分: hundredths of a point';
COMMENT ON COLUMN casework.result.unit IS '被考核单位: agency that is scored';

-- The audience stands last in a twin, so this one is made anew around its rows.
ALTER TABLE casework.sealed_result RENAME TO sealed_result_before;
ALTER INDEX casework.sealed_result_pkey RENAME TO sealed_result_before_pkey;
ALTER TABLE casework.sealed_result_before
  RENAME CONSTRAINT sealed_result_dossier_check TO sealed_result_before_dossier_check;
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
  rank                bigint,
  ranked              bigint,
  score               bigint,
  unit                text,
  audience            text[] NOT NULL,
  audience_hash       bytea NOT NULL,
  PRIMARY KEY (dossier, author, id, audience_hash)
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
COMMENT ON COLUMN casework.sealed_result.rank IS '名次: place of a survey or a score, from 1';
COMMENT ON COLUMN casework.sealed_result.ranked IS '参评数: among how many';
COMMENT ON COLUMN casework.sealed_result.score IS '得分: hundredths of a point';
COMMENT ON COLUMN casework.sealed_result.unit IS '被考核单位: agency that is scored';
COMMENT ON COLUMN casework.sealed_result.audience IS
  '知悉机关: agencies that may read the sealed part';
COMMENT ON COLUMN casework.sealed_result.audience_hash IS
  '知悉机关哈希: SHA-256 of their codes, parted by commas';
INSERT INTO casework.sealed_result (
  dossier, author, id, change, part, record, authored_at, root, revises, kind, on_date,
  case_result, measures, amount, person_key, decided_by, document_number, note,
  form_of_discipline, actor, role, clue, status, audience, audience_hash)
SELECT
  dossier, author, id, change, part, record, authored_at, root, revises, kind, on_date,
  case_result, measures, amount, person_key, decided_by, document_number, note,
  form_of_discipline, actor, role, clue, status, audience, audience_hash
FROM casework.sealed_result_before;
DROP TABLE casework.sealed_result_before;

-- What the log says of them is folded into these rows when the node starts.
UPDATE ledger.dossier SET needs_upgrade = true
WHERE NOT needs_upgrade AND id IN (
  SELECT dossier FROM casework.dossier WHERE kind = 'petition'
  UNION SELECT dossier FROM casework.result WHERE kind IN ('score', 'survey')
  UNION SELECT dossier FROM casework.sealed_result WHERE kind IN ('score', 'survey'));

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'guantong_node') THEN
    GRANT SELECT, INSERT, UPDATE, DELETE ON casework.sealed_result TO guantong_node;
  END IF;
END;
$$;
