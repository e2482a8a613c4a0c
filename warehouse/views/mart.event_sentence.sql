-- A sentence for each event that is safe to print: it says what is known and by whose account, and
-- leaves out what is not. A name in other letters has its Latin ones in brackets beside it. "At least"
-- stands where the account says so, "reportedly" where it only alleges. Of rival figures the range is
-- given; what nobody says is in no sentence. Fewer injured than are in hospital are an older figure,
-- and left out.
CREATE VIEW mart.event_sentence AS
WITH hospital AS (
    SELECT event_id, coalesce(best, low) AS taken
    FROM mart.event_measure
    WHERE measure = 'hospitalised'
),
spoken AS (
    SELECT
        m.*,
        latin(m.speaker, a.language) AS in_latin,
        m.speaker || coalesce(' [' || nullif(in_latin, m.speaker) || ']', '') AS name
    FROM mart.event_measure AS m
    LEFT JOIN core.current_claim AS c ON c.claim_id = m.best_claim_id
    LEFT JOIN core.current_article AS a ON a.article_id = c.article_id
),
figure AS (
    SELECT
        m.*,
        list_position(['killed', 'injured', 'hospitalised', 'critically_injured', 'missing'], m.measure)
            AS turn,
        CASE
            WHEN m.best IS NULL AND m.low > 0 AND m.high IS NOT NULL
            THEN 'between ' || m.low || ' and ' || m.high
            WHEN m.best IS NULL AND m.low > 0 THEN 'at least ' || m.low
            WHEN m.best IS NULL AND m.high > 0 THEN 'up to ' || m.high
            WHEN m.best = 0 THEN 'nobody'
            WHEN m.qualifier = 'at_least' THEN 'at least ' || m.best
            WHEN m.qualifier = 'at_most' THEN 'up to ' || m.best
            WHEN m.qualifier = 'about' THEN 'about ' || m.best
            ELSE m.best::VARCHAR
        END AS count,
        coalesce(m.best, m.high, m.low) AS size,
        CASE
            WHEN m.best IS NULL THEN NULL
            WHEN m.speaker IS NULL THEN m.publishers[1]
            WHEN m.speaker <> m.speaker_role AND regexp_matches(m.speaker_role, '^\p{Lu}')
            THEN m.speaker_role || ' ' || m.name
            WHEN m.speaker <> m.speaker_role THEN m.name || ' (' || m.speaker_role || ')'
            WHEN w.word IS NOT NULL AND NOT regexp_matches(m.speaker, '^\S+ \p{Lu}')
            THEN CASE WHEN m.speaker = upper(m.speaker) THEN lower(m.speaker)
                ELSE lower(m.speaker[1]) || m.speaker[2:] END
            ELSE m.name
        END AS voice
    FROM spoken AS m
    LEFT JOIN (SELECT DISTINCT word FROM seed('codes/authorities.csv')) AS w
        ON w.word = lower(string_split(m.speaker, ' ')[1])
    LEFT JOIN hospital AS h ON h.event_id = m.event_id
    WHERE turn IS NOT NULL
        AND count IS NOT NULL
        AND (m.measure <> 'injured' OR h.taken IS NULL OR h.taken < coalesce(m.best, m.high))
),
clause AS (
    SELECT
        event_id,
        turn,
        count
            || CASE
                WHEN best = 0 THEN ' was'
                WHEN size = 1 THEN ' person was'
                ELSE ' people were'
            END
            || CASE WHEN doubt > 0 THEN ' reportedly' ELSE '' END
            || [' killed', ' injured', ' taken to hospital', ' in critical condition', ' missing'][turn]
            AS words,
        CASE
            WHEN voice IS NULL THEN ''
            WHEN speaker = speaker_role
                AND regexp_matches(voice, '^\p{Ll}')
                AND NOT regexp_matches(voice, '(s|people)( (in|of|at|for|from|with|near) |$)|^(his|her|their|a|an|one|two|three|several) ')
            THEN ', according to the ' || voice
            ELSE ', according to ' || voice
        END AS source,
        CASE
            WHEN best IS NULL THEN ''
            WHEN low < high THEN '; figures range from ' || low || ' to ' || high
            WHEN low < best AND high IS NULL THEN '; the lowest figure is ' || low
            ELSE ''
        END AS range,
        row_number() OVER whole = 1 AS is_first,
        lag(source) OVER whole AS source_before
    FROM figure
    WINDOW whole AS (PARTITION BY event_id ORDER BY turn)
),
scene AS (
    SELECT
        t.event_id,
        coalesce(' ' || seed.phrase, '')
            || CASE
                WHEN t.place_name <> t.country THEN ' in ' || t.place_name || ', ' || t.country || ','
                WHEN regexp_matches(t.country, '^(United|Democratic|Dominican|Central|Phil|Neth|Mald)')
                THEN ' in the ' || t.country
                ELSE coalesce(' in ' || coalesce(t.country, t.place_name), '')
            END
            || CASE
                WHEN t.date_prec = 1 THEN strftime(t.date_start, ' on %-d %B %Y')
                WHEN t.date_prec = 4 THEN strftime(t.date_start, ' in %B %Y')
                WHEN t.date_prec = 5 THEN strftime(t.date_start, ' in %Y')
                WHEN t.date_end > t.date_start
                THEN strftime(t.date_start, ' between %-d %B %Y')
                    || strftime(t.date_end, ' and %-d %B %Y')
                ELSE ''
            END AS words
    FROM mart.event_toll AS t
    LEFT JOIN seed('codes/event_phrases.csv') ON seed.sub_event_type = t.sub_event_type
)
SELECT
    c.event_id,
    string_agg(
        CASE WHEN c.is_first THEN upper(c.words[1]) || c.words[2:] || rtrim(s.words, ',') ELSE '; ' || c.words END
            || CASE WHEN c.source = c.source_before THEN '' ELSE c.source END
            || CASE WHEN c.turn = 1 THEN c.range ELSE '' END,
        ''
        ORDER BY c.turn
    ) || '.' AS sentence
FROM clause AS c
JOIN scene AS s ON s.event_id = c.event_id
GROUP BY c.event_id;
