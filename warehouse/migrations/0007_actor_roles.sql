-- What is told of actors' parts in an incident; `tollbook reextract` fills it for what is there.
ALTER TABLE core.incident ADD COLUMN actor_roles VARCHAR;
