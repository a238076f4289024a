#include "report/package_pages.hpp"
#include "evidence/file_answer.hpp"
#include "account/form.hpp"
#include "organization/access.hpp"
#include "organization/unit_access.hpp"
#include "report/package_model.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace kpuhub::report {

namespace {

PackageId package_id(http::Request const& request) { return { account::number_of(request.parameter("package")) }; }
std::string address_of(PackageId id) { return "/packages/" + std::to_string(id.value); }

int year_asked(account::Visit const& visit)
{
    auto const asked = visit.request.query.integer("year").value_or(visit.reader.today.year());
    return asked < 2010 || asked > 2100 ? visit.reader.today.year() : static_cast<int>(asked);
}

/// The quarter that ended last, for the choice that most will make.
std::string likely_period(time::Date today)
{
    auto const quarter = (static_cast<int>(today.month()) - 1) / 3;
    return "Q" + std::to_string(quarter == 0 ? 1 : quarter);
}

PackageLine line_of(Waiting const& waiting, time::Zone zone)
{
    auto const state = std::string { to_text(waiting.state) };
    return { { address_of(waiting.id) }, period_choice(waiting.period), { state, "report.delivery." + state }, waiting.unit_name,
        { "report.waiting.detail", { view::Year { waiting.year }, recipient_choice(waiting.recipient), view::Moment { waiting.sent_at, zone } } } };
}

Result<http::Response> show_packages(account::Visit& visit)
{
    auto const& who = visit.reader;
    auto const year = year_asked(visit);
    auto const page = TRY(visit.database.read([&](storage::Reader& reader) -> Result<PackagesPage> {
        auto const [unit, may] = TRY(organization::unit_for(reader, who.person, who.today, visit.request.parameter("unit"), { "plan.read", "report.send", "report.receive" }));
        PackagesPage made { unit.name, view::Year { year }, tabs(unit.code, Place::Packages) };
        for (auto const& package : packages_of(reader, who.person, who.today, unit.id, year)) {
            auto const state = std::string { to_text(package.state) };
            made.own.push_back({ { address_of(package.id) }, period_choice(package.period), { state, "report.state." + state }, {}, { "report.rounds", { package.round } } });
        }
        for (auto const& waiting : waiting_at(reader, who.person, who.today, unit.id))
            made.waiting.push_back(line_of(waiting, who.zone));
        made.may_send = may[1];
        made.receives = !made.waiting.empty() || may[2];
        auto const likely = likely_period(who.today);
        for (auto const& period : period_kinds())
            made.period_options.push_back({ period.code, period_choice(period.code), period.code == likely });
        auto const here = fmt::format("/units/{}/packages", unit.code);
        made.action = { here };
        made.earlier = { fmt::format("{}?year={}", here, year - 1) };
        made.later = { fmt::format("{}?year={}", here, year + 1) };
        return made;
    }));
    return visit.page("report/packages", page, visit.frame({ "report.packages.title", { page.unit_name } }, "reports"));
}

Result<http::Response> start_package(account::Visit& visit)
{
    auto const act = visit.act();
    auto const unit = TRY(visit.database.read([&](storage::Reader& reader) { return organization::unit_for(reader, act.actor, act.today, visit.request.parameter("unit"), "plan.read"); }));
    auto const& form = visit.request.form;
    return visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        return address_of(TRY(create(transaction, act, unit.id, static_cast<int>(form.integer("year").value_or(0)), form.text("period"))));
    });
}

Result<PackagePage> page_of(account::Visit& visit, PackagePlaces const& places)
{
    auto const& who = visit.reader;
    auto const search = visit.request.query.text("q");
    return visit.database.read([&](storage::Reader& reader) -> Result<PackagePage> {
        constexpr int most_rows = 40;
        PackageParts parts { TRY(find_package(reader, who.person, who.today, package_id(visit.request))) };
        auto const& package = parts.package;
        parts.chosen = chosen_in(reader, package.id);
        parts.rounds = rounds_of(reader, package.id);
        parts.deliveries = deliveries_of(reader, who.person, who.today, package.id);
        if (package.state == PackageState::Packing)
            parts.job = job::latest_of(reader, subject_of(package.id));
        if (package.may_send) {
            parts.papers = paper::papers_of(reader, who.person, who.today, package.unit);
            parts.open_rows = places.catalog.rows_to_prove(reader, who.person, who.today, package.unit, search.empty() ? row_word() : search, most_rows);
            parts.addressable = recipients_for(reader, package.unit, who.today);
        }
        return package_page(parts, search, who.zone);
    });
}

http::Response shown(account::Visit& visit, PackagePage const& page, int status)
{
    auto frame = visit.frame({ "report.package.title", { page.period, page.year } }, "reports");
    frame.crumbs = { { { "report.tab.packages" }, page.list }, { { "report.package.title", { page.period, page.year } }, {} } };
    auto answer = visit.page("report/package", page, frame, status);
    if (page.packing)
        answer.with("Refresh", "2");            // works without script; a package is packed within seconds
    return answer;
}

Result<http::Response> show_package(account::Visit& visit, PackagePlaces const& places) { return shown(visit, TRY(page_of(visit, places)), 200); }

/// Runs a step and leads back to the package; what the person can mend is said on the page itself.
template<typename Step>
Result<http::Response> take_step(account::Visit& visit, PackagePlaces const& places, Step const& step)
{
    auto const act = visit.act();
    auto const id = package_id(visit.request);
    auto const version = visit.request.form.integer("version").value_or(0);
    auto outcome = visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        TRY_VOID(step(transaction, act, id, version));
        return address_of(id);
    });
    if (outcome || (outcome.error().kind != FaultKind::Invalid && outcome.error().kind != FaultKind::Conflict) || visit.request.wants_json)
        return outcome;
    auto page = TRY(page_of(visit, places));
    page.errors = view::field_errors(outcome.error());
    if (!page.errors)
        page.wrong = view::sentence_of(outcome.error());
    return shown(visit, page, http::status_of(outcome.error().kind));
}

Result<http::Response> save_contents(account::Visit& visit, PackagePlaces const& places)
{
    auto const& form = visit.request.form;
    Contents contents { {}, {}, form.text("with_plan") == "1", form.text("with_proofs") == "1", form.text("note") };
    for (auto const& paper : form.all("paper"))
        contents.papers.push_back({ account::number_of(paper) });
    for (auto const& row : form.all("row"))
        contents.rows.push_back({ account::number_of(row) });
    return take_step(visit, places, [&](storage::Transaction& transaction, journal::Act const& act, PackageId id, std::int64_t version) { return save(transaction, act, id, version, contents); });
}

Result<http::Response> send_package(account::Visit& visit, PackagePlaces const& places)
{
    return take_step(visit, places, [&](storage::Transaction& transaction, journal::Act const& act, PackageId id, std::int64_t version) {
        return send(transaction, act, id, version, visit.request.form.all("recipient"));
    });
}

Result<http::Response> receive_package(account::Visit& visit, PackagePlaces const& places)
{
    return take_step(visit, places, [&](storage::Transaction& transaction, journal::Act const& act, PackageId id, std::int64_t version) {
        return receive(transaction, act, places.listener, id, version, visit.request.parameter("recipient"));
    });
}

Result<http::Response> return_package(account::Visit& visit, PackagePlaces const& places)
{
    return take_step(visit, places, [&](storage::Transaction& transaction, journal::Act const& act, PackageId id, std::int64_t version) {
        return give_back(transaction, act, id, version, visit.request.parameter("recipient"), visit.request.form.text("reason"));
    });
}

Result<http::Response> accept_package(account::Visit& visit, PackagePlaces const& places)
{
    return take_step(visit, places, [&](storage::Transaction& transaction, journal::Act const& act, PackageId id, std::int64_t version) {
        return accept(transaction, act, id, version, visit.request.parameter("recipient"));
    });
}

http::Response saved_answer(std::string path, std::string const& name)
{
    return evidence::shut_in_answer(std::move(path), "application/octet-stream").with("Content-Disposition", "attachment; filename=\"" + name + "\"");
}

Result<http::Response> send_archive(account::Visit& visit, PackagePlaces const& places)
{
    auto const& who = visit.reader;
    auto const number = account::number_of(visit.request.parameter("round"));
    std::string name;
    auto const hash = TRY(visit.database.read([&](storage::Reader& reader) -> Result<std::string> {
        auto const package = TRY(find_package(reader, who.person, who.today, package_id(visit.request)));
        name = fmt::format("paket-{}-{}-{}-{}.zip", package.unit_code, package.year, package.period, number);
        auto const rounds = rounds_of(reader, package.id);
        auto const round = std::ranges::find(rounds, number, &Round::round);
        if (round == rounds.end() || round->archive_hash.empty())
            return not_found();
        return round->archive_hash;
    }));
    return saved_answer(TRY(places.files.blobs.path_of(hash)), name);
}

Result<http::Response> send_file(account::Visit& visit, PackagePlaces const& places)
{
    auto const& who = visit.reader;
    auto const file = TRY(visit.database.read([&](storage::Reader& reader) -> Result<PackedFile> {
        auto const package = TRY(find_package(reader, who.person, who.today, package_id(visit.request)));
        auto const files = files_of_round(reader, package.id, account::number_of(visit.request.parameter("round")));
        auto const place = visit.request.parameter("place");
        auto const found = std::ranges::find_if(files, [&](PackedFile const& each) { return std::to_string(each.place) == place; });
        if (found == files.end() || found->hash.empty())
            return not_found();
        return *found;
    }));
    auto name = file.path.substr(file.path.rfind('/') == std::string::npos ? 0 : file.path.rfind('/') + 1);
    return saved_answer(TRY(places.files.blobs.path_of(file.hash)), name);
}

}

void register_package_pages(account::Door const& door, http::Router& router, PackagePlaces places)
{
    auto const with = [places](auto handler) { return [places, handler](account::Visit& visit) { return handler(visit, places); }; };
    door.get<PackagesPage>(router, "/units/{unit}/packages", "plan.read", show_packages);
    door.post(router, "/units/{unit}/packages", "report.send", start_package);
    door.get<PackagePage>(router, "/packages/{package}", "plan.read", with(show_package));
    door.post(router, "/packages/{package}/contents", "report.send", with(save_contents));
    door.post(router, "/packages/{package}/sending", "report.send", with(send_package));
    door.post(router, "/packages/{package}/{recipient}/receipt", "report.receive", with(receive_package));
    door.post(router, "/packages/{package}/{recipient}/return", "report.receive", with(return_package));
    door.post(router, "/packages/{package}/{recipient}/acceptance", "report.receive", with(accept_package));
    door.get(router, "/packages/{package}/rounds/{round}/archive", "plan.read", with(send_archive));
    door.get(router, "/packages/{package}/rounds/{round}/files/{place}", "plan.read", with(send_file));
}

}
