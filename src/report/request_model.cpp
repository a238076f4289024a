#include "report/request_model.hpp"
#include "text/escape.hpp"
#include "view/words.hpp"
#include <fmt/format.h>

namespace kpuhub::report {

view::Choice answer_choice(AnswerState state) { return { std::string { to_text(state) }, "report.answer.state." + std::string { to_text(state) } }; }
view::Choice wants_choice(Wants wants) { return { std::string { to_text(wants) }, "report.wants." + std::string { to_text(wants) } }; }

bool is_late(Request const& request, Answer const& answer, time::Date today, time::Zone zone)
{
    if (answer.state == AnswerState::Open)
        return !request.closed && request.due_on < today;
    return answer.answered_at && request.due_on < time::date_at(*answer.answered_at, zone);
}

AskedLine asked_line(Asked const& asked, time::Date today, time::Zone zone)
{
    return { { fmt::format("/answers/{}", asked.answer.id.value) }, asked.request.title, asked.request.unit_name, asked.request.due_on, answer_choice(asked.answer.state),
        is_late(asked.request, asked.answer, today, zone), { "report.wants." + std::string { to_text(asked.request.wants) } } };
}

AskedLine asking_line(Request const& request)
{
    std::string const state = request.closed ? "closed" : "open";
    return { { fmt::format("/requests/{}", request.id.value) }, request.title, {}, request.due_on, { state, "report.request." + state }, false,
        { "report.request.count", { request.answered, request.not_available, request.offices } } };
}

static AnswerCell cell_of(Request const& request, Answer const& answer, time::Date today, time::Zone zone)
{
    AnswerCell cell { answer.unit_name, answer.unit_code, answer_choice(answer.state) };
    if (answer.answered_at)
        cell.answered_at = view::Moment { *answer.answered_at, zone };
    cell.answered_by = answer.answered_by;
    cell.note = answer.reply.note;
    cell.late = is_late(request, answer, today, zone);
    cell.link = { fmt::format("/answers/{}", answer.id.value) };
    if (answer.state != AnswerState::Answered)
        return cell;
    if (request.wants == Wants::Number && answer.reply.numerator)
        cell.value = std::to_string(*answer.reply.numerator);
    if (request.wants == Wants::Share && answer.reply.numerator && answer.reply.denominator)
        cell.share = Ratio { *answer.reply.numerator, *answer.reply.denominator };
    if (request.wants == Wants::Paper) {
        cell.value = answer.reply.file ? answer.reply.file->name : answer.reply.paper ? answer.paper_title : answer.reply.address;
        cell.material = { answer.reply.file ? cell.link.address + "/file" : answer.reply.paper ? fmt::format("/papers/{}", answer.reply.paper.value) : answer.reply.address };
    }
    return cell;
}

RequestPage request_page(Request const& request, std::vector<Answer> const& answers, time::Date today, time::Zone zone)
{
    auto const address = fmt::format("/requests/{}", request.id.value);
    RequestPage page { request.title, request.body, request.measure, request.unit_name, wants_choice(request.wants), request.due_on, request.closed, !request.closed, request.version,
        request.offices, request.answered, request.not_available, request.offices - request.answered - request.not_available };
    Ratio share { 0, 0 };
    for (auto const& answer : answers) {
        page.answers.push_back(cell_of(request, answer, today, zone));
        if (answer.state != AnswerState::Answered || !answer.reply.numerator)
            continue;
        page.has_sum = true;
        page.sum += *answer.reply.numerator;
        share.numerator += *answer.reply.numerator;
        share.denominator += answer.reply.denominator.value_or(0);
    }
    if (request.wants == Wants::Share && page.has_sum)
        page.sum_share = share;
    page.list = { fmt::format("/units/{}/requests", request.unit_code) };
    page.xlsx = { address + "/sheet?form=xlsx" };
    page.csv = { address + "/sheet?form=csv" };
    page.to_reminders = { address + "/reminders" };
    page.to_closing = { address + "/closing" };
    return page;
}

namespace {

/// The table of a request as values, headings first.
std::vector<std::vector<codec::SheetValue>> lines_of(RequestPage const& page, std::vector<Answer> const& answers, text::Messages const& messages, text::Language language)
{
    auto const word = [&](std::string_view key) { return messages.text(key, language); };
    std::vector<std::vector<codec::SheetValue>> lines;
    lines.push_back({ word("report.sheet.code"), word("report.sheet.office"), word("report.sheet.state"), word("report.sheet.when"), word("report.sheet.by"), word("report.answer.numerator"),
        word("report.answer.of"), word("report.sheet.share"), word("report.sheet.material"), word("report.answer.note") });
    for (std::size_t i = 0; i < answers.size(); ++i) {
        auto const& cell = page.answers.at(i);
        auto const number = [](std::optional<std::int64_t> value) { return value ? codec::SheetValue { *value } : codec::SheetValue { std::string {} }; };
        bool const answered = answers[i].state == AnswerState::Answered;
        std::vector<codec::SheetValue> line { cell.code, cell.office, word(cell.state.message_key),
            cell.answered_at ? view::long_moment(*cell.answered_at, language) : std::string {}, cell.answered_by,
            answered ? number(answers[i].reply.numerator) : std::string {}, answered ? number(answers[i].reply.denominator) : std::string {} };
        line.emplace_back(cell.share ? codec::SheetValue { codec::SheetShare { cell.share->numerator, cell.share->denominator } } : codec::SheetValue { std::string {} });
        line.emplace_back(page.wants.code == "paper" ? cell.value : std::string {});
        line.emplace_back(cell.note);
        lines.push_back(std::move(line));
    }
    return lines;
}

}

codec::Sheet request_sheet(RequestPage const& page, std::vector<Answer> const& answers, text::Messages const& messages, text::Language language)
{
    codec::Sheet sheet { messages.text("report.sheet.name", language) };
    sheet.widths = { 9, 34, 18, 30, 26, 12, 12, 10, 34, 40 };
    sheet.cells.push_back({ 0, 0, page.title, codec::CellLook::Title });
    sheet.heading_first = sheet.heading_last = 2;
    int row = 2;
    for (auto& line : lines_of(page, answers, messages, language)) {
        for (std::size_t column = 0; column < line.size(); ++column)
            sheet.cells.push_back({ row, static_cast<int>(column), std::move(line[column]), row == 2 ? codec::CellLook::Heading : codec::CellLook::Plain });
        ++row;
    }
    if (page.has_sum) {
        sheet.cells.push_back({ row, 1, messages.text("report.sum", language), codec::CellLook::Heading });
        sheet.cells.push_back({ row, 5, page.sum });
        if (page.sum_share) {
            sheet.cells.push_back({ row, 6, page.sum_share->denominator });
            sheet.cells.push_back({ row, 7, codec::SheetShare { page.sum_share->numerator, page.sum_share->denominator } });
        }
    }
    return sheet;
}

AnswerPage answer_page(Asked const& asked, std::vector<paper::OfficialPaper> const& papers, time::Date today, time::Zone zone)
{
    auto const& [request, answer] = asked;
    auto const address = fmt::format("/answers/{}", answer.id.value);
    AnswerPage page { request.title, request.body, request.measure, request.unit_name, answer.unit_name, wants_choice(request.wants), answer_choice(answer.state), request.due_on, request.closed,
        answer.may_answer && !request.closed, is_late(request, answer, today, zone), answer.reply.not_available, request.wants == Wants::Paper, request.wants == Wants::Share, answer.version,
        answer.reply.numerator, answer.reply.denominator, answer.reply.address, answer.reply.note, answer.reply.file ? answer.reply.file->name : "", answer.answered_by };
    if (answer.answered_at)
        page.answered_at = view::Moment { *answer.answered_at, zone };
    for (auto const& each : papers)
        if (each.state == paper::State::Signed)
            page.papers.push_back({ std::to_string(each.id.value), each.title + (each.number.empty() ? "" : " (" + each.number + ")"), each.id == answer.reply.paper });
    page.action = { address };
    page.list = { fmt::format("/units/{}/requests", answer.unit_code) };
    if (answer.reply.file)
        page.file = { address + "/file" };
    if (answer.reply.paper)
        page.paper = { fmt::format("/papers/{}", answer.reply.paper.value) };
    page.link = { answer.reply.address };
    page.paper_title = answer.paper_title;
    return page;
}

}
