-- The latest version of each transcript: one that was extracted again, or analysed again by CXone, has several rows.
SELECT
  source,
  interaction_id,
  media_type,
  dt,
  started_at,
  version,
  transcript,
  interaction_json,
  findings,
  content_sha256,
  run_id,
  extracted_at
FROM (
  SELECT
    *,
    -- The day is that of the start, which all versions share: named here, a query for a day reads that day alone.
    row_number() OVER (
      PARTITION BY source, interaction_id, media_type, dt
      ORDER BY from_iso8601_timestamp(version) DESC NULLS LAST, extracted_at DESC, run_id DESC
    ) AS age
  FROM transcripts
) AS versions
WHERE age = 1
