#pragma once
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "bitloom_hls/queue.h"

// hls::stream for C simulation, UG1399 "HLS Stream Library".
namespace hls {

/// A first-in first-out channel. DEPTH is what hardware gets; in C simulation a stream grows without bound, and
/// `max_depth()` tells how deep it became (Bitloom's own, AMD prints the maximum over all streams instead).
template <class T, int DEPTH = 0>
class stream;

template <class T>
class stream<T, 0> {
 public:
  stream() = default;
  explicit stream(const char* name) : name_(name) {}
  explicit stream(const std::string& name) : name_(name) {}
  stream(const stream&) = delete;
  stream& operator=(const stream&) = delete;

  bool empty() const { return queue_.size() == 0; }
  bool full() const { return false; }
  std::size_t size() const { return queue_.size(); }
  std::size_t max_depth() const { return queue_.max_size(); }
  const char* name() const { return name_.c_str(); }
  void set_name(const char* name) { name_ = name; }

  void write(const T& value) { queue_.push(value); }
  bool write_nb(const T& value) {
    write(value);
    return true;
  }
  T read() {
    // Hardware would wait for ever here.
    if (empty()) stop_at_empty();
    return queue_.pop();
  }
  void read(T& value) { value = read(); }
  bool read_nb(T& value) {
    if (empty()) return false;
    value = queue_.pop();
    return true;
  }

  void operator<<(const T& value) { write(value); }
  void operator>>(T& value) { read(value); }

 private:
  [[noreturn]] void stop_at_empty() const {
    std::fprintf(stderr, "error: read from the empty hls::stream '%s'\n", name_.empty() ? "(unnamed)" : name_.c_str());
    std::exit(1);
  }

  std::string name_;
  bitloom_hls::Queue<T> queue_;
};

/// The same stream with a stated depth: a function that takes `hls::stream<T>&` takes this one too.
template <class T, int DEPTH>
class stream : public stream<T, 0> {
 public:
  stream() = default;
  explicit stream(const char* name) : stream<T, 0>(name) {}
  explicit stream(const std::string& name) : stream<T, 0>(name) {}
};

}  // namespace hls
