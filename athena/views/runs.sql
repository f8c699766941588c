-- One row for each run, from its manifest.
SELECT
  run_id,
  status,
  source,
  json_extract_scalar(window_json, '$.from') AS window_from,
  json_extract_scalar(window_json, '$.to') AS window_to,
  -- Athena's views know no time zone: these are UTC.
  CAST(from_iso8601_timestamp(started_at) AS timestamp(3)) AS started_at,
  CAST(from_iso8601_timestamp(recorded_at) AS timestamp(3)) AS recorded_at,
  planned,
  counts['stored'] AS stored,
  counts['missing'] AS missing,
  counts['failed'] AS failed,
  counts['quarantined'] AS quarantined,
  counts['notReady'] AS not_ready,
  counts['duplicate'] AS duplicate,
  -- Not in the manifests of versions before.
  COALESCE(element_at(counts, 'empty'), 0) AS empty,
  COALESCE(element_at(counts, 'unchanged'), 0) AS unchanged,
  COALESCE(superseded, 0) AS superseded,
  delivery['delivered'] AS delivered,
  delivery['parked'] AS parked,
  delivery['pending'] AS pending,
  findings,
  cost['stateTransitions'] AS state_transitions,
  cost['storedBytes'] AS stored_bytes,
  parts_json
FROM run_files
-- Beside the manifests there are receipts, plans and what Step Functions writes: only the manifest closes a run.
WHERE regexp_like("$path", '/runs/[A-Za-z0-9][A-Za-z0-9_-]*/manifest[.]json$')
