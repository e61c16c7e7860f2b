#!/usr/bin/env bash
# A page tells the server its time zone, as Chromium names it: Intl.DateTimeFormat().resolvedOptions().timeZone. The server runs on
# Debian 13, as the official images of Python do, with the package tzdata. Does it know the zones of its visitors?
#
# Guessed: yes. Both follow the IANA database, tzdata is installed, and what IANA has renamed stays as a link in it.
# Really:  not those of India, Ukraine, Vietnam, Nepal, Myanmar, Argentina and more. Chromium names a zone as ICU does, which has
#          never taken over a new name: on a machine in Asia/Kolkata it says Asia/Calcutta. Since Debian 13 (and Ubuntu 24.04) the
#          old names are in a package of their own, tzdata-legacy, which nothing asks for. Python's zoneinfo then raises
#          ZoneInfoNotFoundError, or PostgreSQL of that machine refuses "AT TIME ZONE".
# Matters: local times, quiet hours and appointments fail for a fifth of mankind, and for no one who develops in Europe or America.
#          Depend on the package tzdata of PyPI, which holds both names: zoneinfo falls back on it.
# Seen with Chromium 156.0.8078.114 (Debian 12), and tzdata 2026f-0+deb13u1.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
browser=${CHROMIUM:-$(command -v chromium || command -v chromium-browser)} || { echo "No Chromium: apt-get install chromium"; exit 2; }
debian=${DEBIAN:-http://deb.debian.org/debian}
cat > "$folder/zone.html" <<'PAGE'
<!doctype html><script>document.title = Intl.DateTimeFormat().resolvedOptions().timeZone</script>
PAGE
seen_by_chromium() {
  TZ=$1 HOME="$folder" "$browser" --headless --no-sandbox --dump-dom "file://$folder/zone.html" 2>/dev/null | sed -n 's|.*<title>\(.*\)</title>.*|\1|p'
}
curl --silent --fail "$debian/dists/trixie/main/binary-amd64/Packages.xz" | xz -dc > "$folder/packages"
stanza=$(awk '/^Package: tzdata$/,/^$/' "$folder/packages")
curl --silent --fail --output "$folder/tzdata.deb" "$debian/$(sed -n 's/^Filename: //p' <<< "$stanza")"
echo "$(sed -n 's/^SHA256: //p' <<< "$stanza")  $folder/tzdata.deb" | sha256sum --check --quiet
dpkg-deb --extract "$folder/tzdata.deb" "$folder/debian"
echo "$("$browser" --version 2>/dev/null), tzdata $(sed -n 's/^Version: //p' <<< "$stanza")"
for zone in Asia/Kolkata Europe/Kyiv Asia/Ho_Chi_Minh Asia/Kathmandu Asia/Yangon America/Argentina/Buenos_Aires Europe/Berlin; do
  name=$(seen_by_chromium "$zone")
  PYTHONTZPATH="$folder/debian/usr/share/zoneinfo" python3 -c '
import sys
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError
sys.modules["tzdata"] = None  # What PyPI may have added to this Python.
zone, name = sys.argv[1:]
ZoneInfo(zone)
try:
    ZoneInfo(name)
    print(f"{zone}: Chromium says {name}, which Debian has")
except (ZoneInfoNotFoundError, ImportError):
    print(f"{zone}: Chromium says {name}, which Debian has not")
' "$zone" "$name"
done | tee "$folder/seen.txt"
diff "$folder/seen.txt" - <<'SEEN'
Asia/Kolkata: Chromium says Asia/Calcutta, which Debian has not
Europe/Kyiv: Chromium says Europe/Kiev, which Debian has not
Asia/Ho_Chi_Minh: Chromium says Asia/Saigon, which Debian has not
Asia/Kathmandu: Chromium says Asia/Katmandu, which Debian has not
Asia/Yangon: Chromium says Asia/Rangoon, which Debian has not
America/Argentina/Buenos_Aires: Chromium says America/Buenos_Aires, which Debian has not
Europe/Berlin: Chromium says Europe/Berlin, which Debian has
SEEN
