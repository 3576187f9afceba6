#include "http/message.h"

#include <gtest/gtest.h>

#include "base/result.h"
#include "http/reader.h"
#include "http/wire.h"

namespace pilar::message_test {

using namespace pilar::http;

using Step = RequestReader::Step;
constexpr std::string_view kHost = "Host: x\r\n";

/// The status that refuses it, 0 when it is a whole request, -1 when it wants more.
int judge(const std::string& text, std::uint64_t limit = 100) {
  RequestReader reader;
  auto used = reader.put(text);
  if (reader.step() == Step::Body) {
    reader.limit_body(limit);
    used += reader.put(std::string_view(text).substr(used));
  }
  if (reader.step() == Step::Refused) return reader.refusal();
  return reader.step() == Step::Done ? 0 : -1;
}

std::string head(const std::string& lines, const std::string& body = "") {
  return "POST / HTTP/1.1\r\n" + std::string(kHost) + lines + "\r\n" + body;
}

TEST(Message, FormsAreReadInOrder) {
  EXPECT_EQ(*parse_form("a=1&b=x+y%2B&a=&c&=d&&%C3%A9=%e2%82%ac"),
            (Fields{{"a", "1"}, {"b", "x y+"}, {"a", ""}, {"c", ""}, {"", "d"}, {"é", "€"}}));
  EXPECT_EQ(*parse_form(""), Fields{});
  EXPECT_EQ(*parse_form("a=b=c"), (Fields{{"a", "b=c"}}));
}

TEST(Message, MalformedFormsAreRefused) {
  for (const char* text : {"a=%", "a=%4", "a=%4g", "a=%+1", "%=1", "a=%00", "a=%ff", "a=\xff", "a=%C3", "a=%ed%a0%80", "b&a=%c0%80"})
    EXPECT_FALSE(parse_form(text)) << text;
  EXPECT_FALSE(parse_form(std::string_view("a=\0b", 4)));
  std::string many;
  for (int i = 0; i < 10'000; ++i) many += "&a";
  EXPECT_EQ(parse_form(many)->size(), 10'000U);
  EXPECT_FALSE(parse_form(many + "&a"));
}

TEST(Message, PercentCodingGoesThereAndBack) {
  EXPECT_EQ(percent_encode("a b/é~-._+&="), "a%20b%2F%C3%A9~-._%2B%26%3D");
  EXPECT_EQ(percent_decode(percent_encode("Puskesmas \"Élok\" & 100%\n")), "Puskesmas \"Élok\" & 100%\n");
  EXPECT_EQ(percent_decode("a+b"), "a+b");
  EXPECT_FALSE(percent_decode("%e9"));
  EXPECT_FALSE(percent_decode("%2"));
}

TEST(Message, TargetsAreDecodedOnce) {
  const auto target = parse_target("/isi%20ulang/%C3%A9/%2525?unit=3&q=a%20b+c");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->path, "/isi ulang/é/%25");
  EXPECT_EQ(target->query, (Fields{{"unit", "3"}, {"q", "a b c"}}));
  EXPECT_EQ(target_of("/isi", {{"unit", ""}, {"q", "a b&c"}, {"hal", "2"}}), "/isi?q=a%20b%26c&hal=2");
  EXPECT_EQ(target_of("/isi", {{"unit", ""}}), "/isi");
  EXPECT_EQ(parse_target("http://host:80/a?b")->path, "/a");
  EXPECT_EQ(parse_target("HTTPS://host/a?b")->query, (Fields{{"b", ""}}));
  EXPECT_EQ(parse_target("http://host")->path, "/");
  EXPECT_EQ(parse_target("http://host?a=1")->path, "/");
  EXPECT_EQ(parse_target("/a..b/...")->path, "/a..b/...");
}

TEST(Message, TargetsThatLeadElsewhereAreRefused) {
  for (const char* text :
       {"",     "*",        "a",    "host:80", "?a=1",   "/..", "/a/../b", "/a/..",   "/%2e%2E/a", "/a%2f..%2fb",  "/a\\b",  "/a%5cb",
        "/%00", "/a%0d%0a", "/%7f", "/a#b",    "/a?b#c", "/%",  "/%ff",    "/?a=%zz", "/?a=%00",   "ftp://host/a", "http:/a"})
    EXPECT_FALSE(parse_target(text)) << text;
}

TEST(Message, LooksUpHeadersCookiesAndParameters) {
  const Request request{.path = "/",
                        .query = {{"a", "1"}, {"a", "2"}},
                        .headers = {{"host", "x"}, {"cookie", "sid=abc; sidx=no;tok=a=b==; empty="}, {"host", "y"}}};
  EXPECT_EQ(request.header("host"), "x");
  EXPECT_EQ(request.header("Host"), "");
  EXPECT_EQ(request.param("a"), "1");
  EXPECT_EQ(request.param("b"), "");
  EXPECT_EQ(request.cookie("sid"), "abc");
  EXPECT_EQ(request.cookie("sidx"), "no");
  EXPECT_EQ(request.cookie("tok"), "a=b==");
  EXPECT_EQ(request.cookie("empty"), "");
  EXPECT_EQ(request.cookie("si"), "");
  EXPECT_EQ(request.cookie("abc; sidx"), "");
}

TEST(RequestReader, ReadsOneRequestAndLeavesTheNext) {
  RequestReader reader;
  const auto text = head("X-A:  b c \r\nContent-Length: 5\r\n", "helloGET / HTTP/1.1\r\n");
  auto used = reader.put(text);
  EXPECT_EQ(reader.step(), Step::Body);
  reader.limit_body(5);
  used += reader.put(std::string_view(text).substr(used));
  EXPECT_EQ(reader.step(), Step::Done);
  EXPECT_EQ(text.substr(used), "GET / HTTP/1.1\r\n");
  EXPECT_EQ(reader.request().method, Method::Post);
  EXPECT_EQ(reader.request().header("x-a"), "b c");
  EXPECT_EQ(reader.request().body, "hello");
  EXPECT_TRUE(reader.may_keep_alive());
}

TEST(RequestReader, TrailersDoNotBecomeHeaders) {
  RequestReader reader;
  const auto text = head("Transfer-Encoding: Chunked\r\n", "3;ext=\"a\"\r\nabc\r\nA\r\n0123456789\r\n0\r\nCookie: evil\r\n\r\n");
  const auto used = reader.put(text);
  reader.limit_body(100);
  EXPECT_EQ(used + reader.put(std::string_view(text).substr(used)), text.size());
  EXPECT_EQ(reader.step(), Step::Done);
  EXPECT_EQ(reader.request().body, "abc0123456789");
  EXPECT_EQ(reader.request().header("cookie"), "");
}

TEST(RequestReader, TakesAChunkedBodyByteByByte) {
  for (const std::string body :
       {"0\r\n\r\n", "00\r\n\r\n", "3\r\nabc\r\n0\r\n\r\n", "0;a=b\r\nT: u\r\n\r\n", "3 ;a\r\nabc\r\n0 \r\n\r\n"}) {
    const auto text = head("Transfer-Encoding: chunked\r\n", body);
    RequestReader reader;
    std::size_t used = 0;
    for (std::size_t n = 1; n <= text.size(); ++n) {
      used += reader.put(std::string_view(text).substr(used, n - used));
      if (reader.request().body.empty()) reader.limit_body(100);
    }
    EXPECT_EQ(reader.step(), Step::Done) << body;
    EXPECT_EQ(used, text.size());
  }
}

TEST(RequestReader, RefusesWhatTwoReadersCouldReadDifferently) {
  const std::string te = "Transfer-Encoding: chunked\r\n", cl = "Content-Length: 3\r\n", end = "0\r\n\r\n";
  for (const auto& text : {head(te + cl, end),
                           head(cl + te, end),
                           head(te + te, end),
                           head("Transfer-Encoding: gzip, chunked\r\n", end),
                           head("Transfer-Encoding: identity\r\n"),
                           head("Transfer-Encoding: chunked, chunked\r\n", end),
                           head("Transfer-Encoding: \"chunked\"\r\n", end),
                           head("Transfer-Encoding : chunked\r\n", end),
                           head(cl + cl, "abc"),
                           head("Content-Length: 3, 3\r\n", "abc"),
                           head("Content-Length: +3\r\n", "abc"),
                           head("Content-Length: -1\r\n"),
                           head("Content-Length: 0x3\r\n", "abc"),
                           head("Content-Length: \r\n"),
                           head("Content-Length: 99999999999999999999\r\n"),
                           head("A: b\r\n c\r\n"),
                           head("A: b\r\n\tc\r\n"),
                           head("A: b\nC: d\r\n"),
                           head("A\r\n"),
                           head(": a\r\n"),
                           head("A b: c\r\n"),
                           head(std::string("A: \0\r\n", 6)),
                           head("Host: y\r\n"),
                           std::string("GET / HTTP/1.1\r\n\r\n"),
                           std::string("GET / HTTP/1.0\r\n") + te + "\r\n" + end,
                           std::string("GET / HTTP/2.0\r\nHost: x\r\n\r\n"),
                           std::string("GET  / HTTP/1.1\r\nHost: x\r\n\r\n"),
                           std::string("GET /\r\nHost: x\r\n\r\n"),
                           std::string("GET / 6\r\n\r\n"),
                           std::string("GET\r\n\r\n"),
                           std::string("GET / HTTP/1.1 \r\nHost: x\r\n\r\n"),
                           std::string("get / HTTP/1.1\r\nHost: x\r\n\r\n"),
                           std::string("\x16\x03\x01"),
                           std::string("\n"),
                           head(te, "g\r\nabc\r\n"),
                           head(te, "3\r\nabcd\r\n0\r\n\r\n"),
                           head(te, "-1\r\n\r\n"),
                           head(te, "3 4\r\nabc\r\n0\r\n\r\n"),
                           head(te, "fffffffffffffffff\r\n"),
                           head(te, "6;a=\"\r\nhello\r\n0\r\n\r\n"),
                           head(te, "3\nabc\r\n0\r\n\r\n")})
    EXPECT_TRUE(judge(text) == 400 || (text.ends_with("fff\r\n") && judge(text) == 413)) << text << " -> " << judge(text);
}

TEST(RequestReader, KeepsItsLimits) {
  const std::string te = "Transfer-Encoding: chunked\r\n";
  EXPECT_EQ(judge(head(te, "64\r\n" + std::string(100, 'a') + "\r\n0\r\n\r\n"), 100), 0);
  EXPECT_EQ(judge(head(te, "64\r\n" + std::string(100, 'a') + "\r\n1\r\na\r\n0\r\n\r\n"), 100), 413);
  EXPECT_EQ(judge(head("A: " + std::string(RequestReader::kMaxHead, 'a') + "\r\n")), 431);
  EXPECT_EQ(judge(head("A: " + std::string(RequestReader::kMaxHead - 100, 'a') + "\r\n")), 0);
  EXPECT_EQ(judge("GET /" + std::string(RequestReader::kMaxHead, 'a')), 431);
  std::string many;
  for (int i = 0; i < 99; ++i) many += "A: b\r\n";
  EXPECT_EQ(judge(head(many)), 0);
  EXPECT_EQ(judge(head(many + "A: b\r\n")), 431);
  EXPECT_EQ(judge(head(te, "1;" + std::string(RequestReader::kMaxHead, 'a'))), 400);
  EXPECT_EQ(judge(head(te, "0\r\nA: " + std::string(RequestReader::kMaxHead, 'a'))), 400);
}

TEST(RequestReader, WaitsForMore) {
  const auto text = "\r\n\r\n" + head("Content-Length: 3\r\n", "abc");
  for (std::size_t n = 0; n < text.size(); ++n) EXPECT_EQ(judge(text.substr(0, n)), -1) << n;
  EXPECT_EQ(judge(text), 0);
  EXPECT_EQ(judge("GET / HTTP/1.0\r\n\r\n"), 0);
}

TEST(Wire, WritesTheHeadOfAReply) {
  const auto date = http_date(*parse_instant("2026-11-21T08:05:09+07:00"));
  EXPECT_EQ(date, "Sat, 21 Nov 2026 01:05:09 GMT");
  EXPECT_EQ(http_date(*parse_instant("2000-02-29T23:59:59Z")), "Tue, 29 Feb 2000 23:59:59 GMT");
  Reply reply{.status = 303, .body = "abc", .headers = {{"Location", "/a"}}};
  EXPECT_EQ(reply_head(reply, Framing::Length, true, date),
            "HTTP/1.1 303 See Other\r\nDate: " + date +
                "\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 3\r\nLocation: /a\r\n\r\n");
  reply = {.status = 204};
  EXPECT_EQ(reply_head(reply, Framing::None, false, date), "HTTP/1.1 204 No Content\r\nDate: " + date + "\r\nConnection: close\r\n\r\n");
}

TEST(Wire, AHeaderCannotSplitTheReply) {
  const auto write = [](const char* name, std::string_view value) {
    return reply_head({.headers = {{name, std::string(value)}}}, Framing::Length, true, "");
  };
  EXPECT_THROW(write("Location", "/a\r\nSet-Cookie: sid=1"), Bug);
  EXPECT_THROW(write("Location", "/a\n"), Bug);
  EXPECT_THROW(write("Location", std::string_view("/\0", 2)), Bug);
  EXPECT_THROW(write("A b", "c"), Bug);
  EXPECT_THROW(write("", "c"), Bug);
  EXPECT_THROW(write("content-length", "3"), Bug);
  EXPECT_THROW(write("Transfer-Encoding", "chunked"), Bug);
  EXPECT_THROW(reply_head({.content_type = "text/html\r\n"}, Framing::Length, true, ""), Bug);
}

}  // namespace pilar::message_test
