-- Everyone who is said to have stated something, and how near they stand to the dead and wounded, by
-- the words of their name and office (seeds/codes/authorities.csv):
--   near    who counts them: hospitals, rescuers, police, officials of the town or region
--   army    an army that fights, or its ministry         rebels   an armed group
--   distant anybody else: a government far away, an agency, a witness, who once held an office
-- The first that holds of: no longer in office, near, a named armed actor, army, rebels.
CREATE VIEW core.speaker AS
WITH said AS (
    SELECT DISTINCT speaker, speaker_role
    FROM core.current_claim
    WHERE speaker IS NOT NULL
),
word AS (
    SELECT
        speaker,
        speaker_role,
        regexp_extract_all(
            regexp_replace(lower(concat_ws(' , ', speaker_role, speaker)), '[''’]s\b', '', 'g'),
            '[\p{L}\p{N}''’-]+|,'
        ) AS words
    FROM said
),
phrase AS (
    SELECT DISTINCT
        speaker,
        speaker_role,
        unnest(
            words
            || list_transform(list_zip(words, words[2:]), lambda w: w[1] || ' ' || w[2])
            || list_transform(
                list_zip(words, words[2:], words[3:]),
                lambda w: w[1] || ' ' || w[2] || ' ' || w[3]
            )
        ) AS phrase
    FROM word
),
class AS (
    SELECT
        p.speaker,
        p.speaker_role,
        min(list_position(['past', 'near', 'army', 'rebels'], seed.class)) AS class,
        min(n.name) AS actor,
        min(n.inter) AS inter
    FROM phrase AS p
    LEFT JOIN seed('codes/authorities.csv') ON seed.word = p.phrase
    LEFT JOIN core.armed_actor AS n ON n.alias = p.phrase
    GROUP BY p.speaker, p.speaker_role
)
SELECT
    speaker,
    speaker_role,
    CASE
        WHEN class = 1 THEN 'distant'
        WHEN class = 2 THEN 'near'
        WHEN inter IN (1, 8) THEN 'army'
        WHEN inter IS NOT NULL THEN 'rebels'
        ELSE coalesce(['distant', 'near', 'army', 'rebels'][class], 'distant')
    END AS authority,
    actor
FROM class;
