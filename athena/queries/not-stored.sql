-- Not stored: interactions without a transcript, by day, outcome and reason. Replace the days.
SELECT dt, outcome, coalesce(error, '') AS error, count(DISTINCT interaction_id) AS interactions
FROM audit
WHERE outcome <> 'stored' AND dt BETWEEN '2026-11-01' AND '2026-11-30'
GROUP BY dt, outcome, error
ORDER BY dt, interactions DESC, outcome
