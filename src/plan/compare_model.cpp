#include "plan/compare_model.hpp"
#include "plan/plan_marks.hpp"
#include "plan/schedule_model.hpp"

namespace kpuhub::plan {

static std::vector<BoardStep> labels(std::vector<view::Sentence> const& sentences)
{
    std::vector<BoardStep> made;
    for (auto const& each : sentences)
        made.push_back({ {}, each });
    return made;
}

void CompareRow::describe(view::Visitor& v) const
{
    v.field("css", css);
    v.field("kind", kind);
    v.field("removed", kind == "removed");
    v.field("words", words);
    v.field("before", before);
    v.field("after", after);
    v.list("fields", labels(fields));
}

void ComparePage::describe(view::Visitor& v) const
{
    v.field("year", year);
    v.field("before_words", before);
    v.field("after_words", after);
    v.field("added", added);
    v.field("removed_rows", removed);
    v.field("changed", changed);
    v.list("rows", rows);
    v.list("befores", befores);
    v.list("afters", afters);
    v.field("with", with);
    v.field("action", action);
    v.field("board", board);
    v.field("nothing", nothing);
}

static view::Sentence field_words(std::string const& field, RowDifference const& row, text::Language language)
{
    auto months = [&](Months set) { return set.none() ? std::string { "–" } : months_text(set, language); };
    view::Choice const name { field, "plan.compare.field." + field };
    auto both = [&](std::string before, std::string after) -> view::Sentence {
        return { "plan.compare.both", { name, before.empty() ? "–" : before, after.empty() ? "–" : after } };
    };
    if (field == "number")
        return both(row.before.number, row.after.number);
    if (field == "months")
        return both(months(row.before.printed), months(row.after.printed));
    if (field == "working_months")
        return both(months(row.before.months()), months(row.after.months()));
    if (field == "remark")
        return both(row.before.remark, row.after.remark);
    return { "plan.compare.one", { name } };
}

static std::string text_of(Node const& node)
{
    constexpr std::size_t longest = 400;
    return bare_number(node.number) + (node.number.empty() ? "" : " ") + shortened(node.body, longest);
}

void fill_rows(ComparePage& page, std::vector<RowDifference> const& differences, text::Language language)
{
    for (auto const& each : differences) {
        if (each.kind == Difference::Same)
            continue;
        CompareRow row;
        row.css = "k-l" + std::to_string(each.depth);
        row.kind = to_text(each.kind);
        row.words = { row.kind, "plan.compare.kind." + row.kind };
        if (each.kind != Difference::Removed)
            row.after = text_of(each.after);
        if (each.kind == Difference::Removed || (each.kind == Difference::Changed && each.before.body != each.after.body))
            row.before = text_of(each.before);
        for (auto const& field : each.fields)
            if (field != "body")
                row.fields.push_back(field_words(field, each, language));
        page.added += each.kind == Difference::Added ? 1 : 0;
        page.removed += each.kind == Difference::Removed ? 1 : 0;
        page.changed += each.kind == Difference::Changed ? 1 : 0;
        page.rows.push_back(std::move(row));
    }
}

}
