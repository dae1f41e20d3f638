#pragma once
#include <cstddef>
#include <utility>

namespace bitloom_hls {

/// Some neighbouring values of a queue.
template <class T>
struct Block {
  static constexpr std::size_t length = sizeof(T) >= 512 ? 8 : 4096 / sizeof(T);
  T values[length];
  Block* next;
};

/// Blocks that no queue of this thread needs at the moment: a design drains one stream while it fills the next.
template <class T>
class BlockPool {
 public:
  Block<T>* take() {
    if (!free_) return new Block<T>();
    Block<T>* block = free_;
    free_ = block->next;
    return block;
  }
  void give(Block<T>* block) {
    block->next = free_;
    free_ = block;
  }
  /// Never destroyed, since streams may be static.
  static BlockPool& mine() {
    static thread_local BlockPool* pool = new BlockPool();
    return *pool;
  }

 private:
  Block<T>* free_ = nullptr;
};

/// First in, first out, without bound: a chain of blocks, from the one that is read to the one that is written.
template <class T>
class Queue {
 public:
  Queue() = default;
  Queue(const Queue&) = delete;
  Queue& operator=(const Queue&) = delete;
  ~Queue() {
    while (first_) drop_first();
  }

  std::size_t size() const { return count_; }
  std::size_t max_size() const { return max_; }

  void push(const T& value) {
    if (write_ == Block<T>::length) append();
    last_->values[write_++] = value;
    if (++count_ > max_) max_ = count_;
  }

  T pop() {
    if (read_ == Block<T>::length) {
      drop_first();
      read_ = 0;
    }
    --count_;
    return std::move(first_->values[read_++]);
  }

 private:
  void append() {
    Block<T>* block = BlockPool<T>::mine().take();
    block->next = nullptr;
    (last_ ? last_->next : first_) = block;
    last_ = block;
    write_ = 0;
  }

  void drop_first() {
    Block<T>* done = first_;
    first_ = done->next;
    BlockPool<T>::mine().give(done);
  }

  Block<T>* first_ = nullptr;
  Block<T>* last_ = nullptr;
  // Next places in the first and the last block; full at first, when there is none.
  std::size_t read_ = 0, write_ = Block<T>::length;
  std::size_t count_ = 0, max_ = 0;
};

}  // namespace bitloom_hls
