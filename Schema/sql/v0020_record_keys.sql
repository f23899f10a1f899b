-- What is asked for by its id or its number is found by an index, not by reading its table.

-- The ids are of version 7: what comes is put at the end.
CREATE INDEX document_id ON casework.document (id);
CREATE INDEX item_id ON casework.item (id);
CREATE INDEX act_id ON casework.act (id);
CREATE INDEX result_id ON casework.result (id);
CREATE INDEX dossier_id ON casework.dossier (id);
CREATE INDEX sealed_document_id ON casework.sealed_document (id);
CREATE INDEX sealed_item_id ON casework.sealed_item (id);
CREATE INDEX sealed_act_id ON casework.sealed_act (id);
CREATE INDEX sealed_result_id ON casework.sealed_result (id);

-- By a hash: a number is a text of any length, and a tree refuses a row over 2,704 bytes.
CREATE INDEX document_number ON casework.document USING hash (number);
CREATE INDEX dossier_number ON casework.dossier USING hash (number);

-- The few acts that tie clues are looked for by every count after something was written.
CREATE INDEX act_merge ON casework.act (dossier) WHERE verb = 'merge';
