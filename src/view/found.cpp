#include "view/found.hpp"
#include <algorithm>

namespace kpuhub::view {

static bool holds(Value const& object, Value const* part)
{
    auto const items = object.items();
    return object.names() && part >= items.data() && part < items.data() + items.size();
}

static std::uint32_t place_in(Value const& object, Value const* part) { return static_cast<std::uint32_t>(part - object.items().data()); }

void Found::remember(std::vector<Value const*> const& stack, Name const& name, Named const& named)
{
    m_levels = 0;
    bool const dotted = name.path.size() == 2;
    if (!named.value || name.path.empty() || name.path.size() > 2)
        return;
    // The other forms ask for the kind of the value too: a level between might answer for another row.
    bool const by_name_alone = dotted || name.form == Form::Words || name.form == Form::Has;
    auto const levels = std::min(stack.size(), by_name_alone ? most_levels : std::size_t { 1 });
    for (std::size_t up = 0; up < levels; ++up) {
        auto const& level = *stack[stack.size() - 1 - up];
        m_names.at(up) = level.names();
        auto const* part = dotted ? level.part(name.path.front()) : holds(level, named.value) ? named.value : nullptr;
        if (!part)
            continue;
        if (dotted && !holds(*part, named.value))
            return;
        m_place = place_in(level, part);
        m_inner_names = dotted ? part->names() : nullptr;
        m_inner_place = dotted ? place_in(*part, named.value) : 0;
        m_form = named.form;
        m_of_any_kind = named.form == Form::Words || named.form == Form::Has;
        m_levels = static_cast<std::uint8_t>(up + 1);
        return;
    }
}

}
