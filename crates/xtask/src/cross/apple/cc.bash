#!/usr/bin/env bash
# Speaks to build scripts like Apple's clang and hands on to Zig what Zig understands.
set -euo pipefail
words=()
output=
framework=no
while [ $# -gt 0 ]; do
  case $1 in
    # Which system it is for is said once, below; these would contradict it.
    --target=* | -mmacosx-version-min=* | -mmacos-version-min=*) ;;
    -target | -arch | -isysroot) shift ;;
    -o) output=$2; words+=("$1" "$2"); shift ;;
    *.m | *.mm) framework=yes; words+=("$1") ;;
    *) words+=("$1") ;;
  esac
  shift
done
if [ "$framework" = yes ] && [ -n "$output" ]; then
  # Objective-C wants Apple's headers. Nothing is linked here, so an empty object does.
  words=(-x c -c /dev/null -o "$output")
fi
exec "@ZIG@" cc -target @TARGET@ "${words[@]}"
