#include "portal/settings_pages.hpp"
#include "organization/access.hpp"
#include "organization/unit.hpp"
#include "paper/signature.hpp"
#include "portal/public_page.hpp"
#include "portal/settings_model.hpp"
#include "text/escape.hpp"
#include <fmt/format.h>
#include <sstream>

namespace kpuhub::portal {

void SettingChoice::describe(view::Visitor& v) const
{
    v.field("value", value);
    v.field("label", label);
    v.field("chosen", chosen);
}

void OtherSetting::describe(view::Visitor& v) const
{
    v.field("name", name);
    v.field("value", value);
}

void SettingsPage::describe(view::Visitor& v) const
{
    v.field("office", office);
    v.field("embed", embed);
    v.field("embedded", embedded);
    v.field("address", address);
    v.list("documents", documents);
    v.field("snippet", snippet);
    v.list("others", others);
    v.field("action", action);
    v.field("public_page", public_page);
    v.field("errors", errors);
}

namespace {

constexpr std::string_view embed_name = "public.embed";
constexpr std::string_view documents_name = "public.documents";
constexpr std::string_view wording_name = "decree.wording";       ///< has a page of its own: the words of a decree
using Settings = std::map<std::string, std::string>;

struct Found {
    organization::Unit unit;
    Settings settings;
};

Result<Found> find(account::Visit& visit)
{
    auto const& who = visit.reader;
    return visit.database.read([&](storage::Reader& reader) -> Result<Found> {
        Found found { TRY(organization::unit_by_code(reader, visit.request.parameter("unit"), who.today)), {} };
        auto may = [&](std::string_view permission) { return organization::may(reader, who.person, who.today, found.unit.id, permission); };
        if (!may("unit.set")) {
            if (may("plan.read") || may("people.read"))
                return forbidden("organization.unit.forbidden");
            return not_found();
        }
        found.settings = organization::unit_settings(reader, found.unit.id);
        return found;
    });
}

std::string setting(Settings const& settings, std::string_view name)
{
    auto found = settings.find(std::string(name));
    return found == settings.end() ? std::string {} : found->second;
}

std::string one_a_line(std::string const& origins)
{
    std::istringstream words { origins };
    std::string text;
    for (std::string word; words >> word;)
        text += (text.empty() ? "" : "\n") + word;
    return text;
}

std::string snippet_for(account::Visit const& visit, organization::Unit const& unit)
{
    std::string const arguments[] = { unit.name };
    auto const title = visit.door.renderer().messages().text("portal.settings.snippet_title", text::Language::Indonesian, arguments);
    return fmt::format("<iframe src=\"{}/public/units/{}\" title=\"{}\" loading=\"lazy\" width=\"100%\" height=\"640\"></iframe>",
        visit.door.settings().public_url, unit.code, text::escaped_html(title));
}

http::Response answer(account::Visit& visit, Found const& found, Fault const* fault)
{
    auto const& form = visit.request.form;
    SettingsPage page;
    page.office = found.unit.name;
    page.embed = fault ? form.text("embed") : one_a_line(setting(found.settings, embed_name));
    page.embedded = !checked_origins(setting(found.settings, embed_name)).empty();
    auto const documents = fault ? form.text("documents") : setting(found.settings, documents_name);
    for (std::string const value : { "shown", "hidden" })
        page.documents.push_back({ value, { "portal.settings.documents." + value }, value == (documents == "hidden" ? "hidden" : "shown") });
    page.snippet = snippet_for(visit, found.unit);
    page.address = fault ? form.text("address") : setting(found.settings, paper::address_setting);
    for (auto const& [name, value] : found.settings)
        if (name != embed_name && name != documents_name && name != paper::address_setting && name != wording_name)
            page.others.push_back({ name, value });
    page.action = { "/units/" + found.unit.code + "/settings" };
    page.public_page = { "/public/units/" + found.unit.code };
    if (fault)
        page.errors = view::field_errors(*fault);
    auto frame = visit.frame({ "portal.settings.title", {} }, "plans");
    frame.office = found.unit.name;
    frame.office_code = found.unit.code;
    if (visit.request.query.text("done") == "saved")
        frame.notice = view::Notice { view::Notice::Kind::Done, { "portal.settings.saved" } };
    return visit.page("portal/settings", page, frame, fault ? http::status_of(fault->kind) : 200);
}

/// Every word has to be an https origin: a mistyped one is told, not dropped in silence.
Result<std::string> origins_in(std::string const& typed)
{
    constexpr std::size_t longest = 2000;
    if (typed.size() > longest)
        return invalid("people.wrong", { { "embed", "people.text.long" } });
    std::istringstream words { typed };
    std::string origins;
    for (std::string word; words >> word;) {
        if (checked_origins(word).empty())
            return invalid("people.wrong", { { "embed", "portal.settings.embed_wrong", word } });
        origins += (origins.empty() ? "" : " ") + word;
    }
    return origins;
}

Result<http::Response> show(account::Visit& visit) { return answer(visit, TRY(find(visit)), nullptr); }

Result<http::Response> save(account::Visit& visit)
{
    auto const found = TRY(find(visit));
    auto const act = visit.act();
    auto const& form = visit.request.form;
    auto outcome = visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        constexpr std::size_t longest_address = 500;
        auto const origins = TRY(origins_in(form.text("embed")));
        if (form.text("address").size() > longest_address)
            return invalid("people.wrong", { { "address", "people.text.long" } });
        std::string address;
        for (auto const& line : paper::address_lines(form.text("address")))
            address += (address.empty() ? "" : "\n") + line;
        auto put = [&](std::string_view name, std::string const& value) -> Result<void> {
            if (setting(found.settings, name) == value)
                return {};
            return organization::set_unit_setting(transaction, act, found.unit.id, std::string(name), value);
        };
        TRY_VOID(put(embed_name, origins));
        TRY_VOID(put(paper::address_setting, address));
        TRY_VOID(put(documents_name, form.text("documents") == "hidden" ? "hidden" : setting(found.settings, documents_name).empty() ? "" : "shown"));
        return "/units/" + found.unit.code + "/settings?done=saved";
    });
    if (outcome || visit.request.wants_json || outcome.error().kind != FaultKind::Invalid)
        return outcome;
    return answer(visit, found, &outcome.error());
}

}

void register_settings_pages(account::Door const& door, http::Router& router)
{
    door.get<SettingsPage>(router, "/units/{unit}/settings", "unit.set", show);
    door.post(router, "/units/{unit}/settings", "unit.set", save);
}

}
