// OpenSSL set up; see tls.hpp.
#include "bot/slack/tls.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ssl/context.hpp>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace rapport::slack {

tls_context::tls_context(const std::string &authorities_file)
    : context_(std::make_unique<boost::asio::ssl::context>(boost::asio::ssl::context::tls_client)) {
    SSL_CTX_set_min_proto_version(context_->native_handle(), TLS1_2_VERSION);
    SSL_CTX_set_options(context_->native_handle(), SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_set_mode(context_->native_handle(), SSL_MODE_RELEASE_BUFFERS);
    context_->set_verify_mode(boost::asio::ssl::verify_peer);
    if (authorities_file.empty())
        context_->set_default_verify_paths();
    else
        context_->load_verify_file(authorities_file);
}

tls_context::~tls_context() = default;

bool expect_host(ssl_st *connection, const std::string &host) {
    boost::system::error_code no_address;
    boost::asio::ip::make_address(host, no_address);
    if (!no_address)
        return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(connection), host.c_str()) == 1;
    SSL_set_hostflags(connection, X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    return SSL_set1_host(connection, host.c_str()) == 1 &&
           SSL_set_tlsext_host_name(connection, host.c_str()) == 1;
}

std::string handshake_trouble(ssl_st *connection, const std::string &otherwise) {
    const auto verdict = SSL_get_verify_result(connection);
    if (verdict == X509_V_OK)
        return "TLS: " + otherwise;
    return std::string("TLS: the certificate was not accepted (") + X509_verify_cert_error_string(verdict) +
           ")";
}

} // namespace rapport::slack
