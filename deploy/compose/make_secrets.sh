#!/usr/bin/env bash
# Writes .env beside compose.yaml with a random value for each secret of env.example; what is in an .env already stays.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")"
umask 077
[ ! -e .env ] || { echo "There is an .env already: it stays as it is." >&2; exit 0; }
while IFS= read -r line; do
  case "$line" in
    *=) printf '%s%s\n' "$line" "$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')" ;;
    *) printf '%s\n' "$line" ;;
  esac
done <env.example >.env
echo "The secrets are in $PWD/.env, for its owner only."
