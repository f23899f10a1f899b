extension Migration {
  /// The file `Schema/sql/v0002_exchange.sql`; `REWRITE=1` makes this one of it.
  static let v0002 = Migration(
    2, "v0002_exchange",
    #"""
    CREATE TABLE exchange.node (
      single          boolean     NOT NULL PRIMARY KEY DEFAULT true CHECK (single),
      agency          text        NOT NULL,
      outbox          bytea       NOT NULL CHECK (octet_length(outbox) = 16),
      directory       bytea       CHECK (octet_length(directory) = 32),
      has_sealed      boolean     NOT NULL,
      restored_by     text,
      restored_since  timestamptz,
      generation      bigint      NOT NULL DEFAULT 0,
      CHECK ((restored_by IS NULL) = (restored_since IS NULL))
    );
    COMMENT ON TABLE exchange.node IS 'The one record about this node.';
    COMMENT ON COLUMN exchange.node.single IS 'Always true: there is one row.';
    COMMENT ON COLUMN exchange.node.agency IS 'Code of the agency that runs this node.';
    COMMENT ON COLUMN exchange.node.outbox IS 'Random id of the outboxes of this database.';
    COMMENT ON COLUMN exchange.node.directory IS
      'The pinned directory; null while a join is pending.';
    COMMENT ON COLUMN exchange.node.has_sealed IS
      'Whether this node has ever sealed a change set.';
    COMMENT ON COLUMN exchange.node.restored_by IS
      'Who showed that this database went back in time; null when nobody did.';
    COMMENT ON COLUMN exchange.node.restored_since IS 'When that was noticed.';
    COMMENT ON COLUMN exchange.node.generation IS
      'Counts the writing transactions; the marker file outside the database must not be ahead.';

    CREATE TABLE exchange.outbox (
      reader        text        NOT NULL PRIMARY KEY,
      number        bigint      NOT NULL DEFAULT 0,
      running_hash  bytea       NOT NULL CHECK (octet_length(running_hash) = 32),
      receipted     bigint      NOT NULL DEFAULT 0,
      receipted_at  timestamptz
    );
    COMMENT ON TABLE exchange.outbox IS 'Where the outbox of each reader stands.';
    COMMENT ON COLUMN exchange.outbox.reader IS 'The agency whose node reads it.';
    COMMENT ON COLUMN exchange.outbox.number IS 'The highest number given; 0 before the first.';
    COMMENT ON COLUMN exchange.outbox.running_hash IS 'Running hash at that number.';
    COMMENT ON COLUMN exchange.outbox.receipted IS 'The highest number that a receipt covers.';
    COMMENT ON COLUMN exchange.outbox.receipted_at IS
      'When the reader says those bytes were durable.';

    CREATE TABLE exchange.queued (
      position    bigint GENERATED ALWAYS AS IDENTITY,
      reader      text   NOT NULL,
      change_set  bytea  NOT NULL,
      PRIMARY KEY (reader, change_set)
    );
    CREATE UNIQUE INDEX queued_order ON exchange.queued (reader, position);
    COMMENT ON TABLE exchange.queued IS
      'Deliveries that have no number yet and can be withdrawn without trace.';
    COMMENT ON COLUMN exchange.queued.position IS 'Order of queueing.';
    COMMENT ON COLUMN exchange.queued.reader IS 'The agency whose node it goes to.';
    COMMENT ON COLUMN exchange.queued.change_set IS 'The change set.';

    CREATE TABLE exchange.served (
      reader        text   NOT NULL,
      number        bigint NOT NULL CHECK (number > 0),
      change_set    bytea  NOT NULL,
      parts         bigint NOT NULL,
      running_hash  bytea  NOT NULL CHECK (octet_length(running_hash) = 32),
      PRIMARY KEY (reader, number)
    );
    CREATE INDEX served_change_set ON exchange.served (change_set, reader);
    COMMENT ON TABLE exchange.served IS 'Deliveries that have been served at least once.';
    COMMENT ON COLUMN exchange.served.reader IS 'The agency whose node it went to.';
    COMMENT ON COLUMN exchange.served.number IS 'Its number in that outbox, from 1 without gaps.';
    COMMENT ON COLUMN exchange.served.change_set IS 'The change set.';
    COMMENT ON COLUMN exchange.served.parts IS
      'Bit set of the parts delivered at its first serving.';
    COMMENT ON COLUMN exchange.served.running_hash IS 'Running hash of its first serving.';

    CREATE TABLE exchange.receipt (
      reader     text        NOT NULL,
      outbox     bytea       NOT NULL,
      number     bigint      NOT NULL,
      stored_at  timestamptz NOT NULL,
      untaken    bigint[]    NOT NULL,
      body       bytea       NOT NULL,
      signature  bytea       NOT NULL,
      PRIMARY KEY (reader, outbox, number)
    );
    COMMENT ON TABLE exchange.receipt IS 'Receipts that readers signed, as they came.';
    COMMENT ON COLUMN exchange.receipt.reader IS 'Who signed it.';
    COMMENT ON COLUMN exchange.receipt.outbox IS 'The outbox it is about.';
    COMMENT ON COLUMN exchange.receipt.number IS 'Up to and including this number.';
    COMMENT ON COLUMN exchange.receipt.stored_at IS 'When the reader says the bytes were durable.';
    COMMENT ON COLUMN exchange.receipt.untaken IS 'Numbers whose bytes it could not take.';
    COMMENT ON COLUMN exchange.receipt.body IS 'The signed bytes.';
    COMMENT ON COLUMN exchange.receipt.signature IS 'The signature over them.';

    CREATE TABLE exchange.cursor (
      peer            text        NOT NULL PRIMARY KEY,
      outbox          bytea       NOT NULL CHECK (octet_length(outbox) = 16),
      number          bigint      NOT NULL,
      running_hash    bytea       NOT NULL CHECK (octet_length(running_hash) = 32),
      announced       bigint      NOT NULL,
      directory       bytea,
      received_at     timestamptz,
      untaken         bigint[]    NOT NULL,
      head_body       bytea,
      head_signature  bytea,
      CHECK ((head_body IS NULL) = (head_signature IS NULL))
    );
    COMMENT ON TABLE exchange.cursor IS 'Where this node stands in the outbox of each peer.';
    COMMENT ON COLUMN exchange.cursor.peer IS 'The peer.';
    COMMENT ON COLUMN exchange.cursor.outbox IS 'The outbox of the peer.';
    COMMENT ON COLUMN exchange.cursor.number IS 'Up to this number everything is durable here.';
    COMMENT ON COLUMN exchange.cursor.running_hash IS 'Running hash at that number.';
    COMMENT ON COLUMN exchange.cursor.announced IS
      'The highest number a head statement has shown.';
    COMMENT ON COLUMN exchange.cursor.directory IS 'The newest directory entry the peer named.';
    COMMENT ON COLUMN exchange.cursor.received_at IS 'When a page last became durable here.';
    COMMENT ON COLUMN exchange.cursor.untaken IS
      'Numbers whose bytes could not be taken; asked for again by id.';
    COMMENT ON COLUMN exchange.cursor.head_body IS 'The newest head statement, its signed bytes.';
    COMMENT ON COLUMN exchange.cursor.head_signature IS 'The signature over them.';

    CREATE TABLE exchange.alarm (
      position  bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      peer      text        NOT NULL,
      kind      text        NOT NULL,
      subject   text        NOT NULL,
      evidence  bytea       NOT NULL,
      at        timestamptz NOT NULL,
      UNIQUE (peer, kind, subject)
    );
    COMMENT ON TABLE exchange.alarm IS 'Evidence of misconduct or mishap of peers.';
    COMMENT ON COLUMN exchange.alarm.position IS 'Order of noticing.';
    COMMENT ON COLUMN exchange.alarm.peer IS 'The peer it concerns.';
    COMMENT ON COLUMN exchange.alarm.kind IS 'Code of what happened.';
    COMMENT ON COLUMN exchange.alarm.subject IS 'What it is about, for finding it again.';
    COMMENT ON COLUMN exchange.alarm.evidence IS
      'The signed bytes that prove it; empty when none do.';
    COMMENT ON COLUMN exchange.alarm.at IS 'When it was noticed.';

    CREATE TABLE exchange.peer (
      agency           text        NOT NULL PRIMARY KEY,
      clock_offset_us  bigint      NOT NULL DEFAULT 0,
      heard_at         timestamptz,
      last_error       text,
      last_error_at    timestamptz,
      compared_at      timestamptz
    );
    COMMENT ON TABLE exchange.peer IS 'What is remembered about the connection to each peer.';
    COMMENT ON COLUMN exchange.peer.agency IS 'The peer.';
    COMMENT ON COLUMN exchange.peer.clock_offset_us IS 'Its clock minus ours, in microseconds.';
    COMMENT ON COLUMN exchange.peer.heard_at IS 'When it last answered.';
    COMMENT ON COLUMN exchange.peer.last_error IS
      'Code of the last failure; null after a success.';
    COMMENT ON COLUMN exchange.peer.last_error_at IS 'When that was.';
    COMMENT ON COLUMN exchange.peer.compared_at IS
      'When both sides were last compared and found equal.';

    CREATE TABLE exchange.invitation (
      id          bytea       NOT NULL PRIMARY KEY CHECK (octet_length(id) = 32),
      agency      text        NOT NULL,
      secret      bytea       NOT NULL,
      expires_at  timestamptz NOT NULL,
      tries       integer     NOT NULL DEFAULT 0,
      used_at     timestamptz,
      body        bytea       NOT NULL,
      signature   bytea       NOT NULL
    );
    COMMENT ON TABLE exchange.invitation IS 'Invitations this registrar gave out; good once.';
    COMMENT ON COLUMN exchange.invitation.id IS 'SHA-256 of the signed bytes.';
    COMMENT ON COLUMN exchange.invitation.agency IS 'The code it is for.';
    COMMENT ON COLUMN exchange.invitation.secret IS 'The secret that a request proves to know.';
    COMMENT ON COLUMN exchange.invitation.expires_at IS 'Until when it is good.';
    COMMENT ON COLUMN exchange.invitation.tries IS 'Requests that named it and were refused.';
    COMMENT ON COLUMN exchange.invitation.used_at IS 'When it was used; null before.';
    COMMENT ON COLUMN exchange.invitation.body IS 'The signed bytes.';
    COMMENT ON COLUMN exchange.invitation.signature IS 'The signature over them.';

    CREATE TABLE exchange.join_request (
      agency      text        NOT NULL PRIMARY KEY,
      invitation  bytea       NOT NULL REFERENCES exchange.invitation (id),
      request     bytea       NOT NULL,
      received_at timestamptz NOT NULL,
      proposal    bytea
    );
    COMMENT ON TABLE exchange.join_request IS 'Requests to join that wait for the governors.';
    COMMENT ON COLUMN exchange.join_request.agency IS 'The agency that asks.';
    COMMENT ON COLUMN exchange.join_request.invitation IS 'The invitation it holds.';
    COMMENT ON COLUMN exchange.join_request.request IS 'The request as it came.';
    COMMENT ON COLUMN exchange.join_request.received_at IS 'When it came.';
    COMMENT ON COLUMN exchange.join_request.proposal IS
      'The change set that proposes the admission.';

    """#)
}
