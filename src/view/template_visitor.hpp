#pragma once
#include "view/asked.hpp"
#include "view/value.hpp"
#include <array>

namespace kpuhub::view {

/// Builds the value of a model for templates. The items of long lists get only the parts that the templates ask for.
class TemplateVisitor final : public Visitor {
public:
    /// For a page and the layout around it (twice the same, when there is none).
    TemplateVisitor(ValueStore& store, Asked const& page, Asked const& layout) : TemplateVisitor(store, { &page, &layout }, false) {}
    /// Describes types instead: one item in each list, optional parts present; that is what a template's names are checked against.
    [[nodiscard]] static TemplateVisitor of_shape(ValueStore& store) { return { store, {}, true }; }

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
    void field(std::string_view name, Plain) override;
    void field(std::string_view name, Sentence const&) override;
    void field(std::string_view name, SafeHtml const&) override;

    /// The object that the fields so far make up. Once, after the last field.
    [[nodiscard]] Value value();

protected:
    [[nodiscard]] bool schema() const override { return m_shape; }
    [[nodiscard]] bool too_deep() const override { return m_open.size() > 13; }
    void nothing(std::string_view name) override;
    void begin_object(std::string_view name) override;
    void end_object() override;
    void begin_list(std::string_view name, std::size_t count) override;
    void begin_item() override;
    void end_item() override;
    void text_item(std::string_view) override;
    void end_list() override;

private:
    using AskedOf = std::array<Asked const*, 2>;
    /// The objects at one place of the model, as the items of one list: they are described alike, so what is asked of a part is
    /// looked up for the first of them only.
    struct Place {
        struct Part {
            std::string_view name;
            bool asked;
            std::unique_ptr<Place> inside {};   ///< of a part that is an object or a list
        };
        std::array<Asked::Names const*, 2> asked {};
        std::vector<Part> parts {};
        std::string_view const* names = nullptr;    ///< of the parts that are kept, once they are known
    };
    struct Open {
        std::string_view name;
        std::size_t first;          ///< of its values
        Place* place = nullptr;     ///< of the object or of the items; nullptr: everything is kept
        bool kept = true;
        bool as_expected = true;    ///< its parts came in the order of the place
        std::size_t next = 0;       ///< the part of the place that is expected
    };
    TemplateVisitor(ValueStore& store, AskedOf asked, bool shape);

    /// The part of that name, which mostly is the one that is expected.
    static Place::Part& part(Open& open, std::string_view name)
    {
        auto& parts = open.place->parts;
        if (open.next < parts.size() && parts[open.next].name.data() == name.data())
            return parts[open.next++];
        return other_part(open, name);
    }
    static Place::Part& other_part(Open&, std::string_view name);
    /// Whether the part is asked for that comes next.
    bool asked(std::string_view name) { return !m_open.back().place || part(m_open.back(), name).asked; }
    [[nodiscard]] std::unique_ptr<Place> place_inside(std::string_view name) const;
    void open(std::string_view name, std::size_t count);
    void add(std::string_view name, Value);
    std::string_view const* names_of(Open const&);
    /// Adds it if it is asked for.
    void put(std::string_view name, Value);
    void put_text(std::string_view name, Value::Kind, std::string_view text);
    /// Takes the parts since the last open, as an object or a list, and puts it in their place.
    void close(Value::Kind);

    ValueStore& m_store;
    AskedOf m_asked;
    bool m_shape;
    std::vector<std::unique_ptr<Place>> m_places;   ///< of long lists
    std::vector<Open> m_open;
    std::vector<std::string_view> m_names;
    std::vector<Value> m_values;
};

}
