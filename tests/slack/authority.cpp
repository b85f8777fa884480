// Certificates by OpenSSL; see authority.hpp.
#include "tests/slack/authority.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <unistd.h>

namespace slack_tests {
namespace {

void must(bool fine) {
    if (!fine)
        throw std::runtime_error("OpenSSL refused to make a test certificate");
}

void extend(X509 *to, X509 *issuer, int kind, const std::string &value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, to, nullptr, nullptr, 0);
    auto *const extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
    must(extension && X509_add_ext(to, extension, -1) == 1);
    X509_EXTENSION_free(extension);
}

X509 *made(EVP_PKEY *key, const std::string &subject, X509_NAME *issuer, long from, long until) {
    static long serial = 1;
    auto *const out = X509_new();
    must(out);
    X509_set_version(out, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(out), ++serial);
    X509_gmtime_adj(X509_getm_notBefore(out), from);
    X509_gmtime_adj(X509_getm_notAfter(out), until);
    X509_set_pubkey(out, key);
    auto *const name = X509_get_subject_name(out);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char *>(subject.c_str()), -1, -1, 0);
    X509_set_issuer_name(out, issuer ? issuer : name);
    return out;
}

template <class Write>
std::string pem(Write write) {
    auto *const memory = BIO_new(BIO_s_mem());
    must(write(memory) == 1);
    char *data = nullptr;
    const auto size = BIO_get_mem_data(memory, &data);
    std::string out(data, static_cast<std::size_t>(size));
    BIO_free(memory);
    return out;
}

} // namespace

authority::authority() : key_(EVP_EC_gen("P-256")), certificate_(nullptr) {
    must(key_);
    certificate_ = made(key_, "a test authority " + std::to_string(getpid()), nullptr, -3600, 86400);
    extend(certificate_, certificate_, NID_basic_constraints, "critical,CA:TRUE");
    extend(certificate_, certificate_, NID_key_usage, "critical,keyCertSign");
    must(X509_sign(certificate_, key_, EVP_sha256()) > 0);
    char name[] = "/tmp/rapport-test-ca-XXXXXX";
    const int file = mkstemp(name);
    must(file >= 0);
    close(file);
    file_ = name;
    std::ofstream(file_) << pem([&](BIO *to) { return PEM_write_bio_X509(to, certificate_); });
}

authority::~authority() {
    unlink(file_.c_str());
    X509_free(certificate_);
    EVP_PKEY_free(key_);
}

certificate authority::issue(const certificate_wish &wish) const {
    auto *const key = EVP_EC_gen("P-256");
    must(key);
    auto *const issuer = wish.self_signed ? nullptr : certificate_;
    auto *const out = made(key, wish.subject, issuer ? X509_get_subject_name(issuer) : nullptr,
                           wish.starts_in, wish.ends_in);
    std::string names;
    for (const auto &each : wish.names)
        names += (names.empty() ? "DNS:" : ",DNS:") + each;
    for (const auto &each : wish.addresses)
        names += (names.empty() ? "IP:" : ",IP:") + each;
    if (!names.empty())
        extend(out, issuer ? issuer : out, NID_subject_alt_name, names);
    must(X509_sign(out, wish.self_signed ? key : key_, EVP_sha256()) > 0);
    certificate made_now;
    made_now.chain_pem = pem([&](BIO *to) { return PEM_write_bio_X509(to, out); });
    made_now.key_pem = pem(
        [&](BIO *to) { return PEM_write_bio_PrivateKey(to, key, nullptr, nullptr, 0, nullptr, nullptr); });
    X509_free(out);
    EVP_PKEY_free(key);
    return made_now;
}

const authority &trusted() {
    static const authority one;
    return one;
}

const authority &unknown() {
    static const authority one;
    return one;
}

} // namespace slack_tests
