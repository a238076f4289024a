#pragma once

// How a record finds the deliverables that it may prove. Private to the room. Aliases: t = target of a bound row, x, r = what a done
// record proves and the record, d, sd = deliverable and its subject, n = the row that bears it, p, sp = plan and its subject.

#define KPUHUB_PROPOSAL_COLUMNS " d.subject_id, t.node_id, r.record_id, r.day, r.title"

#define KPUHUB_PROVABLE_BY_TARGET \
    " JOIN provable_target x ON x.kind = t.kind AND x.target = t.target JOIN provable_record r ON r.record_id = x.record_id AND r.unit_id = t.unit_id"
#define KPUHUB_ROW_AND_PLAN \
    " JOIN subject sd ON sd.id = d.subject_id JOIN plan_node n ON n.subject_id = d.node_id AND n.removed_at IS NULL" \
    " JOIN plan p ON p.subject_id = d.plan_id JOIN subject sp ON sp.id = p.subject_id"

// From a deliverable to the rows that it asks about (it bears itself, those under it, those that cover it) and their targets.
#define KPUHUB_PROPOSALS_OF_DELIVERABLE \
    " FROM deliverable d JOIN plan_node b ON b.plan_id = d.plan_id AND b.removed_at IS NULL AND (b.subject_id = d.node_id OR b.parent_id = d.node_id" \
    "   OR b.subject_id IN (SELECT c.indicator_id FROM plan_cover c WHERE c.subactivity_id = d.node_id))" \
    " JOIN plan_node_target t ON t.node_id = b.subject_id" KPUHUB_PROVABLE_BY_TARGET KPUHUB_ROW_AND_PLAN

// From the done records of an office to the deliverables, in this order: SQLite keeps to that of a CROSS JOIN, and would begin with all
// bound rows of the office, of which there are many more.
#define KPUHUB_PROPOSALS_OF_OFFICE \
    " FROM provable_record r CROSS JOIN provable_target x CROSS JOIN plan_node_target t CROSS JOIN plan_node b CROSS JOIN deliverable d" KPUHUB_ROW_AND_PLAN \
    " WHERE x.record_id = r.record_id AND t.unit_id = r.unit_id AND t.kind = x.kind AND t.target = x.target" \
    " AND b.subject_id = t.node_id AND b.removed_at IS NULL AND d.plan_id = b.plan_id AND (d.node_id = b.subject_id OR d.node_id = b.parent_id" \
    "   OR d.node_id IN (SELECT c.subactivity_id FROM plan_cover c WHERE c.indicator_id = b.subject_id))"

#define KPUHUB_PROPOSED \
    " sd.state NOT IN ('verified', 'not_applicable') AND sp.state <> 'closed' AND r.day >= d.starts_on AND r.day <= d.ends_on" \
    " AND NOT EXISTS (SELECT 1 FROM evidence pe JOIN evidence_link pl ON pl.evidence_id = pe.subject_id" \
    "   WHERE pe.record_id = r.record_id AND pl.subject_id = d.subject_id)" \
    " AND NOT EXISTS (SELECT 1 FROM proposal_dismissal z WHERE z.node_id = t.node_id AND z.record_id = r.record_id)"
