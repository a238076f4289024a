#pragma once
#include "command/settings_options.hpp"
#include "journal/act.hpp"
#include "storage/blob_store.hpp"
#include "storage/database.hpp"
#include "time/date.hpp"
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace kpuhub::command {

/// What a command that writes works with: the one database that writes, the files, the clock.
struct Desk {
    Settings const& settings;
    storage::Database& database;
    storage::BlobStore& blobs;
    time::Clock const& clock;
    journal::Act act;                   ///< of the program itself: who may run this command may do all
};

/// Whether a command that runs alone first brings the schema up to date: a backup takes it as it is.
enum class Schema { UpToDate, AsItIs };

using DeskStep = std::function<Result<void>(Desk&)>;

/// Where a command runs: in its own process, or inside the running server that was asked over data/control.sock
/// (security.md 2: one process writes). Commands speak through it only, so that the answer reaches who asked.
class Workplace {
public:
    virtual ~Workplace() = default;

    /// The settings that hold: those of the command line and file, or the server's own.
    virtual Result<Settings> settings(SettingsOptions const&) = 0;
    /// Runs the step with the data folder held: here when nobody holds it, otherwise in the server that does.
    /// `input` is the file that the command reads, if any. Gives the exit code; faults were reported.
    virtual int write(Settings const&, DeskStep const&, std::string const& input = {}, Schema = Schema::UpToDate) = 0;
    /// Where a file named on the command line lies: as named, or the copy that came with the request.
    [[nodiscard]] virtual std::string input(std::string const& path) const = 0;
    /// A path named on the command line, seen from the folder that the command was given in.
    [[nodiscard]] virtual std::string path(std::string const& named) const = 0;

    virtual void print(std::string_view result) = 0;
    /// Tells a fault in both languages and gives its exit code.
    virtual int report(Fault const&) = 0;
};

/// A command in its own process.
class OwnWorkplace final : public Workplace {
public:
    /// The words as typed, without the program: what a running server is asked with.
    explicit OwnWorkplace(std::vector<std::string> words) : m_words(std::move(words)) {}
    Result<Settings> settings(SettingsOptions const& options) override { return options.read(); }
    int write(Settings const&, DeskStep const&, std::string const& input, Schema) override;
    [[nodiscard]] std::string input(std::string const& path) const override { return path; }
    [[nodiscard]] std::string path(std::string const& named) const override { return named; }
    void print(std::string_view) override;
    int report(Fault const&) override;

private:
    std::vector<std::string> m_words;
};

}
