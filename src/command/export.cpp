#include "codec/docx_writer.hpp"
#include "codec/paper_pdf.hpp"
#include "codec/xlsx_writer.hpp"
#include "command/command.hpp"
#include "command/opening.hpp"
#include "command/settings_options.hpp"
#include "decree/decree_paper.hpp"
#include "decree/issue.hpp"
#include "organization/unit.hpp"
#include "plan/plan_create.hpp"
#include "plan/plan_sheet.hpp"
#include "storage/file.hpp"
#include <filesystem>
#include <fmt/format.h>

namespace kpuhub::command {

using storage::Query;

constexpr Query plan_of_year { "command.plan_of_year", "SELECT subject_id FROM plan WHERE unit_id = $1 AND year = $2 AND plan_kind = 'office'" };
constexpr Query titles_of_posts { "command.titles_of_posts", "SELECT id, title FROM post WHERE unit_id = $1" };

struct ExportOptions {
    explicit ExportOptions(CLI::App& command) : settings(command) {}

    SettingsOptions settings;
    std::string unit;
    int year = 0;
    std::string file;
    std::string format;                 ///< xlsx, csv, json, docx, pdf; empty = by the ending of the file
    std::string size = "F4";
};

struct Exported {
    plan::Tree tree;
    plan::SheetWords words;
    decree::Wording wording {};
    codec::PaperSize size = codec::PaperSize::F4;
};

static Result<Exported> read_plan(storage::Reader& reader, ExportOptions const& options, time::Date today)
{
    auto const unit = TRY(organization::unit_by_code(reader, options.unit, today));
    auto const row = reader.first(plan_of_year, unit.id, options.year);
    if (!row)
        return invalid_because("command.export.no_plan", std::to_string(options.year));
    Exported exported { plan::tree_of(reader, row->id<PlanTag>(0)), { unit.name, options.year } };
    for (auto const& each : organization::subdivisions(reader, unit.id, today))
        exported.words.subdivisions[each.id] = each.short_name;
    for (auto const& post : reader.query(titles_of_posts, unit.id))
        exported.words.posts[post.id<PostTag>(0)] = post.text(1);
    exported.wording = decree::wording_of(reader, unit.id, today);
    exported.size = options.size == "A4" ? codec::PaperSize::A4 : codec::PaperSize::F4;
    return exported;
}

static Result<std::string> in_form(Exported const& plan, ExportOptions const& options)
{
    auto const& file = options.file;
    auto const ending = options.format.empty() ? std::filesystem::path { file }.extension().string() : "." + options.format;
    auto const decree = [&] { return decree::decree_of_plan(plan.tree, plan.wording, plan.words, plan.size); };
    if (ending == ".docx")
        return codec::write_docx(decree());
    if (ending == ".pdf")
        return codec::write_pdf(decree());
    if (ending == ".xlsx")
        return codec::write_workbook({ plan::plan_sheet(plan.tree, plan.words) });
    if (ending == ".csv")
        return "\xEF\xBB\xBF" + plan::plan_csv(plan.tree, plan.words);
    if (ending == ".json")
        return plan::to_json(plan.tree) + "\n";
    return invalid_because("command.export.kind", file);
}

static Result<void> write_file(std::string const& path, std::string_view bytes)
{
    auto const whole = std::filesystem::absolute(path);
    auto file = storage::TemporaryFile::create(whole.parent_path().string());
    if (!file || !file->write(bytes) || !file->put_at(whole.string()))
        return invalid_because("command.export.write", path);
    return {};
}

/// Reads only, so it may run beside the server.
static Result<void> export_plan(ExportOptions const& options)
{
    auto const settings = TRY(options.settings.read());
    auto const today = make_clock(settings)->today();
    auto database = TRY(storage::Database::open({ settings.database_address() }));
    auto const plan = TRY(database->read([&](storage::Reader& reader) { return read_plan(reader, options, today); }));
    auto const bytes = TRY(in_form(plan, options));
    TRY_VOID(write_file(options.file, bytes));
    fmt::print("{}: {} bytes\n", options.file, bytes.size());
    return {};
}

void add_export(CLI::App& application, Work& work)
{
    auto* command = application.add_subcommand("export", "mengekspor rencana ke XLSX, CSV, JSON, atau keputusannya ke DOCX dan PDF / export a plan to XLSX, CSV or JSON, its decree to DOCX or PDF");
    auto options = std::make_shared<ExportOptions>(*command);
    command->add_option("--unit", options->unit, "kode satuan kerja / code of the office: 7571")->required();
    command->add_option("--year", options->year, "tahun rencana / year of the plan")->required();
    command->add_option("--to,file", options->file, "berkas .xlsx, .csv, .json, .docx, atau .pdf / file")->required();
    command->add_option("--format", options->format, "bentuk, bila berbeda dari akhiran berkas / form, when it is not that of the ending")->check(CLI::IsMember({ "xlsx", "csv", "json", "docx", "pdf" }));
    command->add_option("--size", options->size, "ukuran kertas / paper size: F4, A4")->check(CLI::IsMember({ "F4", "A4" }));
    command->callback([&work, options] {
        work = [options](Workplace&) {
            auto const outcome = export_plan(*options);
            return outcome ? static_cast<int>(done) : report(outcome.error(), text::Messages::embedded());
        };
    });
}

}
