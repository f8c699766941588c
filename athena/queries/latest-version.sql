-- Latest version of each interaction: one that was extracted again has a row for each run. Replace the days.
SELECT interaction_id, media_type, dt, version, run_id, extracted_at, content_sha256, transcript
FROM latest
WHERE dt BETWEEN '2026-11-01' AND '2026-11-30'
ORDER BY interaction_id, media_type
