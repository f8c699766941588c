-- Volume of a day: transcripts, interactions and their size, by medium. Replace the day.
SELECT
  media_type,
  count(*) AS transcripts,
  count(DISTINCT interaction_id) AS interactions,
  sum(length(transcript)) AS characters
FROM transcripts
WHERE dt = '2026-11-21'
GROUP BY media_type
ORDER BY transcripts DESC
