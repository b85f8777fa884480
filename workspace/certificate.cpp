// A self-signed certificate for loopback, made on the spot; declared in server.hpp.
#include "workspace/server.hpp"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>
#include <stdexcept>

namespace workspace {
namespace {

template <auto Free>
struct freeing {
    template <class T>
    void operator()(T *what) const {
        Free(what);
    }
};
using key_ptr = std::unique_ptr<EVP_PKEY, freeing<EVP_PKEY_free>>;
using cert_ptr = std::unique_ptr<X509, freeing<X509_free>>;
using bio_ptr = std::unique_ptr<BIO, freeing<BIO_free_all>>;

void need(bool fine) {
    if (!fine)
        throw std::runtime_error("local workspace: cannot make a certificate");
}

void extend(X509 *cert, int kind, const char *value) {
    std::unique_ptr<X509_EXTENSION, freeing<X509_EXTENSION_free>> extension(
        X509V3_EXT_conf_nid(nullptr, nullptr, kind, value));
    need(extension && X509_add_ext(cert, extension.get(), -1) == 1);
}

template <class Write>
std::string pem(Write write) {
    bio_ptr out(BIO_new(BIO_s_mem()));
    need(out && write(out.get()) == 1);
    char *text = nullptr;
    const auto size = BIO_get_mem_data(out.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

} // namespace

tls_identity make_identity() {
    const key_ptr key(EVP_EC_gen("P-256"));
    const cert_ptr cert(X509_new());
    need(key && cert);
    unsigned char serial[8];
    need(RAND_bytes(serial, sizeof serial) == 1);
    long number = 0;
    for (const auto byte : serial)
        number = (number << 8 | byte) & 0x7FFFFFFFFFFFFF;
    ASN1_INTEGER_set(X509_get_serialNumber(cert.get()), number);
    X509_set_version(cert.get(), 2);
    X509_gmtime_adj(X509_getm_notBefore(cert.get()), -86'400);
    X509_gmtime_adj(X509_getm_notAfter(cert.get()), 3650L * 86'400);
    X509_set_pubkey(cert.get(), key.get());
    auto *name = X509_get_subject_name(cert.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char *>("localhost"),
                               -1, -1, 0);
    X509_set_issuer_name(cert.get(), name);
    extend(cert.get(), NID_basic_constraints, "critical,CA:TRUE");
    extend(cert.get(), NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1,IP:::1");
    need(X509_sign(cert.get(), key.get(), EVP_sha256()) != 0);
    return {pem([&](BIO *out) { return PEM_write_bio_X509(out, cert.get()); }), pem([&](BIO *out) {
                return PEM_write_bio_PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
            })};
}

} // namespace workspace
