#include "evidence/evidence_actions.hpp"
#include "evidence/evidence_form.hpp"
#include "evidence/page_parts.hpp"
#include "record/page_parts.hpp"

namespace kpuhub::record {

namespace {

constexpr int rows_shown = 30;

/// Reports with specific data prove nothing by name: a proof would tell who made one.
bool may_prove(Place const& place, Record const& record)
{
    return !record.is_draft() && place.made->data_class != definition::DataClass::Specific;
}

struct ProveRow {
    evidence::RowLine line;
    bool chosen = false;
    void describe(view::Visitor& v) const
    {
        line.describe(v);
        v.field("chosen", chosen);
    }
};

struct ProvePage {
    std::string title, text;
    std::vector<ProveRow> rows;
    view::Link action, record;
    std::optional<view::EmptyState> nothing {};
    void describe(view::Visitor& v) const
    {
        v.field("title", title);
        v.field("text", text);
        v.list("rows", rows);
        v.field("action", action);
        v.field("record", record);
        v.field("nothing", nothing);
    }
};

std::string proof_title(Place const& place, Record const& record)
{
    return place.made->title.id + (record.number.empty() ? std::string {} : " " + record.number);
}

/// The rows that still take proofs; the one that the reader came from first, chosen already.
Result<http::Response> ask(account::Visit& visit, Surroundings const& around)
{
    auto language = visit.public_frame({}).language;
    auto wanted = evidence::target_of(visit.request.query.text("row"));
    auto [place, page] = TRY(visit.database.read([&](storage::Reader& reader) -> Result<std::pair<Place, ProvePage>> {
        auto found = TRY(record_in_address(reader, visit, around));
        if (!may_prove(found.at.place, found.record))
            return not_found();
        ProvePage page { title_of(*found.at.place.made, found.record, language), visit.request.query.text("q"), {}, { address_of(found.record.id) + "/proofs" },
            { address_of(found.record.id) } };
        auto const& who = visit.reader;
        if (wanted)
            if (auto row = around.catalog.row_of(reader, who.person, who.today, *wanted))
                page.rows.push_back({ evidence::row_line(*row), true });
        for (auto const& row : around.catalog.rows_to_prove(reader, who.person, who.today, found.at.place.unit.id, page.text, rows_shown))
            if (!wanted || row.target != *wanted)
                page.rows.push_back({ evidence::row_line(row), false });
        if (page.rows.empty())
            page.nothing = view::EmptyState { { "record.prove.nothing" }, view::Sentence { "record.prove.nothing_why" }, page.record, { "record.prove.back" } };
        return std::pair { found.at.place, page };
    }));
    auto frame = frame_of(visit, place, { "record.prove.title" }, page.record.address, page.title);
    frame.crumbs.push_back({ { "record.prove.title" }, {} });
    return visit.page("record/prove", page, frame);
}

Result<http::Response> take(account::Visit& visit, Surroundings const& around)
{
    TRY(visit.database.read([&](storage::Reader& reader) { return record_in_address(reader, visit, around); }));
    auto targets = TRY(evidence::targets_of(visit.request.form));
    if (targets.empty())
        return invalid("evidence.nothing_chosen");
    auto act = visit.act();
    return visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        auto found = TRY(record_in_address(transaction, visit, around));
        if (!may_prove(found.at.place, found.record))
            return not_found();
        evidence::Proof proof;
        proof.kind = evidence::Kind::Record;
        proof.title = proof_title(found.at.place, found.record);
        proof.record = found.record.id;
        TRY(evidence::bring(transaction, act, around.proofs, found.at.place.unit.id, proof, targets));
        return "/deliverables/" + std::to_string(targets.front().subject.value);
    });
}

/// "/registers?row=7" from a row of the plan: the registers of one's own office.
Result<http::Response> own_registers(account::Visit& visit)
{
    auto target = evidence::target_of(visit.request.query.text("row"));
    return http::see_other("/units/" + visit.reader.unit_code + "/registers" + (target ? "?row=" + evidence::text_of(*target) : std::string {}));
}

}

void register_prove_pages(account::Door const& door, http::Router& router, Surroundings const& around)
{
    door.get(router, "/registers", "signed_in", own_registers);
    door.get<ProvePage>(router, "/records/{record}/proofs", "evidence.bring", [around](account::Visit& visit) { return ask(visit, around); });
    door.post(router, "/records/{record}/proofs", "evidence.bring", [around](account::Visit& visit) { return take(visit, around); });
}

}
