# Sourced by ./test: its parts, each a list of steps. A step is a command and a way to count its tests.

passed=0
failed=0
logs=build/test-logs
mkdir -p "$logs"
# Real input for tests that can use it, where the checkout has it beside itself; they skip without it.
if [ -z "${FILMOTEKA_SHARED_DATA:-}" ] && [ -d ../shared/data ]; then
  FILMOTEKA_SHARED_DATA=$(cd ../shared/data && pwd)
  export FILMOTEKA_SHARED_DATA
fi

# step NAME HOW COMMAND...: runs it with its output in a log (shown when it fails) and counts by HOW:
#   one     the command is one test
#   line    its output ends with "N passed, N failed"
#   ctest, gtest, vitest, playwright    by the runner's own closing lines
step() {
  local name=$1 how=$2 log="$logs/${1// /-}.log" status=0 good bad
  shift 2
  printf '%-28s' "$name" >&2
  local start=$SECONDS
  "$@" >"$log" 2>&1 </dev/null || status=$?
  read -r good bad < <("count_$how" "$log" "$status")
  # A runner that fails without naming a test (it crashed, it found none) is a failure too.
  if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then bad=1; fi
  if [ "$status" -eq 0 ] && [ "$good" -eq 0 ]; then bad=$((bad + 1)); echo "it ran no test" >>"$log"; fi
  passed=$((passed + good))
  failed=$((failed + bad))
  printf '%6s passed %4s failed  %4s s\n' "$good" "$bad" "$((SECONDS - start))" >&2
  if [ "$bad" -gt 0 ]; then
    echo "--- the end of $log" >&2
    tail -n 60 "$log" >&2
    echo "---" >&2
  fi
}

count_one() { if [ "$2" -eq 0 ]; then echo "1 0"; else echo "0 1"; fi; }
count_line() {
  local last
  last=$(grep -E '^[0-9]+ passed, [0-9]+ failed' "$1" | tail -n 1) || true
  if [ -n "$last" ]; then sed -E 's/^([0-9]+) passed, ([0-9]+) failed.*/\1 \2/' <<<"$last"; else echo "0 1"; fi
}
count_ctest() {
  local total bad
  total=$(sed -nE 's/.*tests failed out of ([0-9]+)$/\1/p' "$1" | tail -n 1)
  bad=$(sed -nE 's/.*, ([0-9]+) tests failed out of .*/\1/p' "$1" | tail -n 1)
  echo "$((${total:-0} - ${bad:-0})) ${bad:-1}"
}
count_runner() {  # $1 log, $2 what the numbers stand before: "Tests  3 failed | 40 passed (43)", "40 passed (12s)"
  local plain good bad
  plain=$(sed -E 's/\x1b\[[0-9;]*m//g' "$1" | grep -E "$2") || true
  good=$(grep -oE '[0-9]+ passed' <<<"$plain" | tail -n 1) || true
  bad=$(grep -oE '[0-9]+ failed' <<<"$plain" | tail -n 1) || true
  good=${good%% *} bad=${bad%% *}
  echo "${good:-0} ${bad:-0}"
}
count_gtest() {
  local good bad
  good=$(sed -nE 's/^\[  PASSED  \] ([0-9]+) tests?\.$/\1/p' "$1" | tail -n 1)
  bad=$(sed -nE 's/^ *([0-9]+) FAILED TESTS?$/\1/p' "$1" | tail -n 1)
  echo "${good:-0} ${bad:-0}"
}
count_vitest() { count_runner "$1" '^ *Tests '; }
count_playwright() { count_runner "$1" '^ *[0-9]+ (passed|failed)'; }

summary() {
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ]
}

cpp_sources() { git ls-files '*.cpp' '*.hpp'; }

part_style() {
  step "layering" line /usr/bin/python3 tools/layering.py
  step "points of the RFCs" line /usr/bin/python3 tools/rfc_points.py
  step "schema of sources" line /usr/bin/python3 tests/sources/schema_test.py
  step "relevance set" one /usr/bin/python3 tests/relevance/check.py
  step "clang-format" one bash -c 'git ls-files "*.cpp" "*.hpp" | xargs clang-format-14 --dry-run --Werror'
}

part_unit() {
  build_cpp dev
  step "C++ unit tests" ctest ctest --test-dir build/dev --output-on-failure -j "$(nproc)"
  # How well films are told apart and found are figures, not only passes.
  build/dev/bin/metadata_test --gtest_filter='SameFilmGate.*:Relevance.*' |
    sed -nE 's/^(same film,|[a-z_0-9]+ +[0-9]+ queries:)/  &/p' >&2
  web_modules
  step "web unit tests" vitest bash -c 'cd web && npm run --silent generate && npm test --silent'
}

# What is shared between threads, built a second time: the sanitizers of the other tests see no races.
part_threads() {
  build_cpp tsan concurrency_test
  # g++ 12's does not start where the kernel spreads addresses widely (vm.mmap_rnd_bits above 28).
  local alone=(setarch "$(uname -m)" --addr-no-randomize)
  "${alone[@]}" true 2>/dev/null || alone=()
  step "threads, with TSan" gtest "${alone[@]}" build/tsan/bin/concurrency_test
}

# What comes from outside first, against a second reading of the RFC, for a minute. What it finds stays in the log and
# in build/fuzz; inputs that reach new code are kept there for the next run.
part_fuzz() {
  mkdir -p build/fuzz/found
  cmake -S tests/fuzz -B build/fuzz -G Ninja -DCMAKE_CXX_COMPILER=clang++-14 >build/fuzz/configure.log 2>&1 ||
    { tail -n 30 build/fuzz/configure.log; die "cmake failed"; }
  cmake --build build/fuzz || die "the build failed"
  step "fuzz, requests" one build/fuzz/request_fuzz -max_total_time=60 -max_len=4096 -print_final_stats=1 \
    -artifact_prefix=build/fuzz/ -dict=tests/fuzz/http.dict build/fuzz/found tests/fuzz/corpus
}

part_web() {
  web_modules
  step "web lint" one bash -c 'cd web && npm run --silent generate && npm run --silent lint'
  step "web format" one bash -c 'cd web && npm run --silent format:check'
  step "web types" one bash -c 'cd web && npm run --silent typecheck'
}

part_e2e() {
  build_web
  build_cpp dev
  local script beside="/usr/bin/python3 tests/e2e/with_filmoteka.py"
  for script in tests/e2e/*_test.py; do
    step "e2e $(basename "$script" _test.py)" line /usr/bin/python3 "$script"
  done
  for script in tests/chaos/*_test.py; do
    step "chaos $(basename "$script" _test.py)" line /usr/bin/python3 "$script"
  done
  step "gateway keeps its contract" line $beside /usr/bin/python3 tests/contract/contract.py \
    --spec contracts/openapi/gateway.yaml --url {gateway}
  step "metadata keeps its contract" line $beside /usr/bin/python3 tests/contract/contract.py \
    --spec contracts/openapi/metadata.yaml --url {metadata}
  step "gateway, malformed HTTP" line $beside /usr/bin/python3 tests/security/malformed_http.py {gateway}
  step "metadata, malformed HTTP" line $beside /usr/bin/python3 tests/security/malformed_http.py {metadata}
  for script in tests/security/*_test.py; do
    step "security $(basename "$script" _test.py)" line /usr/bin/python3 "$script"
  done
  step "web, sizes" one npm --prefix web run --silent size
  step "web, Lighthouse's rules" one $beside npm --prefix web run --silent lighthouse rules
  step "web in Chromium" playwright $beside npm --prefix web run --silent e2e
}

# What is shipped to run Filmoteka for others: manifests, alerts and dashboards, files of images, and the Debian packages,
# in a clean Debian.
part_deploy() {
  ensure_packages tools/packages/operations.txt
  ensure_kubectl
  build_web
  build_cpp dev
  local script
  for script in tests/deploy/*_test.py tests/containers/files_test.py; do
    step "deploy $(basename "$script" _test.py)" line /usr/bin/python3 "$script"
  done
  if [ "$(id -u)" -eq 0 ] && unshare --mount --pid --net --fork true 2>/dev/null; then
    step "deploy packages" line env FILMOTEKA_BUILD=build/dev /usr/bin/python3 tests/packages/packages_test.py
  else
    say "The packages are not tried in a clean Debian: that needs root and namespaces."
  fi
}

# The rest is for what users run, not for the build with sanitizers.
release_programs() {
  ensure_packages tools/packages/operations.txt
  build_web
  build_cpp release
}

part_containers() {
  release_programs
  ensure_node
  local script
  for script in images compose; do
    step "containers $script" line env FILMOTEKA_BIN="$PWD/build/release/bin" /usr/bin/python3 "tests/containers/${script}_test.py"
  done
}

part_ha() {
  release_programs
  local script
  for script in tests/ha/*_test.py; do
    step "ha $(basename "$script" _test.py)" line env FILMOTEKA_BIN="$PWD/build/release/bin" /usr/bin/python3 "$script"
  done
}

part_load() {
  release_programs
  step "load" line env FILMOTEKA_BIN="$PWD/build/release/bin" /usr/bin/python3 tests/load/run.py all
}
