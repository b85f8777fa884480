// The workspace without sockets: a steady clock moved by hand, wires that remember what was sent, calls and
// acts as plain functions.
#pragma once

#include "workspace/hands.hpp"
#include "workspace/platform.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace workspace {

// The app's end of a link: keeps every frame, and acks when told to.
class wire_end : public wire_out {
  public:
    std::vector<json> frames; // texts that are JSON
    std::vector<std::string> garbage;
    int pings = 0, pongs = 0, closed_with = 0;
    bool was_reset = false, stopped_reading = false;

    void text(std::string payload) override;
    void binary(std::string payload) override;
    void ping(std::string) override {
        ++pings;
    }
    void pong(std::string) override {
        ++pongs;
    }
    void close(int code, std::string) override {
        closed_with = code;
    }
    void reset() override {
        was_reset = true;
    }
    void stop_reading(bool stopped) override {
        stopped_reading = stopped;
    }

    std::vector<json> of_type(const std::string &type) const;
    // The newest envelope, or null.
    json last_envelope() const;
};

// What one HTTP request came to.
class kept_answer : public responder {
  public:
    std::optional<http_reply> got;
    std::vector<std::string> chunks;
    bool dropped = false, streams = false, listening = true;

    void reply(http_reply what) override {
        got = std::move(what);
    }
    void drop() override {
        dropped = true;
    }
    void begin_stream(http_reply head) override {
        streams = true;
        got = std::move(head);
    }
    bool push(std::string chunk) override {
        chunks.push_back(std::move(chunk));
        return listening;
    }
    json body() const {
        return got ? json::parse(got->body, nullptr, false) : json();
    }
};

class bench {
  public:
    explicit bench(platform_options options = {});

    std::shared_ptr<steady_point> steady;
    platform on;
    hands act;

    void pass(span wait); // steady time, and with it the workspace's

    struct link {
        std::shared_ptr<wire_end> out;
        socket_mode::link_id id;
    };
    link connect();
    void ack(const link &by, const json &envelope, const json &payload = nullptr);
    void receive(const link &by, const std::string &text, bool fragmented = false, bool masked = true);

    // A Web API call with the bot's token (the app's for apps.*), arguments as JSON.
    json call(const std::string &method, const json &args = json::object());
    std::shared_ptr<kept_answer> send(const http_request &request);
    std::shared_ptr<kept_answer> post(const std::string &target, const json &body,
                                      const std::string &token = {});
    json local(const std::string &method, const std::string &target, const json &body = nullptr);

    std::vector<std::string> violations() const; // their rules, in order

    // Types a command, acks it with `payload`, and gives what the person saw.
    outcome command(const link &by, const std::string &user, const std::string &words,
                    const json &payload = nullptr);
    // The trigger of a fresh command by Ana.
    std::string trigger(const link &by);
    // A form open in front of Ana; its id.
    std::string open_form(const link &by, const json &view);

  private:
    static platform_options stilled(platform_options options, std::shared_ptr<steady_point> steady);
};

// A callback and the outcome it was called with.
struct heard {
    std::shared_ptr<std::vector<outcome>> all = std::make_shared<std::vector<outcome>>();
    operator told() const {
        return [all = all](outcome what) { all->push_back(std::move(what)); };
    }
    bool anything() const {
        return !all->empty();
    }
    const outcome &only() const {
        return all->at(0);
    }
};

json plain(const std::string &text);
json section(const std::string &text);
json button(const std::string &action_id, const std::string &value = "v");
json actions(const json &elements, const std::string &block_id = "row");
json text_input(const std::string &block_id, const std::string &action_id = "in", bool optional = false);
json modal(const json &blocks, const std::string &callback_id = "form");

constexpr auto mentoring = "C0MENTORING";

} // namespace workspace
