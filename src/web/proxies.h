#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"

namespace pilar::web {

/// A literal address with the length of its network. IPv4 stands in IPv6's mapped form, so that both compare alike.
struct Network {
  std::array<std::uint8_t, 16> bytes{};
  int bits = 128;
};
/// "10.0.0.0/8", "2001:db8::1"; empty when it is neither an address nor a network.
std::optional<Network> parse_network(std::string_view text);

/// Whom we believe when they say for whom they ask. Everybody else's X-Forwarded-For and X-Forwarded-Proto are only text.
class Proxies {
 public:
  explicit Proxies(std::span<const std::string_view> trusted);

  bool trusts(std::string_view address) const;
  /// Sets `peer` to the nearest address that is no trusted proxy, and `secure` where a trusted one says that it was asked over
  /// https. Nothing happens to a request that comes from elsewhere.
  void name_client(http::Request& request) const;

 private:
  std::vector<Network> trusted_;
};

/// Whether only this machine can have the literal address.
bool is_loopback(std::string_view address);

}  // namespace pilar::web
