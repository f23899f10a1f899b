extension Migration {
  /// The file `Schema/sql/v0016_dossier_counts.sql`; `REWRITE=1` makes this one of it.
  static let v0016 = Migration(
    16, "v0016_dossier_counts",
    #"""
    -- The sums for comparisons are held against numbers of dossiers, which other triggers keep.

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

    INSERT INTO ledger.dossier_count SELECT * FROM ledger.dossier_count_due;

    DO $$
    BEGIN
      IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'guantong_node') THEN
        GRANT SELECT, INSERT, UPDATE, DELETE ON ledger.dossier_count TO guantong_node;
        GRANT SELECT ON ledger.dossier_count_due TO guantong_node;
      END IF;
    END;
    $$;

    """#)
}
