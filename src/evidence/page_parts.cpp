#include "evidence/page_parts.hpp"
#include "evidence/evidence_form.hpp"

namespace kpuhub::evidence {

void RowLine::describe(view::Visitor& v) const
{
    v.field("value", value);
    v.field("link", link);
    v.field("number", number);
    v.field("title", title);
    v.field("part", part);
    v.field("state", state);
    v.field("due_on", due_on);
    v.field("may_unlink", may_unlink);
}

RowLine row_line(ProvableRow const& row)
{
    return { text_of(row.target), { row.address }, row.number, row.title, row.part, { row.state, "evidence.row_state." + row.state },
        row.due_on };
}

Result<ProofRow> proof_in_address(account::Visit& visit)
{
    auto id = TRY(id_in_address<EvidenceTag>(visit));
    auto proof = TRY(visit.database.read([&](storage::Reader& reader) -> Result<std::optional<ProofRow>> {
        return find(reader, asker_of(visit), id);
    }));
    if (!proof)
        return not_found();
    return std::move(*proof);
}

Result<ProvableRow> row_in_address(account::Visit& visit, SubjectCatalog& catalog)
{
    auto subject = TRY(id_in_address<SubjectTag>(visit));
    auto part = visit.request.query.integer("part");
    if (!part)
        part = visit.request.form.integer("part");
    auto row = TRY(visit.database.read([&](storage::Reader& reader) -> Result<std::optional<ProvableRow>> {
        return catalog.row_of(reader, visit.reader.person, visit.reader.today, { subject, { part.value_or(0) } });
    }));
    if (!row)
        return not_found();
    return std::move(*row);
}

Result<UnitRights> must_bring(account::Visit& visit)
{
    auto rights = TRY(visit.database.read([&](storage::Reader& reader) -> Result<UnitRights> {
        return rights_in(reader, asker_of(visit), visit.reader.unit);
    }));
    if (!rights.may_bring)
        return forbidden("evidence.bring.forbidden");
    return rights;
}

}
