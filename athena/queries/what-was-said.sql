-- What was said: the turns of one interaction in order. Replace the id and the day.
SELECT turn_number, speaker, text
FROM turns
WHERE dt = '2026-11-21' AND interaction_id = 'interaction-1'
ORDER BY extracted_at DESC, turn_number
