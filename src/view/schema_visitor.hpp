#pragma once
#include "view/visitor.hpp"

namespace kpuhub::view {

/// Writes the JSON schema of what JsonVisitor writes for the same type: every name required, no other name allowed,
/// optional ones may be null. A model that holds itself ends in {} (anything) after twelve levels.
class SchemaVisitor final : public Visitor {
public:
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
    void field(std::string_view name, Plain) override;
    void field(std::string_view, SafeHtml const&) override {}

    [[nodiscard]] std::string schema_json();

protected:
    [[nodiscard]] bool schema() const override { return true; }
    [[nodiscard]] bool too_deep() const override { return m_open.size() > 12; }
    void optional_schema(std::string_view name, std::function<void()> const& describe) override;
    void nothing(std::string_view) override {}
    void begin_object(std::string_view name) override;
    void end_object() override;
    void begin_list(std::string_view name, std::size_t count) override;
    void begin_item() override;
    void end_item() override;
    void text_item(std::string_view) override;
    void end_list() override;

private:
    struct Open {
        std::string name;
        std::string properties {};
        std::string required {};
        std::string item {};        ///< schema of a list's item
    };
    void property(std::string_view name, std::string_view schema);
    [[nodiscard]] static std::string object(Open const&);

    std::vector<Open> m_open { Open {} };
    bool m_optional = false;
};

}
