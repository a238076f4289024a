#include "support/raw_client.hpp"
#include "support/test_server.hpp"
#include <atomic>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>
#include <thread>
#include <unistd.h>

using namespace kpuhub;
using namespace kpuhub::testing;
using namespace std::chrono_literals;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

namespace {

std::string content_of(std::string const& path)
{
    std::ifstream file { path, std::ios::binary };
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

http::Router pages()
{
    http::Router router;
    router.add({ http::Method::Post, "/proof", "public",
        [](http::Request& request) {
            auto answer = request.form.text("note");
            for (auto const& upload : request.uploads)
                answer += " " + upload.file_name + ":" + std::to_string(upload.bytes) + ":" + content_of(upload.stored_at).substr(0, 8);
            return http::text(422, answer + "\n");
        },
        http::BodyKind::Upload });
    router.add({ http::Method::Post, "/piece", "public",
        [](http::Request& request) { return http::text(422, std::to_string(request.body.size()) + "\n"); }, http::BodyKind::Raw });
    router.add({ http::Method::Post, "/form", "public", [](http::Request&) { return http::text(422, "form\n"); } });
    router.add({ http::Method::Get, "/file", "public", [](http::Request&) {
                    auto path = "/tmp/kpuhub-test-file-" + std::to_string(::getpid());
                    std::ofstream { path, std::ios::binary } << std::string(300'000, 'f');
                    http::Response response;
                    response.with("Content-Type", "application/pdf");
                    response.file = path;
                    return response;
                } });
    return router;
}

std::string multipart(std::size_t bytes)
{
    return "--XX\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nnotulen\r\n"
           "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../surat.pdf\"\r\n\r\n"
        + std::string(bytes, 'p') + "\r\n--XX--\r\n";
}

std::string const multipart_type = "\r\nContent-Type: multipart/form-data; boundary=XX";

std::size_t files_in(std::string const& folder)
{
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator {}));
}

}

TEST(Upload, is_streamed_to_a_private_file_that_is_removed_afterwards)
{
    std::string folder;
    TestServer server { pages(), [&](http::Settings& settings) { folder = settings.temporary_folder; } };
    auto answer = server.ask("POST /proof HTTP/1.1" + multipart_type, multipart(5'000'000));
    EXPECT_EQ(body_in(answer), "notulen surat.pdf:5000000:pppppppp\n");
    for (int round = 0; round < 100 && files_in(folder) > 0; ++round)
        std::this_thread::sleep_for(10ms);
    EXPECT_EQ(files_in(folder), 0u);
    EXPECT_EQ(fs::status(folder).permissions() & fs::perms::all, fs::perms::owner_all);
}

TEST(Upload, beyond_its_limit_is_refused)
{
    TestServer server { pages(), [](http::Settings& settings) { settings.limits.upload_bytes = 100'000; } };
    EXPECT_EQ(status_in(server.ask("POST /proof HTTP/1.1" + multipart_type, multipart(90'000))), 422);
    RawClient client { server.port() };
    client.send("POST /proof HTTP/1.1\r\n" + server.host() + "Content-Type: multipart/form-data; boundary=XX\r\nContent-Length: 2000000\r\n\r\n");
    client.send(multipart(1'999'000));
    EXPECT_EQ(status_in(client.read_all(5s)), 413);
}

TEST(Upload, is_not_taken_by_a_form_or_without_a_boundary)
{
    TestServer server { pages() };
    EXPECT_EQ(status_in(server.ask("POST /form HTTP/1.1" + multipart_type, multipart(100))), 400);
    EXPECT_EQ(status_in(server.ask("POST /proof HTTP/1.1\r\nContent-Type: multipart/form-data", multipart(100))), 400);
    EXPECT_EQ(status_in(server.ask("POST /proof HTTP/1.1" + multipart_type, "--XX\r\n")), 400);
}

TEST(Upload, finds_the_share_of_the_disk_full)
{
    TestServer server { pages(), [](http::Settings& settings) { settings.limits.temporary_bytes = 50'000; } };
    EXPECT_EQ(status_in(server.ask("POST /proof HTTP/1.1" + multipart_type, multipart(100'000))), 503);
    EXPECT_EQ(status_in(server.ask("POST /proof HTTP/1.1" + multipart_type, multipart(40'000))), 422) << "the share is given back";
}

TEST(Upload, is_refused_while_the_disk_is_nearly_full_and_pages_go_on)
{
    TestServer server { pages(), [](http::Settings& settings) { settings.limits.free_disk_bytes = std::size_t { 1 } << 60; } };
    EXPECT_EQ(status_in(server.ask("POST /proof HTTP/1.1" + multipart_type, multipart(100))), 503);
    EXPECT_EQ(status_in(server.ask("GET /file HTTP/1.1")), 200);
}

TEST(Upload, of_a_stranger_is_refused_before_its_body)
{
    TestServer server { pages(), [](http::Settings& settings) {
                           settings.admit = [](http::Route const&, http::Request const& request) -> std::optional<http::Response> {
                               if (request.cookies.contains("kpuhub"))
                                   return std::nullopt;
                               return http::text(403, "stranger\n");
                           };
                       } };
    RawClient client { server.port() };
    client.send("POST /proof HTTP/1.1\r\n" + server.host() + "Content-Type: multipart/form-data; boundary=XX\r\nContent-Length: 40000000\r\nExpect: 100-continue\r\n\r\n");
    auto answer = client.read_all(5s);
    EXPECT_EQ(status_in(answer), 403);
    EXPECT_THAT(answer, HasSubstr("Connection: close\r\n"));
    EXPECT_EQ(status_in(server.ask("POST /proof HTTP/1.1\r\nCookie: kpuhub=1" + multipart_type, multipart(10))), 422);
}

TEST(Upload, fields_without_files_are_judged_by_the_page_alone)
{
    TestServer server { pages(), [](http::Settings& settings) {
                           settings.admit = [](http::Route const&, http::Request const&) -> std::optional<http::Response> { return http::text(403, "stranger\n"); };
                       } };
    EXPECT_EQ(status_in(server.ask("POST /proof HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded", "title=x")), 422);
    EXPECT_EQ(status_in(server.ask("POST /proof HTTP/1.1" + multipart_type, multipart(10))), 403);
}

TEST(Upload, waits_for_100_continue)
{
    TestServer server { pages() };
    RawClient client { server.port() };
    client.send("POST /piece HTTP/1.1\r\n" + server.host() + "Content-Length: 5\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(client.read_answer(true), "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("12345");
    EXPECT_EQ(body_in(client.read_answer()), "5\n");
}

TEST(File, is_sent_in_pieces)
{
    TestServer server { pages() };
    auto answer = server.ask("GET /file HTTP/1.1");
    EXPECT_THAT(answer, HasSubstr("Content-Length: 300000\r\n"));
    EXPECT_EQ(body_in(answer), std::string(300'000, 'f'));
    fs::remove("/tmp/kpuhub-test-file-" + std::to_string(::getpid()));
    EXPECT_EQ(body_in(server.ask("HEAD /file HTTP/1.1")), "");
}
