extension Migration {
  /// The file `Schema/sql/v0015_sealed_keys.sql`; `REWRITE=1` makes this one of it.
  static let v0015 = Migration(
    15, "v0015_sealed_keys",
    #"""
    -- Of one record id in two sealed parts for different agencies whoever holds both keeps both.

    DO $$
    DECLARE
      name text;
      key  text;
    BEGIN
      FOR name, key IN VALUES
        ('sealed_act', 'dossier, author, id'),
        ('sealed_attachment', 'dossier, author, document, position'),
        ('sealed_course', 'dossier, author, subject'),
        ('sealed_disclosure', 'dossier, change, part, record'),
        ('sealed_document', 'dossier, author, id'),
        ('sealed_handling', 'dossier, sender, document, body'),
        ('sealed_item', 'dossier, author, id'),
        ('sealed_item_card', 'dossier, issuer, item'),
        ('sealed_minutes', 'dossier, convenor, document'),
        ('sealed_referral', 'dossier, sender, document, addressee'),
        ('sealed_result', 'dossier, author, id'),
        ('sealed_review', 'dossier, author, id, cited_change, cited_part, cited_record'),
        ('sealed_secondment', 'dossier, author, expert, change, part, record'),
        ('sealed_void', 'dossier, change, part, record')
      LOOP
        EXECUTE format('ALTER TABLE casework.%I ADD COLUMN audience_hash bytea', name);
        EXECUTE format(
          'UPDATE casework.%I SET audience_hash = '
          'sha256(convert_to(array_to_string(audience, '',''), ''UTF8''))', name);
        EXECUTE format(
          'ALTER TABLE casework.%I ALTER COLUMN audience_hash SET NOT NULL, '
          'DROP CONSTRAINT %I, ADD PRIMARY KEY (%s, audience_hash)', name, name || '_pkey', key);
        EXECUTE format(
          'COMMENT ON COLUMN casework.%I.audience_hash IS %L', name,
          '知悉机关哈希: SHA-256 of their codes, parted by commas');
      END LOOP;
    END;
    $$;

    -- The rows that had no place are folded into these when the node starts.
    UPDATE ledger.dossier SET needs_upgrade = true
    WHERE NOT needs_upgrade AND id IN (
      SELECT dossier FROM casework.sealed_document UNION SELECT dossier FROM casework.sealed_item
      UNION SELECT dossier FROM casework.sealed_act
      UNION SELECT dossier FROM casework.sealed_result);

    """#)
}
