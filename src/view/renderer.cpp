#include "view/renderer.hpp"
#include "core/embedded.hpp"
#include "view/json_visitor.hpp"
#include "view/schema_visitor.hpp"
#include "view/template_visitor.hpp"
#include "view/words.hpp"
#include <algorithm>
#include <stdexcept>

namespace kpuhub::view {

static std::vector<Renderer::File> embedded_templates()
{
    constexpr std::string_view folder = "web/templates/", ending = ".mustache";
    std::vector<Renderer::File> files;
    for (auto const& [path, bytes] : embedded_files())
        if (path.starts_with(folder) && path.ends_with(ending))
            files.push_back({ path.substr(folder.size(), path.size() - folder.size() - ending.size()), bytes });
    return files;
}

Renderer::Renderer(text::Messages const& messages)
    : Renderer(messages, embedded_templates())
{
    auto const found = problems();
    if (found.empty())
        return;
    std::string all;
    for (auto const& problem : found)
        all += problem + "\n";
    throw std::logic_error { all };
}

Renderer::Renderer(text::Messages const& messages, std::vector<File> files)
    : m_messages(messages)
{
    auto const source = [&files](std::string_view name) -> std::string_view const* {
        auto const found = std::find_if(files.begin(), files.end(), [name](auto const& file) { return file.name == name; });
        return found == files.end() ? nullptr : &found->text;
    };
    for (auto const& file : files)
        for (auto language : text::languages)
            m_templates[std::string { file.name }].push_back(Template::read(file.name, source, messages, language));
}

Template const& Renderer::template_of(std::string_view name, Language language) const
{
    auto const found = m_templates.find(name);
    if (found == m_templates.end())
        throw std::logic_error { "no template " + std::string { name } };
    return found->second[static_cast<std::size_t>(language)];
}

static Value value_of(TemplateVisitor&& visitor, std::function<void(Visitor&)> const& describe, Frame const* frame)
{
    describe(visitor);
    if (frame)
        visitor.field("frame", *frame);
    return visitor.value();
}

std::string Renderer::page_of(std::string_view name, Describe const& describe, Frame const& frame) const
{
    ValueStore store;
    auto const& page = template_of(name, frame.language);
    bool const bare = frame.layout == Layout::None;
    auto const& layout = bare ? page : template_of(frame.layout == Layout::Public ? "layout_public" : "layout", frame.language);
    auto const model = value_of({ store, page.asked(), layout.asked() }, describe, &frame);
    std::string out;
    out.reserve(64 * 1024);      // nearly every page fits: it is never copied to a larger place
    layout.render(out, model, m_messages, bare ? nullptr : &page);
    return out;
}

std::string Renderer::part_of(std::string_view name, Describe const& describe, Language language) const
{
    ValueStore store;
    std::string out;
    auto const& part = template_of(name, language);
    part.render(out, value_of({ store, part.asked(), part.asked() }, describe, nullptr), m_messages);
    return out;
}

std::string Renderer::json_of(Describe const& describe)
{
    JsonVisitor visitor;
    describe(visitor);
    return visitor.json();
}

std::string Renderer::schema_of(Describe const& describe)
{
    SchemaVisitor visitor;
    describe(visitor);
    return visitor.schema_json();
}

std::vector<std::string> Renderer::unknown_names_of(std::string_view name, Describe const& describe) const
{
    ValueStore store;
    Frame const frame;
    auto const shape = value_of(TemplateVisitor::of_shape(store), describe, &frame);
    return template_of(name, Language::Indonesian).unknown_names(shape);
}

std::string Renderer::words(Sentence const& sentence, Language language) const { return view::words(sentence, m_messages, language); }

std::vector<std::string> Renderer::template_names() const
{
    std::vector<std::string> names;
    for (auto const& [name, templates] : m_templates)
        names.push_back(name);
    return names;
}

std::vector<std::string> Renderer::problems() const
{
    std::vector<std::string> found;
    for (auto const& [name, templates] : m_templates)
        for (auto const& each : templates)
            found.insert(found.end(), each.problems().begin(), each.problems().end());
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

}
