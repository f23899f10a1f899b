-- Two replicas are compared by sums of the items of their dossiers; triggers keep these.

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

CREATE INDEX held_excluding ON ledger.held (dossier) WHERE cardinality(excludes) > 0;

INSERT INTO ledger.audience SELECT * FROM ledger.audience_due;
INSERT INTO ledger.item_sum SELECT * FROM ledger.item_sum_due;

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'guantong_node') THEN
    GRANT SELECT, INSERT, UPDATE, DELETE ON ledger.audience, ledger.item_sum TO guantong_node;
    GRANT SELECT ON ledger.audience_due, ledger.item_sum_due TO guantong_node;
  END IF;
END;
$$;
