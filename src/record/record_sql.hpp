#pragma once
#include "record/record.hpp"

namespace kpuhub::record {

/// The SQL of a register's own table, made from its definition: names are identifiers that load_register has checked, values are
/// always bound.
class RecordSql {
public:
    explicit RecordSql(definition::Register const& made) : m_made(made) {}

    /// What read() understands, with the tables that it needs: "SELECT ... FROM r_x t JOIN subject s ...". `fields` limits it to
    /// some fields; without them all single values come.
    [[nodiscard]] std::string select(std::vector<definition::Field const*> const& fields) const;
    [[nodiscard]] Record read(storage::Row const&, std::vector<definition::Field const*> const& fields) const;
    /// Each record comes with the next moment by which the office must have done something, and whether one has passed.
    RecordSql& with_due();
    /// The chosen values of fields with many choices come too, for the one record whose number `id` stands for ("$6"): a row for each
    /// value, its field and the value in the last two columns.
    RecordSql& with_choices(std::string_view id);
    /// The open limits of the office on the record of subject s.
    static constexpr std::string_view open_limits = " FROM clock c WHERE c.subject_id = s.id AND c.state <> 'stopped' AND c.owed_by = 'office'";

    /// All fields that are a column of the register's table.
    [[nodiscard]] std::vector<definition::Field const*> columns() const;
    static bool is_column(definition::Field const&);

    /// What a child list's rows are selected by: id, then the fields with a name after each that has one.
    /// `after_id` names further columns behind the id (", t.subject_id").
    [[nodiscard]] std::string select_children(definition::Field const& list, std::string_view after_id = {}) const;

private:
    definition::Register const& m_made;
    std::string m_more, m_last, m_joined;
};

/// A person, unit or reference: its number has a name beside it.
bool has_name(definition::Field const&);

/// Collects bound values beside the text that names them.
class SqlText {
public:
    explicit SqlText(std::string text, std::vector<storage::Value> values = {}) : m_text(std::move(text)), m_values(std::move(values)) {}
    SqlText& add(std::string_view text)
    {
        m_text += text;
        return *this;
    }
    /// Binds the value and adds its number: "$7".
    SqlText& bind(storage::Value value)
    {
        m_values.push_back(std::move(value));
        m_text += "$" + std::to_string(m_values.size());
        return *this;
    }
    [[nodiscard]] std::string const& text() const { return m_text; }
    [[nodiscard]] std::vector<storage::Value> const& values() const { return m_values; }

private:
    std::string m_text;
    std::vector<storage::Value> m_values;
};

}
