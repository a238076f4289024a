CREATE TRIGGER event_never_deleted BEFORE DELETE ON event
BEGIN
    SELECT RAISE(ABORT, 'the journal is append-only');
END;
CREATE TRIGGER event_only_sealed BEFORE UPDATE ON event
WHEN OLD.seal_id IS NOT NULL OR NEW.seal_id IS NULL OR NEW.id <> OLD.id OR NEW.at <> OLD.at OR NEW.kind <> OLD.kind
  OR NEW.payload <> OLD.payload OR NEW.payload_hash <> OLD.payload_hash OR NEW.actor_id IS NOT OLD.actor_id
  OR NEW.on_behalf_id IS NOT OLD.on_behalf_id OR NEW.subject_id IS NOT OLD.subject_id OR NEW.unit_id IS NOT OLD.unit_id
BEGIN
    SELECT RAISE(ABORT, 'the journal is append-only');
END;
CREATE TRIGGER seal_never_deleted BEFORE DELETE ON seal
BEGIN
    SELECT RAISE(ABORT, 'the journal is append-only');
END;
CREATE TRIGGER seal_never_changed BEFORE UPDATE ON seal
BEGIN
    SELECT RAISE(ABORT, 'the journal is append-only');
END;
