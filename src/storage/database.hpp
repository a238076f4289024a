#pragma once
#include "core/id.hpp"
#include "core/result.hpp"
#include "time/date.hpp"
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace kpuhub::storage {

/// A named SQL text. One dialect for both engines: values are bound as $1, $2 ... (the same number may stand
/// several times), never pasted. The name goes to the log, to the statement counter and into faults.
struct Query {
    std::string_view name;
    std::string_view sql;
};

struct Blob {
    std::string bytes;
    friend bool operator==(Blob const&, Blob const&) = default;
};

/// What a column or a parameter holds. No floating point: shares are two integers, money whole rupiah.
using Value = std::variant<std::monostate, std::int64_t, std::string, Blob>;

Value to_value(std::int64_t);
Value to_value(int);
Value to_value(bool);                                   ///< 0 or 1
Value to_value(std::string_view);
Value to_value(std::string);
Value to_value(char const*);
Value to_value(Blob);
Value to_value(time::Date);                             ///< ISO text
Value to_value(time::Instant);                          ///< milliseconds
Value to_value(std::nullopt_t);
template<typename Of>
Value to_value(Id<Of> id) { return id ? Value { id.value } : Value {}; }
template<typename T>
Value to_value(std::optional<T> const& value) { return value ? to_value(*value) : Value {}; }

/// One row of an answer. Columns are counted from 0. Reading a column as what it is not throws EngineError
/// (a bug of ours); the optional_ forms give nothing for NULL.
class Row {
public:
    explicit Row(std::vector<Value> values) : m_values(std::move(values)) {}
    [[nodiscard]] bool is_null(std::size_t column) const;
    [[nodiscard]] std::int64_t integer(std::size_t column) const;
    [[nodiscard]] std::string const& text(std::size_t column) const;
    [[nodiscard]] std::string const& bytes(std::size_t column) const;
    [[nodiscard]] bool yes(std::size_t column) const { return integer(column) != 0; }
    [[nodiscard]] time::Date date(std::size_t column) const;
    [[nodiscard]] time::Instant instant(std::size_t column) const { return { integer(column) }; }
    template<typename Of>
    [[nodiscard]] Id<Of> id(std::size_t column) const { return { is_null(column) ? 0 : integer(column) }; }
    [[nodiscard]] std::optional<std::int64_t> optional_integer(std::size_t column) const;
    [[nodiscard]] std::optional<std::string> optional_text(std::size_t column) const;
    [[nodiscard]] std::optional<time::Date> optional_date(std::size_t column) const;
    [[nodiscard]] std::optional<time::Instant> optional_instant(std::size_t column) const;
    [[nodiscard]] std::string text_or_empty(std::size_t column) const;
    [[nodiscard]] std::size_t size() const { return m_values.size(); }
    [[nodiscard]] Value const& value(std::size_t column) const { return m_values.at(column); }

private:
    std::vector<Value> m_values;
};

using Rows = std::vector<Row>;

/// What the engine said, in five words that both engines share.
enum class EngineFault { Unique, ForeignKey, Check, Serialization, Full, ReadOnly, Connection, Other };

/// Thrown by statements and caught at the wall, Database::write and Database::read, which turn it into a Fault:
/// Unique, ForeignKey -> Conflict; Check -> Invalid; Full, ReadOnly, Connection -> Unavailable; Other -> Broken.
/// Actions do not catch it (PostgreSQL aborts the whole transaction after one error).
class EngineError : public std::runtime_error {
public:
    EngineError(EngineFault fault, std::string const& what) : std::runtime_error(what), m_fault(fault) {}
    [[nodiscard]] EngineFault fault() const { return m_fault; }

private:
    EngineFault m_fault;
};

/// Reads inside one snapshot. Not for use by two threads at once.
class Reader {
public:
    virtual ~Reader() = default;

    template<typename... Parameters>
    Rows query(Query const& statement, Parameters&&... parameters)
    {
        std::vector<Value> values;
        values.reserve(sizeof...(parameters));
        (values.push_back(to_value(std::forward<Parameters>(parameters))), ...);
        return query_values(statement, values);
    }

    /// The first row, or nothing.
    template<typename... Parameters>
    std::optional<Row> first(Query const& statement, Parameters&&... parameters)
    {
        auto rows = query(statement, std::forward<Parameters>(parameters)...);
        return rows.empty() ? std::nullopt : std::optional<Row> { std::move(rows.front()) };
    }

    virtual Rows query_values(Query const&, std::span<Value const>) = 0;

    /// Statements run so far (the page budget of design.md 13 is asserted on it).
    [[nodiscard]] int statements() const { return m_statements; }

protected:
    int m_statements = 0;
};

/// Reads and writes inside one transaction. An action that gets a Transaction may run more than once: no clock,
/// random number, file, mail or network inside it.
class Transaction : public Reader {
public:
    /// Runs a statement that changes rows; returns how many it changed.
    template<typename... Parameters>
    std::int64_t execute(Query const& statement, Parameters&&... parameters)
    {
        std::vector<Value> values;
        values.reserve(sizeof...(parameters));
        (values.push_back(to_value(std::forward<Parameters>(parameters))), ...);
        return execute_values(statement, values);
    }

    /// Runs INSERT ... RETURNING id; throws when no row came back.
    template<typename Of, typename... Parameters>
    Id<Of> insert(Query const& statement, Parameters&&... parameters)
    {
        auto row = first(statement, std::forward<Parameters>(parameters)...);
        if (!row)
            throw EngineError(EngineFault::Other, std::string(statement.name) + " returned no id");
        return row->template id<Of>(0);
    }

    virtual std::int64_t execute_values(Query const&, std::span<Value const>) = 0;
};

/// How hard a saved row may be lost, as /readyz shows it.
enum class Durability { Local, Replicated };

enum class Engine { Sqlite, Postgres };

/// One file of the schema: path ("migrations/20260115T0900_add_complaint.sql") and its bytes.
struct SchemaText {
    std::string path;
    std::string bytes;
};

struct Settings {
    std::string address;                ///< "sqlite:data/kpuhub.db" or "postgresql://..."
    int readers = 4;                    ///< read connections kept open
    bool rerun = false;                 ///< tests: run every action twice, the first run rolled back
    int writers = 4;                    ///< PostgreSQL: write connections kept open (SQLite has exactly one)
    std::optional<std::vector<SchemaText>> schema {};   ///< tests: these files instead of the compiled-in ones
};

/// What the database did since it was opened; for /metrics and tests.
struct Counters {
    std::int64_t actions = 0;           ///< write actions answered
    std::int64_t commits = 0;           ///< durable commits; fewer than actions when they shared one
    std::int64_t reads = 0;
    std::int64_t statements = 0;
    std::int64_t repeated = 0;          ///< actions run again after a lost group or a serialization failure
};

/// One database on one of two engines. "write" returns only after the commit is durable (design.md 9).
class Database {
public:
    /// Opens, checks the durability settings by reading them back, starts the writer. Does not migrate.
    static Result<std::unique_ptr<Database>> open(Settings const&);
    virtual ~Database() = default;

    /// Runs the action in a transaction and waits for the durable commit. The action gives a Result; a fault
    /// rolls back what this action did and nothing else. Not to be called from inside an action.
    /// Errors: Unavailable "storage.outcome_unknown" when the connection died during the commit: look the
    /// outcome up by the request key.
    template<typename Action>
    auto write(Action&& action) -> std::invoke_result_t<Action&, Transaction&>
    {
        std::optional<std::invoke_result_t<Action&, Transaction&>> answer;
        auto outcome = run_write([&](Transaction& transaction) {
            answer.emplace(action(transaction));
            return answer->has_value();
        });
        if (!outcome)
            return tl::make_unexpected(std::move(outcome).error());
        return std::move(*answer);
    }

    /// Runs the query inside one read snapshot.
    template<typename Action>
    auto read(Action&& action) -> std::invoke_result_t<Action&, Reader&>
    {
        std::optional<std::invoke_result_t<Action&, Reader&>> answer;
        auto outcome = run_read([&](Reader& reader) { answer.emplace(action(reader)); });
        if (!outcome)
            return tl::make_unexpected(std::move(outcome).error());
        return std::move(*answer);
    }

    /// Runs the schema files that have not run yet, each in one transaction with its checksum (security.md 18).
    /// A newer schema or a changed old file is refused with Conflict and changes nothing. Returns how many ran.
    virtual Result<int> migrate() = 0;

    /// Writes a consistent copy of the database into the folder as one file; returns its name.
    virtual Result<std::string> copy_to(std::string const& folder) = 0;

    /// The engine's own consistency check; empty = sound, otherwise what is wrong.
    virtual Result<std::vector<std::string>> check() = 0;

    [[nodiscard]] virtual Engine engine() const = 0;
    [[nodiscard]] virtual Durability durability() const = 0;
    [[nodiscard]] virtual Counters counters() const = 0;

protected:
    using WriteAction = std::function<bool(Transaction&)>;      ///< true = keep, false = roll back
    using ReadAction = std::function<void(Reader&)>;
    virtual Result<void> run_write(WriteAction const&) = 0;
    virtual Result<void> run_read(ReadAction const&) = 0;
};

}
