#pragma once
#include "definition/indicator.hpp"
#include "indicator/period_words.hpp"
#include "indicator/value.hpp"
#include "text/messages.hpp"
#include "view/visitor.hpp"

namespace kpuhub::portal {

using indicator::period_words;

/// What an indicator and its values are called in one language.
class IndicatorWords {
public:
    IndicatorWords(definition::Indicator const& made, text::Messages const& messages, text::Language language) : m_made(made), m_messages(messages), m_language(language) {}

    [[nodiscard]] std::string title() const { return m_made.title.in(m_language); }
    /// "40 %", "12 hari", "lebih dari 3 sampai 5 hari"; the standing in words when nothing was measured.
    [[nodiscard]] view::Sentence value(indicator::Value const&) const;
    /// "paling sedikit 100 %", "paling lama 10 hari"; nothing without a target.
    [[nodiscard]] std::optional<view::Sentence> target() const;
    /// "lebih dari 3 sampai 5 hari", of a bucket of the spread.
    [[nodiscard]] view::Sentence bucket(int) const;
    /// How it is counted, sentence by sentence.
    [[nodiscard]] std::vector<std::string> how() const;
    /// What a part counts: "Laporan kekayaan, status Diterima".
    [[nodiscard]] std::string part(definition::IndicatorPart const&) const;

private:
    [[nodiscard]] std::string word(std::string const& key, std::vector<std::string> const& arguments = {}) const;
    [[nodiscard]] std::string number(indicator::Exact const&) const;
    [[nodiscard]] std::string with_measure(std::string const& number) const;
    [[nodiscard]] std::string conditions(definition::IndicatorPart const&, definition::Register const&) const;
    [[nodiscard]] std::string field_name(definition::Register const&, std::string const& what) const;
    [[nodiscard]] std::string state_names(definition::Register const&, std::vector<std::string> const&) const;
    [[nodiscard]] std::string stock(definition::IndicatorPart const&) const;
    [[nodiscard]] std::string stock_value(std::string const& key, std::string const& value) const;
    definition::Indicator const& m_made;
    text::Messages const& m_messages;
    text::Language m_language;
};

/// The value on a scale of whole numbers, for charts: percent in hundredths, other numbers in hundredths too. Nothing when not measured.
[[nodiscard]] std::optional<std::int64_t> chart_value(definition::Indicator const&, indicator::Value const&);

}
