#pragma once
#include "shift.h"

// Compound assignment: the exact result, cast back to the left operand's type with its own modes.
namespace bitloom_ap {

template <class A, class B>
using Assigned = std::enable_if_t<(Operand<A>::kind == Kind::integer || Operand<A>::kind == Kind::fixed) && Operand<B>::is_operand, A>;

#define BITLOOM_AP_ASSIGN(op)                            \
  template <class A, class B, class R = Assigned<A, B>>  \
  constexpr R& operator op##=(A& a, B b) {               \
    return a = A(a op b);                                \
  }
BITLOOM_AP_ASSIGN(+)
BITLOOM_AP_ASSIGN(-)
BITLOOM_AP_ASSIGN(*)
BITLOOM_AP_ASSIGN(/)
BITLOOM_AP_ASSIGN(%)
BITLOOM_AP_ASSIGN(&)
BITLOOM_AP_ASSIGN(|)
BITLOOM_AP_ASSIGN(^)
BITLOOM_AP_ASSIGN(<<)
BITLOOM_AP_ASSIGN(>>)
#undef BITLOOM_AP_ASSIGN

template <class A, class R = Assigned<A, int>>
constexpr R& operator++(A& a) {
  return a += 1;
}
template <class A, class R = Assigned<A, int>>
constexpr R& operator--(A& a) {
  return a -= 1;
}
template <class A, class R = Assigned<A, int>>
constexpr R operator++(A& a, int) {
  const R before = a;
  a += 1;
  return before;
}
template <class A, class R = Assigned<A, int>>
constexpr R operator--(A& a, int) {
  const R before = a;
  a -= 1;
  return before;
}

}  // namespace bitloom_ap
