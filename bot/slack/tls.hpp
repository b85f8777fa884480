// The one TLS context of a process, and how a connection is bound to the host it was meant for. Fails closed:
// TLS 1.2 at least, a chain that is trusted, a name that matches.
#pragma once

#include <memory>
#include <string>

namespace boost::asio::ssl {
class context;
}
struct ssl_st;

namespace rapport::slack {

class tls_context {
  public:
    // Trusts the system's authorities (SSL_CERT_FILE and SSL_CERT_DIR are honoured), or only those in the
    // given file. Reading the system's takes about 20 ms: make one of these. Throws where a file cannot be
    // read.
    explicit tls_context(const std::string &authorities_file = {});
    ~tls_context();

    boost::asio::ssl::context &native() {
        return *context_;
    }

  private:
    std::unique_ptr<boost::asio::ssl::context> context_;
};

// Before the handshake: sends the host's name and demands a certificate for it. A name is looked for among
// the certificate's alternative names only, never in its subject; an address among its addresses. False where
// OpenSSL refuses the host.
bool expect_host(ssl_st *connection, const std::string &host);

// Why a handshake failed, in words for an operator: the certificate's fault where it was that.
std::string handshake_trouble(ssl_st *connection, const std::string &otherwise);

} // namespace rapport::slack
