#include "portal/public_pages.hpp"
#include "definition/plan_years.hpp"
#include "http/security_headers.hpp"
#include "portal/public_page.hpp"
#include "portal/start_model.hpp"
#include "record/intake.hpp"
#include <fmt/format.h>

namespace kpuhub::portal {

static Result<http::Response> find_office(account::Visit& visit)
{
    auto page = TRY(visit.database.read([&](storage::Reader& reader) -> Result<StartPage> {
        return start_page(reader, visit.reader.today, visit.request.query.text("q"), false);
    }));
    return visit.public_page("portal/start", page, visit.public_frame({ "portal.start.offices", {} }));
}

static Result<PublicQuestion> question(storage::Reader& reader, account::Visit const& visit)
{
    constexpr int most_areas = 8;
    auto const& query = visit.request.query;
    auto office = TRY(organization::unit_with_settings(reader, visit.request.parameter("unit"), visit.reader.today));
    PublicQuestion asked { std::move(office.unit), checked_origins(office.settings["public.embed"]), office.settings["public.documents"] != "hidden" };
    asked.today = time::date_at(visit.now, asked.unit.zone);
    auto year = query.integer("year").value_or(asked.today.year());
    asked.year = definition::plan_years().hold(year) ? static_cast<int>(year) : asked.today.year();
    auto area = query.integer("area").value_or(0);
    asked.area_no = area < 0 || area > most_areas ? 0 : static_cast<int>(area);
    return asked;
}

/// Over all that the page is made of, so that an unchanged page is not made again (FNV-1a; not a secret).
static std::string tag_of(account::Visit const& visit, view::Frame const& frame, PublicQuestion const& asked, PublicState const& state, std::size_t doors)
{
    auto text = fmt::format("{} {} {} {} {} {} {} {} {}|", KPUHUB_VERSION, state.journal.last.value, asked.unit.code, asked.unit.name, asked.year, asked.area_no,
        static_cast<int>(frame.language), frame.theme, visit.request.wants_json);
    text += fmt::format("{} {}", asked.today.iso(), doors);
    for (auto const& [period, sums] : state.sums)
        for (auto const& [part, amount] : sums.parts)
            text += fmt::format("{}.{}={};", period, part, amount);
    std::uint64_t hash = 14695981039346656037ULL;
    for (unsigned char byte : text)
        hash = (hash ^ byte) * 1099511628211ULL;
    return fmt::format("\"{:016x}\"", hash);
}

static void add_public_headers(http::Response& answer, std::string const& tag, std::string const& embed)
{
    answer.with("ETag", tag);
    if (answer.header("Cache-Control").empty())
        answer.with("Cache-Control", "public, max-age=60");
    if (!embed.empty())
        answer.with("Content-Security-Policy", http::policy_framed_by(embed)).with("Cross-Origin-Resource-Policy", "cross-origin");
}

static Result<http::Response> show_office(account::Visit& visit, definition::Shelf& shelf)
{
    auto frame = visit.public_frame({});
    auto const& messages = visit.door.renderer().messages();
    return visit.database.read([&](storage::Reader& reader) -> Result<http::Response> {
        auto asked = TRY(question(reader, visit));
        auto state = public_state(reader, asked);
        auto const doors = asked.area_no == 0 ? record::doors_of(reader, shelf, asked.unit.code) : std::vector<record::PublicDoor> {};
        auto tag = tag_of(visit, frame, asked, state, doors.size());
        if (visit.request.header("if-none-match") == tag) {
            http::Response unchanged;
            unchanged.status = 304;
            add_public_headers(unchanged, tag, asked.embed);
            return unchanged;
        }
        frame.title = { "portal.public.title", { view::Year { asked.year } } };
        frame.office = asked.unit.name;
        frame.footer = { { { "portal.start.offices" }, { "/public" } }, { { "portal.start.sign_in" }, { "/sign-in" } } };
        auto page = public_page(reader, asked, state, messages, frame.language);
        for (auto const& door : doors)
            page.services.push_back({ door.title.in(frame.language), { door.path }, { door.counts } });
        auto answer = visit.public_page("portal/public", page, frame);
        add_public_headers(answer, tag, asked.embed);
        return answer;
    });
}

void register_public_pages(account::Door const& door, http::Router& router, definition::Shelf& shelf)
{
    door.get_public<StartPage>(router, "/public", find_office);
    door.get_public<PublicPage>(router, "/public/units/{unit}", [&shelf](account::Visit& visit) { return show_office(visit, shelf); });
}

}
