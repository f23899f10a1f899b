-- A letter does not wait behind a bulk load: which line is numbered next is free until then.

ALTER TABLE exchange.queued
  ADD COLUMN dossier bytea CHECK (octet_length(dossier) = 32),
  ADD COLUMN is_urgent boolean NOT NULL DEFAULT false;
UPDATE exchange.queued AS q SET dossier = c.dossier
FROM ledger.change_set AS c WHERE c.id = q.change_set;
CREATE INDEX queued_dossier ON exchange.queued (reader, dossier, position);
CREATE INDEX queued_urgent ON exchange.queued (reader, position) WHERE is_urgent;
COMMENT ON COLUMN exchange.queued.dossier IS
  'Its dossier, of which it goes in the order queued.';
COMMENT ON COLUMN exchange.queued.is_urgent IS
  'Whether a step of a person queued it, not a bulk load.';
