-- Everybody who shows that a database went back in time is remembered until it goes on, and
-- where its outboxes stood then: what is shown later is weighed by that.

ALTER TABLE exchange.node DROP CONSTRAINT node_check;
ALTER TABLE exchange.node ALTER COLUMN restored_by TYPE text[]
  USING CASE WHEN restored_by IS NULL THEN '{}' ELSE ARRAY[restored_by] END;
ALTER TABLE exchange.node ALTER COLUMN restored_by SET DEFAULT '{}';
ALTER TABLE exchange.node ALTER COLUMN restored_by SET NOT NULL;
ALTER TABLE exchange.node ADD CHECK ((restored_by = '{}') = (restored_since IS NULL));
ALTER TABLE exchange.node ADD COLUMN restored_outbox bytea
  CHECK (octet_length(restored_outbox) = 16);
COMMENT ON COLUMN exchange.node.restored_by IS
  'Who showed that this database went back in time, the first of them first; empty for nobody.';
COMMENT ON COLUMN exchange.node.restored_outbox IS
  'The id under which it served until that was noticed; null when it was not.';

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

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'guantong_node') THEN
    GRANT SELECT, INSERT, UPDATE, DELETE ON exchange.former_outbox TO guantong_node;
  END IF;
END;
$$;
