// Accepting, one line, one answer; see control_socket.hpp.
#include "bot/control_socket.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>

#include <stdexcept>
#include <sys/stat.h>
#include <unistd.h>

namespace rapport::bot {
namespace asio = boost::asio;
using local = asio::local::stream_protocol;
using boost::system::error_code;

namespace {

constexpr std::size_t longest_line = 4 << 20; // a list of people or a policy is one line, escaped
constexpr std::chrono::seconds patience{30};

} // namespace

struct control_socket::inside : std::enable_shared_from_this<inside> {
    struct guest {
        local::socket socket;
        std::string line, answer;
        asio::steady_timer timer;

        explicit guest(local::socket one) : socket(std::move(one)), timer(socket.get_executor()) {}
    };

    local::acceptor acceptor;
    std::filesystem::path path;
    answering by;
    bool closed = false;

    inside(const asio::any_io_executor &on, std::filesystem::path at, answering answers)
        : acceptor(on), path(std::move(at)), by(std::move(answers)) {}

    void listen() {
        std::error_code gone;
        std::filesystem::remove(path, gone);
        error_code wrong;
        // nobody else may knock, from the first moment on
        const auto before = ::umask(0177);
        acceptor.open(local(), wrong);
        if (!wrong)
            acceptor.bind(local::endpoint(path.string()), wrong);
        ::umask(before);
        if (!wrong)
            acceptor.listen(8, wrong);
        if (wrong)
            throw std::runtime_error("the control socket " + path.string() +
                                     " cannot be made: " + wrong.message());
    }

    void accept() {
        acceptor.async_accept([self = shared_from_this()](error_code wrong, local::socket socket) {
            if (self->closed || wrong)
                return;
            self->hear(std::make_shared<guest>(std::move(socket)));
            self->accept();
        });
    }

    void hear(const std::shared_ptr<guest> &one) {
        one->timer.expires_after(patience);
        one->timer.async_wait([one](error_code cancelled) {
            error_code ignored;
            if (!cancelled)
                one->socket.close(ignored);
        });
        asio::async_read_until(
            one->socket, asio::dynamic_buffer(one->line, longest_line), '\n',
            [self = shared_from_this(), one](error_code wrong, std::size_t length) {
                if (wrong || self->closed)
                    return;
                one->timer.cancel(); // what was asked may take its time
                const auto asked = one->line.substr(0, length - 1);
                self->by(asked, [self, one](std::string what) { self->tell(one, std::move(what)); });
            });
    }

    void tell(const std::shared_ptr<guest> &one, std::string what) {
        one->answer = std::move(what);
        asio::async_write(one->socket, asio::buffer(one->answer), [one](error_code, std::size_t) {
            error_code ignored;
            one->socket.close(ignored);
            one->timer.cancel();
        });
    }
};

std::optional<std::filesystem::path> control_path(const std::string &database) {
    constexpr std::string_view on_file = "sqlite:";
    if (!database.starts_with(on_file) || database == "sqlite::memory:")
        return std::nullopt;
    std::filesystem::path file = database.substr(on_file.size());
    return file.replace_extension(".sock");
}

control_socket::control_socket(asio::any_io_executor on, std::filesystem::path path, answering by)
    : inside_(std::make_shared<inside>(on, std::move(path), std::move(by))) {
    inside_->listen();
    inside_->accept();
}

control_socket::~control_socket() {
    inside_->closed = true;
    error_code ignored;
    inside_->acceptor.close(ignored);
    std::error_code gone;
    std::filesystem::remove(inside_->path, gone);
}

std::optional<std::string> ask_service(const std::filesystem::path &path, const std::string &line) {
    asio::io_context io;
    local::socket socket(io);
    error_code wrong;
    std::error_code gone;
    if (!std::filesystem::exists(path, gone))
        return std::nullopt;
    socket.connect(local::endpoint(path.string()), wrong);
    if (!wrong)
        asio::write(socket, asio::buffer(line + "\n"), wrong);
    if (wrong)
        return std::nullopt;
    std::string answer;
    asio::read(socket, asio::dynamic_buffer(answer), wrong);
    return answer;
}

} // namespace rapport::bot
