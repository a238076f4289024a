#pragma once
#include "core/result.hpp"
#include "text/messages.hpp"
#include "view/frame.hpp"
#include "view/template.hpp"
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kpuhub::view {

template<typename T>
concept Model = requires(T const& model, Visitor& visitor) { model.describe(visitor); };

/// Turns models into pages, JSON and schemas. Immutable once made; threads share one.
class Renderer {
public:
    /// One file of web/templates: its name without folder and ending ("plan/board") and its text.
    struct File {
        std::string_view name;
        std::string_view text;
    };

    /// All templates of the program. Throws std::logic_error with every problem when one is faulty: the program does not start.
    explicit Renderer(text::Messages const&);
    /// Other templates, for tests. The texts live as long as the renderer.
    Renderer(text::Messages const&, std::vector<File> files);

    /// The page in its layout. Throws std::logic_error when there is no such template.
    template<Model T>
    [[nodiscard]] std::string page(std::string_view template_name, T const& model, Frame const& frame) const
    {
        return page_of(template_name, [&model](Visitor& visitor) { model.describe(visitor); }, frame);
    }

    /// A part without a layout (mail, a fragment): only the model's names.
    template<Model T>
    [[nodiscard]] std::string part(std::string_view template_name, T const& model, Language language) const
    {
        return part_of(template_name, [&model](Visitor& visitor) { model.describe(visitor); }, language);
    }

    template<Model T>
    [[nodiscard]] static std::string json(T const& model)
    {
        return json_of([&model](Visitor& visitor) { model.describe(visitor); });
    }

    /// JSON schema (OpenAPI 3.1 component) of what json() writes for this type of model.
    template<Model T>
    [[nodiscard]] static std::string schema()
    {
        return schema_of([](Visitor& visitor) { T {}.describe(visitor); });
    }

    /// For tests: names in the template that this type of model and the frame lack, each as a sentence.
    template<Model T>
    [[nodiscard]] std::vector<std::string> unknown_names(std::string_view template_name) const
    {
        return unknown_names_of(template_name, [](Visitor& visitor) { T {}.describe(visitor); });
    }

    [[nodiscard]] text::Messages const& messages() const { return m_messages; }
    /// Words of a sentence, for what is no page (file names, mail subjects, exports).
    [[nodiscard]] std::string words(Sentence const&, Language) const;
    [[nodiscard]] std::vector<std::string> template_names() const;
    [[nodiscard]] std::vector<std::string> problems() const;

private:
    using Describe = std::function<void(Visitor&)>;
    [[nodiscard]] std::string page_of(std::string_view, Describe const&, Frame const&) const;
    [[nodiscard]] std::string part_of(std::string_view, Describe const&, Language) const;
    [[nodiscard]] static std::string json_of(Describe const&);
    [[nodiscard]] static std::string schema_of(Describe const&);
    [[nodiscard]] std::vector<std::string> unknown_names_of(std::string_view, Describe const&) const;
    [[nodiscard]] Template const& template_of(std::string_view name, Language) const;

    text::Messages const& m_messages;
    std::map<std::string, std::vector<Template>, std::less<>> m_templates;  ///< one for each language, in its order
};

}
