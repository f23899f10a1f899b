-- Contents of attachments: piece by piece, so that none of them stands in memory whole. They
-- are in the database with everything else: one backup holds all.

CREATE TABLE ledger.content (
  id      uuid    NOT NULL PRIMARY KEY DEFAULT gen_random_uuid(),
  size    bigint  NOT NULL CHECK (size BETWEEN 1 AND 2147483648),
  salt    bytea   NOT NULL CHECK (octet_length(salt) = 32),
  root    bytea   CHECK (octet_length(root) = 32),
  pieces  integer NOT NULL CHECK (pieces BETWEEN 1 AND 2048),
  have    integer NOT NULL DEFAULT 0 CHECK (have BETWEEN 0 AND pieces)
);
CREATE INDEX content_incomplete ON ledger.content (id) WHERE have < pieces;
COMMENT ON TABLE ledger.content IS 'Contents of attachments, listed ones and those of drafts.';
COMMENT ON COLUMN ledger.content.id IS 'Local id; it never leaves the node.';
COMMENT ON COLUMN ledger.content.size IS 'Bytes.';
COMMENT ON COLUMN ledger.content.salt IS 'The 32 bytes before every piece under its hash.';
COMMENT ON COLUMN ledger.content.root IS
  'Root of the tree over its pieces; null while a draft''s is being brought.';
COMMENT ON COLUMN ledger.content.pieces IS 'The number of its pieces of 1 MiB.';
COMMENT ON COLUMN ledger.content.have IS 'How many of them were stored here.';

CREATE TABLE ledger.piece (
  content  uuid    NOT NULL REFERENCES ledger.content (id) ON DELETE CASCADE,
  piece    integer NOT NULL CHECK (piece >= 0),
  leaf     bytea   NOT NULL CHECK (octet_length(leaf) = 32),
  path     bytea   CHECK (octet_length(path) % 32 = 0),
  bytes    bytea   NOT NULL CHECK (octet_length(bytes) <= 1048576),
  PRIMARY KEY (content, piece)
);
-- Most contents are compressed already; and a byte range is read without the whole value.
ALTER TABLE ledger.piece ALTER COLUMN bytes SET STORAGE EXTERNAL;
COMMENT ON TABLE ledger.piece IS 'Pieces of contents.';
COMMENT ON COLUMN ledger.piece.content IS 'The content.';
COMMENT ON COLUMN ledger.piece.piece IS 'Its number, from 0.';
COMMENT ON COLUMN ledger.piece.leaf IS 'Its salted hash.';
COMMENT ON COLUMN ledger.piece.path IS
  'Its audit path, one hash after the other; null while a draft''s is being brought.';
COMMENT ON COLUMN ledger.piece.bytes IS 'Its bytes.';

CREATE TABLE ledger.attachment (
  change_set  bytea    NOT NULL CHECK (octet_length(change_set) = 32),
  part        smallint NOT NULL CHECK (part >= 0),
  position    integer  NOT NULL CHECK (position >= 0),
  dossier     bytea    NOT NULL CHECK (octet_length(dossier) = 32),
  record      integer  NOT NULL,
  index       integer  NOT NULL,
  content     uuid     NOT NULL UNIQUE REFERENCES ledger.content (id),
  PRIMARY KEY (change_set, part, position)
);
CREATE INDEX attachment_dossier ON ledger.attachment (dossier);
COMMENT ON TABLE ledger.attachment IS
  'Attachments that documents list; no two of them share a content.';
COMMENT ON COLUMN ledger.attachment.change_set IS 'The change set.';
COMMENT ON COLUMN ledger.attachment.part IS 'The part that lists it.';
COMMENT ON COLUMN ledger.attachment.position IS 'Its number among all that the part lists.';
COMMENT ON COLUMN ledger.attachment.dossier IS 'The dossier.';
COMMENT ON COLUMN ledger.attachment.record IS 'The place of its document in the part.';
COMMENT ON COLUMN ledger.attachment.index IS 'Its number in the list of the document.';
COMMENT ON COLUMN ledger.attachment.content IS 'Its content.';

CREATE TABLE office.draft_attachment (
  draft     uuid    NOT NULL REFERENCES office.draft (id) ON DELETE CASCADE,
  position  integer NOT NULL CHECK (position >= 0),
  name      text    NOT NULL,
  content   uuid    NOT NULL UNIQUE REFERENCES ledger.content (id),
  PRIMARY KEY (draft, position),
  UNIQUE (draft, name)
);
COMMENT ON TABLE office.draft_attachment IS
  'Attachments of drafts; issuing hands their contents over to the document.';
COMMENT ON COLUMN office.draft_attachment.draft IS 'The draft.';
COMMENT ON COLUMN office.draft_attachment.position IS 'Its number in the list of the draft.';
COMMENT ON COLUMN office.draft_attachment.name IS 'The file name.';
COMMENT ON COLUMN office.draft_attachment.content IS 'Its content.';

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'guantong_node') THEN
    GRANT SELECT, INSERT, UPDATE, DELETE
      ON ledger.content, ledger.piece, ledger.attachment, office.draft_attachment
      TO guantong_node;
  END IF;
END;
$$;
