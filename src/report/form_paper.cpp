#include "paper/words.hpp"
#include "report/papers.hpp"
#include <algorithm>

namespace kpuhub::report {

namespace {

using codec::Paragraph;

class Writer {
public:
    Writer(FormDefinition const& form, Content const& content, Facts const& facts) : m_form(form), m_content(content), m_facts(facts) {}

    std::vector<codec::Block> blocks()
    {
        for (auto const& rule : m_form.body)
            write(rule);
        return std::move(m_blocks);
    }

private:
    [[nodiscard]] std::string fill(std::string_view text) const { return filled(text, m_content, m_facts); }

    /// The lines of a field; what nobody filled is none, not dots.
    [[nodiscard]] std::vector<std::string> lines(std::string const& text) const
    {
        if (text.size() > 2 && text.front() == '{' && text.back() == '}' && m_content.text(std::string_view { text }.substr(1, text.size() - 2)).empty())
            return {};
        return entries(fill(text));
    }

    void write(BlockRule const& rule)
    {
        if (rule.block == "letterhead")
            std::ranges::move(paper::letterhead(paper::office_name(m_facts.unit_name), m_facts.address), std::back_inserter(m_blocks));
        else if (rule.block == "heading")
            m_blocks.emplace_back(heading(paper::capitals(fill(rule.text)), 5));
        else if (rule.block == "paragraph")
            paragraph(rule);
        else if (rule.block == "right")
            m_blocks.emplace_back(Paragraph { fill(rule.text), { codec::Align::Right }, 0, 4 });
        else if (rule.block == "labels")
            labels(rule);
        else if (rule.block == "numbered")
            numbers(rule);
        else if (rule.block == "table")
            table(rule);
        else if (rule.block == "attendance")
            attendance(rule);
        else if (rule.block == "signers")
            put_signatures(m_blocks, m_form.layout, m_content, m_facts);
    }

    void paragraph(BlockRule const& rule)
    {
        codec::TextLook look { codec::Align::Justified };
        look.bold = rule.bold;
        m_blocks.emplace_back(Paragraph { fill(rule.text), look, 0, 3, rule.bold });
    }

    void labels(BlockRule const& rule)
    {
        codec::LabelRows rows;
        rows.indent_mm = rule.indent ? 12 : 0;
        rows.label_mm = 40;
        rows.after_mm = 1;
        for (auto const& [label, text] : rule.rows)
            rows.rows.push_back({ label, fill(text) });
        m_blocks.emplace_back(std::move(rows));
        m_blocks.emplace_back(gap());
    }

    void numbers(BlockRule const& rule)
    {
        auto const all = lines(rule.text);
        if (all.empty() && rule.optional)
            return;
        if (!rule.heading.empty())
            m_blocks.emplace_back(subheading(rule.heading));
        m_blocks.emplace_back(numbered(all.empty() ? std::vector<std::string> { "....................................................................." } : all));
        m_blocks.emplace_back(gap());
    }

    void table(BlockRule const& rule)
    {
        codec::Table made { rule.widths, 1, {}, 10 };
        for (std::size_t i = 0; i < rule.headings.size(); ++i)
            made.cells.push_back(head_cell(0, static_cast<int>(i), rule.headings[i]));
        auto const all = lines(rule.text);
        auto const rows = static_cast<int>(all.size()) + (all.empty() ? std::max(rule.empty, 1) : 0);
        for (int row = 1; row <= rows; ++row) {
            made.cells.push_back(centred_cell(row, 0, std::to_string(row) + "."));
            auto const parts = row <= static_cast<int>(all.size()) ? columns(all[static_cast<std::size_t>(row - 1)]) : std::vector<std::string> { "\n " };
            for (std::size_t i = 0; i < parts.size() && i + 1 < rule.headings.size(); ++i)
                made.cells.push_back({ row, static_cast<int>(i) + 1, parts[i] });
        }
        m_blocks.emplace_back(std::move(made));
        m_blocks.emplace_back(gap());
    }

    void attendance(BlockRule const& rule)
    {
        std::vector<paper::Signatory> people;
        for (auto const& line : lines(rule.text)) {
            auto const parts = columns(line);
            people.push_back({ parts.size() > 1 ? parts[1] : std::string {}, parts[0] });
        }
        m_blocks.emplace_back(paper::signature_list(people, rule.empty));
    }

    FormDefinition const& m_form;
    Content const& m_content;
    Facts const& m_facts;
    std::vector<codec::Block> m_blocks;
};

}

codec::Paper form_paper(FormDefinition const& form, Content const& content, Facts const& facts)
{
    codec::Section section;
    section.blocks = Writer { form, content, facts }.blocks();
    return framed(title_of(form, content, facts.unit_name), std::move(section), facts);
}

}
