-- Guantong: the whole schema, readable from top to bottom.
--
-- This file is what a database looks like after every migration (v0001_… in this directory); a
-- test compares the two. Times are UTC, dates are civil dates in Asia/Shanghai, ids of change sets
-- and dossiers are the 32 bytes of a SHA-256.
--
--   ledger     the signed log: the authority; everything below it can be derived again
--   exchange   what passes between this node and its peers
--   casework   the log folded into tables; written by the node alone, read by other systems
--   office     what is local to this agency and never leaves it: drafts, numbers, audit

CREATE SCHEMA ledger;
COMMENT ON SCHEMA ledger IS 'The signed change sets of the dossiers this agency may see.';
CREATE SCHEMA exchange;
COMMENT ON SCHEMA exchange IS 'Outboxes, cursors, receipts and what could not be taken.';
CREATE SCHEMA casework;
COMMENT ON SCHEMA casework IS
  'The log folded into tables. Read it freely; write it and reconcile tells.';
CREATE SCHEMA office;
COMMENT ON SCHEMA office IS 'What is local to this agency and never leaves it.';

-- ledger ----------------------------------------------------------------------------------------

CREATE TABLE ledger.migration (
  version     integer     NOT NULL PRIMARY KEY,
  name        text        NOT NULL,
  checksum    bytea       NOT NULL CHECK (octet_length(checksum) = 32),
  applied_at  timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE ledger.migration IS 'The migrations that made this schema.';
COMMENT ON COLUMN ledger.migration.version IS 'Number of the migration, from 1 without gaps.';
COMMENT ON COLUMN ledger.migration.name IS 'File name of the migration without its ending.';
COMMENT ON COLUMN ledger.migration.checksum IS 'SHA-256 of the migration as it was applied.';
COMMENT ON COLUMN ledger.migration.applied_at IS 'When it was applied, by the system clock.';

CREATE TABLE ledger.change_set (
  position     bigint      GENERATED ALWAYS AS IDENTITY,
  id           bytea       NOT NULL PRIMARY KEY CHECK (octet_length(id) = 32),
  dossier      bytea       NOT NULL CHECK (octet_length(dossier) = 32),
  author       text        NOT NULL,
  sequence     bigint      NOT NULL CHECK (sequence > 0),
  authored_at  timestamptz NOT NULL,
  header       bytea       NOT NULL,
  proof        bytea       NOT NULL,
  sender       text,
  stored_at    timestamptz NOT NULL
);
CREATE UNIQUE INDEX change_set_order ON ledger.change_set (dossier, position);
CREATE INDEX change_set_chain ON ledger.change_set (author, dossier, sequence);
COMMENT ON TABLE ledger.change_set IS 'Every stored change set, void ones included.';
COMMENT ON COLUMN ledger.change_set.position IS
  'Order of storing; ancestors come before descendants.';
COMMENT ON COLUMN ledger.change_set.id IS
  'SHA-256 over "guantong/change/v1", a zero byte and the header.';
COMMENT ON COLUMN ledger.change_set.dossier IS 'Id of the first change set of its dossier.';
COMMENT ON COLUMN ledger.change_set.author IS 'Code of the agency that wrote it.';
COMMENT ON COLUMN ledger.change_set.sequence IS
  'Its number in the chain of its author in this dossier.';
COMMENT ON COLUMN ledger.change_set.authored_at IS
  'When its author says it was written; information only.';
COMMENT ON COLUMN ledger.change_set.header IS 'The header as it was sent.';
COMMENT ON COLUMN ledger.change_set.proof IS 'Seal and audit path, in their wire form.';
COMMENT ON COLUMN ledger.change_set.sender IS
  'The peer it came from; null for what this agency wrote.';
COMMENT ON COLUMN ledger.change_set.stored_at IS
  'When it became durable here, by the business clock.';

CREATE TABLE ledger.part (
  change_set  bytea    NOT NULL REFERENCES ledger.change_set (id),
  part        smallint NOT NULL CHECK (part >= 0),
  salt        bytea    NOT NULL,
  content     bytea    NOT NULL,
  PRIMARY KEY (change_set, part)
);
COMMENT ON TABLE ledger.part IS 'The parts of stored change sets that this agency may see.';
COMMENT ON COLUMN ledger.part.change_set IS 'The change set.';
COMMENT ON COLUMN ledger.part.part IS
  'Position in the header: 0 is open to every member, others are sealed.';
COMMENT ON COLUMN ledger.part.salt IS 'The 32 random bytes before the content under the hash.';
COMMENT ON COLUMN ledger.part.content IS 'The bytes that the header promises.';

CREATE TABLE ledger.dossier (
  id             bytea   NOT NULL PRIMARY KEY CHECK (octet_length(id) = 32),
  heads          bytea[] NOT NULL,
  members        text[]  NOT NULL,
  former         text[]  NOT NULL,
  excluded       text[]  NOT NULL,
  item           bytea   NOT NULL CHECK (octet_length(item) = 32),
  change_sets    bigint  NOT NULL,
  needs_upgrade  boolean NOT NULL DEFAULT false,
  lacking        bytea[] NOT NULL DEFAULT '{}'
);
CREATE INDEX dossier_member ON ledger.dossier USING gin (members);
CREATE INDEX dossier_former ON ledger.dossier USING gin (former);
CREATE INDEX dossier_item ON ledger.dossier (item);
CREATE INDEX dossier_lacking ON ledger.dossier (id) WHERE lacking <> '{}';
COMMENT ON TABLE ledger.dossier IS
  'What the log of each dossier comes to; derived from ledger.change_set.';
COMMENT ON COLUMN ledger.dossier.id IS 'Id of the first change set.';
COMMENT ON COLUMN ledger.dossier.heads IS 'Change sets that no other one names, ascending.';
COMMENT ON COLUMN ledger.dossier.members IS 'Agencies that are members now, ascending.';
COMMENT ON COLUMN ledger.dossier.former IS
  'Agencies that were members and are neither that nor excluded, ascending.';
COMMENT ON COLUMN ledger.dossier.item IS
  'What stands for it in a comparison: SHA-256 over its id and its heads.';
COMMENT ON COLUMN ledger.dossier.excluded IS 'Agencies that an exclude bars, ascending.';
COMMENT ON COLUMN ledger.dossier.change_sets IS 'Number of stored change sets.';
COMMENT ON COLUMN ledger.dossier.needs_upgrade IS
  'It has a record of a type this version does not know: read-only here, no digest.';
COMMENT ON COLUMN ledger.dossier.lacking IS
  'Change sets of which a sealed part was disclosed to this node and has not come, ascending.';

CREATE TABLE ledger.audience (
  id        bytea  NOT NULL PRIMARY KEY CHECK (octet_length(id) = 32),
  members   text[] NOT NULL,
  excluded  text[] NOT NULL
);
COMMENT ON TABLE ledger.audience IS
  'The lists of agencies that dossiers have; derived from ledger.dossier.';
COMMENT ON COLUMN ledger.audience.id IS 'SHA-256 over both lists.';
COMMENT ON COLUMN ledger.audience.members IS 'Agencies that are members now, ascending.';
COMMENT ON COLUMN ledger.audience.excluded IS 'Agencies that an exclude bars, ascending.';

CREATE TABLE ledger.item_sum (
  audience  bytea   NOT NULL,
  leaf      integer NOT NULL,
  items     bigint  NOT NULL,
  limb_0    bigint  NOT NULL,
  limb_1    bigint  NOT NULL,
  limb_2    bigint  NOT NULL,
  limb_3    bigint  NOT NULL,
  limb_4    bigint  NOT NULL,
  limb_5    bigint  NOT NULL,
  limb_6    bigint  NOT NULL,
  limb_7    bigint  NOT NULL,
  PRIMARY KEY (audience, leaf)
) WITH (fillfactor = 50);
COMMENT ON TABLE ledger.item_sum IS
  'Sums of the items of dossiers, so that a comparison reads few of them; derived.';
COMMENT ON COLUMN ledger.item_sum.audience IS 'The lists that the dossiers have.';
COMMENT ON COLUMN ledger.item_sum.leaf IS 'The first 12 bits of their items.';
COMMENT ON COLUMN ledger.item_sum.items IS 'How many they are.';
COMMENT ON COLUMN ledger.item_sum.limb_0 IS
  'Sum of the numbers that bytes 0 to 3 of the items are, the lowest byte first.';
COMMENT ON COLUMN ledger.item_sum.limb_1 IS
  'Sum of the numbers that bytes 4 to 7 of the items are, the lowest byte first.';
COMMENT ON COLUMN ledger.item_sum.limb_2 IS
  'Sum of the numbers that bytes 8 to 11 of the items are, the lowest byte first.';
COMMENT ON COLUMN ledger.item_sum.limb_3 IS
  'Sum of the numbers that bytes 12 to 15 of the items are, the lowest byte first.';
COMMENT ON COLUMN ledger.item_sum.limb_4 IS
  'Sum of the numbers that bytes 16 to 19 of the items are, the lowest byte first.';
COMMENT ON COLUMN ledger.item_sum.limb_5 IS
  'Sum of the numbers that bytes 20 to 23 of the items are, the lowest byte first.';
COMMENT ON COLUMN ledger.item_sum.limb_6 IS
  'Sum of the numbers that bytes 24 to 27 of the items are, the lowest byte first.';
COMMENT ON COLUMN ledger.item_sum.limb_7 IS
  'Sum of the numbers that bytes 28 to 31 of the items are, the lowest byte first.';

CREATE FUNCTION ledger.audience_of(members text[], excluded text[]) RETURNS bytea
LANGUAGE sql STABLE AS $$
  SELECT sha256(convert_to(members::text || excluded::text, 'UTF8'))
$$;
COMMENT ON FUNCTION ledger.audience_of(text[], text[]) IS 'Names two lists of agencies.';

CREATE FUNCTION ledger.leaf_of(item bytea) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
  SELECT (get_byte(item, 0) << 4) + (get_byte(item, 1) >> 4)
$$;
COMMENT ON FUNCTION ledger.leaf_of(bytea) IS 'The first 12 bits of an item.';

CREATE FUNCTION ledger.limb_of(item bytea, place integer) RETURNS integer
LANGUAGE sql IMMUTABLE AS $$
  SELECT get_byte(item, 4 * place) + (get_byte(item, 4 * place + 1) << 8)
    + (get_byte(item, 4 * place + 2) << 16) + ((get_byte(item, 4 * place + 3) - 128) << 24)
$$;
COMMENT ON FUNCTION ledger.limb_of(bytea, integer) IS
  'The number that four bytes of an item are, the lowest byte first, less 2^31: an integer.';

CREATE VIEW ledger.audience_due AS
SELECT DISTINCT ledger.audience_of(members, excluded) AS id, members, excluded
FROM ledger.dossier;
COMMENT ON VIEW ledger.audience_due IS 'What ledger.audience should be, out of every dossier.';

CREATE VIEW ledger.item_sum_due AS
SELECT ledger.audience_of(members, excluded) AS audience, ledger.leaf_of(item) AS leaf,
  count(*) AS items,
  sum(ledger.limb_of(item, 0)) + (count(*) << 31) AS limb_0,
  sum(ledger.limb_of(item, 1)) + (count(*) << 31) AS limb_1,
  sum(ledger.limb_of(item, 2)) + (count(*) << 31) AS limb_2,
  sum(ledger.limb_of(item, 3)) + (count(*) << 31) AS limb_3,
  sum(ledger.limb_of(item, 4)) + (count(*) << 31) AS limb_4,
  sum(ledger.limb_of(item, 5)) + (count(*) << 31) AS limb_5,
  sum(ledger.limb_of(item, 6)) + (count(*) << 31) AS limb_6,
  sum(ledger.limb_of(item, 7)) + (count(*) << 31) AS limb_7
FROM ledger.dossier GROUP BY 1, 2;
COMMENT ON VIEW ledger.item_sum_due IS 'What ledger.item_sum should be, out of every dossier.';

CREATE FUNCTION ledger.sum_items() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan TO off SET enable_hashjoin TO off SET enable_mergejoin TO off AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    MERGE INTO ledger.item_sum AS s
    USING (
      SELECT ledger.audience_of(members, excluded) AS audience, ledger.leaf_of(item) AS leaf,
        count(*) AS items,
        sum(ledger.limb_of(item, 0)) + (count(*) << 31) AS limb_0,
        sum(ledger.limb_of(item, 1)) + (count(*) << 31) AS limb_1,
        sum(ledger.limb_of(item, 2)) + (count(*) << 31) AS limb_2,
        sum(ledger.limb_of(item, 3)) + (count(*) << 31) AS limb_3,
        sum(ledger.limb_of(item, 4)) + (count(*) << 31) AS limb_4,
        sum(ledger.limb_of(item, 5)) + (count(*) << 31) AS limb_5,
        sum(ledger.limb_of(item, 6)) + (count(*) << 31) AS limb_6,
        sum(ledger.limb_of(item, 7)) + (count(*) << 31) AS limb_7
      FROM gone GROUP BY 1, 2
    ) AS d ON s.audience = d.audience AND s.leaf = d.leaf
    WHEN MATCHED AND s.items = d.items THEN DELETE
    WHEN MATCHED THEN UPDATE SET
        items = s.items - d.items,
        limb_0 = s.limb_0 - d.limb_0,
        limb_1 = s.limb_1 - d.limb_1,
        limb_2 = s.limb_2 - d.limb_2,
        limb_3 = s.limb_3 - d.limb_3,
        limb_4 = s.limb_4 - d.limb_4,
        limb_5 = s.limb_5 - d.limb_5,
        limb_6 = s.limb_6 - d.limb_6,
        limb_7 = s.limb_7 - d.limb_7;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO ledger.audience (id, members, excluded)
    SELECT ledger.audience_of(members, excluded), members, excluded
    FROM (SELECT DISTINCT members, excluded FROM come) AS lists
    ON CONFLICT (id) DO NOTHING;
    INSERT INTO ledger.item_sum AS s
      (audience, leaf, items, limb_0, limb_1, limb_2,
      limb_3, limb_4, limb_5, limb_6, limb_7)
    SELECT ledger.audience_of(members, excluded) AS audience, ledger.leaf_of(item) AS leaf,
      count(*) AS items,
      sum(ledger.limb_of(item, 0)) + (count(*) << 31) AS limb_0,
      sum(ledger.limb_of(item, 1)) + (count(*) << 31) AS limb_1,
      sum(ledger.limb_of(item, 2)) + (count(*) << 31) AS limb_2,
      sum(ledger.limb_of(item, 3)) + (count(*) << 31) AS limb_3,
      sum(ledger.limb_of(item, 4)) + (count(*) << 31) AS limb_4,
      sum(ledger.limb_of(item, 5)) + (count(*) << 31) AS limb_5,
      sum(ledger.limb_of(item, 6)) + (count(*) << 31) AS limb_6,
      sum(ledger.limb_of(item, 7)) + (count(*) << 31) AS limb_7
    FROM come GROUP BY 1, 2
    ON CONFLICT (audience, leaf) DO UPDATE SET
        items = s.items + excluded.items,
        limb_0 = s.limb_0 + excluded.limb_0,
        limb_1 = s.limb_1 + excluded.limb_1,
        limb_2 = s.limb_2 + excluded.limb_2,
        limb_3 = s.limb_3 + excluded.limb_3,
        limb_4 = s.limb_4 + excluded.limb_4,
        limb_5 = s.limb_5 + excluded.limb_5,
        limb_6 = s.limb_6 + excluded.limb_6,
        limb_7 = s.limb_7 + excluded.limb_7;
  END IF;
  IF TG_OP <> 'INSERT' THEN
    DELETE FROM ledger.audience AS a
    WHERE a.id IN (
        SELECT ledger.audience_of(members, excluded)
        FROM (SELECT DISTINCT members, excluded FROM gone) AS lists)
      AND NOT EXISTS (SELECT FROM ledger.item_sum AS s WHERE s.audience = a.id);
  END IF;
  RETURN NULL;
END;
$$;
COMMENT ON FUNCTION ledger.sum_items() IS
  'Keeps the sums of items: takes off what rows of dossiers were and adds what they are.';
CREATE TRIGGER dossier_come AFTER INSERT ON ledger.dossier
  REFERENCING NEW TABLE AS come
  FOR EACH STATEMENT EXECUTE FUNCTION ledger.sum_items();
CREATE TRIGGER dossier_changed AFTER UPDATE ON ledger.dossier
  REFERENCING OLD TABLE AS gone NEW TABLE AS come
  FOR EACH STATEMENT EXECUTE FUNCTION ledger.sum_items();
CREATE TRIGGER dossier_gone AFTER DELETE ON ledger.dossier
  REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION ledger.sum_items();
-- Also for a session that turns triggers off: what it does to a dossier is in the sums, too.
ALTER TABLE ledger.dossier
  ENABLE ALWAYS TRIGGER dossier_come,
  ENABLE ALWAYS TRIGGER dossier_changed,
  ENABLE ALWAYS TRIGGER dossier_gone;

CREATE TABLE ledger.dossier_count (
  audience  bytea   NOT NULL PRIMARY KEY,
  dossiers  bigint  NOT NULL
) WITH (fillfactor = 50);
COMMENT ON TABLE ledger.dossier_count IS
  'How many dossiers there are, so that sums that are not whole are noticed; derived.';
COMMENT ON COLUMN ledger.dossier_count.audience IS
  'The lists of agencies that the dossiers have; empty for all dossiers together.';
COMMENT ON COLUMN ledger.dossier_count.dossiers IS 'How many they are.';

CREATE VIEW ledger.dossier_count_due AS
SELECT ledger.audience_of(members, excluded) AS audience, count(*) AS dossiers
FROM ledger.dossier GROUP BY 1
UNION ALL SELECT ''::bytea, count(*) FROM ledger.dossier;
COMMENT ON VIEW ledger.dossier_count_due IS
  'What ledger.dossier_count should be, out of every dossier.';

CREATE FUNCTION ledger.count_dossiers() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan TO off SET enable_hashjoin TO off SET enable_mergejoin TO off AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    -- Nearly every change leaves the lists as they are, and moves no number.
    IF NOT EXISTS (
      SELECT members, excluded FROM gone EXCEPT ALL SELECT members, excluded FROM come)
    THEN
      RETURN NULL;
    END IF;
  END IF;
  IF TG_OP <> 'INSERT' THEN
    MERGE INTO ledger.dossier_count AS c
    USING (
      SELECT ledger.audience_of(members, excluded) AS audience, count(*) AS dossiers
      FROM gone GROUP BY members, excluded
      UNION ALL SELECT ''::bytea, count(*) FROM gone
    ) AS d ON c.audience = d.audience
    WHEN MATCHED AND c.audience <> '' AND c.dossiers = d.dossiers THEN DELETE
    WHEN MATCHED THEN UPDATE SET dossiers = c.dossiers - d.dossiers;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO ledger.dossier_count AS c (audience, dossiers)
    SELECT ledger.audience_of(members, excluded), count(*) FROM come GROUP BY members, excluded
    UNION ALL SELECT ''::bytea, count(*) FROM come HAVING count(*) > 0
    ON CONFLICT (audience) DO UPDATE SET dossiers = c.dossiers + excluded.dossiers;
  END IF;
  RETURN NULL;
END;
$$;
COMMENT ON FUNCTION ledger.count_dossiers() IS
  'Keeps the numbers of dossiers, apart from the sums: either shows what the other lost.';
CREATE TRIGGER dossier_come_counted AFTER INSERT ON ledger.dossier
  REFERENCING NEW TABLE AS come
  FOR EACH STATEMENT EXECUTE FUNCTION ledger.count_dossiers();
CREATE TRIGGER dossier_changed_counted AFTER UPDATE ON ledger.dossier
  REFERENCING OLD TABLE AS gone NEW TABLE AS come
  FOR EACH STATEMENT EXECUTE FUNCTION ledger.count_dossiers();
CREATE TRIGGER dossier_gone_counted AFTER DELETE ON ledger.dossier
  REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION ledger.count_dossiers();
ALTER TABLE ledger.dossier
  ENABLE ALWAYS TRIGGER dossier_come_counted,
  ENABLE ALWAYS TRIGGER dossier_changed_counted,
  ENABLE ALWAYS TRIGGER dossier_gone_counted;

CREATE TABLE ledger.chain (
  dossier   bytea  NOT NULL,
  author    text   NOT NULL,
  sequence  bigint NOT NULL,
  head      bytea  NOT NULL CHECK (octet_length(head) = 32),
  key       bytea  NOT NULL DEFAULT '',
  PRIMARY KEY (dossier, author)
);
CREATE INDEX chain_key ON ledger.chain (key);
COMMENT ON TABLE ledger.chain IS
  'The end of the chain of each author in each dossier; derived.';
COMMENT ON COLUMN ledger.chain.dossier IS 'The dossier.';
COMMENT ON COLUMN ledger.chain.author IS 'The author.';
COMMENT ON COLUMN ledger.chain.sequence IS 'The highest sequence of the chain.';
COMMENT ON COLUMN ledger.chain.head IS 'The change set at its end.';
COMMENT ON COLUMN ledger.chain.key IS 'The key that the change set at its end names.';

CREATE TABLE ledger.fork (
  dossier     bytea  NOT NULL,
  author      text   NOT NULL,
  sequence    bigint NOT NULL,
  one         bytea  NOT NULL,
  other       bytea  NOT NULL,
  PRIMARY KEY (dossier, author, sequence, one, other)
);
COMMENT ON TABLE ledger.fork IS
  'Two change sets of one place in one chain; the proof is in their seals. Kept for good.';
COMMENT ON COLUMN ledger.fork.dossier IS 'The dossier.';
COMMENT ON COLUMN ledger.fork.author IS 'The author of both.';
COMMENT ON COLUMN ledger.fork.sequence IS 'The sequence of both.';
COMMENT ON COLUMN ledger.fork.one IS 'The one with the lower id.';
COMMENT ON COLUMN ledger.fork.other IS 'The one with the higher id.';

CREATE TABLE ledger.held (
  id          bytea       NOT NULL CHECK (octet_length(id) = 32),
  sender      text        NOT NULL,
  reason      text        NOT NULL,
  missing     bytea[]     NOT NULL,
  dossier     bytea,
  author      text,
  sequence    numeric,
  excludes    text[]      NOT NULL,
  since       timestamptz NOT NULL,
  byte_count  bigint      NOT NULL,
  delivery    bytea       NOT NULL,
  PRIMARY KEY (id, sender)
);
CREATE INDEX held_missing ON ledger.held USING gin (missing);
CREATE INDEX held_dossier ON ledger.held (dossier);
CREATE INDEX held_sender ON ledger.held (sender);
CREATE INDEX held_author ON ledger.held (author);
CREATE INDEX held_excluding ON ledger.held (dossier) WHERE cardinality(excludes) > 0;
COMMENT ON TABLE ledger.held IS
  'Copies of change sets that wait for something else; released by themselves.';
COMMENT ON COLUMN ledger.held.id IS
  'Id of the change set, or SHA-256 of a header that cannot be read.';
COMMENT ON COLUMN ledger.held.sender IS 'The peer this copy came from.';
COMMENT ON COLUMN ledger.held.reason IS 'Code of what it waits for.';
COMMENT ON COLUMN ledger.held.missing IS
  'Change sets or directory entries it waits for; empty for anything else.';
COMMENT ON COLUMN ledger.held.dossier IS 'Dossier its header names.';
COMMENT ON COLUMN ledger.held.author IS 'Author its header names.';
COMMENT ON COLUMN ledger.held.sequence IS 'Sequence its header names.';
COMMENT ON COLUMN ledger.held.excludes IS
  'Agencies its open part excludes; delivery to them stops if its author may exclude.';
COMMENT ON COLUMN ledger.held.since IS 'When the first copy of this sender came.';
COMMENT ON COLUMN ledger.held.byte_count IS 'Bytes it counts towards the limit of its sender.';
COMMENT ON COLUMN ledger.held.delivery IS 'The copy in its wire form.';

CREATE TABLE ledger.quarantine (
  position  bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id        bytea,
  sender    text        NOT NULL,
  reason    text        NOT NULL,
  dossier   bytea,
  author    text,
  sequence  numeric,
  since     timestamptz NOT NULL,
  delivery  bytea       NOT NULL
);
CREATE INDEX quarantine_sender ON ledger.quarantine (sender, position);
COMMENT ON TABLE ledger.quarantine IS 'Deliveries that were refused, bounded for each sender.';
COMMENT ON COLUMN ledger.quarantine.position IS 'Order of coming.';
COMMENT ON COLUMN ledger.quarantine.id IS
  'Id its header gives; null when only the sender is condemned.';
COMMENT ON COLUMN ledger.quarantine.sender IS 'The peer it came from.';
COMMENT ON COLUMN ledger.quarantine.reason IS 'Code of the reason.';
COMMENT ON COLUMN ledger.quarantine.dossier IS 'Dossier its header names.';
COMMENT ON COLUMN ledger.quarantine.author IS 'Author its header names.';
COMMENT ON COLUMN ledger.quarantine.sequence IS 'Sequence its header names.';
COMMENT ON COLUMN ledger.quarantine.since IS 'When it came.';
COMMENT ON COLUMN ledger.quarantine.delivery IS 'The delivery in its wire form.';

CREATE TABLE ledger.rejected (
  id        bytea  NOT NULL PRIMARY KEY CHECK (octet_length(id) = 32),
  reason    text   NOT NULL,
  position  bigint GENERATED ALWAYS AS IDENTITY UNIQUE
);
COMMENT ON TABLE ledger.rejected IS
  'Ids that are wrong by their own header and ancestry, for good.';
COMMENT ON COLUMN ledger.rejected.id IS 'The id.';
COMMENT ON COLUMN ledger.rejected.reason IS 'Code of the reason.';
COMMENT ON COLUMN ledger.rejected.position IS
  'Order of coming; the oldest beyond a limit are forgotten.';

CREATE TABLE ledger.content (
  id      uuid    NOT NULL PRIMARY KEY DEFAULT gen_random_uuid(),
  size    bigint  NOT NULL CHECK (size BETWEEN 1 AND 2147483648),
  salt    bytea   NOT NULL CHECK (octet_length(salt) = 32),
  root    bytea   CHECK (octet_length(root) = 32),
  pieces  integer NOT NULL CHECK (pieces BETWEEN 1 AND 2048),
  have    integer NOT NULL DEFAULT 0 CHECK (have BETWEEN 0 AND pieces)
);
CREATE INDEX content_incomplete ON ledger.content (id) WHERE have < pieces;
COMMENT ON TABLE ledger.content IS 'Contents of attachments, listed ones and those of drafts.';
COMMENT ON COLUMN ledger.content.id IS 'Local id; it never leaves the node.';
COMMENT ON COLUMN ledger.content.size IS 'Bytes.';
COMMENT ON COLUMN ledger.content.salt IS 'The 32 bytes before every piece under its hash.';
COMMENT ON COLUMN ledger.content.root IS
  'Root of the tree over its pieces; null while a draft''s is being brought.';
COMMENT ON COLUMN ledger.content.pieces IS 'The number of its pieces of 1 MiB.';
COMMENT ON COLUMN ledger.content.have IS 'How many of them were stored here.';

CREATE TABLE ledger.piece (
  content  uuid    NOT NULL REFERENCES ledger.content (id) ON DELETE CASCADE,
  piece    integer NOT NULL CHECK (piece >= 0),
  leaf     bytea   NOT NULL CHECK (octet_length(leaf) = 32),
  path     bytea   CHECK (octet_length(path) % 32 = 0),
  bytes    bytea   NOT NULL CHECK (octet_length(bytes) <= 1048576),
  PRIMARY KEY (content, piece)
);
-- Most contents are compressed already; and a byte range is read without the whole value.
ALTER TABLE ledger.piece ALTER COLUMN bytes SET STORAGE EXTERNAL;
COMMENT ON TABLE ledger.piece IS 'Pieces of contents.';
COMMENT ON COLUMN ledger.piece.content IS 'The content.';
COMMENT ON COLUMN ledger.piece.piece IS 'Its number, from 0.';
COMMENT ON COLUMN ledger.piece.leaf IS 'Its salted hash.';
COMMENT ON COLUMN ledger.piece.path IS
  'Its audit path, one hash after the other; null while a draft''s is being brought.';
COMMENT ON COLUMN ledger.piece.bytes IS 'Its bytes.';

CREATE TABLE ledger.attachment (
  change_set  bytea    NOT NULL CHECK (octet_length(change_set) = 32),
  part        smallint NOT NULL CHECK (part >= 0),
  position    integer  NOT NULL CHECK (position >= 0),
  dossier     bytea    NOT NULL CHECK (octet_length(dossier) = 32),
  record      integer  NOT NULL,
  index       integer  NOT NULL,
  content     uuid     NOT NULL UNIQUE REFERENCES ledger.content (id),
  PRIMARY KEY (change_set, part, position)
);
CREATE INDEX attachment_dossier ON ledger.attachment (dossier);
COMMENT ON TABLE ledger.attachment IS
  'Attachments that documents list; no two of them share a content.';
COMMENT ON COLUMN ledger.attachment.change_set IS 'The change set.';
COMMENT ON COLUMN ledger.attachment.part IS 'The part that lists it.';
COMMENT ON COLUMN ledger.attachment.position IS 'Its number among all that the part lists.';
COMMENT ON COLUMN ledger.attachment.dossier IS 'The dossier.';
COMMENT ON COLUMN ledger.attachment.record IS 'The place of its document in the part.';
COMMENT ON COLUMN ledger.attachment.index IS 'Its number in the list of the document.';
COMMENT ON COLUMN ledger.attachment.content IS 'Its content.';

-- exchange --------------------------------------------------------------------------------------

CREATE TABLE exchange.node (
  single          boolean     NOT NULL PRIMARY KEY DEFAULT true CHECK (single),
  agency          text        NOT NULL,
  outbox          bytea       NOT NULL CHECK (octet_length(outbox) = 16),
  directory       bytea       CHECK (octet_length(directory) = 32),
  has_sealed      boolean     NOT NULL,
  restored_by     text[]      NOT NULL DEFAULT '{}',
  restored_since  timestamptz,
  generation      bigint      NOT NULL DEFAULT 0,
  restored_outbox bytea       CHECK (octet_length(restored_outbox) = 16),
  CHECK ((restored_by = '{}') = (restored_since IS NULL))
);
COMMENT ON TABLE exchange.node IS 'The one record about this node.';
COMMENT ON COLUMN exchange.node.single IS 'Always true: there is one row.';
COMMENT ON COLUMN exchange.node.agency IS 'Code of the agency that runs this node.';
COMMENT ON COLUMN exchange.node.outbox IS 'Random id of the outboxes of this database.';
COMMENT ON COLUMN exchange.node.directory IS
  'The pinned directory; null while a join is pending.';
COMMENT ON COLUMN exchange.node.has_sealed IS
  'Whether this node has ever sealed a change set.';
COMMENT ON COLUMN exchange.node.restored_by IS
  'Who showed that this database went back in time, the first of them first; empty for nobody.';
COMMENT ON COLUMN exchange.node.restored_since IS 'When that was noticed.';
COMMENT ON COLUMN exchange.node.generation IS
  'Counts the writing transactions; the marker file outside the database must not be ahead.';
COMMENT ON COLUMN exchange.node.restored_outbox IS
  'The id under which it served until that was noticed; null when it was not.';

CREATE TABLE exchange.outbox (
  reader        text        NOT NULL PRIMARY KEY,
  number        bigint      NOT NULL DEFAULT 0,
  running_hash  bytea       NOT NULL CHECK (octet_length(running_hash) = 32),
  receipted     bigint      NOT NULL DEFAULT 0,
  receipted_at  timestamptz,
  untaken       bigint      NOT NULL DEFAULT 0
);
COMMENT ON TABLE exchange.outbox IS 'Where the outbox of each reader stands.';
COMMENT ON COLUMN exchange.outbox.reader IS 'The agency whose node reads it.';
COMMENT ON COLUMN exchange.outbox.number IS 'The highest number given; 0 before the first.';
COMMENT ON COLUMN exchange.outbox.running_hash IS 'Running hash at that number.';
COMMENT ON COLUMN exchange.outbox.receipted IS 'The highest number that a receipt covers.';
COMMENT ON COLUMN exchange.outbox.receipted_at IS
  'When the reader says those bytes were durable.';
COMMENT ON COLUMN exchange.outbox.untaken IS
  'How many numbers the receipt of the highest number names as not taken.';

CREATE TABLE exchange.former_outbox (
  reader        text    NOT NULL PRIMARY KEY,
  number        bigint  NOT NULL,
  running_hash  bytea   NOT NULL CHECK (octet_length(running_hash) = 32)
);
COMMENT ON TABLE exchange.former_outbox IS
  'Where the outbox of each reader stood under the id before the one of now.';
COMMENT ON COLUMN exchange.former_outbox.reader IS 'The agency whose node reads it.';
COMMENT ON COLUMN exchange.former_outbox.number IS 'The highest number given.';
COMMENT ON COLUMN exchange.former_outbox.running_hash IS 'Running hash at that number.';

CREATE TABLE exchange.queued (
  position    bigint  GENERATED ALWAYS AS IDENTITY,
  reader      text    NOT NULL,
  change_set  bytea   NOT NULL,
  dossier     bytea   CHECK (octet_length(dossier) = 32),
  is_urgent   boolean NOT NULL DEFAULT false,
  PRIMARY KEY (reader, change_set)
);
CREATE UNIQUE INDEX queued_order ON exchange.queued (reader, position);
CREATE INDEX queued_dossier ON exchange.queued (reader, dossier, position);
CREATE INDEX queued_urgent ON exchange.queued (reader, position) WHERE is_urgent;
COMMENT ON TABLE exchange.queued IS
  'Deliveries that have no number yet and can be withdrawn without trace.';
COMMENT ON COLUMN exchange.queued.position IS 'Order of queueing.';
COMMENT ON COLUMN exchange.queued.reader IS 'The agency whose node it goes to.';
COMMENT ON COLUMN exchange.queued.change_set IS 'The change set.';
COMMENT ON COLUMN exchange.queued.dossier IS 'Its dossier, of which it goes in the order queued.';
COMMENT ON COLUMN exchange.queued.is_urgent IS
  'Whether a step of a person queued it, not a bulk load.';

CREATE TABLE exchange.served (
  reader        text   NOT NULL,
  number        bigint NOT NULL CHECK (number > 0),
  change_set    bytea  NOT NULL,
  parts         bigint NOT NULL,
  running_hash  bytea  NOT NULL CHECK (octet_length(running_hash) = 32),
  PRIMARY KEY (reader, number)
);
CREATE INDEX served_change_set ON exchange.served (change_set, reader);
COMMENT ON TABLE exchange.served IS 'Deliveries that have been served at least once.';
COMMENT ON COLUMN exchange.served.reader IS 'The agency whose node it went to.';
COMMENT ON COLUMN exchange.served.number IS 'Its number in that outbox, from 1 without gaps.';
COMMENT ON COLUMN exchange.served.change_set IS 'The change set.';
COMMENT ON COLUMN exchange.served.parts IS
  'Bit set of the parts delivered at its first serving.';
COMMENT ON COLUMN exchange.served.running_hash IS 'Running hash of its first serving.';

CREATE TABLE exchange.receipt (
  reader     text        NOT NULL,
  outbox     bytea       NOT NULL,
  number     bigint      NOT NULL,
  stored_at  timestamptz NOT NULL,
  untaken    bigint[]    NOT NULL,
  body       bytea       NOT NULL,
  signature  bytea       NOT NULL,
  PRIMARY KEY (reader, outbox, number, stored_at)
);
COMMENT ON TABLE exchange.receipt IS 'Receipts that readers signed, as they came.';
COMMENT ON COLUMN exchange.receipt.reader IS 'Who signed it.';
COMMENT ON COLUMN exchange.receipt.outbox IS 'The outbox it is about.';
COMMENT ON COLUMN exchange.receipt.number IS 'Up to and including this number.';
COMMENT ON COLUMN exchange.receipt.stored_at IS 'When the reader says the bytes were durable.';
COMMENT ON COLUMN exchange.receipt.untaken IS 'Numbers whose bytes it could not take.';
COMMENT ON COLUMN exchange.receipt.body IS 'The signed bytes.';
COMMENT ON COLUMN exchange.receipt.signature IS 'The signature over them.';

CREATE TABLE exchange.cursor (
  peer            text        NOT NULL PRIMARY KEY,
  outbox          bytea       NOT NULL CHECK (octet_length(outbox) = 16),
  number          bigint      NOT NULL,
  running_hash    bytea       NOT NULL CHECK (octet_length(running_hash) = 32),
  announced       bigint      NOT NULL,
  directory       bytea,
  received_at     timestamptz,
  untaken         bigint[]    NOT NULL,
  head_body       bytea,
  head_signature  bytea,
  untaken_changes bytea[]     NOT NULL DEFAULT '{}',
  untaken_parts   bigint[]    NOT NULL DEFAULT '{}',
  CHECK ((head_body IS NULL) = (head_signature IS NULL)),
  CONSTRAINT cursor_untaken_check CHECK (
    cardinality(untaken_changes) = cardinality(untaken)
    AND cardinality(untaken_parts) = cardinality(untaken))
);
COMMENT ON TABLE exchange.cursor IS 'Where this node stands in the outbox of each peer.';
COMMENT ON COLUMN exchange.cursor.peer IS 'The peer.';
COMMENT ON COLUMN exchange.cursor.outbox IS 'The outbox of the peer.';
COMMENT ON COLUMN exchange.cursor.number IS 'Up to this number everything is durable here.';
COMMENT ON COLUMN exchange.cursor.running_hash IS 'Running hash at that number.';
COMMENT ON COLUMN exchange.cursor.announced IS
  'The highest number a head statement has shown.';
COMMENT ON COLUMN exchange.cursor.directory IS 'The newest directory entry the peer named.';
COMMENT ON COLUMN exchange.cursor.received_at IS
  'When a page last became durable here, or what an untaken number carried.';
COMMENT ON COLUMN exchange.cursor.untaken IS
  'Numbers whose content is not here, ascending: every receipt names them.';
COMMENT ON COLUMN exchange.cursor.head_body IS 'The newest head statement, its signed bytes.';
COMMENT ON COLUMN exchange.cursor.head_signature IS 'The signature over them.';
COMMENT ON COLUMN exchange.cursor.untaken_changes IS
  'The change set that each of them carried; empty where only the number is known.';
COMMENT ON COLUMN exchange.cursor.untaken_parts IS 'Bit set of the parts that each carried.';

CREATE TABLE exchange.alarm (
  position  bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  peer      text        NOT NULL,
  kind      text        NOT NULL,
  subject   text        NOT NULL,
  evidence  bytea       NOT NULL,
  at        timestamptz NOT NULL,
  UNIQUE (peer, kind, subject)
);
COMMENT ON TABLE exchange.alarm IS 'Evidence of misconduct or mishap of peers.';
COMMENT ON COLUMN exchange.alarm.position IS 'Order of noticing.';
COMMENT ON COLUMN exchange.alarm.peer IS 'The peer it concerns.';
COMMENT ON COLUMN exchange.alarm.kind IS 'Code of what happened.';
COMMENT ON COLUMN exchange.alarm.subject IS 'What it is about, for finding it again.';
COMMENT ON COLUMN exchange.alarm.evidence IS
  'The signed bytes that prove it; empty when none do.';
COMMENT ON COLUMN exchange.alarm.at IS 'When it was noticed.';

CREATE TABLE exchange.peer (
  agency           text        NOT NULL PRIMARY KEY,
  clock_offset_us  bigint      NOT NULL DEFAULT 0,
  heard_at         timestamptz,
  last_error       text,
  last_error_at    timestamptz,
  compared_at      timestamptz
);
COMMENT ON TABLE exchange.peer IS 'What is remembered about the connection to each peer.';
COMMENT ON COLUMN exchange.peer.agency IS 'The peer.';
COMMENT ON COLUMN exchange.peer.clock_offset_us IS 'Its clock minus ours, in microseconds.';
COMMENT ON COLUMN exchange.peer.heard_at IS 'When it last answered.';
COMMENT ON COLUMN exchange.peer.last_error IS
  'Code of the last failure; null after a success.';
COMMENT ON COLUMN exchange.peer.last_error_at IS 'When that was.';
COMMENT ON COLUMN exchange.peer.compared_at IS
  'When both sides were last compared and found equal.';

CREATE TABLE exchange.invitation (
  id          bytea       NOT NULL PRIMARY KEY CHECK (octet_length(id) = 32),
  agency      text        NOT NULL,
  secret      bytea       NOT NULL,
  expires_at  timestamptz NOT NULL,
  tries       integer     NOT NULL DEFAULT 0,
  used_at     timestamptz,
  body        bytea       NOT NULL,
  signature   bytea       NOT NULL
);
COMMENT ON TABLE exchange.invitation IS 'Invitations this registrar gave out; good once.';
COMMENT ON COLUMN exchange.invitation.id IS 'SHA-256 of the signed bytes.';
COMMENT ON COLUMN exchange.invitation.agency IS 'The code it is for.';
COMMENT ON COLUMN exchange.invitation.secret IS 'The secret that a request proves to know.';
COMMENT ON COLUMN exchange.invitation.expires_at IS 'Until when it is good.';
COMMENT ON COLUMN exchange.invitation.tries IS 'Requests that named it and were refused.';
COMMENT ON COLUMN exchange.invitation.used_at IS 'When it was used; null before.';
COMMENT ON COLUMN exchange.invitation.body IS 'The signed bytes.';
COMMENT ON COLUMN exchange.invitation.signature IS 'The signature over them.';

CREATE TABLE exchange.join_request (
  agency      text        NOT NULL PRIMARY KEY,
  invitation  bytea       NOT NULL REFERENCES exchange.invitation (id),
  request     bytea       NOT NULL,
  received_at timestamptz NOT NULL,
  proposal    bytea
);
COMMENT ON TABLE exchange.join_request IS 'Requests to join that wait for the governors.';
COMMENT ON COLUMN exchange.join_request.agency IS 'The agency that asks.';
COMMENT ON COLUMN exchange.join_request.invitation IS 'The invitation it holds.';
COMMENT ON COLUMN exchange.join_request.request IS 'The request as it came.';
COMMENT ON COLUMN exchange.join_request.received_at IS 'When it came.';
COMMENT ON COLUMN exchange.join_request.proposal IS
  'The change set that proposes the admission.';

-- office ----------------------------------------------------------------------------------------

CREATE TABLE office.draft (
  id            uuid        NOT NULL PRIMARY KEY,
  dossier       bytea       CHECK (octet_length(dossier) = 32),
  kind          text        NOT NULL,
  state         text        NOT NULL
                CHECK (state IN ('draft', 'submitted', 'reviewed', 'signed', 'issued')),
  version       integer     NOT NULL DEFAULT 1,
  title         text        NOT NULL,
  content       jsonb       NOT NULL,
  drafter       uuid        NOT NULL,
  submitter     uuid,
  submitted_at  timestamptz,
  signer        uuid,
  signed_at     timestamptz,
  issuer        uuid,
  issued_at     timestamptz,
  number        text,
  change_set    bytea       CHECK (octet_length(change_set) = 32),
  note          text,
  created_at    timestamptz NOT NULL,
  updated_at    timestamptz NOT NULL,
  agency        text        NOT NULL,
  CHECK (signer IS NULL OR signer <> drafter)
);
CREATE INDEX draft_state ON office.draft (state, updated_at);
CREATE INDEX draft_dossier ON office.draft (agency, dossier);
COMMENT ON TABLE office.draft IS 'Papers on their way from the drafter to issue.';
COMMENT ON COLUMN office.draft.id IS 'Id of the draft; the issued record keeps it.';
COMMENT ON COLUMN office.draft.dossier IS
  'Dossier it belongs to; null when issuing it opens one.';
COMMENT ON COLUMN office.draft.kind IS 'Form of the paper.';
COMMENT ON COLUMN office.draft.state IS 'draft, submitted, reviewed, signed or issued.';
COMMENT ON COLUMN office.draft.version IS 'Counts the changes of its content.';
COMMENT ON COLUMN office.draft.title IS 'Its title, for lists.';
COMMENT ON COLUMN office.draft.content IS 'What it says, in the form of the JSON API.';
COMMENT ON COLUMN office.draft.drafter IS 'The person who wrote it; never its signer.';
COMMENT ON COLUMN office.draft.submitter IS 'The person who put it before the signer.';
COMMENT ON COLUMN office.draft.submitted_at IS 'When it was put before the signer.';
COMMENT ON COLUMN office.draft.signer IS 'The person who signed it.';
COMMENT ON COLUMN office.draft.signed_at IS 'When it was signed.';
COMMENT ON COLUMN office.draft.issuer IS 'The person who issued it.';
COMMENT ON COLUMN office.draft.issued_at IS 'When it was issued.';
COMMENT ON COLUMN office.draft.number IS 'The number drawn when it was issued.';
COMMENT ON COLUMN office.draft.change_set IS 'The change set it became.';
COMMENT ON COLUMN office.draft.note IS 'Why it was sent back.';
COMMENT ON COLUMN office.draft.created_at IS 'When it was begun, by the business clock.';
COMMENT ON COLUMN office.draft.updated_at IS 'When it was last changed.';
COMMENT ON COLUMN office.draft.agency IS
  'Whose paper: the agency that runs this node, or one that it hosts.';

CREATE TABLE office.draft_attachment (
  draft     uuid    NOT NULL REFERENCES office.draft (id) ON DELETE CASCADE,
  position  integer NOT NULL CHECK (position >= 0),
  name      text    NOT NULL,
  content   uuid    NOT NULL UNIQUE REFERENCES ledger.content (id),
  PRIMARY KEY (draft, position),
  UNIQUE (draft, name)
);
COMMENT ON TABLE office.draft_attachment IS
  'Attachments of drafts; issuing hands their contents over to the document.';
COMMENT ON COLUMN office.draft_attachment.draft IS 'The draft.';
COMMENT ON COLUMN office.draft_attachment.position IS 'Its number in the list of the draft.';
COMMENT ON COLUMN office.draft_attachment.name IS 'The file name.';
COMMENT ON COLUMN office.draft_attachment.content IS 'Its content.';

CREATE TABLE office.number_series (
  series  text    NOT NULL,
  year    integer NOT NULL,
  last    integer NOT NULL CHECK (last > 0),
  agency  text    NOT NULL,
  PRIMARY KEY (agency, series, year)
);
COMMENT ON TABLE office.number_series IS
  'Numbers of papers, gapless: drawn in the transaction that issues.';
COMMENT ON COLUMN office.number_series.series IS
  'The series, such as the words before the year.';
COMMENT ON COLUMN office.number_series.year IS 'The year.';
COMMENT ON COLUMN office.number_series.last IS 'The last number drawn.';
COMMENT ON COLUMN office.number_series.agency IS
  'Whose numbers: the agency that runs this node, or one that it hosts.';

CREATE TABLE office.audit (
  seq          bigint      NOT NULL PRIMARY KEY CHECK (seq > 0),
  at           timestamptz NOT NULL,
  operator     text        NOT NULL,
  person       uuid,
  person_name  text        NOT NULL,
  verb         text        NOT NULL,
  object       text        NOT NULL,
  change_set   bytea       CHECK (octet_length(change_set) = 32),
  outcome      text        NOT NULL,
  detail       text        NOT NULL,
  previous     bytea       NOT NULL CHECK (octet_length(previous) = 32),
  hash         bytea       NOT NULL CHECK (octet_length(hash) = 32)
);
COMMENT ON TABLE office.audit IS
  'Who did what, refused attempts included; each row carries the hash of the one before it.';
COMMENT ON COLUMN office.audit.seq IS 'From 1 without gaps.';
COMMENT ON COLUMN office.audit.at IS 'When, by the business clock.';
COMMENT ON COLUMN office.audit.operator IS
  'User of the operating system at the other end of the socket.';
COMMENT ON COLUMN office.audit.person IS 'The person acting; null for what an operator does.';
COMMENT ON COLUMN office.audit.person_name IS
  'The name of that person then; empty without one.';
COMMENT ON COLUMN office.audit.verb IS 'What was done.';
COMMENT ON COLUMN office.audit.object IS 'What it was done to, by id; never its content.';
COMMENT ON COLUMN office.audit.change_set IS 'The change set it made; null when it made none.';
COMMENT ON COLUMN office.audit.outcome IS 'done, or the code of the refusal.';
COMMENT ON COLUMN office.audit.detail IS
  'The reason given, where one is asked for; may be empty.';
COMMENT ON COLUMN office.audit.previous IS
  'Hash of the row before; SHA-256 of "guantong/audit/v1" in the first.';
COMMENT ON COLUMN office.audit.hash IS 'SHA-256 over this row and the hash before it.';

CREATE TABLE office.audit_head (
  single  boolean NOT NULL PRIMARY KEY DEFAULT true CHECK (single),
  seq     bigint  NOT NULL,
  hash    bytea   NOT NULL CHECK (octet_length(hash) = 32)
);
COMMENT ON TABLE office.audit_head IS
  'Where the audit ends; without it a removed last row would not be noticed.';
COMMENT ON COLUMN office.audit_head.single IS 'Always true: there is one row.';
COMMENT ON COLUMN office.audit_head.seq IS 'The last row.';
COMMENT ON COLUMN office.audit_head.hash IS 'Its hash.';

CREATE FUNCTION office.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'office.audit is append-only' USING ERRCODE = '42501';
END;
$$;
COMMENT ON FUNCTION office.refuse_change() IS 'Refuses every change of a row that is there.';
CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON office.audit
  FOR EACH STATEMENT EXECUTE FUNCTION office.refuse_change();

CREATE TABLE office.request (
  key      text        NOT NULL PRIMARY KEY,
  digest   bytea       NOT NULL CHECK (octet_length(digest) = 32),
  status   integer     NOT NULL,
  answer   bytea       NOT NULL,
  at       timestamptz NOT NULL
);
CREATE INDEX request_at ON office.request (at);
COMMENT ON TABLE office.request IS
  'Answers given under an idempotency key, so that a repeat gets the same one.';
COMMENT ON COLUMN office.request.key IS
  'The key the caller chose, with person and verb before it.';
COMMENT ON COLUMN office.request.digest IS
  'SHA-256 of the request; the same key with another request is refused.';
COMMENT ON COLUMN office.request.status IS 'HTTP status of the answer.';
COMMENT ON COLUMN office.request.answer IS 'Body of the answer.';
COMMENT ON COLUMN office.request.at IS 'When it was given, by the system clock.';

CREATE TABLE office.setting (
  name   text NOT NULL PRIMARY KEY,
  value  text NOT NULL
);
COMMENT ON TABLE office.setting IS
  'Settings that change while the node runs, such as the clock of sample nodes.';
COMMENT ON COLUMN office.setting.name IS 'The name.';
COMMENT ON COLUMN office.setting.value IS 'The value as text.';

CREATE TABLE office.calendar (
  day      date    NOT NULL PRIMARY KEY,
  working  boolean NOT NULL,
  note     text    NOT NULL
);
COMMENT ON TABLE office.calendar IS 'Exceptions from Monday to Friday.';
COMMENT ON COLUMN office.calendar.day IS 'The day.';
COMMENT ON COLUMN office.calendar.working IS 'Whether it is a working day.';
COMMENT ON COLUMN office.calendar.note IS 'Why, such as the name of the holiday.';

CREATE TABLE office.particulars (
  agency     text        NOT NULL,
  version    bigint      NOT NULL,
  body       bytea       NOT NULL,
  signature  bytea       NOT NULL,
  at         timestamptz NOT NULL,
  PRIMARY KEY (agency, version)
);
COMMENT ON TABLE office.particulars IS
  'Signed particulars that wait for the registrar to publish them.';
COMMENT ON COLUMN office.particulars.agency IS 'The agency.';
COMMENT ON COLUMN office.particulars.version IS 'Their version; the highest is in force.';
COMMENT ON COLUMN office.particulars.body IS 'The signed bytes.';
COMMENT ON COLUMN office.particulars.signature IS 'The signature over them.';
COMMENT ON COLUMN office.particulars.at IS 'When they came.';

CREATE TABLE office.invitee (
  agency      text        NOT NULL PRIMARY KEY,
  profile     jsonb       NOT NULL,
  created_at  timestamptz NOT NULL
);
COMMENT ON TABLE office.invitee IS 'Who an invited agency is, as the registrar says.';
COMMENT ON COLUMN office.invitee.agency IS 'Its code.';
COMMENT ON COLUMN office.invitee.profile IS 'What its entry in the directory will say.';
COMMENT ON COLUMN office.invitee.created_at IS 'When it was invited.';

-- casework (made from the table schemas of the Casework module; a test compares them) ------------
-- <casework>
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
  channel         text,
  demand_kind     text,
  level           text,
  batch           bigint,
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
COMMENT ON COLUMN casework.dossier.channel IS '渠道: way by which a petition came';
COMMENT ON COLUMN casework.dossier.demand_kind IS '诉求类别: what a petitioner asks for';
COMMENT ON COLUMN casework.dossier.level IS '创建层级: who names the model areas that a bid is for';
COMMENT ON COLUMN casework.dossier.batch IS '批次: batch of a bid, from 1';

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
  level          text,
  long_term      boolean NOT NULL,
  disputed_on    date,
  asked_on       date,
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
COMMENT ON COLUMN casework.item_card.level IS '督办层级: highest level of supervision reached';
COMMENT ON COLUMN casework.item_card.long_term IS
  '长期整改: whether it is on the list of long-term rectification';
COMMENT ON COLUMN casework.item_card.disputed_on IS
  '异议日期: date of the first dispute not decided yet';
COMMENT ON COLUMN casework.item_card.asked_on IS
  '申请延期日期: date of the first request for more time not decided yet';

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
  rank                bigint,
  ranked              bigint,
  score               bigint,
  unit                text,
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
COMMENT ON COLUMN casework.result.rank IS '名次: place of a survey or a score, from 1';
COMMENT ON COLUMN casework.result.ranked IS '参评数: among how many';
COMMENT ON COLUMN casework.result.score IS '得分: hundredths of a point';
COMMENT ON COLUMN casework.result.unit IS '被考核单位: agency that is scored';

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
  audience_hash    bytea NOT NULL,
  PRIMARY KEY (dossier, author, id, audience_hash)
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
COMMENT ON COLUMN casework.sealed_act.audience_hash IS
  '知悉机关哈希: SHA-256 of their codes, parted by commas';

CREATE TABLE casework.sealed_attachment (
  dossier        bytea NOT NULL CHECK (octet_length(dossier) = 32),
  author         text NOT NULL,
  document       uuid NOT NULL,
  position       bigint NOT NULL,
  name           text NOT NULL,
  size           bigint NOT NULL,
  salt           bytea NOT NULL,
  root           bytea NOT NULL,
  audience       text[] NOT NULL,
  audience_hash  bytea NOT NULL,
  PRIMARY KEY (dossier, author, document, position, audience_hash)
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
COMMENT ON COLUMN casework.sealed_attachment.audience_hash IS
  '知悉机关哈希: SHA-256 of their codes, parted by commas';

CREATE TABLE casework.sealed_course (
  dossier        bytea NOT NULL CHECK (octet_length(dossier) = 32),
  author         text NOT NULL,
  subject        uuid NOT NULL,
  type           bigint NOT NULL,
  kind           text NOT NULL,
  machine        text NOT NULL,
  begun_on       date NOT NULL,
  stage          text NOT NULL,
  stage_on       date,
  moved_by       text,
  handler        text,
  approval       text,
  due_on         date,
  accepted_on    date,
  amount         bigint NOT NULL,
  results        bigint NOT NULL,
  confirmed      text[] NOT NULL,
  disputed       text[] NOT NULL,
  corrections    bigint NOT NULL,
  late           boolean NOT NULL,
  review         boolean NOT NULL,
  audience       text[] NOT NULL,
  audience_hash  bytea NOT NULL,
  PRIMARY KEY (dossier, author, subject, audience_hash)
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
COMMENT ON COLUMN casework.sealed_course.audience_hash IS
  '知悉机关哈希: SHA-256 of their codes, parted by commas';

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
  audience_hash  bytea NOT NULL,
  PRIMARY KEY (dossier, change, part, record, audience_hash)
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
COMMENT ON COLUMN casework.sealed_disclosure.audience_hash IS
  '知悉机关哈希: SHA-256 of their codes, parted by commas';

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
  audience_hash   bytea NOT NULL,
  PRIMARY KEY (dossier, author, id, audience_hash)
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
COMMENT ON COLUMN casework.sealed_document.audience_hash IS
  '知悉机关哈希: SHA-256 of their codes, parted by commas';

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
  audience_hash      bytea NOT NULL,
  PRIMARY KEY (dossier, sender, document, body, audience_hash)
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
COMMENT ON COLUMN casework.sealed_handling.audience_hash IS
  '知悉机关哈希: SHA-256 of their codes, parted by commas';

CREATE TABLE casework.sealed_item (
  dossier        bytea NOT NULL CHECK (octet_length(dossier) = 32),
  author         text NOT NULL,
  id             uuid NOT NULL,
  change         bytea NOT NULL,
  part           bigint NOT NULL,
  record         bigint NOT NULL,
  authored_at    timestamptz NOT NULL,
  document       uuid NOT NULL,
  number         bigint NOT NULL,
  kind           text NOT NULL,
  text           text NOT NULL,
  unit           text,
  co_units       text[] NOT NULL,
  due_on         date,
  standard       text,
  amount         bigint,
  category       text,
  audience       text[] NOT NULL,
  audience_hash  bytea NOT NULL,
  PRIMARY KEY (dossier, author, id, audience_hash)
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
COMMENT ON COLUMN casework.sealed_item.audience_hash IS
  '知悉机关哈希: SHA-256 of their codes, parted by commas';

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
  audience_hash  bytea NOT NULL,
  PRIMARY KEY (dossier, issuer, item, audience_hash)
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
COMMENT ON COLUMN casework.sealed_item_card.audience_hash IS
  '知悉机关哈希: SHA-256 of their codes, parted by commas';

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
  audience_hash  bytea NOT NULL,
  PRIMARY KEY (dossier, convenor, document, audience_hash)
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
COMMENT ON COLUMN casework.sealed_minutes.audience_hash IS
  '知悉机关哈希: SHA-256 of their codes, parted by commas';

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
  audience_hash    bytea NOT NULL,
  PRIMARY KEY (dossier, sender, document, addressee, audience_hash)
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
COMMENT ON COLUMN casework.sealed_referral.audience_hash IS
  '知悉机关哈希: SHA-256 of their codes, parted by commas';

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

CREATE TABLE casework.sealed_review (
  dossier        bytea NOT NULL CHECK (octet_length(dossier) = 32),
  author         text NOT NULL,
  id             uuid NOT NULL,
  cited_change   bytea NOT NULL,
  cited_part     bigint NOT NULL,
  cited_record   bigint NOT NULL,
  audience       text[] NOT NULL,
  audience_hash  bytea NOT NULL,
  PRIMARY KEY (dossier, author, id, cited_change, cited_part, cited_record, audience_hash)
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
COMMENT ON COLUMN casework.sealed_review.audience_hash IS
  '知悉机关哈希: SHA-256 of their codes, parted by commas';

CREATE TABLE casework.sealed_secondment (
  dossier        bytea NOT NULL CHECK (octet_length(dossier) = 32),
  author         text NOT NULL,
  expert         uuid NOT NULL,
  change         bytea NOT NULL,
  part           bigint NOT NULL,
  record         bigint NOT NULL,
  first_on       date NOT NULL,
  last_on        date NOT NULL,
  outcome        text NOT NULL,
  audience       text[] NOT NULL,
  audience_hash  bytea NOT NULL,
  PRIMARY KEY (dossier, author, expert, change, part, record, audience_hash)
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
COMMENT ON COLUMN casework.sealed_secondment.audience_hash IS
  '知悉机关哈希: SHA-256 of their codes, parted by commas';

CREATE TABLE casework.sealed_void (
  dossier        bytea NOT NULL CHECK (octet_length(dossier) = 32),
  change         bytea NOT NULL,
  part           bigint NOT NULL,
  record         bigint NOT NULL,
  author         text NOT NULL,
  id             uuid,
  type           bigint,
  reason         text NOT NULL,
  detail         text,
  audience       text[] NOT NULL,
  audience_hash  bytea NOT NULL,
  PRIMARY KEY (dossier, change, part, record, audience_hash)
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
COMMENT ON COLUMN casework.sealed_void.audience_hash IS
  '知悉机关哈希: SHA-256 of their codes, parted by commas';

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
-- </casework>

-- keys ------------------------------------------------------------------------------------------
-- What is asked for by its id or its number is found by an index, not by reading its table.

-- The ids are of version 7: what comes is put at the end.
CREATE INDEX document_id ON casework.document (id);
CREATE INDEX item_id ON casework.item (id);
CREATE INDEX act_id ON casework.act (id);
CREATE INDEX result_id ON casework.result (id);
CREATE INDEX dossier_id ON casework.dossier (id);
CREATE INDEX sealed_document_id ON casework.sealed_document (id);
CREATE INDEX sealed_item_id ON casework.sealed_item (id);
CREATE INDEX sealed_act_id ON casework.sealed_act (id);
CREATE INDEX sealed_result_id ON casework.sealed_result (id);

-- By a hash: a number is a text of any length, and a tree refuses a row over 2,704 bytes.
CREATE INDEX document_number ON casework.document USING hash (number);
CREATE INDEX dossier_number ON casework.dossier USING hash (number);

-- The few acts that tie clues are looked for by every count after something was written.
CREATE INDEX act_merge ON casework.act (dossier) WHERE verb = 'merge';

-- rights ----------------------------------------------------------------------------------------
-- The three roles exist in an embedded cluster; in a database of your own they are optional,
-- and the one role that connects owns everything.

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'guantong_node') THEN
    GRANT USAGE ON SCHEMA ledger, exchange, casework, office
      TO guantong_node;
    GRANT SELECT, INSERT, UPDATE, DELETE
      ON ALL TABLES IN SCHEMA ledger, exchange, casework, office TO guantong_node;
    REVOKE INSERT, UPDATE, DELETE ON ledger.migration FROM guantong_node;
    REVOKE UPDATE, DELETE ON ledger.fork, office.audit FROM guantong_node;
  END IF;
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'guantong_reader') THEN
    GRANT USAGE ON SCHEMA casework TO guantong_reader;
    EXECUTE (
      SELECT coalesce(
        'GRANT SELECT ON ' || string_agg(format('%I.%I', schemaname, tablename), ', ')
          || ' TO guantong_reader', 'SELECT')
      FROM pg_tables WHERE schemaname = 'casework' AND tablename NOT LIKE 'sealed\_%');
  END IF;
END;
$$;
