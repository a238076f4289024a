#include "view/template.hpp"
#include "view/found.hpp"
#include <fmt/format.h>
#include <utility>

namespace kpuhub::view {

void Template::render(std::string& out, Value const& model, text::Messages const& messages, Template const* content) const
{
    std::vector<Found> found(m_nodes.size());
    std::vector<Found> found_in_content(content ? content->m_nodes.size() : 0);
    Rendering rendering { out, messages, content, found.data(), found_in_content.data(), { &model } };
    render(rendering, 0, m_nodes.size());
}

/// The name of a node in the stack, without comparing names where they are known to stand.
Named Template::find(Rendering& rendering, std::size_t at) const
{
    auto& found = rendering.found[at];
    auto named = found.recall(rendering.stack);
    if (!named.value) {
        auto const& name = m_nodes[at].name;
        named = look_up(rendering.stack, name);
        found.remember(rendering.stack, name, named);
    }
    return named;
}

void Template::render(Rendering& rendering, std::size_t from, std::size_t to) const
{
    for (auto at = from; at < to; ++at) {
        auto const& node = m_nodes[at];
        switch (node.kind) {
        case Kind::Literal: rendering.out += node.text; break;
        case Kind::Variable:
            if (auto const named = find(rendering, at); named.value)
                append_words(rendering.out, named, rendering.messages, m_language);
            break;
        case Kind::Address: {
            // Only addresses made by our code: anything else would let input choose javascript: or a foreign site.
            auto const named = find(rendering, at);
            if (named.value && named.value->kind() == Value::Kind::Link)
                append_words(rendering.out, named, rendering.messages, m_language);
            else
                rendering.out += '#';
            break;
        }
        case Kind::Raw: {
            auto const named = find(rendering, at);
            if (named.value && named.value->kind() == Value::Kind::Markup)
                rendering.out += named.value->text();
            break;
        }
        case Kind::Content:
            if (auto const* content = rendering.content) {
                auto* const found = std::exchange(rendering.found, rendering.found_in_content);
                content->render(rendering, 0, content->m_nodes.size());
                rendering.found = found;
            }
            break;
        case Kind::Inverted:
        case Kind::Section:
            render_section(rendering, at);
            at = node.end - 1;
        }
    }
}

void Template::render_section(Rendering& rendering, std::size_t at) const
{
    auto const& node = m_nodes[at];
    auto const named = find(rendering, at);
    bool const shown = is_true(named);
    if (node.kind == Kind::Inverted) {
        if (!shown)
            render(rendering, at + 1, node.end);
        return;
    }
    if (!shown)
        return;
    if (named.value->kind() == Value::Kind::List && named.form != Form::Has) {
        for (auto const& item : named.value->items()) {
            rendering.stack.push_back(&item);
            render(rendering, at + 1, node.end);
            rendering.stack.pop_back();
        }
        return;
    }
    bool const enters = named.form == Form::Words;
    if (enters)
        rendering.stack.push_back(named.value);
    render(rendering, at + 1, node.end);
    if (enters)
        rendering.stack.pop_back();
}

/// `around`: the names asked inside each section that the nodes stand in.
void Template::note_asked(std::vector<Asked::Names*>& around, std::size_t from, std::size_t to)
{
    for (auto at = from; at < to; ++at) {
        auto const& node = m_nodes[at];
        auto const& path = node.name.path;
        for (auto* names : around) {
            names->all = names->all || node.kind == Kind::Content;
            if (!path.empty())
                names->names.insert(path.front());
            if (path.size() == 1)
                names->names.insert(node.name.base);
        }
        for (std::size_t part = 1; part < path.size(); ++part)
            m_asked.inside(path[part - 1]).names.insert({ path[part], part + 1 == path.size() ? node.name.base : path[part] });
        if (node.kind != Kind::Section && node.kind != Kind::Inverted)
            continue;
        bool const enters = node.kind == Kind::Section && !path.empty();
        if (enters)
            around.push_back(&m_asked.inside(path.back()));
        note_asked(around, at + 1, node.end);
        if (enters)
            around.pop_back();
        at = node.end - 1;
    }
}

std::vector<std::string> Template::unknown_names(Value const& shape) const
{
    std::vector<std::string> unknown;
    Stack stack { &shape };
    check(stack, 0, m_nodes.size(), unknown);
    return unknown;
}

void Template::check(Stack& stack, std::size_t from, std::size_t to, std::vector<std::string>& unknown) const
{
    for (auto at = from; at < to; ++at) {
        auto const& node = m_nodes[at];
        if (node.kind == Kind::Literal || node.kind == Kind::Content)
            continue;
        auto const named = look_up(stack, node.name);
        bool const section = node.kind == Kind::Section || node.kind == Kind::Inverted;
        if (!named.value)
            unknown.push_back(fmt::format("{}: the model has no {}", m_name, node.name.written()));
        else if (node.kind == Kind::Address && named.value->kind() != Value::Kind::Link)
            unknown.push_back(fmt::format("{}: {} is an address but no Link", m_name, node.name.written()));
        else if (node.kind == Kind::Raw && named.value->kind() != Value::Kind::Markup)
            unknown.push_back(fmt::format("{}: {} is raw but no SafeHtml", m_name, node.name.written()));
        else if (node.kind == Kind::Variable && (named.value->kind() == Value::Kind::Object || named.value->kind() == Value::Kind::List))
            unknown.push_back(fmt::format("{}: {} is a list or a part, not a text", m_name, node.name.written()));
        if (!section)
            continue;
        check_section(stack, at, named.form == Form::Words ? named.value : nullptr, unknown);
        at = node.end - 1;
    }
}

void Template::check_section(Stack& stack, std::size_t at, Value const* value, std::vector<std::string>& unknown) const
{
    auto const& node = m_nodes[at];
    bool const list = value && value->kind() == Value::Kind::List;
    if (list && value->items().empty())       // a tree that is not walked deeper
        return;
    bool const enters = value && node.kind == Kind::Section;
    if (enters)
        stack.push_back(list ? &value->items().front() : value);
    check(stack, at + 1, node.end, unknown);
    if (enters)
        stack.pop_back();
}

}
