-- What a withdrawn key casts doubt on is found by the keys under which the chains end.

ALTER TABLE ledger.chain ADD COLUMN key bytea NOT NULL DEFAULT '';
CREATE INDEX chain_key ON ledger.chain (key);
COMMENT ON COLUMN ledger.chain.key IS 'The key that the change set at its end names.';

-- A header begins with its format, its dossier (not in the first change set) and its author;
-- then comes the key, 32 bytes behind a tag and a length.
UPDATE ledger.chain AS e
SET key = substr(c.header, c.author_at + 5 + get_byte(c.header, c.author_at + 1), 32)
FROM (
  SELECT id, header, CASE substr(header, 3, 1) WHEN '\x12' THEN 36 ELSE 2 END AS author_at
  FROM ledger.change_set WHERE octet_length(header) > 72
) AS c
WHERE c.id = e.head;
