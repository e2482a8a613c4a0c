-- Current claims, those of events or all others, with the sentence that each stands in. Offsets are code
-- points, which is what substring counts. The sentence is cut at a full stop after a word that is no
-- short capitalised abbreviation ("Gov.", "Lt.") or at a line break, within 600 characters of the
-- claim; a missed cut shows more context, never other words.
CREATE MACRO mart.claims_in_sentences(of_events) AS TABLE
WITH cut AS (
    SELECT
        l.event_id,
        c.*,
        a.publisher,
        a.title,
        a.url,
        a.published_at,
        a.language,
        -- with the claim's first character, by which a sentence's beginning is told
        right(left(a.text, c.span_start + 1), 600) AS before,
        substring(a.text, c.span_start + 1, c.span_end - c.span_start) AS cited,
        substring(a.text, c.span_end + 1, 600) AS after
    FROM core.current_claim AS c
    JOIN core.current_article AS a ON a.article_id = c.article_id
    LEFT JOIN core.event_incident AS l ON l.incident_id = c.incident_id
    WHERE (l.event_id IS NOT NULL) = of_events
),
marked AS (
    SELECT
        *,
        -- chr(31), the unit separator, after each end of a sentence before the claim …
        regexp_replace(
            before,
            '((?:[^\p{L}]\p{Ll}+|\p{L}{4,}|[^\p{L}\s])[.!?…]+["”’»)\]]*)\s+([^\p{Ll}\s])|\n\s*\n\s*(\S)',
            '\1' || chr(31) || '\2\3',
            'g'
        ) AS marked_before,
        -- … and after the first one behind it
        regexp_replace(
            after,
            '^([.!?…]+["”’»)\]]*)(?:\s+[^\p{Ll}\s]|\s*$)|((?:[^\p{L}]\p{Ll}+|\p{L}{4,}|[^\p{L}\s.!?…])[.!?…]+["”’»)\]]*)(?:\s+[^\p{Ll}\s]|\s*$)|\n\s*\n',
            '\1\2' || chr(31)
        ) AS marked_after
    FROM cut
),
framed AS (
    SELECT
        *,
        ltrim(left(string_split(marked_before, chr(31))[-1], -1), E' \n\r\t') AS lead,
        rtrim(string_split(marked_after, chr(31))[1], E' \n\r\t') AS tail
    FROM marked
)
SELECT
    f.event_id,
    f.incident_id,
    f.claim_id,
    f.article_id,
    f.publisher,
    f.title,
    f.url,
    f.published_at,
    f.language,
    f.measure,
    f.low,
    f.best,
    f.high,
    f.qualifier,
    f.scope,
    f.relation,
    f.parent_claim_id,
    f.category,
    f.sex,
    f.age_group,
    f.speaker,
    latin(f.speaker, f.language) AS speaker_latin,
    f.speaker_role,
    f.certainty,
    f.span_start,
    f.span_end,
    f.quote,
    f.corrections,
    f.lead || f.cited || f.tail AS sentence,
    length(f.lead) AS quote_start,
    length(f.lead) + length(f.cited) AS quote_end
FROM framed AS f;
