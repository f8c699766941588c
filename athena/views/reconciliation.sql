-- One row for each scheduled run, day and medium: contacts that CXone says it has analysed, held against the lake.
SELECT
  r.run_id,
  -- Athena's views know no time zone: these are UTC.
  CAST(from_iso8601_timestamp(r.compared_at) AS timestamp(3)) AS compared_at,
  json_extract_scalar(u.entry, '$.day') AS dt,
  json_extract_scalar(u.entry, '$.mediaType') AS media_type,
  CAST(json_extract_scalar(u.entry, '$.expected') AS bigint) AS expected,
  CAST(json_extract_scalar(u.entry, '$.stored') AS bigint) AS stored,
  CAST(json_extract_scalar(u.entry, '$.empty') AS bigint) AS empty,
  CAST(json_extract_scalar(u.entry, '$.pending') AS bigint) AS pending,
  CAST(json_extract_scalar(u.entry, '$.missing') AS bigint) AS missing,
  CAST(json_extract_scalar(u.entry, '$.notProcessed') AS bigint) AS not_processed
FROM reconciliation_files AS r
CROSS JOIN UNNEST(CAST(json_extract(r.days_json, '$') AS array(json))) AS u (entry)
-- Beside these records there are those of everything else that runs leave.
WHERE regexp_like(r."$path", '/runs/[A-Za-z0-9][A-Za-z0-9_-]*/reconciliation[.]json$')
