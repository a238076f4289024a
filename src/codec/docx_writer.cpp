#include "codec/docx_writer.hpp"
#include "codec/docx_body.hpp"
#include "codec/qr.hpp"
#include "text/escape.hpp"
#include <fmt/format.h>
#include <memory>
#include <sstream>
#include <utility>
#include <zip.h>

namespace kpuhub::codec {

namespace {

constexpr auto types_of_parts = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>)";
constexpr auto top_relations = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>)";
constexpr auto styles = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Bookman Old Style" w:hAnsi="Bookman Old Style" w:cs="Arial" w:eastAsia="Bookman Old Style"/><w:sz w:val="{0}"/><w:szCs w:val="{0}"/><w:lang w:val="id-ID"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="0" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>)";
constexpr auto main_namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
constexpr auto relations_namespace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

struct Part {
    std::string name;
    std::string bytes;
};

std::string in_xml(pugi::xml_document const& document)
{
    std::ostringstream out;
    document.save(out, "", pugi::format_raw, pugi::encoding_utf8);
    return out.str();
}

pugi::xml_node open(pugi::xml_document& document, char const* name)
{
    auto declaration = document.append_child(pugi::node_declaration);
    declaration.append_attribute("version").set_value("1.0");
    declaration.append_attribute("encoding").set_value("UTF-8");
    declaration.append_attribute("standalone").set_value("yes");
    auto root = document.append_child(name);
    root.append_attribute("xmlns:w").set_value(main_namespace);
    root.append_attribute("xmlns:r").set_value(relations_namespace);
    root.append_attribute("xmlns:wp").set_value("http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing");
    root.append_attribute("xmlns:a").set_value("http://schemas.openxmlformats.org/drawingml/2006/main");
    root.append_attribute("xmlns:pic").set_value("http://schemas.openxmlformats.org/drawingml/2006/picture");
    return root;
}

/// "- 2 -" with the page as a field.
void put_page_number(pugi::xml_node paragraph)
{
    auto const run = [&](auto const& fill) { fill(paragraph.append_child("w:r")); };
    auto const words = [&](char const* text) {
        run([&](pugi::xml_node node) {
            auto made = node.append_child("w:t");
            made.append_attribute("xml:space").set_value("preserve");
            made.text().set(text);
        });
    };
    words("- ");
    auto field = paragraph.append_child("w:fldSimple");
    field.append_attribute("w:instr").set_value(" PAGE ");
    field.append_child("w:r").append_child("w:t").text().set("1");
    words(" -");
}

/// The line at the top or foot of each page: left text, page number in the middle, right text.
std::string edge_line(char const* root, double width_mm, std::string const& left, bool number, std::string const& right)
{
    pugi::xml_document document;
    auto paragraph = open(document, root).append_child("w:p");
    auto tabs = paragraph.append_child("w:pPr").append_child("w:tabs");
    for (auto const& [kind, place] : { std::pair { "center", width_mm / 2 }, std::pair { "right", width_mm } }) {
        auto tab = put_value(tabs, "w:tab", kind);
        tab.append_attribute("w:pos").set_value(twips(place));
    }
    auto const text = [&](std::string const& words, bool bold, int half_points) {
        auto run = paragraph.append_child("w:r");
        auto look = run.append_child("w:rPr");
        if (bold)
            look.append_child("w:b");
        put_value(look, "w:sz", std::to_string(half_points));
        auto made = run.append_child("w:t");
        made.append_attribute("xml:space").set_value("preserve");
        made.text().set(xml_text(words).c_str());
    };
    bool const head = std::string_view { root } == "w:hdr";
    if (!left.empty())
        text(left, head, head ? 20 : 14);
    paragraph.append_child("w:r").append_child("w:tab");
    if (number)
        put_page_number(paragraph);
    paragraph.append_child("w:r").append_child("w:tab");
    if (!right.empty())
        text(right, false, 16);
    return in_xml(document);
}

class Document {
public:
    explicit Document(Paper const& paper) : m_paper(paper) {}

    Result<std::vector<Part>> parts()
    {
        auto root = open(m_document, "w:document");
        auto body = root.append_child("w:body");
        DocxBody writer(body, m_qr_texts);
        for (std::size_t i = 0; i < m_paper.sections.size(); ++i) {
            auto const& section = m_paper.sections[i];
            writer.set_width(width(section) - text_margin(section) * 2);
            for (auto const& block : section.blocks)
                std::visit(writer, block);
            bool const last = i + 1 == m_paper.sections.size();
            auto holder = last ? body : writer.paragraph(body, "", {}).child("w:pPr");
            put_section(last && writer.ends_with_table() ? (writer.paragraph(body, "", {}), body) : holder, section, i);
        }
        std::vector<Part> parts { { "[Content_Types].xml", types_of_parts + m_types + "</Types>" }, { "_rels/.rels", top_relations }, { "docProps/core.xml", core() },
            { "word/document.xml", in_xml(m_document) }, { "word/styles.xml", fmt::format(styles, static_cast<int>(m_paper.points * 2)) } };
        for (std::size_t i = 0; i < m_qr_texts.size(); ++i) {
            auto const name = "media/qr" + std::to_string(i + 1) + ".png";
            m_relations += fmt::format(R"(<Relationship Id="rIdQr{}" Type="{}/image" Target="{}"/>)", i + 1, relations_namespace, name);
            auto picture = TRY(qr_png(m_qr_texts[i]));
            m_parts.push_back({ "word/" + name, std::move(picture) });
        }
        parts.push_back({ "word/_rels/document.xml.rels", R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rIdStyles" Type=")" + std::string { relations_namespace } + R"(/styles" Target="styles.xml"/>)" + m_relations + "</Relationships>" });
        parts.insert(parts.end(), m_parts.begin(), m_parts.end());
        return parts;
    }

private:
    [[nodiscard]] double width(Section const& section) const
    {
        bool const a4 = m_paper.size == PaperSize::A4;
        return section.orientation == Orientation::Landscape ? (a4 ? 297 : 330) : (a4 ? 210 : 215);
    }
    [[nodiscard]] double height(Section const& section) const
    {
        bool const a4 = m_paper.size == PaperSize::A4;
        return section.orientation == Orientation::Landscape ? (a4 ? 210 : 215) : (a4 ? 297 : 330);
    }
    static double text_margin(Section const& section) { return section.margin_mm * 0.9; }

    [[nodiscard]] std::string core() const
    {
        return R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>)" + text::escaped_html(xml_text(m_paper.title)) + "</dc:title></cp:coreProperties>";
    }

    void put_edge(pugi::xml_node section, char const* kind, char const* when, std::size_t number, std::string bytes)
    {
        bool const head = std::string_view { kind } == "header";
        auto const name = fmt::format("{}{}{}", kind, number + 1, when);
        auto node = section.append_child(head ? "w:headerReference" : "w:footerReference");
        node.append_attribute("w:type").set_value(when);
        node.append_attribute("r:id").set_value(("rId" + name).c_str());
        m_relations += fmt::format(R"(<Relationship Id="rId{0}" Type="{1}/{2}" Target="{0}.xml"/>)", name, relations_namespace, kind);
        m_types += fmt::format(R"(<Override PartName="/word/{}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"/>)", name, kind);
        m_parts.push_back({ "word/" + name + ".xml", std::move(bytes) });
    }

    void put_section(pugi::xml_node holder, Section const& section, std::size_t number)
    {
        auto made = holder.append_child("w:sectPr");
        auto const across = width(section) - text_margin(section) * 2;
        bool const top = section.numbers == PageNumbers::TopCentre;
        bool const bottom = section.numbers == PageNumbers::BottomCentre;
        bool const first_bare = section.numbers != PageNumbers::None && !section.number_first_page;
        put_edge(made, "header", "default", number, edge_line("w:hdr", across, m_paper.stamp, top, section.header));
        put_edge(made, "footer", "default", number, edge_line("w:ftr", across, m_paper.footer, bottom, ""));
        if (first_bare) {
            put_edge(made, "header", "first", number, edge_line("w:hdr", across, m_paper.stamp, false, section.header));
            put_edge(made, "footer", "first", number, edge_line("w:ftr", across, m_paper.footer, false, ""));
        }
        auto size = made.append_child("w:pgSz");
        size.append_attribute("w:w").set_value(twips(width(section)));
        size.append_attribute("w:h").set_value(twips(height(section)));
        if (section.orientation == Orientation::Landscape)
            size.append_attribute("w:orient").set_value("landscape");
        auto margins = made.append_child("w:pgMar");
        for (auto const& [side, mm] : { std::pair { "w:top", section.margin_mm }, std::pair { "w:right", text_margin(section) }, std::pair { "w:bottom", section.margin_mm * 0.8 },
                 std::pair { "w:left", text_margin(section) }, std::pair { "w:header", 10.0 }, std::pair { "w:footer", 8.0 }, std::pair { "w:gutter", 0.0 } })
            margins.append_attribute(side).set_value(twips(mm));
        if (first_bare)
            made.append_child("w:titlePg");
    }

    Paper const& m_paper;
    pugi::xml_document m_document;
    std::vector<std::string> m_qr_texts;
    std::vector<Part> m_parts;
    std::string m_types;
    std::string m_relations;
};

/// The parts as an archive whose entries carry no time: 1 January 1980, the earliest that the format knows.
Result<std::string> packed(std::vector<Part> const& parts)
{
    zip_error_t error {};
    auto* source = zip_source_buffer_create(nullptr, 0, 0, &error);
    auto* archive = source == nullptr ? nullptr : zip_open_from_source(source, ZIP_TRUNCATE, &error);
    if (archive == nullptr) {
        if (source != nullptr)
            zip_source_free(source);
        return unavailable("codec.not_written");
    }
    zip_source_keep(source);
    std::unique_ptr<zip_source_t, decltype(&zip_source_free)> const kept { source, zip_source_free };
    bool good = true;
    for (auto const& part : parts) {
        auto* bytes = zip_source_buffer(archive, part.bytes.data(), part.bytes.size(), 0);
        auto const entry = bytes == nullptr ? -1 : zip_file_add(archive, part.name.c_str(), bytes, ZIP_FL_ENC_UTF_8);
        if (entry < 0 && bytes != nullptr)
            zip_source_free(bytes);
        constexpr zip_uint16_t first_day = 1 << 5 | 1;
        good = good && entry >= 0 && zip_file_set_dostime(archive, static_cast<zip_uint64_t>(entry), 0, first_day, 0) == 0
            && zip_set_file_compression(archive, static_cast<zip_uint64_t>(entry), ZIP_CM_DEFLATE, 6) == 0;
    }
    if (!good || zip_close(archive) != 0) {
        if (!good)
            zip_discard(archive);
        return unavailable("codec.not_written");
    }
    zip_stat_t about {};
    if (zip_source_open(source) != 0 || zip_source_stat(source, &about) != 0)
        return unavailable("codec.not_written");
    std::string bytes(about.size, '\0');
    auto const got = zip_source_read(source, bytes.data(), bytes.size());
    zip_source_close(source);
    if (got < 0 || static_cast<zip_uint64_t>(got) != about.size)
        return unavailable("codec.not_written");
    return bytes;
}

}

Result<std::string> write_docx(Paper const& paper)
{
    return packed(TRY(Document { paper }.parts()));
}

}
