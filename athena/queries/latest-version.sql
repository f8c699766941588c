-- Latest version of each interaction: one that was extracted again has a row for each run. Replace the days.
SELECT interaction_id, media_type, dt, run_id, extracted_at, content_sha256, transcript
FROM (
  SELECT
    *,
    row_number() OVER (PARTITION BY interaction_id, media_type ORDER BY extracted_at DESC, run_id DESC) AS version
  FROM transcripts
  WHERE dt BETWEEN '2026-11-01' AND '2026-11-30'
) AS versions
WHERE version = 1
ORDER BY interaction_id, media_type
