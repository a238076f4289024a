#include "command/command.hpp"
#include "command/store_import.hpp"
#include "command/workplace.hpp"
#include "decree/draft_json.hpp"
#include "decree/draft_table.hpp"
#include "definition/offer.hpp"
#include "organization/unit.hpp"
#include "plan/board.hpp"
#include "text/messages.hpp"
#include <filesystem>
#include <fmt/format.h>
#include <memory>
#include <nlohmann/json.hpp>

namespace kpuhub::command {

namespace {

struct ImportOptions {
    explicit ImportOptions(CLI::App& command) : settings(command) {}

    SettingsOptions settings;
    std::string file;
    std::string unit;
    std::string user;
    int year = 0;
    std::string format = "table";
    std::string language = "id";
    bool dry_run = false;
    bool settle = false;
    bool fix = false;
};

/// What each success indicator would be bound to, as a further key "target" (docs/definitions.md); without it nothing fits for sure.
std::string with_targets(std::string const& draft)
{
    auto json = nlohmann::ordered_json::parse(draft);
    auto const offer = definition::shipped_offer();
    auto text = [](nlohmann::ordered_json const& node, char const* key) { return node[key].is_string() ? node[key].get<std::string>() : std::string {}; };
    for (auto& area : json["areas"])
        for (auto& activity : area["activities"])
            for (auto& sub : activity["subactivities"])
                for (auto& indicator : sub["indicators"]) {
                    auto const match = offer.bind({ text(indicator, "text"), text(sub, "text"), text(activity, "name"), area["no"].is_number() ? area["no"].get<int>() : 0 });
                    if (!match)
                        continue;
                    auto const service = offer.service(match->target->kind, match->target->id);
                    indicator["target"] = { { "id", match->target->id }, { "title", match->target->title.id }, { "phrase", match->phrase },
                        { "served_by", !service.registers.empty() ? "register" : !service.indicators.empty() ? "indicator" : service.planned() ? "planned" : "page" } };
                }
    return json.dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

int show(Workplace& place, ImportOptions const& options, decree::Draft const& draft, text::Messages const& messages)
{
    auto const language = options.language == "en" ? text::Language::English : text::Language::Indonesian;
    auto const words = [&](decree::Finding const& finding) {
        return messages.text("decree.finding." + std::string { decree::name(finding.kind) }, language, finding.arguments);
    };
    auto const out = options.format == "json" ? with_targets(decree::to_json(draft, false, words)) + "\n" : decree::to_table(draft, words);
    place.print(out);
    return done;
}

Result<PlanId> write_import(storage::Database& database, ImportOptions const& options, time::Clock const& clock,
    ImportRequest request, decree::Draft const& draft)
{
    auto const actor = TRY(database.read([&](storage::Reader& reader) -> Result<PersonId> {
        request.unit = TRY(organization::unit_by_code(reader, options.unit, clock.today())).id;
        return options.user.empty() ? reform_secretary(reader, request.unit, clock.today()) : person_of_user(reader, options.user);
    }));
    auto const act = journal::make_act(actor, clock.now(), clock.today());
    return database.write([&](storage::Transaction& transaction) { return store_import(transaction, act, request, draft); });
}

Result<void> store(Workplace& place, Desk& desk, ImportOptions const& options, decree::Draft const& draft)
{
    auto const held = desk.blobs.hold();
    auto const blob = TRY(desk.blobs.put_file(place.input(options.file)));
    ImportRequest request { {}, options.year, std::filesystem::path { options.file }.filename().string(), blob.hash, options.settle, options.fix };
    auto const plan = TRY(write_import(desk.database, options, desk.clock, std::move(request), draft));
    auto const rows = draft.nodes.size();
    auto const* state = options.fix ? "fixed" : "draft";
    if (options.format == "json")
        place.print(fmt::format("{{\"plan\":{},\"unit\":\"{}\",\"year\":{},\"state\":\"{}\",\"rows\":{}}}\n", plan.value, options.unit, options.year, state, rows));
    else
        place.print(fmt::format("{} {}: {} ({} baris / rows)\n", options.unit, options.year, state, rows));
    return {};
}

int import(Workplace& place, ImportOptions const& options)
{
    auto const settings = place.settings(options.settings);
    if (!settings)
        return place.report(settings.error());
    auto const draft = read_draft(place.input(options.file), settings->sandbox_required());
    if (!draft) {
        auto const code = place.report(draft.error());
        return draft.error().kind == FaultKind::NotFound ? static_cast<int>(bad_input) : code;
    }
    if (options.dry_run)
        return show(place, options, *draft, text::Messages::embedded());
    if (options.unit.empty() || options.year == 0) {
        place.report(Fault { FaultKind::Invalid, "command.import.where" });
        return wrong_use;
    }
    return place.write(*settings, [&](Desk& desk) { return store(place, desk, options, *draft); }, options.file);
}

}

void add_import(CLI::App& application, Work& work)
{
    auto* command = application.add_subcommand("import", "mengimpor keputusan rencana aksi / import an action-plan decree");
    auto options = std::make_shared<ImportOptions>(*command);
    command->add_option("FILE", options->file, "teks, CSV, XLSX, atau DOCX / text, CSV, XLSX or DOCX")->required();
    command->add_flag("--dry-run", options->dry_run, "hanya membaca dan menunjukkan rancangan / only read and show the draft");
    command->add_option("--unit", options->unit, "kode satuan kerja / code of the office: 7571");
    command->add_option("--year", options->year, "tahun rencana / year of the plan");
    command->add_option("--as", options->user, "atas nama akun ini (bawaan: sekretaris Tim RB) / as this account (default: secretary of the reform team)");
    command->add_flag("--settle", options->settle, "terima usulan untuk semua temuan / settle all findings as proposed");
    command->add_flag("--fix", options->fix, "langsung tetapkan / fix the plan at once");
    command->add_option("--format", options->format, "json | table")->check(CLI::IsMember({ "json", "table" }));
    command->add_option("--language", options->language, "id | en")->check(CLI::IsMember({ "id", "en" }));
    command->callback([&work, options] { work = [options](Workplace& place) { return import(place, *options); }; });
}

}
