#!/usr/bin/env bash
# Puts what the images are made of into an empty folder: stripped programs, the web app, source definitions.
#   deploy/containers/stage.sh BIN DIR    BIN: folder of built programs, like build/release/bin
# Needs a built web/dist. The result depends on its input only: names, modes and times are fixed.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
bin=$1 to=$2

[ -f web/dist/index.html ] || { echo "error: web/dist is not built" >&2; exit 1; }
mkdir -p "$to"
[ -z "$(ls -A "$to")" ] || { echo "error: $to is not empty" >&2; exit 1; }
mkdir -p "$to"/{bin,web,sources,starter,licenses}
for program in filmoteka filmoteka-gateway filmoteka-metadata filmoteka-scraper; do
  # A program that is not there is left out: the image that wants it says so.
  if [ -x "$bin/$program" ]; then strip --strip-all -o "$to/bin/$program" "$bin/$program"; fi
done
cp -r web/dist/. "$to/web"
cp sources/*.yaml sources/*.json "$to/sources"
# The checkout has the starter films among the web app's packages, an image has them beside the definitions.
cp web/node_modules/vega-datasets/data/movies.json "$to/starter/movies.json"
sed -i 's#^  path: \.\./web/node_modules/vega-datasets/data/movies\.json$#  path: ../starter/movies.json#' "$to/sources/starter.yaml"
grep -q '^  path: \.\./starter/movies.json$' "$to/sources/starter.yaml" || { echo "error: sources/starter.yaml has another path now" >&2; exit 1; }
cp LICENSE "$to/licenses/LICENSE"
cp libs/language/dictionary/README.md "$to/licenses/dictionary.md"

find "$to" -type d -exec chmod 755 {} +
find "$to" -type f -exec chmod 644 {} +
chmod 755 "$to"/bin/*
find "$to" -exec touch --no-dereference --date="@${SOURCE_DATE_EPOCH:-0}" {} +
