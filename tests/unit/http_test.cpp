#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <future>
#include <mutex>
#include <thread>

#include "base/result.h"
#include "base/text.h"
#include "http/server.h"
#include "support/http_client.h"

namespace pilar::http_test {

using namespace pilar::http;
using test::Client;
using test::Response;
namespace fs = std::filesystem;

std::string get(const std::string& path, const std::string& lines = "") {
  return "GET " + path + " HTTP/1.1\r\nHost: x\r\n" + lines + "\r\n";
}
std::string post(const std::string& path, const std::string& body, const std::string& lines = "") {
  return "POST " + path + " HTTP/1.1\r\nHost: x\r\n" + lines + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

double since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Memory of this process that is not in files, bytes.
std::size_t resident() {
  std::ifstream in("/proc/self/statm");
  std::size_t total = 0, pages = 0;
  in >> total >> pages;
  return pages * 4096;
}

/// Answers by path, as the program would.
class TestHandler final : public Handler {
 public:
  void handle(Request request, Respond respond) override {
    const auto& path = request.path;
    if (path.ends_with("/echo")) return respond({.content_type = "text/plain", .body = std::move(request.body)});
    if (path == "/hello") return respond({.content_type = "text/plain", .body = "halo " + std::string(request.param("nama"))});
    if (path == "/drop") return;
    if (path == "/throw") throw Fault("test", "thrown");
    if (path == "/split") return respond({.body = "x", .headers = {{"Location", "/a\r\nX: y"}}});
    if (path == "/empty") return respond({.status = 204});
    if (path == "/who") return respond({.body = request.peer + (request.secure ? " tls" : " plain")});
    if (path == "/later") return later(std::move(request), std::move(respond));
    if (path == "/file") return file(request, std::move(respond));
    if (path == "/hold") {
      const std::lock_guard lock(mutex);
      held.push_back(std::move(respond));
      return arrived.notify_all();
    }
    if (path.starts_with("/stream")) return stream(path, std::move(respond));
    respond({.status = 404, .body = "tidak ada"});
  }

  BodyLimit body_limit(Method, std::string_view path) const override {
    if (path == "/file") return {.total = 8U << 20U, .in_memory = 64U << 10U};
    if (path == "/large/echo") return {.total = 1U << 20U, .in_memory = 1U << 20U};
    return {.total = 1000, .in_memory = 1000};
  }

  Reply refuse(int status, std::string_view path, std::string_view language) const override {
    return {.status = status, .body = (language.starts_with("en") ? "refused" : "ditolak") + std::string(path)};
  }

  void later(Request request, Respond respond) {
    auto work = [respond = std::move(respond), body = std::move(request.body)]() mutable { respond({.body = "nanti " + body}); };
    EXPECT_TRUE(workers.post(std::move(work)));
  }

  void file(const Request& request, Respond respond) {
    last_file = request.body_file;
    std::ifstream in(request.body_file, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    respond({.body = std::to_string(bytes.size()) + " " + std::to_string(request.body.size()) + " " + bytes.substr(0, 3)});
  }

  void stream(const std::string& path, Respond respond) {
    auto rest = std::make_shared<std::size_t>(path == "/stream/large" ? 1600 : 3);
    last_stream = rest;
    Reply reply{.content_type = "text/plain"};
    const bool fails = path == "/stream/fails", fails_late = path == "/stream/late";
    reply.next_chunk = [this, rest = std::move(rest), fails, fails_late, path]() -> std::string {
      ++chunks;
      if (fails || (fails_late && *rest == 1)) throw Fault("test", "stream");
      if (*rest == 0) return {};
      --*rest;
      return path == "/stream/large" ? std::string(65536, 'x') : "potong" + std::to_string(*rest) + "\n";
    };
    respond(std::move(reply));
  }

  long streams() const { return last_stream.use_count(); }

  std::mutex mutex;
  std::condition_variable arrived;
  std::vector<Respond> held;
  std::string last_file;
  std::weak_ptr<std::size_t> last_stream;
  std::atomic<int> chunks{0};
  Workers workers{2, 100'000};
};

class Http : public testing::Test {
 protected:
  void start(Options changed = {}) {
    changed.port = 0;
    changed.upload_folder = folder.string();
    server = std::make_unique<Server>(changed, handler);
    runner = std::thread([this] { cut = server->run(); });
    port = server->port();
  }
  void SetUp() override {
    folder = fs::temp_directory_path() / ("pilar-http-" + std::to_string(::getpid()));
    fs::create_directories(folder);
  }
  void stop() {
    if (!runner.joinable()) return;
    server->stop();
    runner.join();
  }
  void TearDown() override {
    stop();
    handler.held.clear();
    server.reset();
    fs::remove_all(folder);
  }
  void wait_for_held(std::size_t n) {
    std::unique_lock lock(handler.mutex);
    EXPECT_TRUE(handler.arrived.wait_for(lock, std::chrono::seconds(10), [&] { return handler.held.size() >= n; }));
  }
  /// Within a second: each I/O thread closes its own door.
  bool refuses_connections() const {
    for (int i = 0; i < 100; ++i) try {
        const Client late(port);
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
      } catch (const std::runtime_error&) { return true; }
    return false;
  }
  std::size_t files() const { return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator())); }

  fs::path folder;
  TestHandler handler;
  std::unique_ptr<Server> server;
  std::thread runner;
  std::size_t cut = 0;  ///< what run() returned
  int port = 0;
};

TEST_F(Http, AnswersAndKeepsTheConnection) {
  start();
  Client client(port);
  const auto hello = client.ask(get("/hello?nama=Bu+Sri%21"));
  EXPECT_EQ(hello.status, 200);
  EXPECT_EQ(hello.body, "halo Bu Sri!");
  EXPECT_EQ(hello.headers.at("content-type"), "text/plain");
  EXPECT_EQ(hello.headers.at("content-length"), "12");
  EXPECT_TRUE(hello.headers.at("date").ends_with(" GMT"));
  EXPECT_FALSE(hello.headers.contains("server"));
  EXPECT_FALSE(hello.headers.contains("connection"));
  EXPECT_EQ(client.ask(post("/echo", "isi")).body, "isi");
  EXPECT_EQ(client.ask(get("/nowhere")).status, 404);
  EXPECT_EQ(client.ask(get("/empty")).status, 204);
  EXPECT_EQ(client.ask(get("/who")).body, "127.0.0.1 plain");
  EXPECT_EQ(client.ask(get("http://x/hello?nama=a")).body, "halo a");
}

TEST_F(Http, HeadHasTheLengthButNoBody) {
  start();
  Client client(port);
  client.send("HEAD /hello HTTP/1.1\r\nHost: x\r\n\r\nHEAD /stream HTTP/1.1\r\nHost: x\r\n\r\n" + get("/hello"));
  EXPECT_EQ(client.receive(true).headers.at("content-length"), "5");
  EXPECT_EQ(client.receive(true).headers.at("transfer-encoding"), "chunked");
  EXPECT_EQ(client.receive().body, "halo ");
  EXPECT_EQ(handler.chunks, 0);
}

TEST_F(Http, PipelinedRequestsAreAnsweredInOrder) {
  start();
  Client client(port);
  std::string all;
  for (int i = 0; i < 200; ++i) all += i % 3 == 0 ? post("/later", std::to_string(i)) : post("/echo", std::to_string(i));
  std::thread sender([&] { client.send(all); });
  for (int i = 0; i < 200; ++i) EXPECT_EQ(client.receive().body, (i % 3 == 0 ? "nanti " : "") + std::to_string(i));
  sender.join();
}

TEST_F(Http, OldAndClosingClientsAreClosedAfterTheReply) {
  start();
  Client old(port), closing(port);
  old.send("GET /stream HTTP/1.0\r\n\r\n");
  const auto reply = old.receive();
  EXPECT_EQ(reply.headers.at("connection"), "close");
  EXPECT_EQ(reply.body, "potong2\npotong1\npotong0\n");
  closing.send(get("/hello", "Connection: close\r\n") + get("/hello"));
  EXPECT_EQ(closing.receive().headers.at("connection"), "close");
  EXPECT_EQ(closing.receive_all(), "");
}

TEST_F(Http, ChunkedRequestsInAnyCut) {
  start();
  Client client(port);
  const std::string text =
      "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n3;a=b\r\nefg\r\n0\r\nT: u\r\n\r\n";
  EXPECT_EQ(client.ask(text).body, "abcdefg");
  for (const char c : text) {
    client.send(std::string_view(&c, 1));
    std::this_thread::sleep_for(std::chrono::microseconds(200));
  }
  EXPECT_EQ(client.receive().body, "abcdefg");
}

TEST_F(Http, RefusesInTheReadersLanguageAndCloses) {
  start();
  const auto refused = [&](const std::string& text) {
    Client client(port);
    const auto reply = client.ask(text);
    EXPECT_EQ(reply.headers.contains("connection") ? reply.headers.at("connection") : "", "close") << text;
    EXPECT_GE(client.closes_within(5), 0);
    return reply;
  };
  EXPECT_EQ(refused(get("/a/../b")).status, 400);
  EXPECT_EQ(refused(get("/%ff")).status, 400);
  EXPECT_EQ(refused("GET / HTTP/1.1\r\n\r\n").status, 400);
  EXPECT_EQ(refused(get("/", "A: b\r\n c\r\n")).status, 400);
  EXPECT_EQ(refused(get("/", "A: " + std::string(20'000, 'a') + "\r\n")).status, 431);
  const auto large = refused(post("/echo", std::string(1001, 'a'), "Accept-Language: en-GB\r\n"));
  EXPECT_EQ(large.status, 413);
  EXPECT_EQ(large.body, "refused/echo");
  EXPECT_EQ(refused("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n").status, 413);
  EXPECT_EQ(refused("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n").status, 413);
  EXPECT_EQ(refused("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n").status, 400);
  EXPECT_EQ(refused("GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n").body, "ditolak/");
}

TEST_F(Http, AnEarlyRefusalReachesAClientThatGoesOnSending) {
  start();
  Client client(port);
  std::thread sender([&] { client.send(post("/echo", std::string(5'000'000, 'a'))); });
  EXPECT_EQ(client.receive().status, 413);
  sender.join();
}

TEST_F(Http, ContinuesWhenAskedTo) {
  start();
  Client client(port);
  client.send("POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
  EXPECT_EQ(client.receive(true).status, 100);
  EXPECT_EQ(client.ask("abc").body, "abc");
  client.send("POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3000\r\n\r\n");
  EXPECT_EQ(client.receive().status, 413);
}

TEST_F(Http, SlowDripsAreClosedAtTheTotalDeadline) {
  start({.head_seconds = 1, .body_seconds = 1, .idle_seconds = 1});
  const auto drip = [&](std::string_view before) {
    Client client(port);
    client.send(before);
    const auto start_time = std::chrono::steady_clock::now();
    std::atomic<bool> done = false;
    std::thread dripper([&] {
      while (!done && client.send("a")) std::this_thread::sleep_for(std::chrono::milliseconds(50));
    });
    const auto reply = client.receive();
    EXPECT_NEAR(since(start_time), 1.2, 0.8);
    done = true;
    dripper.join();
    return reply.status;
  };
  EXPECT_EQ(drip("GET /"), 408);
  EXPECT_EQ(drip("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n"), 408);
  Client silent(port), idle(port);
  EXPECT_EQ(idle.ask(get("/hello")).status, 200);
  EXPECT_NEAR(silent.closes_within(5), 1.2, 0.8);
  EXPECT_GE(idle.closes_within(5), 0);
}

TEST_F(Http, AReplyThatIsNotTakenIsClosed) {
  start({.write_seconds = 1});
  Client client(port);
  client.send(get("/stream/large"));
  std::this_thread::sleep_for(std::chrono::milliseconds(500));
  EXPECT_EQ(handler.streams(), 1);
  // 1 s, and 1 s more for each MB that went into the buffers of the sockets
  for (int i = 0; i < 150 && handler.streams() > 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(100));
  EXPECT_EQ(handler.streams(), 0);
  EXPECT_LT(handler.chunks, 400);
}

TEST_F(Http, AThousandHalfOpenConnectionsDoNotHurt) {
  start({.head_seconds = 5});
  std::vector<Client> half;
  for (int i = 0; i < 1000; ++i) {
    half.emplace_back(port);
    if (i % 2 == 0) half.back().send("POST /echo HTTP/1.1\r\nHost:");
  }
  Client client(port);
  const auto start_time = std::chrono::steady_clock::now();
  for (int i = 0; i < 200; ++i) ASSERT_EQ(client.ask(post("/later", "a")).status, 200);
  EXPECT_LT(since(start_time), 3);
}

TEST_F(Http, TooManyConnectionsAreClosedAtOnce) {
  start({.io_threads = 1, .max_connections = 2});
  Client one(port), two(port);
  EXPECT_EQ(one.ask(get("/hello")).status, 200);
  EXPECT_EQ(two.ask(get("/hello")).status, 200);
  Client three(port);
  EXPECT_GE(three.closes_within(5), 0);
  EXPECT_EQ(two.ask(get("/hello")).status, 200);
}

TEST_F(Http, AnUnansweredThrowingOrBrokenReplyIs500) {
  start();
  Client client(port);
  for (const char* path : {"/drop", "/throw", "/split", "/stream/fails"}) {
    const auto reply = client.ask(get(path));
    EXPECT_EQ(reply.status, 500) << path;
    EXPECT_EQ(reply.body, "ditolak" + std::string(path));
    EXPECT_FALSE(reply.headers.contains("x"));
  }
  EXPECT_EQ(client.ask(get("/hello")).status, 200);
}

TEST_F(Http, AnswersFromOtherThreads) {
  start();
  std::vector<std::thread> clients;
  std::atomic<int> right{0};
  for (int c = 0; c < 8; ++c)
    clients.emplace_back([&, c] {
      Client client(port);
      for (int i = 0; i < 200; ++i) {
        const auto body = std::to_string(c * 1000 + i);
        if (client.ask(post("/later", body)).body == "nanti " + body) ++right;
      }
    });
  for (auto& thread : clients) thread.join();
  EXPECT_EQ(right, 1600);
}

TEST_F(Http, StreamsAHundredMegabytesInConstantMemory) {
  start();
  Client client(port);
  client.send(get("/stream"));
  EXPECT_EQ(client.receive().body, "potong2\npotong1\npotong0\n");
  const auto before = resident();
  client.send(get("/stream/large"));
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  EXPECT_LT(handler.chunks, 400) << "the server runs ahead of the client";
  EXPECT_LT(resident(), before + (40U << 20U));
  const auto reply = client.receive();
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body.size(), 1600U * 65536U);
}

TEST_F(Http, AClientThatLeavesStopsItsStream) {
  start();
  Client client(port);
  client.send(get("/stream/large"));
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  client.reset();
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  EXPECT_EQ(handler.streams(), 0);
  EXPECT_LT(handler.chunks, 1600);
}

TEST_F(Http, AStreamThatFailsLateIsSeenAsCut) {
  start();
  Client client(port);
  client.send(get("/stream/late"));
  EXPECT_EQ(client.receive().status, 0);
}

TEST_F(Http, LargeBodiesGoToAFile) {
  start();
  Client client(port);
  const auto reply = client.ask(post("/file", "abc" + std::string(3'000'000, 'x')));
  EXPECT_EQ(reply.body, "3000003 0 abc");
  EXPECT_EQ(fs::path(handler.last_file).parent_path(), folder);
  EXPECT_EQ(client.ask(post("/file", "abc")).body, "0 3 ");
  EXPECT_EQ(files(), 0U);
  std::string chunked = "POST /file HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (int i = 0; i < 100; ++i) chunked += "2710\r\n" + std::string(10'000, 'y') + "\r\n";
  EXPECT_EQ(client.ask(chunked + "0\r\n\r\n").body, "1000000 0 yyy");
  client.send("POST /file HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000\r\n\r\n" + std::string(1'000'000, 'z'));
  client.reset();
  for (int i = 0; i < 50 && files() > 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_EQ(files(), 0U);
}

TEST_F(Http, AFolderThatCannotBeWrittenIs503) {
  start();
  fs::remove_all(folder);
  Client client(port);
  EXPECT_EQ(client.ask(post("/file", std::string(100'000, 'x'))).status, 503);
}

TEST_F(Http, StopFinishesWhatIsUnderWay) {
  start();
  Client waiting(port), idle(port);
  EXPECT_EQ(idle.ask(get("/hello")).status, 200);
  waiting.send(get("/hold"));
  wait_for_held(1);
  server->stop();
  server->stop();
  EXPECT_GE(idle.closes_within(1), 0);
  EXPECT_TRUE(refuses_connections());
  handler.held[0]({.body = "selesai"});
  const auto reply = waiting.receive();
  EXPECT_EQ(reply.body, "selesai");
  EXPECT_EQ(reply.headers.at("connection"), "close");
  const auto start_time = std::chrono::steady_clock::now();
  runner.join();
  EXPECT_LT(since(start_time), 3);
  EXPECT_EQ(cut, 0U);
}

TEST_F(Http, DrainingHasAnEndAndLateAnswersAreHarmless) {
  start({.drain_seconds = 1});
  Client one(port), two(port), three(port);
  for (auto* client : {&one, &two, &three}) client->send(get("/hold"));
  wait_for_held(3);
  const auto start_time = std::chrono::steady_clock::now();
  stop();
  EXPECT_NEAR(since(start_time), 1.2, 0.8);
  EXPECT_EQ(cut, 3U);
  handler.held[0]({.body = "after run()"});
  server.reset();
  handler.held[1]({.body = "after the server"});
  handler.held.clear();
}

TEST_F(Http, ASecondStopWaitsForNothing) {
  start({.drain_seconds = 600});
  Client sending(port), waiting(port), taking(port), idle(port), refused(port);
  sending.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf");
  taking.send(get("/stream/large"));
  EXPECT_EQ(idle.ask(get("/hello")).status, 200);
  EXPECT_EQ(refused.ask(get("/%ff")).status, 400);
  waiting.send(get("/hold"));
  wait_for_held(1);
  for (int i = 0; i < 500 && handler.chunks == 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  server->stop();
  EXPECT_GE(idle.closes_within(5), 0);
  EXPECT_LT(sending.closes_within(0.5), 0) << "a stop waits for what is under way";
  server->stop_at_once();
  runner.join();
  EXPECT_EQ(cut, 3U) << "neither the idle connection nor the one that takes its leave";
  EXPECT_GE(sending.closes_within(5), 0);
  EXPECT_EQ(taking.receive().status, 0) << "a reply that was cut off is seen as such";
}

TEST_F(Http, AtOnceIsAStopToo) {
  start({.drain_seconds = 600});
  Client waiting(port);
  waiting.send(get("/hold"));
  wait_for_held(1);
  server->stop_at_once();
  runner.join();
  EXPECT_EQ(cut, 1U);
}

TEST_F(Http, AClientThatClosedItsSideIsAnsweredAllTheSame) {
  start();
  Client whole(port), half(port);
  whole.send(get("/later") + get("/hello?nama=Ani"));
  whole.finish_sending();
  EXPECT_EQ(whole.receive().body, "nanti ");
  EXPECT_EQ(whole.receive().body, "halo Ani");
  EXPECT_GE(whole.closes_within(5), 0);
  half.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf");
  half.finish_sending();
  EXPECT_GE(half.closes_within(5), 0);
}

TEST_F(Http, BodiesTogetherHaveALimitOfMemory) {
  start({.held_bytes = 100'000});
  const std::string body(150'000, 'a'), head = "POST /large/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 150000\r\n\r\n";
  std::unique_ptr<Client> slow;
  int status = 200;
  for (int millis = 20; millis < 10'000 && status == 200; millis *= 2) {  // until all that was sent has come before the second one
    slow = std::make_unique<Client>(port);
    slow->send(head + body.substr(1));
    std::this_thread::sleep_for(std::chrono::milliseconds(millis));
    status = Client(port).ask(head + body).status;
  }
  EXPECT_EQ(status, 503);
  EXPECT_EQ(Client(port).ask(post("/large/echo", std::string(60'000, 'b'))).status, 200) << "small ones are always taken";
  EXPECT_EQ(slow->ask("a").body, body) << "who was before is served";
  EXPECT_EQ(Client(port).ask(head + body).status, 200) << "and gives the memory back";
}

TEST_F(Http, UploadsLeaveSomeOfTheDiskFree) {
  start({.free_bytes = std::uint64_t{1} << 60U});
  Client small(port), large(port);
  EXPECT_EQ(small.ask(post("/file", "abc")).status, 200);
  EXPECT_EQ(large.ask(post("/file", std::string(100'000, 'x'))).status, 503);
  EXPECT_EQ(files(), 0U);
}

TEST_F(Http, ARespondAnswersOnce) {
  start();
  Client client(port);
  client.send(get("/hold"));
  wait_for_held(1);
  handler.held[0]({.body = "satu"});
  EXPECT_THROW(handler.held[0]({.body = "dua"}), Bug);
  EXPECT_EQ(client.receive().body, "satu");
}

TEST_F(Http, ServesOverTls) {
  const auto certificate = folder / "cert.pem", key = folder / "key.pem";
  const auto command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost -keyout " +
                       key.string() + " -out " + certificate.string() + " 2>/dev/null";
  ASSERT_EQ(std::system(command.c_str()), 0);
  start({.head_seconds = 1, .certificate_file = certificate.string(), .key_file = key.string()});
  Client client(port, /*tls=*/true);
  EXPECT_EQ(client.ask(get("/who")).body, "127.0.0.1 tls");
  EXPECT_EQ(client.ask(post("/later", "aman")).body, "nanti aman");
  EXPECT_EQ(client.ask(post("/file", std::string(500'000, 'x'))).body, "500000 0 xxx");
  client.send(get("/stream/large"));
  EXPECT_EQ(client.receive().body.size(), 1600U * 65536U);
  client.send(get("/hello", "Connection: close\r\n"));
  EXPECT_EQ(client.receive().status, 200);
  EXPECT_EQ(client.receive_all(), "");
  Client slow(port, true);
  EXPECT_EQ(slow.ask("GET /").status, 408);
  Client plain(port);
  plain.send(get("/hello"));
  EXPECT_EQ(plain.receive().status, 0);
  Client silent(port);
  EXPECT_GE(silent.closes_within(5), 0);
}

TEST_F(Http, SaysWhyItCannotListen) {
  start();
  EXPECT_THROW(Server({.address = "bukan-alamat"}, handler), Fault);
  EXPECT_THROW(Server({.address = "203.0.113.1", .port = 0}, handler), Fault);
  EXPECT_THROW(Server({.port = static_cast<std::uint16_t>(port)}, handler), Fault) << "somebody serves there already";
  EXPECT_THROW(Server({.port = 0, .certificate_file = "/nonexistent", .key_file = "/nonexistent"}, handler), Fault);
}

}  // namespace pilar::http_test
