# Sourced by ./run and ./test: brings a machine with only Debian 12's base system to what the build needs.
# Each function does nothing, quickly, when its work is already done.

say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }

# ensure_packages LIST...: installs the Debian packages named in the lists (first word of a line) that are missing.
ensure_packages() {
  local wanted missing
  wanted=$(awk '!/^#/ && NF {print $1}' "$@" | grep -vxE 'nodejs|npm')
  missing=$(comm -23 <(sort -u <<<"$wanted") \
                     <(dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' | awk '$1 == "ii" {print $2}' | sort -u))
  [ -z "$missing" ] || install_packages $missing
}

install_packages() {
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || die "these packages are missing and installing them needs root: $*"
    as_root=(sudo)
  fi
  say "Installing: $*"
  "${as_root[@]}" apt-get update -qq
  local status=0
  no_new_services "${as_root[@]}"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null ||
    status=$?
  services_as_before "${as_root[@]}"
  # Nor does what came start with the machine.
  local service
  for service in redis-server redis-sentinel prometheus prometheus-node-exporter haproxy etcd patroni pgbouncer; do
    case " $* " in *" $service "* | *" $service-server "*)
      "${as_root[@]}" update-rc.d "$service" disable >/dev/null 2>&1 || true
      "${as_root[@]}" systemctl --quiet disable "$service" >/dev/null 2>&1 || true ;;
    esac
  done
  [ "$status" -eq 0 ] || die "apt-get could not install the packages above; is the network there?"
}

# For the time of an installation no server is set up or started: the tests start their own, in a temporary folder.
# What a machine has is left as it is: its own policy and its settings come back word for word, and clusters that
# exist are neither changed nor restarted. Arguments: how to become root.
policy=/usr/sbin/policy-rc.d
cluster_settings=/etc/postgresql-common/createcluster.conf
no_new_services() {
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\n# Made by Filmoteka while it installs packages.\nexit 101\n' | "$@" tee "$policy" >/dev/null
    "$@" chmod 755 "$policy"
  fi
  "$@" mkdir -p "${cluster_settings%/*}"
  if [ -e "$cluster_settings" ]; then "$@" cp -p "$cluster_settings" "$cluster_settings.filmoteka"; fi
  printf '\ncreate_main_cluster = false\n' | "$@" tee -a "$cluster_settings" >/dev/null
  # An interrupted installation leaves nothing of this behind either.
  trap "services_as_before $*" EXIT
}
services_as_before() {
  trap - EXIT
  if grep -qs "Made by Filmoteka" "$policy"; then "$@" rm -f "$policy"; fi
  if [ -e "$cluster_settings.filmoteka" ]; then
    "$@" mv "$cluster_settings.filmoteka" "$cluster_settings"
  elif [ -e "$cluster_settings" ]; then
    # It was not there: Debian's own text takes its place, or nothing where that did not come.
    local template=/usr/share/postgresql-common/createcluster.conf
    if [ -e "$template" ]; then "$@" cp "$template" "$cluster_settings"; else "$@" rm -f "$cluster_settings"; fi
  fi
}

# Vite needs Node.js 20.19 or newer; Debian 12 has 18. npm carries newer ones as packages, so Debian's npm is
# enough to get one, which then stays inside build/; with an npm of its time, for Debian's cannot read our lock file.
ensure_node() {
  local enough='const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)'
  local own="build/tools/node/node_modules/.bin"
  [ -x "$own/node" ] && PATH="$PWD/$own:$PATH"
  if ! command -v npm >/dev/null || ! command -v node >/dev/null; then install_packages nodejs npm; fi
  node -e "$enough" && return
  local arch
  case "$(uname -m)" in
    x86_64) arch=x64 ;;
    aarch64) arch=arm64 ;;
    *) die "no Node.js 20 for $(uname -m): install one by hand and start again" ;;
  esac
  say "Debian's Node.js is too old for the web app's build: taking version 20 from npm"
  mkdir -p build/tools/node
  npm install --silent --no-audit --no-fund --prefix build/tools/node "node-linux-$arch@20.20.2" npm@10.9.4 ||
    die "npm could not fetch Node.js; is the network there?"
  mkdir -p "$own"
  ln -sf "../node-linux-$arch/bin/node" "$own/node"
  PATH="$PWD/$own:$PATH"
  node -e "$enough" || die "the Node.js from npm does not start"
}

# kubectl renders the Kubernetes manifests. A machine may have one of its own, whose package Debian's does not go with.
ensure_kubectl() { command -v kubectl >/dev/null || install_packages kubernetes-client; }

# ensure_dictionary: the Russian dictionary that becomes part of the programs, in build/tools/dictionary as
# libs/language/dictionary/package-lock.json has it. Needs ensure_node.
ensure_dictionary() {
  local from=libs/language/dictionary to=build/tools/dictionary
  cmp -s "$from/package-lock.json" "$to/.filmoteka-lock" && return
  say "Fetching the Russian dictionary"
  mkdir -p "$to"
  cp "$from/package.json" "$from/package-lock.json" "$to"
  (cd "$to" && npm ci --silent --ignore-scripts --no-audit --no-fund) ||
    die "npm could not fetch the Russian dictionary; is the network there?"
  cp "$from/package-lock.json" "$to/.filmoteka-lock"
}

# web_modules: web/node_modules as package-lock.json has it.
web_modules() {
  local stamp=web/node_modules/.filmoteka-lock
  cmp -s web/package-lock.json "$stamp" && return
  say "Installing the web app's packages"
  mkdir -p build
  (cd web && npm ci --no-audit --no-fund >../build/npm.log 2>&1) || { tail -n 20 build/npm.log; die "npm could not install the web app's packages"; }
  cp web/package-lock.json "$stamp"
}

# build_web: web/dist, unless it is newer than everything that it is made of.
build_web() {
  if [ -f web/dist/index.html ] &&
     [ -z "$(find web contracts/openapi -newer web/dist/index.html -type f \
              -not -path 'web/node_modules/*' -not -path 'web/dist/*' -not -path 'web/e2e/*' \
              -not -path 'web/test-results/*' -not -name schema.d.ts -print -quit)" ]; then
    return
  fi
  web_modules
  say "Building the web app"
  mkdir -p build
  (cd web && npm run --silent build >../build/web-build.log 2>&1) || { cat build/web-build.log; die "the web app does not build"; }
}

# build_cpp PRESET [TARGET...]
build_cpp() {
  local preset=$1; shift
  if [ ! -f "build/$preset/build.ninja" ]; then
    say "Configuring ($preset)"
    mkdir -p "build/$preset"
    cmake --preset "$preset" >"build/$preset/configure.log" 2>&1 || { tail -n 30 "build/$preset/configure.log"; die "cmake failed"; }
  fi
  # A build with nothing to do stays silent; a long one shows ninja's own progress line.
  cmake --build "build/$preset" ${1:+--target "$@"} || die "the build failed"
}
