#pragma once
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "base/secret.h"
#include "base/time.h"

namespace pilar::http {

/// What a certificate says about itself.
struct CertificateFacts {
  std::string subject{}, issuer{};   ///< common names
  std::vector<std::string> names{};  ///< host names and addresses it is for
  Instant from{}, until{};
  std::string fingerprint{};         ///< SHA-256, "AB:CD:..."
  bool is_authority = false;
};

enum class CertificateFault : std::uint8_t { CertificateUnreadable, NoCertificate, KeyUnreadable, NoKey, OtherKey, OtherNames };

/// The first certificate of a PEM file.
std::expected<CertificateFacts, CertificateFault> read_certificate(const std::string& file);
/// The same, after its key was found to belong to it.
std::expected<CertificateFacts, CertificateFault> check_pair(const std::string& certificate_file, const std::string& key_file);

/// A certificate with its key, both PEM.
struct Issued {
  std::string certificate{};
  Secret key{};
};
struct NewCertificate {
  std::string subject{};             ///< common name
  std::vector<std::string> names{};  ///< host names and literal addresses; at least one
  Instant now{};
  int days = 0;                      ///< how long it is valid
};
/// An authority that signs itself, with an ECDSA key on P-256. It may only speak for the given names, what lies below them, and
/// addresses of private networks (RFC 5280, 4.2.1.10), so that a stolen key opens no other site of those who trust it.
Issued make_authority(const NewCertificate& wanted);
/// A server's certificate, signed by the authority; OtherNames when that one may not speak for them. Fault when the authority
/// cannot be used.
std::expected<Issued, CertificateFault> make_certificate(const NewCertificate& wanted, const Issued& authority);

/// A DNS name or a literal IP address that may stand in a certificate.
bool is_host_name(std::string_view name);

}  // namespace pilar::http
