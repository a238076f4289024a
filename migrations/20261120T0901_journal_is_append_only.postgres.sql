CREATE FUNCTION refuse_journal_change() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'the journal is append-only' USING ERRCODE = 'check_violation';
END;
$$ LANGUAGE plpgsql;
CREATE TRIGGER event_never_deleted BEFORE DELETE ON event FOR EACH ROW EXECUTE FUNCTION refuse_journal_change();
CREATE TRIGGER event_only_sealed BEFORE UPDATE ON event FOR EACH ROW
WHEN (OLD.seal_id IS NOT NULL OR NEW.seal_id IS NULL OR NEW.id <> OLD.id OR NEW.at <> OLD.at OR NEW.kind <> OLD.kind
  OR NEW.payload <> OLD.payload OR NEW.payload_hash <> OLD.payload_hash OR NEW.actor_id IS DISTINCT FROM OLD.actor_id
  OR NEW.on_behalf_id IS DISTINCT FROM OLD.on_behalf_id OR NEW.subject_id IS DISTINCT FROM OLD.subject_id
  OR NEW.unit_id IS DISTINCT FROM OLD.unit_id)
EXECUTE FUNCTION refuse_journal_change();
CREATE TRIGGER seal_never_deleted BEFORE DELETE ON seal FOR EACH ROW EXECUTE FUNCTION refuse_journal_change();
CREATE TRIGGER seal_never_changed BEFORE UPDATE ON seal FOR EACH ROW EXECUTE FUNCTION refuse_journal_change();
