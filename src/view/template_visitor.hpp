#pragma once
#include "view/value.hpp"

namespace kpuhub::view {

/// Builds the value of a model for templates. In shape mode it describes types instead: one item in each list, optional
/// parts present; that is what a template's names are checked against.
class TemplateVisitor final : public Visitor {
public:
    enum class Mode { Values, Shape };
    explicit TemplateVisitor(ValueStore& store, Mode mode = Mode::Values);

    using Visitor::field;
    void field(std::string_view name, std::string_view) override;
    void field(std::string_view name, std::int64_t) override;
    void field(std::string_view name, bool) override;
    void field(std::string_view name, time::Date) override;
    void field(std::string_view name, Moment const&) override;
    void field(std::string_view name, Ratio const&) override;
    void field(std::string_view name, Money const&) override;
    void field(std::string_view name, Year) override;
    void field(std::string_view name, Link const&) override;
    void field(std::string_view name, Choice const&) override;
    void field(std::string_view name, Sentence const&) override;
    void field(std::string_view name, SafeHtml const&) override;

    /// The object that the fields so far make up. Once, after the last field.
    [[nodiscard]] Value value();

protected:
    [[nodiscard]] bool schema() const override { return m_mode == Mode::Shape; }
    [[nodiscard]] bool too_deep() const override { return m_open.size() > 12; }
    void nothing(std::string_view name) override;
    void begin_object(std::string_view name) override;
    void end_object() override;
    void begin_list(std::string_view name, std::size_t count) override;
    void begin_item() override;
    void end_item() override;
    void text_item(std::string_view) override;
    void end_list() override;

private:
    struct Open {
        std::string_view name;
        std::size_t first;
    };
    void add(std::string_view name, Value);
    void open(std::string_view name) { m_open.push_back({ name, m_values.size() }); }
    /// Takes the parts since the last open, as an object or a list, and puts it in their place.
    void close(Value::Kind);

    ValueStore& m_store;
    Mode m_mode;
    std::vector<Open> m_open;
    std::vector<std::string_view> m_names;
    std::vector<Value> m_values;
};

}
