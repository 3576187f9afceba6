#include "http/certificate.h"

#include <arpa/inet.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>

#include "base/result.h"
#include "base/text.h"

namespace pilar::http {
namespace {

template <auto Free>
struct Release {
  template <class T>
  void operator()(T* thing) const {
    Free(thing);
  }
};
using Certificate = std::unique_ptr<X509, Release<X509_free>>;
using PrivateKey = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY_free>>;
using Memory = std::unique_ptr<BIO, Release<BIO_free_all>>;
using Extension = std::unique_ptr<X509_EXTENSION, Release<X509_EXTENSION_free>>;
using Constraints = std::unique_ptr<NAME_CONSTRAINTS, Release<NAME_CONSTRAINTS_free>>;
using AlternativeNames = std::unique_ptr<GENERAL_NAMES, Release<GENERAL_NAMES_free>>;

constexpr std::size_t kMostBytes = std::size_t{1} << 20U;
constexpr std::int64_t kMicrosASecond = 1'000'000, kSlackSeconds = 3600;  // clocks of phones differ
constexpr std::string_view kPrivate =
    "permitted;IP:10.0.0.0/255.0.0.0,permitted;IP:172.16.0.0/255.240.0.0,permitted;IP:192.168.0.0/255.255.0.0,"
    "permitted;IP:127.0.0.0/255.0.0.0";

std::optional<std::string> text_of(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::string text(kMostBytes, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.empty()) return {};
  return text;
}

Memory memory_of(const std::string& text) { return Memory(BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))); }

Certificate parse_certificate(const std::string& pem) {
  return Certificate(PEM_read_bio_X509(memory_of(pem).get(), nullptr, nullptr, nullptr));
}

/// A key with a password is none here: nobody could type it at the start of a service.
int no_password(char* /*buffer*/, int /*size*/, int /*writing*/, void* /*data*/) { return -1; }
PrivateKey parse_key(const std::string& pem) {
  return PrivateKey(PEM_read_bio_PrivateKey(memory_of(pem).get(), nullptr, &no_password, nullptr));
}

[[noreturn]] void fail_making(const char* what) { throw Fault("make a certificate", what); }
void must(bool done, const char* what) {
  if (!done) fail_making(what);
}

std::string common_name(const X509_NAME* name) {
  std::array<char, 256> text{};
  const int size = X509_NAME_get_text_by_NID(name, NID_commonName, text.data(), static_cast<int>(text.size()));
  return size > 0 ? std::string(text.data(), static_cast<std::size_t>(size)) : std::string();
}

Instant instant_of(const ASN1_TIME* time) {
  int days = 0, seconds = 0;
  const std::unique_ptr<ASN1_TIME, Release<ASN1_TIME_free>> epoch(ASN1_TIME_set(nullptr, 0));
  if (ASN1_TIME_diff(&days, &seconds, epoch.get(), time) != 1) return {};
  return {(std::int64_t{days} * 86'400 + seconds) * kMicrosASecond};
}

std::string name_text(const GENERAL_NAME& name) {
  int kind = 0;
  const auto* value = static_cast<const ASN1_STRING*>(GENERAL_NAME_get0_value(&name, &kind));
  const auto* bytes = ASN1_STRING_get0_data(value);
  const auto size = static_cast<std::size_t>(ASN1_STRING_length(value));
  if (kind == GEN_DNS) return {reinterpret_cast<const char*>(bytes), size};
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (kind == GEN_IPADD && (size == 4 || size == 16) &&
      inet_ntop(size == 4 ? AF_INET : AF_INET6, bytes, text.data(), static_cast<socklen_t>(text.size())) != nullptr)
    return text.data();
  return {};
}

std::vector<std::string> names_of(const X509* certificate) {
  std::vector<std::string> out;
  const AlternativeNames names(static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
  for (int i = 0; i < sk_GENERAL_NAME_num(names.get()); ++i)
    if (auto text = name_text(*sk_GENERAL_NAME_value(names.get(), i)); !text.empty()) out.push_back(std::move(text));
  return out;
}

std::string fingerprint_of(const X509* certificate) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (X509_digest(certificate, EVP_sha256(), digest.data(), &size) != 1) return {};
  std::string out;
  for (unsigned i = 0; i < size; ++i) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    if (i > 0) out += ':';
    out += kDigits[digest.at(i) >> 4U];
    out += kDigits[digest.at(i) & 15U];
  }
  return out;
}

CertificateFacts facts_of(X509* certificate) {
  return {common_name(X509_get_subject_name(certificate)),
          common_name(X509_get_issuer_name(certificate)),
          names_of(certificate),
          instant_of(X509_get0_notBefore(certificate)),
          instant_of(X509_get0_notAfter(certificate)),
          fingerprint_of(certificate),
          X509_check_ca(certificate) == 1};
}

bool is_literal_address(std::string_view name) {
  const std::string terminated(name);
  in6_addr bytes{};
  return inet_pton(AF_INET, terminated.c_str(), &bytes) == 1 || inet_pton(AF_INET6, terminated.c_str(), &bytes) == 1;
}

std::string alternative_names(const std::vector<std::string>& names) {
  std::string out;
  for (const auto& name : names) out += (out.empty() ? "" : ",") + std::string(is_literal_address(name) ? "IP:" : "DNS:") + name;
  return out;
}

/// What an authority for these names may sign.
std::string permitted_names(const std::vector<std::string>& names) {
  std::string out = "critical," + std::string(kPrivate) + ",permitted;DNS:localhost";
  for (const auto& name : names) {
    const bool is_v6 = name.contains(':');
    const auto* mask = is_v6 ? "/ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" : "/255.255.255.255";
    if (is_literal_address(name))
      out.append(",permitted;IP:").append(name).append(mask);
    else
      out.append(",permitted;DNS:").append(name);
  }
  return out;
}

/// Whether the issuer's constraints allow every name of a finished certificate.
bool may_speak_for(const X509* issuer, X509* certificate) {
  const Constraints constraints(static_cast<NAME_CONSTRAINTS*>(X509_get_ext_d2i(issuer, NID_name_constraints, nullptr, nullptr)));
  X509_check_purpose(certificate, -1, 0);  // reads the names into the place where the next call looks for them
  return !constraints || NAME_CONSTRAINTS_check(certificate, constraints.get()) == X509_V_OK;
}

/// Signs with `issuer`, or with itself where there is none.
class Draft {
 public:
  explicit Draft(const NewCertificate& wanted) : certificate_(X509_new()), key_(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256")) {
    must(certificate_ && key_, "out of memory");
    std::array<unsigned char, 16> serial{};
    must(RAND_bytes(serial.data(), static_cast<int>(serial.size())) == 1, "no random bytes");
    serial[0] &= 0x7FU;  // positive (RFC 5280, 4.1.2.2)
    const std::unique_ptr<BIGNUM, Release<BN_free>> number(BN_bin2bn(serial.data(), static_cast<int>(serial.size()), nullptr));
    BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate_.get()));
    X509_set_version(certificate_.get(), X509_VERSION_3);
    const auto begin = wanted.now.micros / kMicrosASecond;
    ASN1_TIME_set(X509_getm_notBefore(certificate_.get()), begin - kSlackSeconds);
    ASN1_TIME_set(X509_getm_notAfter(certificate_.get()), begin + std::int64_t{wanted.days} * 86'400);
    X509_set_pubkey(certificate_.get(), key_.get());
    auto* subject = X509_get_subject_name(certificate_.get());
    const auto* text = reinterpret_cast<const unsigned char*>(wanted.subject.c_str());
    must(X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, text, -1, -1, 0) == 1, "the name does not fit");
  }

  void extend(int kind, const std::string& text, X509* issuer = nullptr) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer != nullptr ? issuer : certificate_.get(), certificate_.get(), nullptr, nullptr, 0);
    const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, kind, text.c_str()));
    must(extension && X509_add_ext(certificate_.get(), extension.get(), -1) == 1, text.c_str());
  }

  Issued sign(const X509* issuer, EVP_PKEY* issuer_key) {
    X509_set_issuer_name(certificate_.get(), X509_get_subject_name(issuer != nullptr ? issuer : certificate_.get()));
    must(X509_sign(certificate_.get(), issuer_key != nullptr ? issuer_key : key_.get(), EVP_sha256()) > 0, "it cannot be signed");
    const Memory certificate(BIO_new(BIO_s_mem())), key(BIO_new(BIO_s_secmem()));
    must(PEM_write_bio_X509(certificate.get(), certificate_.get()) == 1, "it cannot be written");
    must(PEM_write_bio_PKCS8PrivateKey(key.get(), key_.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1, "its key cannot be written");
    return {written(certificate.get()), Secret(written(key.get()))};
  }

 private:
  static std::string written(BIO* memory) {
    char* bytes = nullptr;
    const auto size = BIO_get_mem_data(memory, &bytes);
    return {bytes, static_cast<std::size_t>(size)};
  }

  Certificate certificate_;
  PrivateKey key_;
};

}  // namespace

std::expected<CertificateFacts, CertificateFault> read_certificate(const std::string& file) {
  const auto text = text_of(file);
  if (!text) return std::unexpected(CertificateFault::CertificateUnreadable);
  const auto certificate = parse_certificate(*text);
  if (!certificate) return std::unexpected(CertificateFault::NoCertificate);
  return facts_of(certificate.get());
}

std::expected<CertificateFacts, CertificateFault> check_pair(const std::string& certificate_file, const std::string& key_file) {
  auto facts = read_certificate(certificate_file);
  if (!facts) return facts;
  const auto text = text_of(key_file);
  if (!text) return std::unexpected(CertificateFault::KeyUnreadable);
  const auto key = parse_key(*text);
  if (!key) return std::unexpected(CertificateFault::NoKey);
  const auto certificate = parse_certificate(text_of(certificate_file).value_or(""));
  if (!certificate || X509_check_private_key(certificate.get(), key.get()) != 1) return std::unexpected(CertificateFault::OtherKey);
  return facts;
}

Issued make_authority(const NewCertificate& wanted) {
  Draft draft(wanted);
  draft.extend(NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
  draft.extend(NID_key_usage, "critical,keyCertSign,cRLSign");
  draft.extend(NID_subject_key_identifier, "hash");
  draft.extend(NID_name_constraints, permitted_names(wanted.names));
  return draft.sign(nullptr, nullptr);
}

std::expected<Issued, CertificateFault> make_certificate(const NewCertificate& wanted, const Issued& authority) {
  const auto issuer = parse_certificate(authority.certificate);
  const auto issuer_key = parse_key(authority.key.reveal());
  must(issuer && issuer_key && X509_check_private_key(issuer.get(), issuer_key.get()) == 1, "the authority cannot be used");
  Draft draft(wanted);
  draft.extend(NID_basic_constraints, "critical,CA:FALSE");
  draft.extend(NID_key_usage, "critical,digitalSignature");
  draft.extend(NID_ext_key_usage, "serverAuth");
  draft.extend(NID_subject_key_identifier, "hash");
  draft.extend(NID_authority_key_identifier, "keyid", issuer.get());
  draft.extend(NID_subject_alt_name, alternative_names(wanted.names));
  auto issued = draft.sign(issuer.get(), issuer_key.get());
  if (!may_speak_for(issuer.get(), parse_certificate(issued.certificate).get())) return std::unexpected(CertificateFault::OtherNames);
  return issued;
}

bool is_host_name(std::string_view name) {
  if (is_literal_address(name)) return true;
  if (name.empty() || name.size() > 253) return false;
  return std::ranges::all_of(split(name, '.'), [](std::string_view label) {
    const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' && std::ranges::all_of(label, plain);
  });
}

}  // namespace pilar::http
