#include "view/found.hpp"
#include <algorithm>

namespace kpuhub::view {

Named Found::recall_above(std::vector<Value const*> const& stack) const
{
    if (m_levels == 0 || m_levels > stack.size())
        return {};
    auto const* const* level = stack.data() + stack.size();
    for (std::size_t up = 0; up < m_levels; ++up)
        if ((*--level)->names() != m_names[up])
            return {};
    auto const* value = &(*level)->items()[m_place];
    if (m_inner_names) {
        if (value->names() != m_inner_names)
            return {};
        value = &value->items()[m_inner_place];
    }
    return m_of_any_kind || has_form(*value, m_form) ? Named { value, m_form } : Named {};
}

static bool holds(Value const& object, Value const* part)
{
    auto const items = object.items();
    return object.names() && part >= items.data() && part < items.data() + items.size();
}

static std::uint32_t place_in(Value const& object, Value const* part) { return static_cast<std::uint32_t>(part - object.items().data()); }

void Found::remember(std::vector<Value const*> const& stack, Name const& name, Named const& named)
{
    m_levels = 0;
    m_in_innermost = false;
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
        m_in_innermost = up == 0 && !dotted && m_of_any_kind;
        return;
    }
}

}
