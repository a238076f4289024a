#include "codec/page_picture.hpp"
#include "codec/document_lines.hpp"
#include "codec/paper_reader.hpp"
#include "codec/paper_source.hpp"
#include "codec/picture.hpp"
#include "codec/tool_sandbox.hpp"
#include <algorithm>
#include <leptonica/allheaders.h>

namespace kpuhub::codec {

namespace {

constexpr int least_width = 100;
constexpr int most_width = 1600;
constexpr double most_slenderness = 6;      ///< height of a page for its width
constexpr double most_seconds = 15;
constexpr std::size_t most_bytes = 24U << 20U;
constexpr std::string_view png = "\x89PNG\r\n\x1A\n";

Failure no_page() { return not_found("codec.no_page"); }

Result<std::string> pdf_page(std::string_view bytes, std::size_t page, int width)
{
    std::string const path = "in.pdf";
    if (!write_whole(path, bytes))
        return unavailable("codec.no_child");
    auto const pages = TRY(pdf_facts(path, bytes));
    if (page >= pages.size())
        return no_page();
    if (pages[page].height > most_slenderness * pages[page].width)
        return invalid("codec.unreadable");
    auto const number = std::to_string(page + 1);
    Tool tool { { "/usr/bin/prlimit", "--cpu=8", "/usr/bin/pdftoppm", "-png", "-scale-to-x", std::to_string(width), "-scale-to-y", "-1", "-f", number, "-l", number,
                    "-singlefile", path, "page" },
        "/dev/null", most_seconds };
    auto const state = tool.wait();
    if (state == Tool::State::TooSlow)
        return invalid("codec.too_complex");
    auto picture = state == Tool::State::Done ? read_whole("page.png", most_bytes) : std::string {};
    if (picture.empty())
        return invalid("codec.unreadable");
    return picture;
}

Result<std::string> picture_page(std::string_view bytes, std::size_t page, int width)
{
    auto const source = TRY(picture_source(bytes));
    if (page >= source->pages())
        return no_page();
    auto const picture = TRY(source->picture(page));
    if (pixGetHeight(picture.grey.get()) > most_slenderness * pixGetWidth(picture.grey.get()))
        return invalid("codec.unreadable");
    Ink const small { pixScaleToSize(picture.grey.get(), width, 0) };
    l_uint8* data = nullptr;
    std::size_t size = 0;
    if (!small || pixWriteMemPng(&data, &size, small.get(), 0) != 0)
        return invalid("codec.unreadable");
    std::string made { reinterpret_cast<char const*>(data), size };
    lept_free(data);
    return made;
}

}

Result<std::string> page_picture_in_child(std::string const& path, int page, int width, ChildSetting const& setting)
{
    std::vector<std::string> words { "read-file", "--page=" + std::to_string(page), "--width=" + std::to_string(std::clamp(width, least_width, most_width)) };
    if (setting.sandbox_required)
        words.emplace_back("--sandbox-required");
    constexpr int wall_seconds = 30;
    Limits const limits;
    auto answer = TRY(run_child_process(setting.program, words, path, setting.temporary, { limits.input_bytes, most_bytes, wall_seconds, wall_seconds, setting.asker }));
    if (answer.starts_with(png) && picture_of("png", answer))
        return answer;
    if (auto fault = from_lines(answer, limits); !fault)
        return fault.error().message_key == "codec.no_page" ? Result<std::string> { no_page() } : Result<std::string> { fail(fault.error()) };
    return invalid("codec.unreadable");
}

int page_picture_command(int page, int width, bool sandbox_required)
{
    std::string bytes;
    if (!read_standard_input(bytes, Limits {}.input_bytes))
        return 70;
    auto made = [&]() -> Result<std::string> {
        if (!enter_tool_sandbox() && sandbox_required)
            return unavailable("codec.no_sandbox");
        if (page < 1 || width < least_width || width > most_width)
            return no_page();
        auto const index = static_cast<std::size_t>(page) - 1;
        if (is_pdf(bytes))
            return pdf_page(bytes, index, width);
        if (is_picture(bytes))
            return picture_page(bytes, index, width);
        return no_page();
    }();
    return write_standard_output(made ? *made : to_lines(fail(made.error()))) ? 0 : 70;
}

}
