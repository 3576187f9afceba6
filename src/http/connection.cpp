#include <array>
#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <charconv>
#include <chrono>
#include <cstring>
#include <exception>
#include <functional>
#include <tuple>

#include "base/log.h"
#include "base/result.h"
#include "http/loop.h"
#include "http/reader.h"
#include "http/upload.h"
#include "http/wire.h"

namespace pilar::http {
namespace {

namespace asio = boost::asio;
using Tcp = asio::ip::tcp;
using Executor = asio::io_context::executor_type;  // the concrete one spares a virtual call for each step
using Socket = asio::basic_stream_socket<Tcp, Executor>;
using Error = boost::system::error_code;
using std::chrono::seconds;
using Token = asio::use_awaitable_t<Executor>;
template <class T>
using Task = asio::awaitable<T, Executor>;
using Moved = std::tuple<Error, std::size_t>;
using Work = std::move_only_function<void()>;
constexpr auto kResult = asio::as_tuple(Token{});
constexpr seconds kGoodbye{2};  // for a client to take the last reply and close
// Instead of a status: a Respond was destroyed uncalled; there is nobody to answer.
constexpr int kUnanswered = 0, kGone = -1;
Time now() { return std::chrono::steady_clock::now(); }

/// Respond: one reply from any thread, handed to the coroutine that waits for it on its own loop.
template <class Completion>
class Answer {
 public:
  Answer(std::shared_ptr<Loop> loop, Completion completion) : loop_(std::move(loop)), completion_(std::move(completion)) {}
  Answer(Answer&&) noexcept = default;
  Answer& operator=(Answer&&) = delete;
  ~Answer() {
    if (loop_) (*this)(Reply{.status = kUnanswered});
  }
  void operator()(Reply reply) {
    require(loop_ != nullptr, "a request is answered once");
    const auto loop = std::move(loop_);
    asio::post(*loop->io,
               [completion = std::move(completion_), reply = std::move(reply)]() mutable { std::move(completion)(std::move(reply)); });
  }

 private:
  std::shared_ptr<Loop> loop_;
  Completion completion_;
};

class Connection final : public Watched {
 public:
  Connection(House& house, Loop& loop, Socket socket);
  ~Connection() override { loop_.connections.erase(place_); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  Task<void> serve();
  void check(Time at) override;
  void close() override;
  Phase phase() const override { return phase_; }

 private:
  enum class Next : std::uint8_t { Again, Goodbye, Gone };
  /// What a reply must know of its request, which the handler has by then.
  struct Manner {
    bool head_only = false, http_1_0 = false, keep_alive = false;
    std::string path{}, language{};
  };

  void enter(Phase phase, Time deadline);
  std::string_view unread() const { return {buffer_.get() + begin_, end_ - begin_}; }
  int overdue_or_gone() const { return overdue_ ? 408 : kGone; }
  Task<bool> shake_hands();
  Task<bool> fill();
  template <class Buffers>
  Task<bool> write(const Buffers& buffers);
  Task<Next> exchange();
  Task<int> read_head(RequestReader& reader);
  Task<bool> say_continue(const RequestReader& reader);
  Task<int> read_body(RequestReader& reader, Upload& upload, Held& held);
  Task<Reply> ask(Request& request);
  Task<bool> run_blocking(Work& work);
  std::string head_of(Reply& reply, Framing framing, bool keep_alive, const Manner& manner) const;
  Task<Next> send(Reply& reply, const Manner& manner);
  Task<bool> send_chunks(std::string head, std::string& chunk, Work& pull, Framing framing);
  Task<void> say_goodbye();

  House& house_;
  Loop& loop_;
  Socket socket_;
  std::optional<asio::ssl::stream<Socket&>> tls_{};
  std::list<Watched*>::iterator place_;
  std::string peer_{};
  std::unique_ptr<char[]> buffer_ = std::make_unique_for_overwrite<char[]>(RequestReader::kMaxHead);
  std::size_t begin_ = 0, end_ = 0;  // the unread part of the buffer
  Phase phase_ = Phase::Idle;
  Time deadline_ = Time::max();
  bool first_ = true, overdue_ = false;
};

Connection::Connection(House& house, Loop& loop, Socket socket)
    : house_(house),
      loop_(loop),
      socket_(std::move(socket)),
      place_(loop.connections.insert(loop.connections.end(), this)) {
  Error ignored;
  const auto address = socket_.remote_endpoint(ignored).address();
  const bool mapped = address.is_v6() && address.to_v6().is_v4_mapped();
  peer_ = mapped ? asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string() : address.to_string();
  (void)socket_.set_option(Tcp::no_delay(true), ignored);
}

void Connection::enter(Phase phase, Time deadline) {
  phase_ = phase;
  deadline_ = deadline;
  overdue_ = false;
}

void Connection::check(Time at) {
  if (at < deadline_) return;
  if (phase_ != Phase::Reading || overdue_) return close();
  overdue_ = true;
  Error ignored;
  (void)socket_.cancel(ignored);
}

void Connection::close() {
  Error ignored;
  (void)socket_.close(ignored);
}

Task<void> Connection::serve() {
  const bool ready = co_await shake_hands();
  Next next = ready ? Next::Again : Next::Gone;
  while (next == Next::Again) next = co_await exchange();
  if (next == Next::Goodbye) co_await say_goodbye();
}

Task<bool> Connection::shake_hands() {
  if (!house_.tls) co_return true;
  enter(Phase::Idle, now() + seconds(house_.options.head_seconds));
  tls_.emplace(socket_, *house_.tls);
  const auto [error] = co_await tls_->async_handshake(asio::ssl::stream_base::server, kResult);
  co_return !error;
}

/// More bytes behind the unread ones; false when none came.
Task<bool> Connection::fill() {
  if (begin_ > 0) {
    std::memmove(buffer_.get(), buffer_.get() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  const auto space = asio::buffer(buffer_.get() + end_, RequestReader::kMaxHead - end_);
  Task<Moved> reading = tls_ ? tls_->async_read_some(space, kResult) : socket_.async_read_some(space, kResult);
  const auto [error, count] = co_await std::move(reading);
  end_ += count;
  co_return !error;
}

template <class Buffers>
Task<bool> Connection::write(const Buffers& buffers) {
  Task<Moved> writing = tls_ ? asio::async_write(*tls_, buffers, kResult) : asio::async_write(socket_, buffers, kResult);
  const auto [error, count] = co_await std::move(writing);
  co_return !error;
}

Task<Connection::Next> Connection::exchange() {
  RequestReader reader;
  Upload upload;
  Held held(*loop_.memory);
  Manner manner;
  int status = co_await read_head(reader);
  if (status == 0) {
    manner = {reader.request().method == Method::Head, reader.is_http_1_0(), reader.may_keep_alive(), reader.request().path,
              house_.handler.language(reader.request())};
    status = co_await read_body(reader, upload, held);
  }
  if (status == kGone) co_return Next::Gone;
  manner.keep_alive = manner.keep_alive && status == 0;
  Reply reply;
  if (status == 0)
    reply = co_await ask(reader.request());
  else
    reply = house_.handler.refuse(status, manner.path, manner.language);
  const auto next = co_await send(reply, manner);
  if (upload.is_open()) {
    Work remove = [&upload] { upload.remove(); };
    co_await run_blocking(remove);
  }
  co_return next;
}

/// 0 when the head is complete, else the status to refuse the request with, or kGone.
Task<int> Connection::read_head(RequestReader& reader) {
  if (unread().empty()) {
    if (loop_.draining) co_return kGone;
    enter(Phase::Idle, now() + seconds(first_ ? house_.options.head_seconds : house_.options.idle_seconds));
    first_ = false;
    const bool came = co_await fill();
    if (!came) co_return kGone;
  }
  enter(Phase::Reading, now() + seconds(house_.options.head_seconds));
  for (;;) {
    begin_ += reader.put(unread());
    if (reader.step() != RequestReader::Step::Head) co_return reader.refusal();
    const bool came = co_await fill();
    if (!came) co_return overdue_or_gone();
  }
}

/// Tells a client that waits for it to go on; false when it is gone.
Task<bool> Connection::say_continue(const RequestReader& reader) {
  if (!reader.wants_continue() || !unread().empty()) co_return true;
  const auto line = asio::buffer(std::string_view("HTTP/1.1 100 Continue\r\n\r\n"));
  co_return co_await write(line);
}

/// As read_head. A large body ends in the upload's file instead of the request's memory.
Task<int> Connection::read_body(RequestReader& reader, Upload& upload, Held& held) {
  using Step = RequestReader::Step;
  if (reader.step() == Step::Done) co_return 0;
  auto& request = reader.request();
  auto limit = house_.handler.body_limit(request.method, request.path);
  if (house_.options.upload_folder.empty()) limit.total = std::min(limit.total, limit.in_memory);
  reader.limit_body(limit.total);
  if (reader.step() == Step::Refused) co_return reader.refusal();
  const bool going_on = co_await say_continue(reader);
  if (!going_on) co_return kGone;
  Work spill = [&] {
    upload.append(house_.options.upload_folder, request.body, house_.options.free_bytes);
    request.body.clear();
  };
  const auto start = now();
  for (std::size_t received = 0;;) {
    const auto used = reader.put(unread());
    begin_ += used;
    received += used;
    if (reader.step() == Step::Refused) co_return reader.refusal();
    const bool done = reader.step() == Step::Done;
    if (request.body.size() > upload.most_held(done, limit.in_memory)) {
      const bool stored = co_await run_blocking(spill);
      if (!stored) co_return 503;
    }
    if (!held.take(request.body.size())) co_return 503;
    if (done) break;
    enter(Phase::Reading, due(start, house_.options.body_seconds, received));
    const bool came = co_await fill();
    if (!came) co_return overdue_or_gone();
  }
  if (upload.is_open()) request.body_file = upload.path();
  co_return 0;
}

Task<Reply> Connection::ask(Request& request) {
  enter(Phase::Waiting, Time::max());
  request.peer = peer_;
  request.secure = tls_.has_value();
  auto start = [this, &request](auto completion) {
    Respond respond = Answer(loop_.shared_from_this(), std::move(completion));
    try {
      house_.handler.handle(std::move(request), std::move(respond));
    } catch (const std::exception& failure) {  // its Respond is gone by now, which answers 500
      log::error("handler", failure.what());
    }
  };
  Token token;
  Task<Reply> answered = asio::async_initiate<Token, void(Reply)>(std::move(start), token);
  co_return co_await std::move(answered);
}

/// Runs the work away from the I/O thread; false when it threw, which is logged.
Task<bool> Connection::run_blocking(Work& work) {
  enter(Phase::Waiting, Time::max());
  auto start = [this, &work](auto completion) {
    auto job = [this, &work, completion = std::move(completion)]() mutable {
      bool done = false;
      try {
        work();
        done = true;
      } catch (const std::exception& failure) { log::error("http_work", failure.what()); }
      asio::post(*loop_.io, [completion = std::move(completion), done]() mutable { std::move(completion)(done); });
    };
    house_.disk.post(std::move(job));
  };
  Token token;
  Task<bool> finished = asio::async_initiate<Token, void(bool)>(std::move(start), token);
  co_return co_await std::move(finished);
}

/// The head of the reply, or of a 500 that replaces it when it cannot be sent as it is.
std::string Connection::head_of(Reply& reply, Framing framing, bool keep_alive, const Manner& manner) const {
  try {
    return reply_head(reply, framing, keep_alive, loop_.date);
  } catch (const Bug& bug) {
    log::error("reply", bug.what());
    reply = house_.handler.refuse(500, manner.path, manner.language);
    return reply_head(reply, Framing::Length, keep_alive, loop_.date);
  }
}

Task<Connection::Next> Connection::send(Reply& reply, const Manner& manner) {
  if (reply.status == kUnanswered) reply = house_.handler.refuse(500, manner.path, manner.language);
  const bool has_body = reply.status != 204 && reply.status != 304;
  std::string chunk;
  Work pull = [&] { chunk = reply.next_chunk(); };
  if (has_body && reply.next_chunk && !manner.head_only) {  // before the head, so that a failure can still be told
    const bool pulled = co_await run_blocking(pull);
    if (!pulled) reply = house_.handler.refuse(500, manner.path, manner.language);
  }
  const auto stream = manner.http_1_0 ? Framing::Close : Framing::Chunked;
  const auto framing = !has_body ? Framing::None : reply.next_chunk ? stream : Framing::Length;
  const bool keep_alive = manner.keep_alive && framing != Framing::Close && !loop_.draining;
  auto head = head_of(reply, framing, keep_alive, manner);
  bool sent = false;
  if (has_body && reply.next_chunk && !manner.head_only) {
    sent = co_await send_chunks(std::move(head), chunk, pull, framing);
  } else {
    const std::string_view body = has_body && !manner.head_only ? std::string_view(reply.body) : std::string_view{};
    enter(Phase::Writing, due(now(), house_.options.write_seconds, body.size()));
    const std::array<asio::const_buffer, 2> parts{asio::buffer(head), asio::buffer(body)};
    sent = co_await write(parts);
  }
  if (!sent) co_return Next::Gone;
  co_return keep_alive ? Next::Again : Next::Goodbye;
}

/// The head with the first chunk, which stands ready, then chunk after chunk, each pulled when the one before is taken.
Task<bool> Connection::send_chunks(std::string head, std::string& chunk, Work& pull, Framing framing) {
  const bool framed = framing == Framing::Chunked;
  auto start = now();
  for (std::size_t sent = 0;;) {
    std::array<char, 16> size{};
    const auto size_end = std::to_chars(size.begin(), size.end(), chunk.size(), 16).ptr;
    if (framed) head.append(size.data(), size_end).append("\r\n");
    const std::string_view end = framed ? "\r\n" : "";
    const std::array<asio::const_buffer, 3> parts{asio::buffer(head), asio::buffer(chunk), asio::buffer(end)};
    enter(Phase::Writing, due(start, house_.options.write_seconds, sent));
    const bool taken = co_await write(parts);
    if (!taken) co_return false;
    if (chunk.empty()) co_return true;
    sent += chunk.size();
    head.clear();
    const auto before = now();
    const bool pulled = co_await run_blocking(pull);
    if (!pulled) co_return false;  // the missing last chunk tells the client
    start += now() - before;
  }
}

/// Closes our side first and takes what still comes for a moment, or the reset could overtake the reply.
Task<void> Connection::say_goodbye() {
  enter(Phase::Leaving, now() + kGoodbye);
  if (tls_) { co_await tls_->async_shutdown(kResult); }
  Error ignored;
  (void)socket_.shutdown(Tcp::socket::shutdown_send, ignored);
  const auto space = asio::buffer(buffer_.get(), RequestReader::kMaxHead);
  for (;;) {
    const auto [error, count] = co_await socket_.async_read_some(space, kResult);
    if (error) co_return;
  }
}

Task<void> serve_until_closed(House& house, Loop& loop, Socket socket) {
  Connection connection(house, loop, std::move(socket));
  co_await connection.serve();
}

}  // namespace

void serve(House& house, Loop& loop, int socket) {
  const auto log_failure = [](const std::exception_ptr& failure) {
    try {
      if (failure) std::rethrow_exception(failure);
    } catch (const std::exception& cause) { log::error("connection", cause.what()); }
  };
  Error ignored;
  Socket connected(*loop.io);
  (void)connected.assign(Tcp::v6(), socket, ignored);  // the family matters to open() alone
  asio::co_spawn(*loop.io, serve_until_closed(house, loop, std::move(connected)), log_failure);
}

}  // namespace pilar::http
