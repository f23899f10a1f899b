extension Migration {
  /// The file `Schema/sql/v0001_ledger.sql`; `REWRITE=1` makes this one of it.
  static let v0001 = Migration(
    1, "v0001_ledger",
    #"""
    CREATE SCHEMA ledger;
    COMMENT ON SCHEMA ledger IS 'The signed change sets of the dossiers this agency may see.';
    CREATE SCHEMA exchange;
    COMMENT ON SCHEMA exchange IS 'Outboxes, cursors, receipts and what could not be taken.';
    CREATE SCHEMA casework;
    COMMENT ON SCHEMA casework IS
      'The log folded into tables. Read it freely; write it and reconcile tells.';
    CREATE SCHEMA office;
    COMMENT ON SCHEMA office IS 'What is local to this agency and never leaves it.';

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
      needs_upgrade  boolean NOT NULL DEFAULT false
    );
    CREATE INDEX dossier_member ON ledger.dossier USING gin (members);
    CREATE INDEX dossier_former ON ledger.dossier USING gin (former);
    CREATE INDEX dossier_item ON ledger.dossier (item);
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

    CREATE TABLE ledger.chain (
      dossier   bytea  NOT NULL,
      author    text   NOT NULL,
      sequence  bigint NOT NULL,
      head      bytea  NOT NULL CHECK (octet_length(head) = 32),
      PRIMARY KEY (dossier, author)
    );
    COMMENT ON TABLE ledger.chain IS
      'The end of the chain of each author in each dossier; derived.';
    COMMENT ON COLUMN ledger.chain.dossier IS 'The dossier.';
    COMMENT ON COLUMN ledger.chain.author IS 'The author.';
    COMMENT ON COLUMN ledger.chain.sequence IS 'The highest sequence of the chain.';
    COMMENT ON COLUMN ledger.chain.head IS 'The change set at its end.';

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

    """#)
}
