SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
CREATE SCHEMA casework;
CREATE SCHEMA exchange;
CREATE SCHEMA ledger;
CREATE SCHEMA office;
CREATE FUNCTION ledger.audience_of(members text[], excluded text[]) RETURNS bytea
    LANGUAGE sql STABLE
    AS $$
  SELECT sha256(convert_to(members::text || excluded::text, 'UTF8'))
$$;
CREATE FUNCTION ledger.count_dossiers() RETURNS trigger
    LANGUAGE plpgsql
    SET enable_seqscan TO 'off'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    AS $$
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
CREATE FUNCTION ledger.leaf_of(item bytea) RETURNS integer
    LANGUAGE sql IMMUTABLE
    AS $$
  SELECT (get_byte(item, 0) << 4) + (get_byte(item, 1) >> 4)
$$;
CREATE FUNCTION ledger.limb_of(item bytea, place integer) RETURNS integer
    LANGUAGE sql IMMUTABLE
    AS $$
  SELECT get_byte(item, 4 * place) + (get_byte(item, 4 * place + 1) << 8)
    + (get_byte(item, 4 * place + 2) << 16) + ((get_byte(item, 4 * place + 3) - 128) << 24)
$$;
CREATE FUNCTION ledger.sum_items() RETURNS trigger
    LANGUAGE plpgsql
    SET enable_seqscan TO 'off'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    MERGE INTO ledger.item_sum AS s
    USING (
      SELECT ledger.audience_of(members, excluded) AS audience, ledger.leaf_of(item) AS leaf,
        count(*) AS items,
        sum(ledger.limb_of(item, 0)) + (count(*) << 31) AS limb_0,
        sum(ledger.limb_of(item, 1)) + (count(*) << 31) AS limb_1,
        sum(ledger.limb_of(item, 2)) + (count(*) << 31) AS limb_2,
        sum(ledger.limb_of(item, 3)) + (count(*) << 31) AS limb_3,
        sum(ledger.limb_of(item, 4)) + (count(*) << 31) AS limb_4,
        sum(ledger.limb_of(item, 5)) + (count(*) << 31) AS limb_5,
        sum(ledger.limb_of(item, 6)) + (count(*) << 31) AS limb_6,
        sum(ledger.limb_of(item, 7)) + (count(*) << 31) AS limb_7
      FROM gone GROUP BY 1, 2
    ) AS d ON s.audience = d.audience AND s.leaf = d.leaf
    WHEN MATCHED AND s.items = d.items THEN DELETE
    WHEN MATCHED THEN UPDATE SET
        items = s.items - d.items,
        limb_0 = s.limb_0 - d.limb_0,
        limb_1 = s.limb_1 - d.limb_1,
        limb_2 = s.limb_2 - d.limb_2,
        limb_3 = s.limb_3 - d.limb_3,
        limb_4 = s.limb_4 - d.limb_4,
        limb_5 = s.limb_5 - d.limb_5,
        limb_6 = s.limb_6 - d.limb_6,
        limb_7 = s.limb_7 - d.limb_7;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO ledger.audience (id, members, excluded)
    SELECT ledger.audience_of(members, excluded), members, excluded
    FROM (SELECT DISTINCT members, excluded FROM come) AS lists
    ON CONFLICT (id) DO NOTHING;
    INSERT INTO ledger.item_sum AS s
      (audience, leaf, items, limb_0, limb_1, limb_2,
      limb_3, limb_4, limb_5, limb_6, limb_7)
    SELECT ledger.audience_of(members, excluded) AS audience, ledger.leaf_of(item) AS leaf,
      count(*) AS items,
      sum(ledger.limb_of(item, 0)) + (count(*) << 31) AS limb_0,
      sum(ledger.limb_of(item, 1)) + (count(*) << 31) AS limb_1,
      sum(ledger.limb_of(item, 2)) + (count(*) << 31) AS limb_2,
      sum(ledger.limb_of(item, 3)) + (count(*) << 31) AS limb_3,
      sum(ledger.limb_of(item, 4)) + (count(*) << 31) AS limb_4,
      sum(ledger.limb_of(item, 5)) + (count(*) << 31) AS limb_5,
      sum(ledger.limb_of(item, 6)) + (count(*) << 31) AS limb_6,
      sum(ledger.limb_of(item, 7)) + (count(*) << 31) AS limb_7
    FROM come GROUP BY 1, 2
    ON CONFLICT (audience, leaf) DO UPDATE SET
        items = s.items + excluded.items,
        limb_0 = s.limb_0 + excluded.limb_0,
        limb_1 = s.limb_1 + excluded.limb_1,
        limb_2 = s.limb_2 + excluded.limb_2,
        limb_3 = s.limb_3 + excluded.limb_3,
        limb_4 = s.limb_4 + excluded.limb_4,
        limb_5 = s.limb_5 + excluded.limb_5,
        limb_6 = s.limb_6 + excluded.limb_6,
        limb_7 = s.limb_7 + excluded.limb_7;
  END IF;
  IF TG_OP <> 'INSERT' THEN
    DELETE FROM ledger.audience AS a
    WHERE a.id IN (
        SELECT ledger.audience_of(members, excluded)
        FROM (SELECT DISTINCT members, excluded FROM gone) AS lists)
      AND NOT EXISTS (SELECT FROM ledger.item_sum AS s WHERE s.audience = a.id);
  END IF;
  RETURN NULL;
END;
$$;
CREATE FUNCTION office.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  RAISE EXCEPTION 'office.audit is append-only' USING ERRCODE = '42501';
END;
$$;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE casework.act (
    dossier bytea NOT NULL,
    author text NOT NULL,
    id uuid NOT NULL,
    change bytea NOT NULL,
    part bigint NOT NULL,
    record bigint NOT NULL,
    authored_at timestamp with time zone NOT NULL,
    target_type bigint NOT NULL,
    target uuid,
    verb text NOT NULL,
    actor uuid,
    role text,
    on_date date NOT NULL,
    reason text,
    note text NOT NULL,
    agencies text[] NOT NULL,
    points text[] NOT NULL,
    kind text,
    final boolean NOT NULL,
    automatic boolean NOT NULL,
    internal_number text,
    due_on date,
    hash bytea,
    recorded_by text,
    CONSTRAINT act_dossier_check CHECK ((octet_length(dossier) = 32))
);
CREATE TABLE casework.agency (
    dossier bytea NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    short_name text NOT NULL,
    level text NOT NULL,
    region text NOT NULL,
    credit_code text NOT NULL,
    kind text NOT NULL,
    hosted_by text,
    succeeds text,
    key bytea,
    endpoint text,
    governor boolean NOT NULL,
    registrar boolean NOT NULL,
    CONSTRAINT agency_dossier_check CHECK ((octet_length(dossier) = 32))
);
CREATE TABLE casework.attachment (
    dossier bytea NOT NULL,
    author text NOT NULL,
    document uuid NOT NULL,
    "position" bigint NOT NULL,
    name text NOT NULL,
    size bigint NOT NULL,
    salt bytea NOT NULL,
    root bytea NOT NULL,
    CONSTRAINT attachment_dossier_check CHECK ((octet_length(dossier) = 32))
);
CREATE TABLE casework.clue (
    dossier bytea NOT NULL,
    number text,
    title text,
    home text NOT NULL,
    state text NOT NULL,
    holder text NOT NULL,
    document uuid,
    received_on date,
    accepted_on date,
    stage text,
    close_kind text,
    filed boolean NOT NULL,
    accountable boolean NOT NULL,
    person_times bigint NOT NULL,
    fed_back_on date,
    final boolean NOT NULL,
    CONSTRAINT clue_dossier_check CHECK ((octet_length(dossier) = 32))
);
CREATE TABLE casework.course (
    dossier bytea NOT NULL,
    author text NOT NULL,
    subject uuid NOT NULL,
    type bigint NOT NULL,
    kind text NOT NULL,
    machine text NOT NULL,
    begun_on date NOT NULL,
    stage text NOT NULL,
    stage_on date,
    moved_by text,
    handler text,
    approval text,
    due_on date,
    accepted_on date,
    amount bigint NOT NULL,
    results bigint NOT NULL,
    confirmed text[] NOT NULL,
    disputed text[] NOT NULL,
    corrections bigint NOT NULL,
    late boolean NOT NULL,
    review boolean NOT NULL,
    CONSTRAINT course_dossier_check CHECK ((octet_length(dossier) = 32))
);
CREATE TABLE casework.destruction (
    dossier bytea NOT NULL,
    author text NOT NULL,
    id uuid NOT NULL,
    change bytea NOT NULL,
    part bigint NOT NULL,
    record bigint NOT NULL,
    authored_at timestamp with time zone NOT NULL,
    target_change bytea NOT NULL,
    target_part bigint NOT NULL,
    hash bytea NOT NULL,
    actor uuid NOT NULL,
    role text NOT NULL,
    on_date date NOT NULL,
    decision text NOT NULL,
    reason text NOT NULL,
    CONSTRAINT destruction_dossier_check CHECK ((octet_length(dossier) = 32))
);
CREATE TABLE casework.document (
    dossier bytea NOT NULL,
    author text NOT NULL,
    id uuid NOT NULL,
    change bytea NOT NULL,
    part bigint NOT NULL,
    record bigint NOT NULL,
    authored_at timestamp with time zone NOT NULL,
    form text NOT NULL,
    number text,
    version bigint NOT NULL,
    supersedes uuid,
    to_agencies text[] NOT NULL,
    cc_agencies text[] NOT NULL,
    title text NOT NULL,
    body text NOT NULL,
    items text[] NOT NULL,
    attachments bigint NOT NULL,
    due_on date,
    drafter uuid,
    signer uuid,
    issued_on date NOT NULL,
    required text[] NOT NULL,
    meeting_series text,
    meeting_issue bigint,
    held_on date,
    place text,
    chair text,
    present text[] NOT NULL,
    absent text[] NOT NULL,
    topics text[] NOT NULL,
    hash bytea NOT NULL,
    state text NOT NULL,
    CONSTRAINT document_dossier_check CHECK ((octet_length(dossier) = 32))
);
CREATE TABLE casework.dossier (
    dossier bytea NOT NULL,
    home text NOT NULL,
    id uuid,
    change bytea,
    kind text,
    number text,
    title text,
    source text,
    source_agency text,
    region text,
    campaign text,
    classification text,
    opened_at timestamp with time zone NOT NULL,
    upgrade_needed boolean NOT NULL,
    forked boolean NOT NULL,
    channel text,
    demand_kind text,
    level text,
    batch bigint,
    CONSTRAINT dossier_dossier_check CHECK ((octet_length(dossier) = 32))
);
CREATE TABLE casework.handling (
    dossier bytea NOT NULL,
    sender text NOT NULL,
    document uuid NOT NULL,
    body text NOT NULL,
    stage text NOT NULL,
    first_disposition text,
    disposed_on date,
    close_kind text,
    filed_on date,
    decided_on date,
    executed_on date,
    filings bigint NOT NULL,
    sanctions bigint NOT NULL,
    accountable boolean NOT NULL,
    stage_on date NOT NULL,
    review boolean NOT NULL,
    CONSTRAINT handling_dossier_check CHECK ((octet_length(dossier) = 32))
);
CREATE TABLE casework.item (
    dossier bytea NOT NULL,
    author text NOT NULL,
    id uuid NOT NULL,
    change bytea NOT NULL,
    part bigint NOT NULL,
    record bigint NOT NULL,
    authored_at timestamp with time zone NOT NULL,
    document uuid NOT NULL,
    number bigint NOT NULL,
    kind text NOT NULL,
    text text NOT NULL,
    unit text,
    co_units text[] NOT NULL,
    due_on date,
    standard text,
    amount bigint,
    category text,
    CONSTRAINT item_dossier_check CHECK ((octet_length(dossier) = 32))
);
CREATE TABLE casework.item_card (
    dossier bytea NOT NULL,
    issuer text NOT NULL,
    item uuid NOT NULL,
    document uuid NOT NULL,
    number bigint NOT NULL,
    kind text NOT NULL,
    unit text,
    state text NOT NULL,
    due_on date,
    reported_on date,
    report uuid,
    passed_on date,
    signed_off_on date,
    reopened bigint NOT NULL,
    extension text NOT NULL,
    new_material boolean NOT NULL,
    review boolean NOT NULL,
    level text,
    long_term boolean NOT NULL,
    disputed_on date,
    asked_on date,
    CONSTRAINT item_card_dossier_check CHECK ((octet_length(dossier) = 32))
);
CREATE TABLE casework.member (
    dossier bytea NOT NULL,
    agency text NOT NULL,
    state text NOT NULL,
    CONSTRAINT member_dossier_check CHECK ((octet_length(dossier) = 32))
);
CREATE TABLE casework.minutes (
    dossier bytea NOT NULL,
    convenor text NOT NULL,
    document uuid NOT NULL,
    version bigint NOT NULL,
    hash bytea NOT NULL,
    state text NOT NULL,
    number text,
    required text[] NOT NULL,
    countersigned text[] NOT NULL,
    objected text[] NOT NULL,
    abstained text[] NOT NULL,
    lapsed text[] NOT NULL,
    reserved text[] NOT NULL,
    circulated_on date NOT NULL,
    finalized_on date,
    issued_on date,
    CONSTRAINT minutes_dossier_check CHECK ((octet_length(dossier) = 32))
);
CREATE TABLE casework.person (
    dossier bytea NOT NULL,
    agency text NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    section text NOT NULL,
    post text NOT NULL,
    roles text[] NOT NULL,
    ended boolean NOT NULL,
    alternate_of uuid,
    CONSTRAINT person_dossier_check CHECK ((octet_length(dossier) = 32))
);
CREATE TABLE casework.referral (
    dossier bytea NOT NULL,
    sender text NOT NULL,
    document uuid NOT NULL,
    addressee text NOT NULL,
    ground text NOT NULL,
    form text NOT NULL,
    number text,
    state text NOT NULL,
    withdraw text NOT NULL,
    forwarded_by text,
    forwarded_to text[] NOT NULL,
    points text[] NOT NULL,
    accepted_points text[] NOT NULL,
    sent_on date NOT NULL,
    received_on date,
    accepted_on date,
    fate_on date,
    return_reason text,
    internal_number text,
    fed_back_on date,
    supplements bigint NOT NULL,
    review boolean NOT NULL,
    CONSTRAINT referral_dossier_check CHECK ((octet_length(dossier) = 32))
);
CREATE TABLE casework.result (
    dossier bytea NOT NULL,
    author text NOT NULL,
    id uuid NOT NULL,
    change bytea NOT NULL,
    part bigint NOT NULL,
    record bigint NOT NULL,
    authored_at timestamp with time zone NOT NULL,
    root uuid NOT NULL,
    revises uuid,
    kind text NOT NULL,
    on_date date NOT NULL,
    case_result uuid,
    measures text[] NOT NULL,
    amount bigint,
    person_key text,
    decided_by text,
    document_number text,
    note text NOT NULL,
    form_of_discipline bigint,
    actor uuid,
    role text,
    clue uuid,
    status text NOT NULL,
    rank bigint,
    ranked bigint,
    score bigint,
    unit text,
    CONSTRAINT result_dossier_check CHECK ((octet_length(dossier) = 32))
);
CREATE TABLE casework.review (
    dossier bytea NOT NULL,
    author text NOT NULL,
    id uuid NOT NULL,
    cited_change bytea NOT NULL,
    cited_part bigint NOT NULL,
    cited_record bigint NOT NULL,
    CONSTRAINT review_dossier_check CHECK ((octet_length(dossier) = 32))
);
CREATE TABLE casework.sealed_act (
    dossier bytea NOT NULL,
    author text NOT NULL,
    id uuid NOT NULL,
    change bytea NOT NULL,
    part bigint NOT NULL,
    record bigint NOT NULL,
    authored_at timestamp with time zone NOT NULL,
    target_type bigint NOT NULL,
    target uuid,
    verb text NOT NULL,
    actor uuid,
    role text,
    on_date date NOT NULL,
    reason text,
    note text NOT NULL,
    agencies text[] NOT NULL,
    points text[] NOT NULL,
    kind text,
    final boolean NOT NULL,
    automatic boolean NOT NULL,
    internal_number text,
    due_on date,
    hash bytea,
    recorded_by text,
    audience text[] NOT NULL,
    audience_hash bytea NOT NULL,
    CONSTRAINT sealed_act_dossier_check CHECK ((octet_length(dossier) = 32))
);
CREATE TABLE casework.sealed_attachment (
    dossier bytea NOT NULL,
    author text NOT NULL,
    document uuid NOT NULL,
    "position" bigint NOT NULL,
    name text NOT NULL,
    size bigint NOT NULL,
    salt bytea NOT NULL,
    root bytea NOT NULL,
    audience text[] NOT NULL,
    audience_hash bytea NOT NULL,
    CONSTRAINT sealed_attachment_dossier_check CHECK ((octet_length(dossier) = 32))
);
CREATE TABLE casework.sealed_course (
    dossier bytea NOT NULL,
    author text NOT NULL,
    subject uuid NOT NULL,
    type bigint NOT NULL,
    kind text NOT NULL,
    machine text NOT NULL,
    begun_on date NOT NULL,
    stage text NOT NULL,
    stage_on date,
    moved_by text,
    handler text,
    approval text,
    due_on date,
    accepted_on date,
    amount bigint NOT NULL,
    results bigint NOT NULL,
    confirmed text[] NOT NULL,
    disputed text[] NOT NULL,
    corrections bigint NOT NULL,
    late boolean NOT NULL,
    review boolean NOT NULL,
    audience text[] NOT NULL,
    audience_hash bytea NOT NULL,
    CONSTRAINT sealed_course_dossier_check CHECK ((octet_length(dossier) = 32))
);
CREATE TABLE casework.sealed_disclosure (
    dossier bytea NOT NULL,
    author text NOT NULL,
    id uuid NOT NULL,
    change bytea NOT NULL,
    part bigint NOT NULL,
    record bigint NOT NULL,
    authored_at timestamp with time zone NOT NULL,
    target_change bytea NOT NULL,
    target_part bigint NOT NULL,
    hash bytea NOT NULL,
    actor uuid NOT NULL,
    role text NOT NULL,
    on_date date NOT NULL,
    reason text NOT NULL,
    audience text[] NOT NULL,
    audience_hash bytea NOT NULL,
    CONSTRAINT sealed_disclosure_dossier_check CHECK ((octet_length(dossier) = 32))
);
CREATE TABLE casework.sealed_document (
    dossier bytea NOT NULL,
    author text NOT NULL,
    id uuid NOT NULL,
    change bytea NOT NULL,
    part bigint NOT NULL,
    record bigint NOT NULL,
    authored_at timestamp with time zone NOT NULL,
    form text NOT NULL,
    number text,
    version bigint NOT NULL,
    supersedes uuid,
    to_agencies text[] NOT NULL,
    cc_agencies text[] NOT NULL,
    title text NOT NULL,
    body text NOT NULL,
    items text[] NOT NULL,
    attachments bigint NOT NULL,
    due_on date,
    drafter uuid,
    signer uuid,
    issued_on date NOT NULL,
    required text[] NOT NULL,
    meeting_series text,
    meeting_issue bigint,
    held_on date,
    place text,
    chair text,
    present text[] NOT NULL,
    absent text[] NOT NULL,
    topics text[] NOT NULL,
    hash bytea NOT NULL,
    state text NOT NULL,
    audience text[] NOT NULL,
    audience_hash bytea NOT NULL,
    CONSTRAINT sealed_document_dossier_check CHECK ((octet_length(dossier) = 32))
);
CREATE TABLE casework.sealed_handling (
    dossier bytea NOT NULL,
    sender text NOT NULL,
    document uuid NOT NULL,
    body text NOT NULL,
    stage text NOT NULL,
    first_disposition text,
    disposed_on date,
    close_kind text,
    filed_on date,
    decided_on date,
    executed_on date,
    filings bigint NOT NULL,
    sanctions bigint NOT NULL,
    accountable boolean NOT NULL,
    stage_on date NOT NULL,
    review boolean NOT NULL,
    audience text[] NOT NULL,
    audience_hash bytea NOT NULL,
    CONSTRAINT sealed_handling_dossier_check CHECK ((octet_length(dossier) = 32))
);
CREATE TABLE casework.sealed_item (
    dossier bytea NOT NULL,
    author text NOT NULL,
    id uuid NOT NULL,
    change bytea NOT NULL,
    part bigint NOT NULL,
    record bigint NOT NULL,
    authored_at timestamp with time zone NOT NULL,
    document uuid NOT NULL,
    number bigint NOT NULL,
    kind text NOT NULL,
    text text NOT NULL,
    unit text,
    co_units text[] NOT NULL,
    due_on date,
    standard text,
    amount bigint,
    category text,
    audience text[] NOT NULL,
    audience_hash bytea NOT NULL,
    CONSTRAINT sealed_item_dossier_check CHECK ((octet_length(dossier) = 32))
);
CREATE TABLE casework.sealed_item_card (
    dossier bytea NOT NULL,
    issuer text NOT NULL,
    item uuid NOT NULL,
    document uuid NOT NULL,
    number bigint NOT NULL,
    kind text NOT NULL,
    unit text,
    state text NOT NULL,
    due_on date,
    reported_on date,
    report uuid,
    passed_on date,
    signed_off_on date,
    reopened bigint NOT NULL,
    extension text NOT NULL,
    new_material boolean NOT NULL,
    review boolean NOT NULL,
    level text,
    long_term boolean NOT NULL,
    disputed_on date,
    asked_on date,
    audience text[] NOT NULL,
    audience_hash bytea NOT NULL,
    CONSTRAINT sealed_item_card_dossier_check CHECK ((octet_length(dossier) = 32))
);
CREATE TABLE casework.sealed_minutes (
    dossier bytea NOT NULL,
    convenor text NOT NULL,
    document uuid NOT NULL,
    version bigint NOT NULL,
    hash bytea NOT NULL,
    state text NOT NULL,
    number text,
    required text[] NOT NULL,
    countersigned text[] NOT NULL,
    objected text[] NOT NULL,
    abstained text[] NOT NULL,
    lapsed text[] NOT NULL,
    reserved text[] NOT NULL,
    circulated_on date NOT NULL,
    finalized_on date,
    issued_on date,
    audience text[] NOT NULL,
    audience_hash bytea NOT NULL,
    CONSTRAINT sealed_minutes_dossier_check CHECK ((octet_length(dossier) = 32))
);
CREATE TABLE casework.sealed_referral (
    dossier bytea NOT NULL,
    sender text NOT NULL,
    document uuid NOT NULL,
    addressee text NOT NULL,
    ground text NOT NULL,
    form text NOT NULL,
    number text,
    state text NOT NULL,
    withdraw text NOT NULL,
    forwarded_by text,
    forwarded_to text[] NOT NULL,
    points text[] NOT NULL,
    accepted_points text[] NOT NULL,
    sent_on date NOT NULL,
    received_on date,
    accepted_on date,
    fate_on date,
    return_reason text,
    internal_number text,
    fed_back_on date,
    supplements bigint NOT NULL,
    review boolean NOT NULL,
    audience text[] NOT NULL,
    audience_hash bytea NOT NULL,
    CONSTRAINT sealed_referral_dossier_check CHECK ((octet_length(dossier) = 32))
);
CREATE TABLE casework.sealed_result (
    dossier bytea NOT NULL,
    author text NOT NULL,
    id uuid NOT NULL,
    change bytea NOT NULL,
    part bigint NOT NULL,
    record bigint NOT NULL,
    authored_at timestamp with time zone NOT NULL,
    root uuid NOT NULL,
    revises uuid,
    kind text NOT NULL,
    on_date date NOT NULL,
    case_result uuid,
    measures text[] NOT NULL,
    amount bigint,
    person_key text,
    decided_by text,
    document_number text,
    note text NOT NULL,
    form_of_discipline bigint,
    actor uuid,
    role text,
    clue uuid,
    status text NOT NULL,
    rank bigint,
    ranked bigint,
    score bigint,
    unit text,
    audience text[] NOT NULL,
    audience_hash bytea NOT NULL,
    CONSTRAINT sealed_result_dossier_check CHECK ((octet_length(dossier) = 32))
);
CREATE TABLE casework.sealed_review (
    dossier bytea NOT NULL,
    author text NOT NULL,
    id uuid NOT NULL,
    cited_change bytea NOT NULL,
    cited_part bigint NOT NULL,
    cited_record bigint NOT NULL,
    audience text[] NOT NULL,
    audience_hash bytea NOT NULL,
    CONSTRAINT sealed_review_dossier_check CHECK ((octet_length(dossier) = 32))
);
CREATE TABLE casework.sealed_secondment (
    dossier bytea NOT NULL,
    author text NOT NULL,
    expert uuid NOT NULL,
    change bytea NOT NULL,
    part bigint NOT NULL,
    record bigint NOT NULL,
    first_on date NOT NULL,
    last_on date NOT NULL,
    outcome text NOT NULL,
    audience text[] NOT NULL,
    audience_hash bytea NOT NULL,
    CONSTRAINT sealed_secondment_dossier_check CHECK ((octet_length(dossier) = 32))
);
CREATE TABLE casework.sealed_void (
    dossier bytea NOT NULL,
    change bytea NOT NULL,
    part bigint NOT NULL,
    record bigint NOT NULL,
    author text NOT NULL,
    id uuid,
    type bigint,
    reason text NOT NULL,
    detail text,
    audience text[] NOT NULL,
    audience_hash bytea NOT NULL,
    CONSTRAINT sealed_void_dossier_check CHECK ((octet_length(dossier) = 32))
);
CREATE TABLE casework.secondment (
    dossier bytea NOT NULL,
    author text NOT NULL,
    expert uuid NOT NULL,
    change bytea NOT NULL,
    part bigint NOT NULL,
    record bigint NOT NULL,
    first_on date NOT NULL,
    last_on date NOT NULL,
    outcome text NOT NULL,
    CONSTRAINT secondment_dossier_check CHECK ((octet_length(dossier) = 32))
);
CREATE TABLE casework.void (
    dossier bytea NOT NULL,
    change bytea NOT NULL,
    part bigint NOT NULL,
    record bigint NOT NULL,
    author text NOT NULL,
    id uuid,
    type bigint,
    reason text NOT NULL,
    detail text,
    CONSTRAINT void_dossier_check CHECK ((octet_length(dossier) = 32))
);
CREATE TABLE exchange.alarm (
    "position" bigint NOT NULL,
    peer text NOT NULL,
    kind text NOT NULL,
    subject text NOT NULL,
    evidence bytea NOT NULL,
    at timestamp with time zone NOT NULL
);
ALTER TABLE exchange.alarm ALTER COLUMN "position" ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME exchange.alarm_position_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE exchange.cursor (
    peer text NOT NULL,
    outbox bytea NOT NULL,
    number bigint NOT NULL,
    running_hash bytea NOT NULL,
    announced bigint NOT NULL,
    directory bytea,
    received_at timestamp with time zone,
    untaken bigint[] NOT NULL,
    head_body bytea,
    head_signature bytea,
    untaken_changes bytea[] DEFAULT '{}'::bytea[] NOT NULL,
    untaken_parts bigint[] DEFAULT '{}'::bigint[] NOT NULL,
    CONSTRAINT cursor_check CHECK (((head_body IS NULL) = (head_signature IS NULL))),
    CONSTRAINT cursor_outbox_check CHECK ((octet_length(outbox) = 16)),
    CONSTRAINT cursor_running_hash_check CHECK ((octet_length(running_hash) = 32)),
    CONSTRAINT cursor_untaken_check CHECK (((cardinality(untaken_changes) = cardinality(untaken)) AND (cardinality(untaken_parts) = cardinality(untaken))))
);
CREATE TABLE exchange.former_outbox (
    reader text NOT NULL,
    number bigint NOT NULL,
    running_hash bytea NOT NULL,
    CONSTRAINT former_outbox_running_hash_check CHECK ((octet_length(running_hash) = 32))
);
CREATE TABLE exchange.invitation (
    id bytea NOT NULL,
    agency text NOT NULL,
    secret bytea NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    tries integer DEFAULT 0 NOT NULL,
    used_at timestamp with time zone,
    body bytea NOT NULL,
    signature bytea NOT NULL,
    CONSTRAINT invitation_id_check CHECK ((octet_length(id) = 32))
);
CREATE TABLE exchange.join_request (
    agency text NOT NULL,
    invitation bytea NOT NULL,
    request bytea NOT NULL,
    received_at timestamp with time zone NOT NULL,
    proposal bytea
);
CREATE TABLE exchange.node (
    single boolean DEFAULT true NOT NULL,
    agency text NOT NULL,
    outbox bytea NOT NULL,
    directory bytea,
    has_sealed boolean NOT NULL,
    restored_by text[] DEFAULT '{}'::text[] NOT NULL,
    restored_since timestamp with time zone,
    generation bigint DEFAULT 0 NOT NULL,
    restored_outbox bytea,
    CONSTRAINT node_check CHECK (((restored_by = '{}'::text[]) = (restored_since IS NULL))),
    CONSTRAINT node_directory_check CHECK ((octet_length(directory) = 32)),
    CONSTRAINT node_outbox_check CHECK ((octet_length(outbox) = 16)),
    CONSTRAINT node_restored_outbox_check CHECK ((octet_length(restored_outbox) = 16)),
    CONSTRAINT node_single_check CHECK (single)
);
CREATE TABLE exchange.outbox (
    reader text NOT NULL,
    number bigint DEFAULT 0 NOT NULL,
    running_hash bytea NOT NULL,
    receipted bigint DEFAULT 0 NOT NULL,
    receipted_at timestamp with time zone,
    untaken bigint DEFAULT 0 NOT NULL,
    CONSTRAINT outbox_running_hash_check CHECK ((octet_length(running_hash) = 32))
);
CREATE TABLE exchange.peer (
    agency text NOT NULL,
    clock_offset_us bigint DEFAULT 0 NOT NULL,
    heard_at timestamp with time zone,
    last_error text,
    last_error_at timestamp with time zone,
    compared_at timestamp with time zone
);
CREATE TABLE exchange.queued (
    "position" bigint NOT NULL,
    reader text NOT NULL,
    change_set bytea NOT NULL,
    dossier bytea,
    is_urgent boolean DEFAULT false NOT NULL,
    CONSTRAINT queued_dossier_check CHECK ((octet_length(dossier) = 32))
);
ALTER TABLE exchange.queued ALTER COLUMN "position" ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME exchange.queued_position_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE exchange.receipt (
    reader text NOT NULL,
    outbox bytea NOT NULL,
    number bigint NOT NULL,
    stored_at timestamp with time zone NOT NULL,
    untaken bigint[] NOT NULL,
    body bytea NOT NULL,
    signature bytea NOT NULL
);
CREATE TABLE exchange.served (
    reader text NOT NULL,
    number bigint NOT NULL,
    change_set bytea NOT NULL,
    parts bigint NOT NULL,
    running_hash bytea NOT NULL,
    CONSTRAINT served_number_check CHECK ((number > 0)),
    CONSTRAINT served_running_hash_check CHECK ((octet_length(running_hash) = 32))
);
CREATE TABLE ledger.attachment (
    change_set bytea NOT NULL,
    part smallint NOT NULL,
    "position" integer NOT NULL,
    dossier bytea NOT NULL,
    record integer NOT NULL,
    index integer NOT NULL,
    content uuid NOT NULL,
    CONSTRAINT attachment_change_set_check CHECK ((octet_length(change_set) = 32)),
    CONSTRAINT attachment_dossier_check CHECK ((octet_length(dossier) = 32)),
    CONSTRAINT attachment_part_check CHECK ((part >= 0)),
    CONSTRAINT attachment_position_check CHECK (("position" >= 0))
);
CREATE TABLE ledger.audience (
    id bytea NOT NULL,
    members text[] NOT NULL,
    excluded text[] NOT NULL,
    CONSTRAINT audience_id_check CHECK ((octet_length(id) = 32))
);
CREATE TABLE ledger.dossier (
    id bytea NOT NULL,
    heads bytea[] NOT NULL,
    members text[] NOT NULL,
    former text[] NOT NULL,
    excluded text[] NOT NULL,
    item bytea NOT NULL,
    change_sets bigint NOT NULL,
    needs_upgrade boolean DEFAULT false NOT NULL,
    lacking bytea[] DEFAULT '{}'::bytea[] NOT NULL,
    CONSTRAINT dossier_id_check CHECK ((octet_length(id) = 32)),
    CONSTRAINT dossier_item_check CHECK ((octet_length(item) = 32))
);
CREATE VIEW ledger.audience_due AS
 SELECT DISTINCT ledger.audience_of(dossier.members, dossier.excluded) AS id,
    dossier.members,
    dossier.excluded
   FROM ledger.dossier;
CREATE TABLE ledger.chain (
    dossier bytea NOT NULL,
    author text NOT NULL,
    sequence bigint NOT NULL,
    head bytea NOT NULL,
    key bytea DEFAULT '\x'::bytea NOT NULL,
    CONSTRAINT chain_head_check CHECK ((octet_length(head) = 32))
);
CREATE TABLE ledger.change_set (
    "position" bigint NOT NULL,
    id bytea NOT NULL,
    dossier bytea NOT NULL,
    author text NOT NULL,
    sequence bigint NOT NULL,
    authored_at timestamp with time zone NOT NULL,
    header bytea NOT NULL,
    proof bytea NOT NULL,
    sender text,
    stored_at timestamp with time zone NOT NULL,
    CONSTRAINT change_set_dossier_check CHECK ((octet_length(dossier) = 32)),
    CONSTRAINT change_set_id_check CHECK ((octet_length(id) = 32)),
    CONSTRAINT change_set_sequence_check CHECK ((sequence > 0))
);
ALTER TABLE ledger.change_set ALTER COLUMN "position" ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME ledger.change_set_position_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE ledger.content (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    size bigint NOT NULL,
    salt bytea NOT NULL,
    root bytea,
    pieces integer NOT NULL,
    have integer DEFAULT 0 NOT NULL,
    CONSTRAINT content_check CHECK (((have >= 0) AND (have <= pieces))),
    CONSTRAINT content_pieces_check CHECK (((pieces >= 1) AND (pieces <= 2048))),
    CONSTRAINT content_root_check CHECK ((octet_length(root) = 32)),
    CONSTRAINT content_salt_check CHECK ((octet_length(salt) = 32)),
    CONSTRAINT content_size_check CHECK (((size >= 1) AND (size <= '2147483648'::bigint)))
);
CREATE TABLE ledger.dossier_count (
    audience bytea NOT NULL,
    dossiers bigint NOT NULL
)
WITH (fillfactor='50');
CREATE VIEW ledger.dossier_count_due AS
 SELECT ledger.audience_of(dossier.members, dossier.excluded) AS audience,
    count(*) AS dossiers
   FROM ledger.dossier
  GROUP BY (ledger.audience_of(dossier.members, dossier.excluded))
UNION ALL
 SELECT '\x'::bytea AS audience,
    count(*) AS dossiers
   FROM ledger.dossier;
CREATE TABLE ledger.fork (
    dossier bytea NOT NULL,
    author text NOT NULL,
    sequence bigint NOT NULL,
    one bytea NOT NULL,
    other bytea NOT NULL
);
CREATE TABLE ledger.held (
    id bytea NOT NULL,
    sender text NOT NULL,
    reason text NOT NULL,
    missing bytea[] NOT NULL,
    dossier bytea,
    author text,
    sequence numeric,
    excludes text[] NOT NULL,
    since timestamp with time zone NOT NULL,
    byte_count bigint NOT NULL,
    delivery bytea NOT NULL,
    CONSTRAINT held_id_check CHECK ((octet_length(id) = 32))
);
CREATE TABLE ledger.item_sum (
    audience bytea NOT NULL,
    leaf integer NOT NULL,
    items bigint NOT NULL,
    limb_0 bigint NOT NULL,
    limb_1 bigint NOT NULL,
    limb_2 bigint NOT NULL,
    limb_3 bigint NOT NULL,
    limb_4 bigint NOT NULL,
    limb_5 bigint NOT NULL,
    limb_6 bigint NOT NULL,
    limb_7 bigint NOT NULL
)
WITH (fillfactor='50');
CREATE VIEW ledger.item_sum_due AS
 SELECT ledger.audience_of(dossier.members, dossier.excluded) AS audience,
    ledger.leaf_of(dossier.item) AS leaf,
    count(*) AS items,
    (sum(ledger.limb_of(dossier.item, 0)) + (count(*) << 31)) AS limb_0,
    (sum(ledger.limb_of(dossier.item, 1)) + (count(*) << 31)) AS limb_1,
    (sum(ledger.limb_of(dossier.item, 2)) + (count(*) << 31)) AS limb_2,
    (sum(ledger.limb_of(dossier.item, 3)) + (count(*) << 31)) AS limb_3,
    (sum(ledger.limb_of(dossier.item, 4)) + (count(*) << 31)) AS limb_4,
    (sum(ledger.limb_of(dossier.item, 5)) + (count(*) << 31)) AS limb_5,
    (sum(ledger.limb_of(dossier.item, 6)) + (count(*) << 31)) AS limb_6,
    (sum(ledger.limb_of(dossier.item, 7)) + (count(*) << 31)) AS limb_7
   FROM ledger.dossier
  GROUP BY (ledger.audience_of(dossier.members, dossier.excluded)), (ledger.leaf_of(dossier.item));
CREATE TABLE ledger.migration (
    version integer NOT NULL,
    name text NOT NULL,
    checksum bytea NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT migration_checksum_check CHECK ((octet_length(checksum) = 32))
);
CREATE TABLE ledger.part (
    change_set bytea NOT NULL,
    part smallint NOT NULL,
    salt bytea NOT NULL,
    content bytea NOT NULL,
    CONSTRAINT part_part_check CHECK ((part >= 0))
);
CREATE TABLE ledger.piece (
    content uuid NOT NULL,
    piece integer NOT NULL,
    leaf bytea NOT NULL,
    path bytea,
    bytes bytea NOT NULL,
    CONSTRAINT piece_bytes_check CHECK ((octet_length(bytes) <= 1048576)),
    CONSTRAINT piece_leaf_check CHECK ((octet_length(leaf) = 32)),
    CONSTRAINT piece_path_check CHECK (((octet_length(path) % 32) = 0)),
    CONSTRAINT piece_piece_check CHECK ((piece >= 0))
);
ALTER TABLE ONLY ledger.piece ALTER COLUMN bytes SET STORAGE EXTERNAL;
CREATE TABLE ledger.quarantine (
    "position" bigint NOT NULL,
    id bytea,
    sender text NOT NULL,
    reason text NOT NULL,
    dossier bytea,
    author text,
    sequence numeric,
    since timestamp with time zone NOT NULL,
    delivery bytea NOT NULL
);
ALTER TABLE ledger.quarantine ALTER COLUMN "position" ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME ledger.quarantine_position_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE ledger.rejected (
    id bytea NOT NULL,
    reason text NOT NULL,
    "position" bigint NOT NULL,
    CONSTRAINT rejected_id_check CHECK ((octet_length(id) = 32))
);
ALTER TABLE ledger.rejected ALTER COLUMN "position" ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME ledger.rejected_position_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE office.audit (
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    operator text NOT NULL,
    person uuid,
    person_name text NOT NULL,
    verb text NOT NULL,
    object text NOT NULL,
    change_set bytea,
    outcome text NOT NULL,
    detail text NOT NULL,
    previous bytea NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT audit_change_set_check CHECK ((octet_length(change_set) = 32)),
    CONSTRAINT audit_hash_check CHECK ((octet_length(hash) = 32)),
    CONSTRAINT audit_previous_check CHECK ((octet_length(previous) = 32)),
    CONSTRAINT audit_seq_check CHECK ((seq > 0))
);
CREATE TABLE office.audit_head (
    single boolean DEFAULT true NOT NULL,
    seq bigint NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT audit_head_hash_check CHECK ((octet_length(hash) = 32)),
    CONSTRAINT audit_head_single_check CHECK (single)
);
CREATE TABLE office.calendar (
    day date NOT NULL,
    working boolean NOT NULL,
    note text NOT NULL
);
CREATE TABLE office.draft (
    id uuid NOT NULL,
    dossier bytea,
    kind text NOT NULL,
    state text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    title text NOT NULL,
    content jsonb NOT NULL,
    drafter uuid NOT NULL,
    submitter uuid,
    submitted_at timestamp with time zone,
    signer uuid,
    signed_at timestamp with time zone,
    issuer uuid,
    issued_at timestamp with time zone,
    number text,
    change_set bytea,
    note text,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    agency text NOT NULL,
    CONSTRAINT draft_change_set_check CHECK ((octet_length(change_set) = 32)),
    CONSTRAINT draft_check CHECK (((signer IS NULL) OR (signer <> drafter))),
    CONSTRAINT draft_dossier_check CHECK ((octet_length(dossier) = 32)),
    CONSTRAINT draft_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'submitted'::text, 'reviewed'::text, 'signed'::text, 'issued'::text])))
);
CREATE TABLE office.draft_attachment (
    draft uuid NOT NULL,
    "position" integer NOT NULL,
    name text NOT NULL,
    content uuid NOT NULL,
    CONSTRAINT draft_attachment_position_check CHECK (("position" >= 0))
);
CREATE TABLE office.invitee (
    agency text NOT NULL,
    profile jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE TABLE office.number_series (
    series text NOT NULL,
    year integer NOT NULL,
    last integer NOT NULL,
    agency text NOT NULL,
    CONSTRAINT number_series_last_check CHECK ((last > 0))
);
CREATE TABLE office.particulars (
    agency text NOT NULL,
    version bigint NOT NULL,
    body bytea NOT NULL,
    signature bytea NOT NULL,
    at timestamp with time zone NOT NULL
);
CREATE TABLE office.request (
    key text NOT NULL,
    digest bytea NOT NULL,
    status integer NOT NULL,
    answer bytea NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT request_digest_check CHECK ((octet_length(digest) = 32))
);
CREATE TABLE office.setting (
    name text NOT NULL,
    value text NOT NULL
);
INSERT INTO casework.agency VALUES ('\x2617b91147d2c51102cddb26812c1d6adc1f54d24afc54a2b1446308dc7a53c9', '990000-A', 'Sample agency A', 'A', 'city', '990000', '', 'unit', NULL, NULL, '\xbf98850ad3a653ccf8bcfa72cb7ca940900f9550220edf00d3aebef72255dc7a', NULL, true, true);
INSERT INTO casework.dossier VALUES ('\x84c016bf33f2721103afcc7261df8c1df33fb96cee8f30904cfcfaa5bf10e729', '990000-A', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-01-01 00:00:00+00', false, false, NULL, NULL, NULL, NULL);
INSERT INTO casework.member VALUES ('\x84c016bf33f2721103afcc7261df8c1df33fb96cee8f30904cfcfaa5bf10e729', '990000-A', 'member');
INSERT INTO exchange.node VALUES (true, '990000-A', '\xcd58f24174d3485579a0bd6772b3654b', '\x2617b91147d2c51102cddb26812c1d6adc1f54d24afc54a2b1446308dc7a53c9', true, '{}', NULL, 3, NULL);
INSERT INTO ledger.audience VALUES ('\xb51f08b698d88d8027a935d9db649774949f5fb41a0c559bfee6a9a13225c72d', '{}', '{}');
INSERT INTO ledger.audience VALUES ('\x879945b7e7acbac6d2455bb9b9c25af42cd3920f04f5b76fda5f0d9449c299cd', '{990000-A}', '{}');
INSERT INTO ledger.chain VALUES ('\x84c016bf33f2721103afcc7261df8c1df33fb96cee8f30904cfcfaa5bf10e729', '990000-A', 1, '\x84c016bf33f2721103afcc7261df8c1df33fb96cee8f30904cfcfaa5bf10e729', '\xbf98850ad3a653ccf8bcfa72cb7ca940900f9550220edf00d3aebef72255dc7a');
INSERT INTO ledger.chain VALUES ('\x2617b91147d2c51102cddb26812c1d6adc1f54d24afc54a2b1446308dc7a53c9', '990000-A', 2, '\xc1ac72765ad3937d4b6e21f7f5867ec7ded82365fd104632cdf491faee9ccde8', '\xbf98850ad3a653ccf8bcfa72cb7ca940900f9550220edf00d3aebef72255dc7a');
INSERT INTO ledger.change_set OVERRIDING SYSTEM VALUE VALUES (1, '\x2617b91147d2c51102cddb26812c1d6adc1f54d24afc54a2b1446308dc7a53c9', '\x2617b91147d2c51102cddb26812c1d6adc1f54d24afc54a2b1446308dc7a53c9', '990000-A', 1, '2026-01-01 00:00:00+00', '\x08011a083939303030302d412220bf98850ad3a653ccf8bcfa72cb7ca940900f9550220edf00d3aebef72255dc7a280148808081b184e991035220bc385584e763a48a044d728f0240f95d07c6c46058ccdba6c0b7681e7cd272f8', '\x0a9f010a5b0a083939303030302d411220bf98850ad3a653ccf8bcfa72cb7ca940900f9550220edf00d3aebef72255dc7a180120012a20e813133740f27a187dce77aa79e98630a436cab19ebbca74b176c9536e620b0c30808081b184e9910312405de157839e307e6262517e004f164ef3a2bbc00ae775efdd6a9cc79393760ea548f9d25267c04b110a3386ab8463c6c3758b3520c74bca418b1d9de64827020d1220d998553ad9cd94af1f3f35f7ad51fff44e90ee9f879c826f020f4eb561bd4c73', NULL, '2026-01-01 00:00:00+00');
INSERT INTO ledger.change_set OVERRIDING SYSTEM VALUE VALUES (2, '\x84c016bf33f2721103afcc7261df8c1df33fb96cee8f30904cfcfaa5bf10e729', '\x84c016bf33f2721103afcc7261df8c1df33fb96cee8f30904cfcfaa5bf10e729', '990000-A', 1, '2026-01-01 00:00:00+00', '\x08011a083939303030302d412220bf98850ad3a653ccf8bcfa72cb7ca940900f9550220edf00d3aebef72255dc7a280142202617b91147d2c51102cddb26812c1d6adc1f54d24afc54a2b1446308dc7a53c948808081b184e991035220ae8eb3c36ac19b4735e22f02e15a55a50d7f4f6071570b418ab8d2d1f933173f', '\x0a9f010a5b0a083939303030302d411220bf98850ad3a653ccf8bcfa72cb7ca940900f9550220edf00d3aebef72255dc7a180120012a20c94bca587a1202ba2fa3466fe033907365b5f3b6cb0491a587f37391efdcaaa130808081b184e991031240483804081fb6d5e37e333d41b91be35c4d5487366c86db2aa82ac393fcfbb52b64fed63bce320e83fcb4ea4f14e0b72aa49ee5d390ee9af069671599a3d770081220b21693150a0355038038060bbd3229819982a6e99c83db771bcae901c8606f1d', NULL, '2026-01-01 00:00:00+00');
INSERT INTO ledger.change_set OVERRIDING SYSTEM VALUE VALUES (3, '\xc1ac72765ad3937d4b6e21f7f5867ec7ded82365fd104632cdf491faee9ccde8', '\x2617b91147d2c51102cddb26812c1d6adc1f54d24afc54a2b1446308dc7a53c9', '990000-A', 2, '2026-01-01 00:00:00+00', '\x080112202617b91147d2c51102cddb26812c1d6adc1f54d24afc54a2b1446308dc7a53c91a083939303030302d412220bf98850ad3a653ccf8bcfa72cb7ca940900f9550220edf00d3aebef72255dc7a280232202617b91147d2c51102cddb26812c1d6adc1f54d24afc54a2b1446308dc7a53c948808081b184e991035220b624fa23f219225eb8c8541e9bb04089c267de0b74ddcdc6b64a929cdd94aba1', '\x0a9f010a5b0a083939303030302d411220bf98850ad3a653ccf8bcfa72cb7ca940900f9550220edf00d3aebef72255dc7a180120012a202a3747f62870f5023a9f9e836bc5837a467b171ebaf59ba6cca473093fdfaae230808081b184e991031240d677ff4a3378fd4114dab2b062731dc276a2da82ce3ef3f7970b1e6726833a85a9771a62a8064569c7e7711626b8c1350cfa49f49539695c476d43fee68cdd0f1220d98bd7994792c0912c060701348f7007f151d383a3a40291fd91222988530b8c', NULL, '2026-01-01 00:00:00+00');
INSERT INTO ledger.dossier VALUES ('\x84c016bf33f2721103afcc7261df8c1df33fb96cee8f30904cfcfaa5bf10e729', '{"\\x84c016bf33f2721103afcc7261df8c1df33fb96cee8f30904cfcfaa5bf10e729"}', '{990000-A}', '{}', '{}', '\xeee475bb6d8a9c474a31098cc2e1a69dca7f3edef19125f5b67dd1e044889497', 1, false, '{}');
INSERT INTO ledger.dossier VALUES ('\x2617b91147d2c51102cddb26812c1d6adc1f54d24afc54a2b1446308dc7a53c9', '{"\\xc1ac72765ad3937d4b6e21f7f5867ec7ded82365fd104632cdf491faee9ccde8"}', '{}', '{}', '{}', '\x761793786ea9bc07ebd41fb26b5973ee0b306c72e5c2068bbca5abc8919eca2a', 2, false, '{}');
INSERT INTO ledger.dossier_count VALUES ('\x879945b7e7acbac6d2455bb9b9c25af42cd3920f04f5b76fda5f0d9449c299cd', 1);
INSERT INTO ledger.dossier_count VALUES ('\xb51f08b698d88d8027a935d9db649774949f5fb41a0c559bfee6a9a13225c72d', 1);
INSERT INTO ledger.dossier_count VALUES ('\x', 2);
INSERT INTO ledger.item_sum VALUES ('\xb51f08b698d88d8027a935d9db649774949f5fb41a0c559bfee6a9a13225c72d', 1889, 1, 2022905718, 129804654, 2988430571, 4000536939, 1919692811, 2332476133, 3366692284, 717921937);
INSERT INTO ledger.item_sum VALUES ('\x879945b7e7acbac6d2455bb9b9c25af42cd3920f04f5b76fda5f0d9449c299cd', 3822, 1, 3145065710, 1201441389, 2349412682, 2644959682, 3728637898, 4112880113, 3771825590, 2543093828);
INSERT INTO ledger.migration VALUES (1, 'v0001_ledger', '\xb7ddf27df870143f4586fdb77cc400e673e4ebd6d8f704aa5dae1b9ec97e5c04', '2026-11-30 21:57:39.183472+00');
INSERT INTO ledger.migration VALUES (2, 'v0002_exchange', '\x1caca2cdaac21eb9ba2fdcdce6c2e95c058da6a0173c7b8f02395230a8d7db9b', '2026-11-30 21:57:39.183472+00');
INSERT INTO ledger.migration VALUES (3, 'v0003_office', '\xf953609dec7ae425f54765df8e07be90d6c0a32f37b9f937a9ce61c625690389', '2026-11-30 21:57:39.183472+00');
INSERT INTO ledger.migration VALUES (4, 'v0004_casework_records', '\x5c0e29a1067a74ce158f6939abf87baa437bc7e1e8c751e4445b0ff8ddb469ae', '2026-11-30 21:57:39.183472+00');
INSERT INTO ledger.migration VALUES (5, 'v0005_casework_cards', '\xd1a71424cfbc1a92500556adfad500b6d1c71d8a2348396d8effde1ed094f02c', '2026-11-30 21:57:39.183472+00');
INSERT INTO ledger.migration VALUES (6, 'v0006_casework_sealed', '\x258da70b5ee0b4ad232276cf0eefb69895ec4c35dec66536ad232945f2ceb09c', '2026-11-30 21:57:39.183472+00');
INSERT INTO ledger.migration VALUES (7, 'v0007_rights', '\x0aab7c8ac1b1df29172af25e28cac56a47f96e6b4536fd69c6b2926984cb6e98', '2026-11-30 21:57:39.183472+00');
INSERT INTO ledger.migration VALUES (8, 'v0008_attachments', '\x12eb316c2695e2968cddb7d82fabcc4bfd5ad1caa9bded416a79f38de2fe303c', '2026-11-30 21:57:39.183472+00');
INSERT INTO ledger.migration VALUES (9, 'v0009_urgent_lane', '\xae684627f552be5490427e7aca22b34b85edf4e7639195edd310013d77feffba', '2026-11-30 21:57:39.183472+00');
INSERT INTO ledger.migration VALUES (10, 'v0010_desks', '\xab78221fb9c93ae96e6f40c7bfe858bce207f329f66b020f6ed4ac98966fd143', '2026-11-30 21:57:39.183472+00');
INSERT INTO ledger.migration VALUES (11, 'v0011_sealed_parts', '\xfbc70addb7048882e00395915496a5dbc50336b87a1259a2285bb281eee07e02', '2026-11-30 21:57:39.183472+00');
INSERT INTO ledger.migration VALUES (12, 'v0012_courses', '\x12644637291788e8780a8083c78c16ff8f662e78fd38d68bce65c645674cd668', '2026-11-30 21:57:39.183472+00');
INSERT INTO ledger.migration VALUES (13, 'v0013_item_sums', '\xc36f00460e2bee850e572e0bb7f29822abe73ecb3a0e5e7c35b173a4b68546eb', '2026-11-30 21:57:39.183472+00');
INSERT INTO ledger.migration VALUES (14, 'v0014_chain_keys', '\xd064a519ce9b405c0f26f6c2a25e2ea68431858972c7bd30c0b1c5f5bfe0f5be', '2026-11-30 21:57:39.183472+00');
INSERT INTO ledger.migration VALUES (15, 'v0015_sealed_keys', '\xe2bf9921db7e8304782ee481d89f2dead74d093356a04e163a68c8ad051aa080', '2026-11-30 21:57:39.183472+00');
INSERT INTO ledger.migration VALUES (16, 'v0016_dossier_counts', '\xd7868741850eb18f76c38364a5421ba2c6870cb9d97de00857c6186b859bbc1a', '2026-11-30 21:57:39.183472+00');
INSERT INTO ledger.migration VALUES (17, 'v0017_ratings_and_covers', '\x5a775ed602cc4f327a5f47a4f50b4e64453f024fd64e187ec1204c099f1855b8', '2026-11-30 21:57:39.183472+00');
INSERT INTO ledger.migration VALUES (18, 'v0018_untaken_numbers', '\x08b1e081e0738dd0852cb67ef0fb2ac4297823ce53363deeac29cc4d0c99ea61', '2026-11-30 21:57:39.183472+00');
INSERT INTO ledger.migration VALUES (19, 'v0019_witnesses_of_a_loss', '\x86fd0e0cf1c4ce6b2c68658dea5f7e99ce1c2b04ba21d811de53b5821c003b40', '2026-11-30 21:57:39.183472+00');
INSERT INTO ledger.migration VALUES (20, 'v0020_record_keys', '\x215e7d99648fb2ee75767e4b6036bc359933fc7505f4fd1f8d8987d8df9300d2', '2026-11-30 21:57:39.183472+00');
INSERT INTO ledger.part VALUES ('\x2617b91147d2c51102cddb26812c1d6adc1f54d24afc54a2b1446308dc7a53c9', 0, '\x85657eab30f489711f10d6b9f0d5ba4142320fc5f18bb7c0a2b2b37ea7719e49', '\x1a5e0a5c0a320a083939303030302d41120f53616d706c65206167656e637920411a01412204636974792a063939303030303a04756e6974122408011220302e4b58baf02386dc34bd48e5a8e6deb428e0c79bb6b8dd59462c7ce435119f1801');
INSERT INTO ledger.part VALUES ('\x84c016bf33f2721103afcc7261df8c1df33fb96cee8f30904cfcfaa5bf10e729', 0, '\x9b6337c03a71443302d26e701e8ac19291349b9cbf8f35e42c96f092164191c2', '\x');
INSERT INTO ledger.part VALUES ('\xc1ac72765ad3937d4b6e21f7f5867ec7ded82365fd104632cdf491faee9ccde8', 0, '\x0830fb5eae6ef261f51b832c2494632d3789f0d8d9e1cc78568914894a1aa75f', '\x1a742a720a2e0a083939303030302d411220bf98850ad3a653ccf8bcfa72cb7ca940900f9550220edf00d3aebef72255dc7a180112407c84ca7b40171cf544c343f05242c37deeed65d6a6fad770eeca69bdf009330fea64a1fe17d524d0bcc1e66bc39e3c03009fcba6cbb981800f14fc555386d309');
SELECT pg_catalog.setval('exchange.alarm_position_seq', 1, false);
SELECT pg_catalog.setval('exchange.queued_position_seq', 1, false);
SELECT pg_catalog.setval('ledger.change_set_position_seq', 3, true);
SELECT pg_catalog.setval('ledger.quarantine_position_seq', 1, false);
SELECT pg_catalog.setval('ledger.rejected_position_seq', 1, false);
ALTER TABLE ONLY casework.act
    ADD CONSTRAINT act_pkey PRIMARY KEY (dossier, author, id);
ALTER TABLE ONLY casework.agency
    ADD CONSTRAINT agency_pkey PRIMARY KEY (code);
ALTER TABLE ONLY casework.attachment
    ADD CONSTRAINT attachment_pkey PRIMARY KEY (dossier, author, document, "position");
ALTER TABLE ONLY casework.clue
    ADD CONSTRAINT clue_pkey PRIMARY KEY (dossier);
ALTER TABLE ONLY casework.course
    ADD CONSTRAINT course_pkey PRIMARY KEY (dossier, author, subject);
ALTER TABLE ONLY casework.destruction
    ADD CONSTRAINT destruction_pkey PRIMARY KEY (dossier, change, part, record);
ALTER TABLE ONLY casework.document
    ADD CONSTRAINT document_pkey PRIMARY KEY (dossier, author, id);
ALTER TABLE ONLY casework.dossier
    ADD CONSTRAINT dossier_pkey PRIMARY KEY (dossier);
ALTER TABLE ONLY casework.handling
    ADD CONSTRAINT handling_pkey PRIMARY KEY (dossier, sender, document, body);
ALTER TABLE ONLY casework.item_card
    ADD CONSTRAINT item_card_pkey PRIMARY KEY (dossier, issuer, item);
ALTER TABLE ONLY casework.item
    ADD CONSTRAINT item_pkey PRIMARY KEY (dossier, author, id);
ALTER TABLE ONLY casework.member
    ADD CONSTRAINT member_pkey PRIMARY KEY (dossier, agency);
ALTER TABLE ONLY casework.minutes
    ADD CONSTRAINT minutes_pkey PRIMARY KEY (dossier, convenor, document);
ALTER TABLE ONLY casework.person
    ADD CONSTRAINT person_pkey PRIMARY KEY (agency, id);
ALTER TABLE ONLY casework.referral
    ADD CONSTRAINT referral_pkey PRIMARY KEY (dossier, sender, document, addressee);
ALTER TABLE ONLY casework.result
    ADD CONSTRAINT result_pkey PRIMARY KEY (dossier, author, id);
ALTER TABLE ONLY casework.review
    ADD CONSTRAINT review_pkey PRIMARY KEY (dossier, author, id, cited_change, cited_part, cited_record);
ALTER TABLE ONLY casework.sealed_act
    ADD CONSTRAINT sealed_act_pkey PRIMARY KEY (dossier, author, id, audience_hash);
ALTER TABLE ONLY casework.sealed_attachment
    ADD CONSTRAINT sealed_attachment_pkey PRIMARY KEY (dossier, author, document, "position", audience_hash);
ALTER TABLE ONLY casework.sealed_course
    ADD CONSTRAINT sealed_course_pkey PRIMARY KEY (dossier, author, subject, audience_hash);
ALTER TABLE ONLY casework.sealed_disclosure
    ADD CONSTRAINT sealed_disclosure_pkey PRIMARY KEY (dossier, change, part, record, audience_hash);
ALTER TABLE ONLY casework.sealed_document
    ADD CONSTRAINT sealed_document_pkey PRIMARY KEY (dossier, author, id, audience_hash);
ALTER TABLE ONLY casework.sealed_handling
    ADD CONSTRAINT sealed_handling_pkey PRIMARY KEY (dossier, sender, document, body, audience_hash);
ALTER TABLE ONLY casework.sealed_item_card
    ADD CONSTRAINT sealed_item_card_pkey PRIMARY KEY (dossier, issuer, item, audience_hash);
ALTER TABLE ONLY casework.sealed_item
    ADD CONSTRAINT sealed_item_pkey PRIMARY KEY (dossier, author, id, audience_hash);
ALTER TABLE ONLY casework.sealed_minutes
    ADD CONSTRAINT sealed_minutes_pkey PRIMARY KEY (dossier, convenor, document, audience_hash);
ALTER TABLE ONLY casework.sealed_referral
    ADD CONSTRAINT sealed_referral_pkey PRIMARY KEY (dossier, sender, document, addressee, audience_hash);
ALTER TABLE ONLY casework.sealed_result
    ADD CONSTRAINT sealed_result_pkey PRIMARY KEY (dossier, author, id, audience_hash);
ALTER TABLE ONLY casework.sealed_review
    ADD CONSTRAINT sealed_review_pkey PRIMARY KEY (dossier, author, id, cited_change, cited_part, cited_record, audience_hash);
ALTER TABLE ONLY casework.sealed_secondment
    ADD CONSTRAINT sealed_secondment_pkey PRIMARY KEY (dossier, author, expert, change, part, record, audience_hash);
ALTER TABLE ONLY casework.sealed_void
    ADD CONSTRAINT sealed_void_pkey PRIMARY KEY (dossier, change, part, record, audience_hash);
ALTER TABLE ONLY casework.secondment
    ADD CONSTRAINT secondment_pkey PRIMARY KEY (dossier, author, expert, change, part, record);
ALTER TABLE ONLY casework.void
    ADD CONSTRAINT void_pkey PRIMARY KEY (dossier, change, part, record);
ALTER TABLE ONLY exchange.alarm
    ADD CONSTRAINT alarm_peer_kind_subject_key UNIQUE (peer, kind, subject);
ALTER TABLE ONLY exchange.alarm
    ADD CONSTRAINT alarm_pkey PRIMARY KEY ("position");
ALTER TABLE ONLY exchange.cursor
    ADD CONSTRAINT cursor_pkey PRIMARY KEY (peer);
ALTER TABLE ONLY exchange.former_outbox
    ADD CONSTRAINT former_outbox_pkey PRIMARY KEY (reader);
ALTER TABLE ONLY exchange.invitation
    ADD CONSTRAINT invitation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY exchange.join_request
    ADD CONSTRAINT join_request_pkey PRIMARY KEY (agency);
ALTER TABLE ONLY exchange.node
    ADD CONSTRAINT node_pkey PRIMARY KEY (single);
ALTER TABLE ONLY exchange.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (reader);
ALTER TABLE ONLY exchange.peer
    ADD CONSTRAINT peer_pkey PRIMARY KEY (agency);
ALTER TABLE ONLY exchange.queued
    ADD CONSTRAINT queued_pkey PRIMARY KEY (reader, change_set);
ALTER TABLE ONLY exchange.receipt
    ADD CONSTRAINT receipt_pkey PRIMARY KEY (reader, outbox, number, stored_at);
ALTER TABLE ONLY exchange.served
    ADD CONSTRAINT served_pkey PRIMARY KEY (reader, number);
ALTER TABLE ONLY ledger.attachment
    ADD CONSTRAINT attachment_content_key UNIQUE (content);
ALTER TABLE ONLY ledger.attachment
    ADD CONSTRAINT attachment_pkey PRIMARY KEY (change_set, part, "position");
ALTER TABLE ONLY ledger.audience
    ADD CONSTRAINT audience_pkey PRIMARY KEY (id);
ALTER TABLE ONLY ledger.chain
    ADD CONSTRAINT chain_pkey PRIMARY KEY (dossier, author);
ALTER TABLE ONLY ledger.change_set
    ADD CONSTRAINT change_set_pkey PRIMARY KEY (id);
ALTER TABLE ONLY ledger.content
    ADD CONSTRAINT content_pkey PRIMARY KEY (id);
ALTER TABLE ONLY ledger.dossier_count
    ADD CONSTRAINT dossier_count_pkey PRIMARY KEY (audience);
ALTER TABLE ONLY ledger.dossier
    ADD CONSTRAINT dossier_pkey PRIMARY KEY (id);
ALTER TABLE ONLY ledger.fork
    ADD CONSTRAINT fork_pkey PRIMARY KEY (dossier, author, sequence, one, other);
ALTER TABLE ONLY ledger.held
    ADD CONSTRAINT held_pkey PRIMARY KEY (id, sender);
ALTER TABLE ONLY ledger.item_sum
    ADD CONSTRAINT item_sum_pkey PRIMARY KEY (audience, leaf);
ALTER TABLE ONLY ledger.migration
    ADD CONSTRAINT migration_pkey PRIMARY KEY (version);
ALTER TABLE ONLY ledger.part
    ADD CONSTRAINT part_pkey PRIMARY KEY (change_set, part);
ALTER TABLE ONLY ledger.piece
    ADD CONSTRAINT piece_pkey PRIMARY KEY (content, piece);
ALTER TABLE ONLY ledger.quarantine
    ADD CONSTRAINT quarantine_pkey PRIMARY KEY ("position");
ALTER TABLE ONLY ledger.rejected
    ADD CONSTRAINT rejected_pkey PRIMARY KEY (id);
ALTER TABLE ONLY ledger.rejected
    ADD CONSTRAINT rejected_position_key UNIQUE ("position");
ALTER TABLE ONLY office.audit_head
    ADD CONSTRAINT audit_head_pkey PRIMARY KEY (single);
ALTER TABLE ONLY office.audit
    ADD CONSTRAINT audit_pkey PRIMARY KEY (seq);
ALTER TABLE ONLY office.calendar
    ADD CONSTRAINT calendar_pkey PRIMARY KEY (day);
ALTER TABLE ONLY office.draft_attachment
    ADD CONSTRAINT draft_attachment_content_key UNIQUE (content);
ALTER TABLE ONLY office.draft_attachment
    ADD CONSTRAINT draft_attachment_draft_name_key UNIQUE (draft, name);
ALTER TABLE ONLY office.draft_attachment
    ADD CONSTRAINT draft_attachment_pkey PRIMARY KEY (draft, "position");
ALTER TABLE ONLY office.draft
    ADD CONSTRAINT draft_pkey PRIMARY KEY (id);
ALTER TABLE ONLY office.invitee
    ADD CONSTRAINT invitee_pkey PRIMARY KEY (agency);
ALTER TABLE ONLY office.number_series
    ADD CONSTRAINT number_series_pkey PRIMARY KEY (agency, series, year);
ALTER TABLE ONLY office.particulars
    ADD CONSTRAINT particulars_pkey PRIMARY KEY (agency, version);
ALTER TABLE ONLY office.request
    ADD CONSTRAINT request_pkey PRIMARY KEY (key);
ALTER TABLE ONLY office.setting
    ADD CONSTRAINT setting_pkey PRIMARY KEY (name);
CREATE INDEX act_id ON casework.act USING btree (id);
CREATE INDEX act_merge ON casework.act USING btree (dossier) WHERE (verb = 'merge'::text);
CREATE INDEX agency_dossier ON casework.agency USING btree (dossier);
CREATE INDEX document_id ON casework.document USING btree (id);
CREATE INDEX document_number ON casework.document USING hash (number);
CREATE INDEX dossier_id ON casework.dossier USING btree (id);
CREATE INDEX dossier_number ON casework.dossier USING hash (number);
CREATE INDEX item_id ON casework.item USING btree (id);
CREATE INDEX person_dossier ON casework.person USING btree (dossier);
CREATE INDEX result_id ON casework.result USING btree (id);
CREATE INDEX sealed_act_id ON casework.sealed_act USING btree (id);
CREATE INDEX sealed_document_id ON casework.sealed_document USING btree (id);
CREATE INDEX sealed_item_id ON casework.sealed_item USING btree (id);
CREATE INDEX sealed_result_id ON casework.sealed_result USING btree (id);
CREATE INDEX queued_dossier ON exchange.queued USING btree (reader, dossier, "position");
CREATE UNIQUE INDEX queued_order ON exchange.queued USING btree (reader, "position");
CREATE INDEX queued_urgent ON exchange.queued USING btree (reader, "position") WHERE is_urgent;
CREATE INDEX served_change_set ON exchange.served USING btree (change_set, reader);
CREATE INDEX attachment_dossier ON ledger.attachment USING btree (dossier);
CREATE INDEX chain_key ON ledger.chain USING btree (key);
CREATE INDEX change_set_chain ON ledger.change_set USING btree (author, dossier, sequence);
CREATE UNIQUE INDEX change_set_order ON ledger.change_set USING btree (dossier, "position");
CREATE INDEX content_incomplete ON ledger.content USING btree (id) WHERE (have < pieces);
CREATE INDEX dossier_former ON ledger.dossier USING gin (former);
CREATE INDEX dossier_item ON ledger.dossier USING btree (item);
CREATE INDEX dossier_lacking ON ledger.dossier USING btree (id) WHERE (lacking <> '{}'::bytea[]);
CREATE INDEX dossier_member ON ledger.dossier USING gin (members);
CREATE INDEX held_author ON ledger.held USING btree (author);
CREATE INDEX held_dossier ON ledger.held USING btree (dossier);
CREATE INDEX held_excluding ON ledger.held USING btree (dossier) WHERE (cardinality(excludes) > 0);
CREATE INDEX held_missing ON ledger.held USING gin (missing);
CREATE INDEX held_sender ON ledger.held USING btree (sender);
CREATE INDEX quarantine_sender ON ledger.quarantine USING btree (sender, "position");
CREATE INDEX draft_dossier ON office.draft USING btree (agency, dossier);
CREATE INDEX draft_state ON office.draft USING btree (state, updated_at);
CREATE INDEX request_at ON office.request USING btree (at);
CREATE TRIGGER dossier_changed AFTER UPDATE ON ledger.dossier REFERENCING OLD TABLE AS gone NEW TABLE AS come FOR EACH STATEMENT EXECUTE FUNCTION ledger.sum_items();
ALTER TABLE ledger.dossier ENABLE ALWAYS TRIGGER dossier_changed;
CREATE TRIGGER dossier_changed_counted AFTER UPDATE ON ledger.dossier REFERENCING OLD TABLE AS gone NEW TABLE AS come FOR EACH STATEMENT EXECUTE FUNCTION ledger.count_dossiers();
ALTER TABLE ledger.dossier ENABLE ALWAYS TRIGGER dossier_changed_counted;
CREATE TRIGGER dossier_come AFTER INSERT ON ledger.dossier REFERENCING NEW TABLE AS come FOR EACH STATEMENT EXECUTE FUNCTION ledger.sum_items();
ALTER TABLE ledger.dossier ENABLE ALWAYS TRIGGER dossier_come;
CREATE TRIGGER dossier_come_counted AFTER INSERT ON ledger.dossier REFERENCING NEW TABLE AS come FOR EACH STATEMENT EXECUTE FUNCTION ledger.count_dossiers();
ALTER TABLE ledger.dossier ENABLE ALWAYS TRIGGER dossier_come_counted;
CREATE TRIGGER dossier_gone AFTER DELETE ON ledger.dossier REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION ledger.sum_items();
ALTER TABLE ledger.dossier ENABLE ALWAYS TRIGGER dossier_gone;
CREATE TRIGGER dossier_gone_counted AFTER DELETE ON ledger.dossier REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION ledger.count_dossiers();
ALTER TABLE ledger.dossier ENABLE ALWAYS TRIGGER dossier_gone_counted;
CREATE TRIGGER audit_is_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON office.audit FOR EACH STATEMENT EXECUTE FUNCTION office.refuse_change();
ALTER TABLE ONLY exchange.join_request
    ADD CONSTRAINT join_request_invitation_fkey FOREIGN KEY (invitation) REFERENCES exchange.invitation(id);
ALTER TABLE ONLY ledger.attachment
    ADD CONSTRAINT attachment_content_fkey FOREIGN KEY (content) REFERENCES ledger.content(id);
ALTER TABLE ONLY ledger.part
    ADD CONSTRAINT part_change_set_fkey FOREIGN KEY (change_set) REFERENCES ledger.change_set(id);
ALTER TABLE ONLY ledger.piece
    ADD CONSTRAINT piece_content_fkey FOREIGN KEY (content) REFERENCES ledger.content(id) ON DELETE CASCADE;
ALTER TABLE ONLY office.draft_attachment
    ADD CONSTRAINT draft_attachment_content_fkey FOREIGN KEY (content) REFERENCES ledger.content(id);
ALTER TABLE ONLY office.draft_attachment
    ADD CONSTRAINT draft_attachment_draft_fkey FOREIGN KEY (draft) REFERENCES office.draft(id) ON DELETE CASCADE;
