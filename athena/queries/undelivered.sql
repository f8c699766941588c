-- Undelivered: runs with transcripts that the webhook had not taken when the manifest was written.
SELECT run_id, recorded_at, stored, delivered, pending, parked
FROM runs
WHERE pending + parked > 0
ORDER BY recorded_at DESC
