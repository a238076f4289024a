#include "portal/due_calendar.hpp"
#include <algorithm>

namespace kpuhub::portal {

namespace {

/// RFC 5545 3.3.11: text may hold no bare comma, semicolon, backslash or line break; control bytes are left out.
std::string escaped(std::string_view text)
{
    std::string safe;
    for (char c : text) {
        if (c == '\\' || c == ',' || c == ';')
            safe += '\\';
        if (c == '\n')
            safe += "\\n";
        else if (static_cast<unsigned char>(c) >= ' ' && c != '\x7f')
            safe += c;
    }
    return safe;
}

/// RFC 5545 3.1: at most 75 bytes a line, never cut within a character.
void add_line(std::string& text, std::string_view line)
{
    constexpr std::size_t most = 74;
    for (bool first = true; first || !line.empty(); first = false) {
        auto length = std::min(most, line.size());
        while (length < line.size() && length > 1 && (static_cast<unsigned char>(line[length]) & 0xC0) == 0x80)
            --length;
        text += first ? "" : " ";
        text += line.substr(0, length);
        text += "\r\n";
        line.remove_prefix(length);
    }
}

std::string plain_digits(std::string iso)
{
    std::erase_if(iso, [](char c) { return c == '-' || c == ':'; });
    return iso;
}

}

std::string due_calendar(std::string const& name, std::vector<DueDay> const& days, time::Instant now)
{
    constexpr std::size_t to_the_second = 15;
    auto const stamp = plain_digits(now.iso()).substr(0, to_the_second) + "Z";
    std::string text;
    for (auto const* line : { "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//KPU HUB//ID", "CALSCALE:GREGORIAN" })
        add_line(text, line);
    add_line(text, "X-WR-CALNAME:" + escaped(name));
    for (auto const& day : days) {
        add_line(text, "BEGIN:VEVENT");
        add_line(text, "UID:" + escaped(day.uid));
        add_line(text, "DTSTAMP:" + stamp);
        add_line(text, "DTSTART;VALUE=DATE:" + plain_digits(day.day.iso()));
        add_line(text, "DTEND;VALUE=DATE:" + plain_digits(day.day.plus(std::chrono::days { 1 }).iso()));
        add_line(text, "SUMMARY:" + escaped(day.title));
        add_line(text, "URL:" + escaped(day.link));
        add_line(text, "TRANSP:TRANSPARENT");
        add_line(text, "END:VEVENT");
    }
    add_line(text, "END:VCALENDAR");
    return text;
}

}
