#pragma once
#include "storage/sqlite/reader_pool.hpp"
#include "storage/sqlite/writer.hpp"

namespace kpuhub::storage::sqlite {

/// One file, one writer, several readers.
class SqliteDatabase final : public Database {
public:
    /// Errors: Invalid when the folder is on a network or FUSE file system or the file cannot be opened.
    static Result<std::unique_ptr<Database>> open(std::string path, Settings const&);

    Result<int> migrate() override;
    Result<std::string> copy_to(std::string const& folder) override;
    Result<std::vector<std::string>> check() override;
    [[nodiscard]] Engine engine() const override { return Engine::Sqlite; }
    [[nodiscard]] Durability durability() const override { return Durability::Local; }
    [[nodiscard]] Counters counters() const override;

private:
    SqliteDatabase(std::string path, Settings const&);
    Result<void> run_write(WriteAction const& action) override { return m_writer.run(action); }
    Result<void> run_read(ReadAction const& action) override { return m_readers.run(action); }

    std::string m_path;
    Settings m_settings;
    Writer m_writer;
    ReaderPool m_readers;
};

}
