#include "web/proxies.h"

#include <arpa/inet.h>

#include <algorithm>

#include "base/text.h"

namespace pilar::web {
namespace {

constexpr std::size_t kMappedPrefix = 12;  // ::ffff:0:0/96, RFC 4291, 2.5.5.2
constexpr int kMappedBits = 96;

std::optional<Network> parse_address(std::string_view text) {
  const std::string terminated(text);
  Network out;
  if (inet_pton(AF_INET6, terminated.c_str(), out.bytes.data()) == 1) return out;
  out.bytes = {};
  out.bytes[10] = out.bytes[11] = 0xFF;
  if (inet_pton(AF_INET, terminated.c_str(), out.bytes.data() + kMappedPrefix) == 1) return out;
  return {};
}

bool contains(const Network& network, const Network& address) {
  for (int bit = 0; bit < network.bits; bit += 8) {
    const auto byte = static_cast<std::size_t>(bit / 8);
    const int kept = std::min(network.bits - bit, 8);
    const auto mask = static_cast<std::uint8_t>(0xFFU << (8U - static_cast<unsigned>(kept)));
    if (((network.bytes.at(byte) ^ address.bytes.at(byte)) & mask) != 0) return false;
  }
  return true;
}

/// The values of all headers of the name, in order, as one list.
std::vector<std::string_view> list_of(const http::Request& request, std::string_view name) {
  std::vector<std::string_view> all;
  for (const auto& [key, value] : request.headers)
    if (key == name)
      for (const auto part : split(value, ',')) all.push_back(trim(part));
  return all;
}

}  // namespace

std::optional<Network> parse_network(std::string_view text) {
  const auto slash = text.find('/');
  auto network = parse_address(text.substr(0, slash));
  if (!network || slash == std::string_view::npos) return network;
  const bool is_v4 = text.substr(0, slash).find(':') == std::string_view::npos;
  const auto length = parse_int(text.substr(slash + 1));
  if (!length || *length < 0 || *length > (is_v4 ? 32 : 128)) return {};
  network->bits = static_cast<int>(*length) + (is_v4 ? kMappedBits : 0);
  return network;
}

Proxies::Proxies(std::span<const std::string_view> trusted) {
  for (const auto text : trusted)
    if (const auto network = parse_network(text)) trusted_.push_back(*network);
}

bool Proxies::trusts(std::string_view address) const {
  const auto asked = parse_address(address);
  return asked && std::ranges::any_of(trusted_, [&](const Network& network) { return contains(network, *asked); });
}

void Proxies::name_client(http::Request& request) const {
  if (trusted_.empty() || !trusts(request.peer)) return;
  if (const auto schemes = list_of(request, "x-forwarded-proto"); !schemes.empty()) request.secure = schemes.back() == "https";
  const auto named = list_of(request, "x-forwarded-for");
  std::string client;
  for (auto at = named.rbegin(); at != named.rend(); ++at) {  // what stands further left was said by somebody we do not know
    if (!parse_address(*at)) break;
    client = *at;
    if (!trusts(*at)) break;
  }
  if (!client.empty()) request.peer = std::move(client);
}

bool is_loopback(std::string_view address) {
  const auto asked = parse_address(address);
  return asked && (contains({parse_address("127.0.0.0")->bytes, kMappedBits + 8}, *asked) || contains(*parse_address("::1"), *asked));
}

}  // namespace pilar::web
