#pragma once
#include <cstddef>
#include <utility>
#include <vector>

namespace bitloom_hls {

/// Queue in one block of memory, a power of two long, that doubles when full.
template <class T>
class Ring {
 public:
  std::size_t size() const { return count_; }
  std::size_t max_size() const { return max_; }

  void push(const T& value) {
    if (count_ == slots_.size()) grow(value);
    slots_[(first_ + count_) & (slots_.size() - 1)].value = value;
    if (++count_ > max_) max_ = count_;
  }

  T pop() {
    T& front = slots_[first_].value;
    first_ = (first_ + 1) & (slots_.size() - 1);
    --count_;
    return std::move(front);
  }

 private:
  // Keeps std::vector<bool> out of the way.
  struct Slot {
    T value;
  };

  void grow(const T& filler) {
    std::vector<Slot> larger;
    const std::size_t length = slots_.empty() ? 16 : 2 * slots_.size();
    larger.reserve(length);
    for (std::size_t i = 0; i < count_; ++i) larger.push_back(std::move(slots_[(first_ + i) & (slots_.size() - 1)]));
    larger.resize(length, Slot{filler});
    slots_.swap(larger);
    first_ = 0;
  }

  std::vector<Slot> slots_;
  std::size_t first_ = 0, count_ = 0, max_ = 0;
};

}  // namespace bitloom_hls
