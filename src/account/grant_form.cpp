#include "account/grant_form.hpp"

namespace kpuhub::account {

FormPage role_form(Visit& visit, std::string const& holder, std::string const& page)
{
    std::vector<Option> roles { { "", { "people.choose", {} } } };
    for (auto const& kind : role_kinds())
        roles.push_back({ kind.name, view::plain(visit.reader.language == "en" ? kind.title_en : kind.title_id) });
    std::vector<Option> areas { { "", { "people.grant.no_area", {} } } };
    for (int area = 1; area <= 8; ++area)
        areas.push_back({ std::to_string(area), { "people.grant.area", { std::int64_t { area } } } });
    return { .title = { "people.grant.title", { holder } }, .lead = view::Sentence { "people.grant.lead", {} },
        .action = { page + "/roles/new" }, .button = { "people.grant.button", {} },
        .fields = { { .name = "role", .label = { "people.role", {} }, .options = roles },
            { .name = "area_no", .label = { "people.grant.area_label", {} }, .may_be_empty = true, .hint = view::Sentence { "people.grant.area_hint", {} }, .options = areas },
            { .name = "from", .label = { "people.from", {} }, .value = visit.reader.today.iso(), .type = "date" },
            { .name = "to", .label = { "people.to", {} }, .type = "date", .may_be_empty = true, .hint = view::Sentence { "people.grant.to_hint", {} } } },
        .cancel = { page } };
}

std::string role_title(Visit const& visit, GrantLine const& grant)
{
    for (auto const& kind : role_kinds())
        if (kind.name == grant.role)
            return (visit.reader.language == "en" ? kind.title_en : kind.title_id) + (grant.area_no ? " " + std::to_string(*grant.area_no) : "");
    return grant.role;
}

Result<GrantDraft> grant_in(http::Request const& request, UnitId unit)
{
    auto const from = TRY(day_in(request, "from"));
    GrantDraft draft { request.form.text("role"), unit, {}, {}, {}, from, {} };
    if (auto area = request.form.integer("area_no"); area && *area > 0)
        draft.area_no = *area;
    if (!request.form.text("to").empty())
        draft.to = TRY(day_in(request, "to"));
    return draft;
}

}
