#include "decree/paper_view.hpp"
#include <algorithm>

namespace kpuhub::decree {

namespace {

constexpr int unit = 10'000;            // of a box, and of the picture's width
constexpr std::size_t marks_shown = 200;
constexpr int least_detail = 4'500;     // width of the strip around the chosen cells: readable on a phone
constexpr int margin = 150;

PaperMark mark_of(codec::Box const& box, std::int64_t height, bool chosen)
{
    auto const down = [&](int share) { return share * height / unit; };
    return { box.left, down(box.top), box.right - box.left, down(box.bottom) - down(box.top), chosen };
}

void add_marks(PaperView& view, std::vector<Source> const& sources, bool chosen)
{
    for (auto const& source : sources) {
        if (source.page != view.page || source.box == codec::Box {} || view.marks.size() >= marks_shown)
            continue;
        view.marks.push_back(mark_of(source.box, view.height, chosen));
        if (chosen && !source.cell.empty())
            view.cells += (view.cells.empty() ? "" : ", ") + source.cell;
    }
}

/// The strip of the page around the chosen cells.
void add_detail(PaperView& view)
{
    std::int64_t left = unit, top = view.height, right = 0, bottom = 0;
    for (auto const& mark : view.marks) {
        if (!mark.chosen)
            continue;
        left = std::min(left, mark.left);
        top = std::min(top, mark.top);
        right = std::max(right, mark.left + mark.width);
        bottom = std::max(bottom, mark.top + mark.height);
    }
    if (right <= left || bottom <= top)
        return;
    auto const width = std::min<std::int64_t>(unit, std::max<std::int64_t>(least_detail, right - left + 2 * margin));
    auto const from = std::clamp<std::int64_t>((left + right - width) / 2, 0, unit - width);
    auto const above = std::max<std::int64_t>(0, top - margin);
    view.detail_width = width;
    view.detail_height = std::min(view.height, bottom + margin) - above;
    view.detail = std::to_string(from) + " " + std::to_string(above) + " " + std::to_string(width) + " " + std::to_string(view.detail_height);
}

}

void PaperMark::describe(view::Visitor& v) const
{
    v.field("left", left);
    v.field("top", top);
    v.field("width", width);
    v.field("height", height);
    v.field("chosen", chosen);
}

void PaperView::describe(view::Visitor& v) const
{
    v.field("page", page);
    v.field("pages", pages);
    v.field("picture", picture);
    v.field("height", height);
    v.list("marks", marks);
    v.field("detail", detail);
    v.field("detail_width", detail_width);
    v.field("detail_height", detail_height);
    v.field("cells", cells);
    v.field("confidence", confidence);
    v.field("page_before", page_before);
    v.field("page_after", page_after);
}

bool on_paper(Draft const& original)
{
    return std::ranges::any_of(original.pages, [](auto& page) { return page.width > 0; });
}

int page_of(std::vector<Source> const& sources)
{
    auto const boxed = std::ranges::find_if(sources, [](auto& source) { return source.page > 0 && source.box != codec::Box {}; });
    if (boxed != sources.end())
        return boxed->page;
    return sources.empty() ? 0 : sources.front().page;
}

std::optional<PaperView> paper_view(Draft const& original, std::string const& address, std::string const& leaf, int page,
    std::vector<Source> const& chosen, std::vector<Source> const& others)
{
    auto const count = static_cast<int>(original.pages.size());
    if (!on_paper(original) || page < 1 || page > count)
        return std::nullopt;
    auto const& paper = original.pages[static_cast<std::size_t>(page) - 1];
    if (paper.width <= 0 || paper.height <= 0)
        return std::nullopt;
    PaperView view;
    view.page = page;
    view.pages = count;
    view.picture = { address + "/pages/" + std::to_string(page) };
    view.height = static_cast<std::int64_t>(paper.height) * unit / paper.width;
    add_marks(view, others, false);
    add_marks(view, chosen, true);
    add_detail(view);
    if (!leaf.empty() && page > 1)
        view.page_before = view::Link { leaf + "page=" + std::to_string(page - 1) + "#sumber" };
    if (!leaf.empty() && page < count)
        view.page_after = view::Link { leaf + "page=" + std::to_string(page + 1) + "#sumber" };
    return view;
}

}
