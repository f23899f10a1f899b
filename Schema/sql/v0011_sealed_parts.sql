-- Sealed parts are opened to further agencies later, and destroyed by their author.

ALTER TABLE ledger.dossier ADD COLUMN lacking bytea[] NOT NULL DEFAULT '{}';
CREATE INDEX dossier_lacking ON ledger.dossier (id) WHERE lacking <> '{}';
COMMENT ON COLUMN ledger.dossier.lacking IS
  'Change sets of which a sealed part was disclosed to this node and has not come, ascending.';

CREATE TABLE casework.destruction (
  dossier        bytea NOT NULL CHECK (octet_length(dossier) = 32),
  author         text NOT NULL,
  id             uuid NOT NULL,
  change         bytea NOT NULL,
  part           bigint NOT NULL,
  record         bigint NOT NULL,
  authored_at    timestamptz NOT NULL,
  target_change  bytea NOT NULL,
  target_part    bigint NOT NULL,
  hash           bytea NOT NULL,
  actor          uuid NOT NULL,
  role           text NOT NULL,
  on_date        date NOT NULL,
  decision       text NOT NULL,
  reason         text NOT NULL,
  PRIMARY KEY (dossier, change, part, record)
);
COMMENT ON TABLE casework.destruction IS '销毁: one sealed part that its author destroyed';
COMMENT ON COLUMN casework.destruction.dossier IS '卷宗: id of the dossier';
COMMENT ON COLUMN casework.destruction.author IS
  '产生机关: agency that wrote the record and the part';
COMMENT ON COLUMN casework.destruction.id IS '记录号: record id';
COMMENT ON COLUMN casework.destruction.change IS '变更集: change set that carries it';
COMMENT ON COLUMN casework.destruction.part IS '部分: part of the change set';
COMMENT ON COLUMN casework.destruction.record IS '序位: position in the part';
COMMENT ON COLUMN casework.destruction.authored_at IS
  '写入时间: when its author says it was written; decides nothing';
COMMENT ON COLUMN casework.destruction.target_change IS
  '所指变更集: change set whose part it is about';
COMMENT ON COLUMN casework.destruction.target_part IS '所指部分: that part';
COMMENT ON COLUMN casework.destruction.hash IS
  '所指部分哈希: salted hash of that part, as its header names it';
COMMENT ON COLUMN casework.destruction.actor IS '决定人: person who ordered it';
COMMENT ON COLUMN casework.destruction.role IS '角色: role the person acted in';
COMMENT ON COLUMN casework.destruction.on_date IS '日期: date the person states';
COMMENT ON COLUMN casework.destruction.decision IS
  '批准依据: decision it rests on, by number or name';
COMMENT ON COLUMN casework.destruction.reason IS '理由: why';

CREATE TABLE casework.sealed_disclosure (
  dossier        bytea NOT NULL CHECK (octet_length(dossier) = 32),
  author         text NOT NULL,
  id             uuid NOT NULL,
  change         bytea NOT NULL,
  part           bigint NOT NULL,
  record         bigint NOT NULL,
  authored_at    timestamptz NOT NULL,
  target_change  bytea NOT NULL,
  target_part    bigint NOT NULL,
  hash           bytea NOT NULL,
  actor          uuid NOT NULL,
  role           text NOT NULL,
  on_date        date NOT NULL,
  reason         text NOT NULL,
  audience       text[] NOT NULL,
  PRIMARY KEY (dossier, change, part, record)
);
COMMENT ON TABLE casework.sealed_disclosure IS
  '扩大知悉(密封部分): one sealed part opened to others by its author, from sealed parts';
COMMENT ON COLUMN casework.sealed_disclosure.dossier IS '卷宗: id of the dossier';
COMMENT ON COLUMN casework.sealed_disclosure.author IS
  '产生机关: agency that wrote the record and the part';
COMMENT ON COLUMN casework.sealed_disclosure.id IS '记录号: record id';
COMMENT ON COLUMN casework.sealed_disclosure.change IS '变更集: change set that carries it';
COMMENT ON COLUMN casework.sealed_disclosure.part IS '部分: part of the change set';
COMMENT ON COLUMN casework.sealed_disclosure.record IS '序位: position in the part';
COMMENT ON COLUMN casework.sealed_disclosure.authored_at IS
  '写入时间: when its author says it was written; decides nothing';
COMMENT ON COLUMN casework.sealed_disclosure.target_change IS
  '所指变更集: change set whose part it is about';
COMMENT ON COLUMN casework.sealed_disclosure.target_part IS '所指部分: that part';
COMMENT ON COLUMN casework.sealed_disclosure.hash IS
  '所指部分哈希: salted hash of that part, as its header names it';
COMMENT ON COLUMN casework.sealed_disclosure.actor IS '决定人: person who ordered it';
COMMENT ON COLUMN casework.sealed_disclosure.role IS '角色: role the person acted in';
COMMENT ON COLUMN casework.sealed_disclosure.on_date IS '日期: date the person states';
COMMENT ON COLUMN casework.sealed_disclosure.reason IS '理由: why';
COMMENT ON COLUMN casework.sealed_disclosure.audience IS
  '知悉机关: agencies that may read the sealed part';

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'guantong_node') THEN
    GRANT SELECT, INSERT, UPDATE, DELETE
      ON casework.destruction, casework.sealed_disclosure TO guantong_node;
  END IF;
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'guantong_reader') THEN
    GRANT SELECT ON casework.destruction TO guantong_reader;
  END IF;
END;
$$;
