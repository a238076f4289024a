#include "decree/import_pages.hpp"
#include "view/parts.hpp"
#include <charconv>

namespace kpuhub::decree {

struct FixPage {
    std::int64_t version = 0;
    view::Link action;
    view::Link back;
    std::int64_t year = 0;
    std::string number, date, place, signatory, signatory_role, title;
    std::int64_t uncertain = 0;         ///< rows whose months nobody has settled
    std::int64_t open = 0;              ///< groups still to be decided
    std::optional<view::FieldErrors> errors;
    void describe(view::Visitor& v) const
    {
        v.field("version", version);
        v.field("action", action);
        v.field("back", back);
        v.field("year", view::Year { static_cast<int>(year) });
        v.field("number", number);
        v.field("date", date);
        v.field("place", place);
        v.field("signatory", signatory);
        v.field("signatory_role", signatory_role);
        v.field("title", title);
        v.field("uncertain", uncertain);
        v.field("open", open);
        v.field("errors", errors);
    }
};

ImportId import_id(http::Request const& request)
{
    std::int64_t number = 0;
    auto const& text = request.parameter("import");
    std::from_chars(text.data(), text.data() + text.size(), number);
    return { number };
}

std::string address_of(ImportId id) { return "/imports/" + std::to_string(id.value); }

static FixPage fix_page(Import const& import, Draft const& draft, int this_year)
{
    FixPage page;
    page.version = import.version;
    page.action = { address_of(import.id) + "/plan" };
    page.back = { address_of(import.id) };
    auto const& decree = draft.decree;
    page.year = decree.year != 0 ? decree.year : this_year;
    page.number = decree.number;
    page.date = decree.date;
    page.place = decree.place;
    page.signatory = decree.signatory.name;
    page.signatory_role = decree.signatory.role;
    page.title = decree.title;
    for (auto const& node : draft.nodes)
        page.uncertain += node.level == Level::Subactivity && !node.months.certain ? 1 : 0;
    for (auto const& group : groups(draft))
        page.open += group.needs_decision ? 1 : 0;
    return page;
}

static Result<http::Response> show_fix(account::Visit& visit)
{
    auto id = import_id(visit.request);
    auto page = TRY(visit.database.read([&](storage::Reader& reader) -> Result<FixPage> {
        auto import = TRY(find_import(reader, visit.reader.person, visit.reader.today, id));
        if (!import.may_manage)
            return forbidden("decree.import.forbidden");
        return fix_page(import, TRY(draft_of(reader, id)), visit.reader.today.year());
    }));
    return visit.page("decree/fix", page, visit.frame({ "decree.fix.title", {} }, "plans"));
}

/// The fields of the form that differ from the draft become decisions of their own, so that the review shows them.
static Result<std::int64_t> take_fields(storage::Transaction& transaction, journal::Act const& act, ImportId id, std::int64_t version, http::Fields const& form)
{
    auto const decree = TRY(draft_of(transaction, id)).decree;
    std::pair<std::string, std::string> const fields[] = { { "number", decree.number }, { "title", decree.title }, { "place", decree.place },
        { "date", decree.date }, { "signatory", decree.signatory.name }, { "signatory_role", decree.signatory.role } };
    for (auto const& [field, present] : fields) {
        if (!form.find(field) || form.text(field) == present)
            continue;
        Edit decision;
        decision.kind = EditKind::SetField;
        decision.text = field;
        decision.value = form.text(field);
        TRY_VOID(take(transaction, act, id, version, decision));
        ++version;
    }
    return version;
}

static Result<http::Response> fix_import(account::Visit& visit)
{
    auto id = import_id(visit.request);
    auto const& form = visit.request.form;
    auto year = static_cast<int>(form.integer("year").value_or(0));
    bool fix_it = form.text("what") != "draft";
    auto date = form.text("date");
    if (fix_it && !time::Date::from_iso(date))
        return invalid("decree.fix.date_wrong", { { "date", "decree.fix.date_wrong" } });
    auto act = visit.act();
    return visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        auto version = TRY(take_fields(transaction, act, id, form.integer("version").value_or(0), form));
        auto import = TRY(find_import(transaction, act.actor, act.today, id));
        TRY(make_plan(transaction, act, id, version, year, fix_it));
        return "/units/" + import.unit_code + "/plans/" + std::to_string(year);
    });
}

void register_fix_pages(account::Door const& door, http::Router& router)
{
    door.get<FixPage>(router, "/imports/{import}/plan", "plan.manage", show_fix);
    door.post(router, "/imports/{import}/plan", "plan.manage", fix_import);
}

}
