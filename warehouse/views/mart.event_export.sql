-- Each event with all that is known of it in one row, as csv, parquet and geojson give it.
CREATE VIEW mart.event_export AS
SELECT t.*, kind.event_type, spot.admin2, g.grade, g.grade_reason, s.sentence,
    note.notes, note.languages, note.speakers
FROM mart.event_toll AS t
LEFT JOIN core.sub_event AS kind ON kind.sub_event_type = t.sub_event_type
LEFT JOIN mart.event_spot AS spot ON spot.event_id = t.event_id
LEFT JOIN mart.event_grade AS g ON g.event_id = t.event_id
LEFT JOIN mart.event_sentence AS s ON s.event_id = t.event_id
LEFT JOIN mart.event_note AS note ON note.event_id = t.event_id
ORDER BY t.date_start NULLS LAST, t.event_id;
