#pragma once
#include "view/visitor.hpp"

namespace kpuhub::view {

/// Writes a model as JSON: ISO dates and UTC instants, numbers, codes; {"numerator", "denominator"} for a share,
/// {"key", "arguments"} for a sentence, null for nothing. SafeHtml is left out.
class JsonVisitor final : public Visitor {
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

    /// The whole object. Once, after the last field.
    [[nodiscard]] std::string json();

protected:
    void nothing(std::string_view name) override;
    void begin_object(std::string_view name) override;
    void end_object() override;
    void begin_list(std::string_view name, std::size_t count) override;
    void begin_item() override;
    void end_item() override;
    void text_item(std::string_view) override;
    void end_list() override;

private:
    void comma();
    void name(std::string_view name);

    std::string m_out = "{";
    bool m_first = true;
};

}
