-- One row for each turn of a conversation, whatever its medium; an e-mail is one turn.
SELECT
  t.interaction_id,
  t.media_type,
  t.dt,
  u.turn_number,
  coalesce(
    json_extract_scalar(u.turn, '$.speaker'),
    json_extract_scalar(u.turn, '$.participantType'),
    lower(json_extract_scalar(u.turn, '$.channelName')),
    json_extract_scalar(u.turn, '$.from')
  ) AS speaker,
  coalesce(
    json_extract_scalar(u.turn, '$.text'),
    json_extract_scalar(u.turn, '$.body'),
    json_extract_scalar(u.turn, '$.content')
  ) AS text,
  t.run_id,
  t.extracted_at
FROM transcripts AS t
CROSS JOIN UNNEST(
  coalesce(
    CAST(json_extract(t.transcript, '$.segments') AS array(json)),
    CAST(json_extract(t.transcript, '$.messages') AS array(json)),
    CAST(json_extract(t.transcript, '$.transcriptBlocks') AS array(json)),
    ARRAY[json_extract(t.transcript, '$')]
  )
) WITH ORDINALITY AS u (turn, turn_number)
