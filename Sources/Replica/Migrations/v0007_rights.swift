extension Migration {
  /// The file `Schema/sql/v0007_rights.sql`; `REWRITE=1` makes this one of it.
  static let v0007 = Migration(
    7, "v0007_rights",
    #"""
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

    """#)
}
