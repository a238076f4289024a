#include "command/command.hpp"
#include "command/opening.hpp"
#include "command/settings_options.hpp"
#include "definition/clock_file.hpp"
#include "definition/coverage.hpp"
#include "definition/indicator_publication.hpp"
#include "record/place.hpp"
#include "storage/folder_lock.hpp"
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <sstream>

namespace kpuhub::command {

namespace {

using definition::Published;
using definition::RegisterText;

struct DefinitionOptions {
    DefinitionOptions(CLI::App& command, bool files) : settings(command)
    {
        if (files) {
            command.add_option("files", files_given, "berkas YAML / YAML files");
            command.add_flag("--shipped", shipped, "yang ikut dalam program / those that come with the program");
        }
    }

    SettingsOptions settings;
    std::vector<std::string> files_given;
    bool shipped = false;
    std::string folder;
};

/// Registers come first, for indicators count them.
struct Texts {
    std::vector<RegisterText> registers, indicators;
};

Texts sorted(std::vector<RegisterText> texts)
{
    Texts sorted;
    for (auto& text : texts)
        (definition::is_indicator(text.file, text.text) ? sorted.indicators : sorted.registers).push_back(std::move(text));
    return sorted;
}

Result<std::vector<RegisterText>> texts_of(DefinitionOptions const& options)
{
    std::vector<RegisterText> texts;
    if (options.shipped) {
        texts = definition::shipped_registers();
        auto indicators = definition::shipped_indicators();
        texts.insert(texts.end(), std::make_move_iterator(indicators.begin()), std::make_move_iterator(indicators.end()));
    }
    for (auto const& path : options.files_given) {
        std::ifstream file(path, std::ios::binary);
        std::ostringstream bytes;
        bytes << file.rdbuf();
        if (!file)
            return invalid_because("definition.no_file", path);
        texts.push_back({ path, std::move(bytes).str() });
    }
    if (texts.empty())
        return invalid("definition.no_files");
    return texts;
}

/// Each wrong place on a line of its own: "file:line: words".
int report_places(Fault const& fault)
{
    auto messages = text::Messages::embedded();
    for (auto const& field : fault.fields) {
        std::string const arguments[] = { field.argument };
        std::fprintf(stderr, "%s: %s / %s\n", field.field.c_str(), messages.text(field.message_key, text::Language::Indonesian, arguments).c_str(),
            messages.text(field.message_key, text::Language::English, arguments).c_str());
    }
    return report(fault, messages);
}

void print(Published const& outcome, bool indicator)
{
    if (!outcome.changed)
        return fmt::print("{} {}: tidak berubah / no change\n", outcome.id, outcome.version);
    fmt::print("{} {}:{}\n", outcome.id, outcome.version, !outcome.first ? "" : indicator ? " indikator baru / new indicator" : " register baru / new register");
    for (auto const& change : outcome.changes) {
        auto sign = change.kind == definition::Change::Kind::Added ? '+' : change.kind == definition::Change::Kind::Retired ? '-' : '~';
        fmt::print("  {} {}\n", sign, change.part);
    }
    for (auto const& statement : outcome.statements)
        fmt::print("  {};\n", statement);
}

/// Checks files before anything is written: what is wrong with each alone. One run tells of all files.
class FileCheck {
public:
    explicit FileCheck(std::vector<RegisterText> const& known)
    {
        for (auto const& text : known) {
            if (auto root = definition::parse(text.file, text.text))
                m_names.registers.insert((*root)["id"].text);
            if (auto made = definition::load_register(text.file, text.text, { m_names.roles, m_names.registers, {} }))
                keep(std::move(*made));
        }
    }

    /// In the order given, as publishing takes them: records refer to registers that came before.
    void registers(std::vector<RegisterText> const& texts)
    {
        for (auto const& text : texts)
            if (auto made = taken(definition::load_register(text.file, text.text, m_names))) {
                m_found += fmt::format("{}: {} {}, {} isian / fields\n", text.file, made->id, made->version, made->fields.size());
                m_names.registers.insert(made->id);
                keep(std::move(*made));
            }
    }

    void indicators(std::vector<RegisterText> const& texts)
    {
        auto const find = [&](std::string_view id) -> definition::Register const* {
            auto found = m_registers.find(id);
            return found == m_registers.end() ? nullptr : &found->second;
        };
        for (auto const& text : texts)
            if (auto made = taken(definition::load_indicator(text.file, text.text, find)))
                m_found += fmt::format("{}: {} {}, indikator / indicator\n", text.file, made->id, made->version);
    }

    /// A line for each file that is right.
    [[nodiscard]] std::string const& found() const { return m_found; }

    [[nodiscard]] Result<void> result() const
    {
        if (m_wrong)
            return tl::make_unexpected(*m_wrong);
        return {};
    }

private:
    void keep(definition::Register made)
    {
        if (auto const there = m_registers.find(made.id); there == m_registers.end() || there->second.version <= made.version)
            m_registers.insert_or_assign(made.id, made);
    }

    /// What is wrong with a file is kept beside what is wrong with the others.
    template<typename Made>
    std::optional<Made> taken(Result<Made> made)
    {
        if (made)
            return std::move(*made);
        if (!m_wrong)
            m_wrong = made.error();
        else
            m_wrong->fields.insert(m_wrong->fields.end(), made.error().fields.begin(), made.error().fields.end());
        return std::nullopt;
    }

    definition::KnownNames m_names { definition::known_roles(), {}, definition::known_rules() };
    std::map<std::string, definition::Register, std::less<>> m_registers;
    std::string m_found;
    std::optional<Fault> m_wrong;
};

Result<void> check(DefinitionOptions const& options)
{
    auto const texts = sorted(TRY(texts_of(options)));
    FileCheck check { definition::shipped_registers() };
    check.registers(texts.registers);
    check.indicators(texts.indicators);
    fmt::print("{}", check.found());
    return check.result();
}

Result<void> diff(DefinitionOptions const& options)
{
    auto const settings = TRY(options.settings.read());
    auto database = TRY(storage::Database::open({ settings.database_address() }));
    auto const texts = sorted(TRY(texts_of(options)));
    for (auto const& outcome : TRY(definition::preview(*database, texts.registers)))
        print(outcome, false);
    for (auto const& outcome : TRY(definition::preview_indicators(*database, texts.indicators)))
        print(outcome, true);
    return {};
}

Result<void> publish(DefinitionOptions const& options)
{
    auto const settings = TRY(options.settings.read());
    auto const lock = TRY(storage::FolderLock::take(settings.data));
    auto clock = make_clock(settings);
    auto database = TRY(open_database(settings, *clock));
    auto act = journal::make_act({}, clock->now(), clock->today());
    auto const texts = sorted(TRY(texts_of(options)));
    // registers and indicators are written one after the other: a wrong indicator must not leave half of it published
    FileCheck check { TRY(database->read([](storage::Reader& reader) -> Result<std::vector<RegisterText>> { return definition::published_texts(reader); })) };
    check.registers(texts.registers);
    check.indicators(texts.indicators);
    TRY_VOID(check.result());
    for (auto const& outcome : TRY(definition::publish(*database, act, texts.registers, record::write_permissions)))
        print(outcome, false);
    for (auto const& outcome : TRY(definition::publish_indicators(*database, act, texts.indicators)))
        print(outcome, true);
    return {};
}

/// All published texts, numbered in their order: published elsewhere in this order they give the same registers and tables.
Result<void> write_out(DefinitionOptions const& options)
{
    auto const settings = TRY(options.settings.read());
    auto database = TRY(storage::Database::open({ settings.database_address() }));
    auto texts = TRY(database->read([](storage::Reader& reader) -> Result<std::vector<RegisterText>> { 
        auto all = definition::published_texts(reader);
        auto indicators = definition::published_indicators(reader);
        all.insert(all.end(), std::make_move_iterator(indicators.begin()), std::make_move_iterator(indicators.end()));
        return all;
    }));
    std::filesystem::create_directories(options.folder);
    int number = 0;
    for (auto const& text : texts) {
        auto path = fmt::format("{}/{:04}-{}", options.folder, ++number, text.file);
        if (std::ofstream file { path, std::ios::binary }; !(file << text.text))
            return unavailable("storage.unavailable", "a definition was not written");
        fmt::print("{}\n", path);
    }
    return {};
}

/// docs/coverage.md, from what comes with the program.
Result<void> coverage(DefinitionOptions const&)
{
    auto const offer = definition::shipped_offer();
    fmt::print("{}", definition::coverage_text(offer));
    return {};
}

void add_step(CLI::App* command, Work& work, bool files, Result<void> (*step)(DefinitionOptions const&), bool folder = true)
{
    auto options = std::make_shared<DefinitionOptions>(*command, files);
    if (!files && folder)
        command->add_option("--to", options->folder, "folder")->required();
    command->callback([&work, options, step] {
        work = [options, step](Workplace&) {
            auto const outcome = step(*options);
            return outcome ? static_cast<int>(done) : report_places(outcome.error());
        };
    });
}

}

void add_definitions(CLI::App& application, Work& work)
{
    auto* command = application.add_subcommand("definitions", "ketentuan register / definitions of registers");
    command->require_subcommand(1);
    add_step(command->add_subcommand("check", "memeriksa berkas / check files"), work, true, check);
    add_step(command->add_subcommand("diff", "memperlihatkan perubahan / show what would change"), work, true, diff);
    add_step(command->add_subcommand("publish", "menerbitkan / publish"), work, true, publish);
    add_step(command->add_subcommand("export", "menulis yang terbit ke folder / write what is published to a folder"), work, false, write_out);
    add_step(command->add_subcommand("coverage", "yang melayani 180 sistem (docs/coverage.md) / what serves the 180 systems"), work, false, coverage, false);
}

}
