extension Migration {
  /// The file `Schema/sql/v0018_untaken_numbers.sql`; `REWRITE=1` makes this one of it.
  static let v0018 = Migration(
    18, "v0018_untaken_numbers",
    #"""
    -- A number that could not be taken is named until what it carried has come in another way.

    ALTER TABLE exchange.cursor ADD COLUMN untaken_changes bytea[] NOT NULL DEFAULT '{}';
    ALTER TABLE exchange.cursor ADD COLUMN untaken_parts bigint[] NOT NULL DEFAULT '{}';
    -- Of those that are here already only the number is known: they stay while the outbox does.
    UPDATE exchange.cursor SET
      untaken_changes = array_fill(''::bytea, ARRAY[cardinality(untaken)]),
      untaken_parts = array_fill(0::bigint, ARRAY[cardinality(untaken)])
    WHERE untaken <> '{}';
    ALTER TABLE exchange.cursor ADD CONSTRAINT cursor_untaken_check CHECK (
      cardinality(untaken_changes) = cardinality(untaken)
      AND cardinality(untaken_parts) = cardinality(untaken));
    COMMENT ON COLUMN exchange.cursor.received_at IS
      'When a page last became durable here, or what an untaken number carried.';
    COMMENT ON COLUMN exchange.cursor.untaken IS
      'Numbers whose content is not here, ascending: every receipt names them.';
    COMMENT ON COLUMN exchange.cursor.untaken_changes IS
      'The change set that each of them carried; empty where only the number is known.';
    COMMENT ON COLUMN exchange.cursor.untaken_parts IS 'Bit set of the parts that each carried.';

    -- A reader says of the same number again when more of what it covers has come.
    ALTER TABLE exchange.receipt DROP CONSTRAINT receipt_pkey;
    ALTER TABLE exchange.receipt ADD PRIMARY KEY (reader, outbox, number, stored_at);
    ALTER TABLE exchange.outbox ADD COLUMN untaken bigint NOT NULL DEFAULT 0;
    COMMENT ON COLUMN exchange.outbox.untaken IS
      'How many numbers the receipt of the highest number names as not taken.';
    UPDATE exchange.outbox AS o SET untaken = cardinality(r.untaken)
    FROM exchange.receipt AS r, exchange.node AS n
    WHERE r.reader = o.reader AND r.outbox = n.outbox AND r.number = o.receipted;

    """#)
}
