extension Migration {
  /// The file `Schema/sql/v0003_office.sql`; `REWRITE=1` makes this one of it.
  static let v0003 = Migration(
    3, "v0003_office",
    #"""
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
      CHECK (signer IS NULL OR signer <> drafter)
    );
    CREATE INDEX draft_state ON office.draft (state, updated_at);
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

    CREATE TABLE office.number_series (
      series  text    NOT NULL,
      year    integer NOT NULL,
      last    integer NOT NULL CHECK (last > 0),
      PRIMARY KEY (series, year)
    );
    COMMENT ON TABLE office.number_series IS
      'Numbers of papers, gapless: drawn in the transaction that issues.';
    COMMENT ON COLUMN office.number_series.series IS
      'The series, such as the words before the year.';
    COMMENT ON COLUMN office.number_series.year IS 'The year.';
    COMMENT ON COLUMN office.number_series.last IS 'The last number drawn.';

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

    """#)
}
