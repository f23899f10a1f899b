-- The agencies that work on one node each have their own drafts and their own numbers.

ALTER TABLE office.draft ADD COLUMN agency text;
UPDATE office.draft SET agency = (SELECT agency FROM exchange.node);
ALTER TABLE office.draft ALTER COLUMN agency SET NOT NULL;
CREATE INDEX draft_dossier ON office.draft (agency, dossier);
COMMENT ON COLUMN office.draft.agency IS
  'Whose paper: the agency that runs this node, or one that it hosts.';

ALTER TABLE office.number_series ADD COLUMN agency text;
UPDATE office.number_series SET agency = (SELECT agency FROM exchange.node);
ALTER TABLE office.number_series DROP CONSTRAINT number_series_pkey;
ALTER TABLE office.number_series ADD PRIMARY KEY (agency, series, year);
COMMENT ON COLUMN office.number_series.agency IS
  'Whose numbers: the agency that runs this node, or one that it hosts.';
