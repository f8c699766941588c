-- Personal data masked, by day and type. Replace the days.
SELECT
  t.dt,
  f.finding AS type,
  sum(t.findings[f.finding]) AS masked,
  count(*) AS transcripts
FROM transcripts AS t
CROSS JOIN UNNEST(map_keys(t.findings)) AS f (finding)
WHERE t.dt BETWEEN '2026-11-01' AND '2026-11-30'
GROUP BY t.dt, f.finding
ORDER BY t.dt, masked DESC, type
