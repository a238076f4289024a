#include "codec/child.hpp"
#include "command/command.hpp"
#include "command/opening.hpp"
#include "decree/draft_json.hpp"
#include "decree/draft_table.hpp"
#include "decree/read_decree.hpp"
#include "text/messages.hpp"
#include <cstdio>
#include <memory>

namespace kpuhub::command {

namespace {

struct ImportOptions {
    std::string file;
    std::string format = "table";
    std::string language = "id";
    bool dry_run = false;
};

Result<decree::Draft> read_draft(std::string const& file)
{
    auto const shape = TRY(decree::built_in_shape());
    auto const document = TRY(codec::read_file_in_child(file));
    return decree::read_decree(document, shape);
}

int import(ImportOptions const& options)
{
    auto const messages = text::Messages::embedded();
    auto const draft = read_draft(options.file);
    if (!draft) {
        auto const code = report(draft.error(), messages);
        return draft.error().kind == FaultKind::NotFound ? static_cast<int>(bad_input) : code;
    }
    auto const language = options.language == "en" ? text::Language::English : text::Language::Indonesian;
    auto const words = [&](decree::Finding const& finding) {
        return messages.text("decree.finding." + std::string { decree::name(finding.kind) }, language, finding.arguments);
    };
    auto const out = options.format == "json" ? decree::to_json(*draft, false, words) + "\n" : decree::to_table(*draft, words);
    std::fwrite(out.data(), 1, out.size(), stdout);
    return done;
}

}

void add_import(CLI::App& application, Work& work)
{
    auto* command = application.add_subcommand("import", "membaca keputusan rencana aksi / read an action-plan decree");
    auto options = std::make_shared<ImportOptions>();
    command->add_option("FILE", options->file, "teks, CSV, atau XLSX / text, CSV or XLSX")->required();
    command->add_flag("--dry-run", options->dry_run, "hanya membaca dan menunjukkan rancangan / only read and show the draft")->required();
    command->add_option("--format", options->format, "json | table")->check(CLI::IsMember({ "json", "table" }));
    command->add_option("--language", options->language, "id | en")->check(CLI::IsMember({ "id", "en" }));
    command->callback([&work, options] { work = [options] { return import(*options); }; });
}

}
