#!/usr/bin/env bash
# Builds the Debian packages into build/packages (docs/install-debian.md). Installs what the build needs and is missing.
#   tools/package.sh [options of cpack, like -D CPACK_PACKAGE_CONTACT='Name <mail address>']
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
. tools/setup.sh

ensure_packages tools/packages/build.txt <(grep -E '^(dpkg-dev|file) ' tools/packages/operations.txt)
ensure_node
ensure_dictionary
web_modules
build_web
build_cpp release
rm -rf build/packages
cpack --config build/release/CPackConfig.cmake -B build/packages "$@"
rm -rf build/packages/_CPack_Packages
ls -l build/packages
