;; Sums of one window of bipolar values with the weights of all outputs, 64 bits at a time: WebAssembly has popcount, JavaScript has not.
(module
  (memory (export "memory") 1)
  ;; Addresses in bytes. `words`: 64-bit words of a window. The sum of output o, valid - 2 * popcount(window xor weights(o)),
  ;; goes to out[o] as an i32.
  (func (export "sums")
    (param $window i32) (param $weights i32) (param $words i32) (param $outputs i32) (param $valid i32) (param $out i32)
    (local $end i32) (local $x i32) (local $last i32) (local $different i64)
    (local.set $last (i32.add (local.get $out) (i32.shl (local.get $outputs) (i32.const 2))))
    (local.set $end (i32.add (local.get $window) (i32.shl (local.get $words) (i32.const 3))))
    (loop $output
      (local.set $different (i64.const 0))
      (local.set $x (local.get $window))
      (loop $word
        (local.set $different
          (i64.add
            (local.get $different)
            (i64.popcnt (i64.xor (i64.load (local.get $x)) (i64.load (local.get $weights))))))
        (local.set $weights (i32.add (local.get $weights) (i32.const 8)))
        (br_if $word (i32.lt_u (local.tee $x (i32.add (local.get $x) (i32.const 8))) (local.get $end))))
      (i32.store
        (local.get $out)
        (i32.sub (local.get $valid) (i32.shl (i32.wrap_i64 (local.get $different)) (i32.const 1))))
      (br_if $output (i32.lt_u (local.tee $out (i32.add (local.get $out) (i32.const 4))) (local.get $last))))))
