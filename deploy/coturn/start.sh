#!/bin/sh
# Starts the relay: coturn with the turnserver.conf beside this file, the secret, the public address, and TLS as soon as
# there is a certificate. Options of coturn may follow on the command line.
#
#   TURN_SECRET        that of the site
#   TURN_EXTERNAL_IP   the public address by which browsers reach this machine
#   TURN_HOST          the name in the certificate; empty: that of SITE_URL
#   TURN_REALM         empty: support-center
#   TURN_CERTIFICATES  the data of Caddy, which gets and renews the certificate; empty: /caddy
#   TURN_LOOK_SECONDS  how often a new certificate is looked for; empty: 60, and 5 while there is none
set -eu
umask 077
here=$(cd "$(dirname "$0")" && pwd)

say() { echo "relay: $*" >&2; }
refuse() {
  say "$*"
  exit 2
}

# Of IPv4 what is not private, local, special or for documents; of IPv6 the same within 2000::/3.
is_public() {
  echo "$1" | awk '
    function v4(a,    p, i) {
      if (split(a, p, ".") != 4) return 0
      for (i = 1; i <= 4; i++) if (p[i] !~ /^(0|[1-9][0-9]?[0-9]?)$/ || p[i] + 0 > 255) return 0
      return !(p[1] == 0 || p[1] == 10 || p[1] == 127 || p[1] + 0 >= 224 || (p[1] == 100 && p[2] >= 64 && p[2] < 128) ||
        (p[1] == 169 && p[2] == 254) || (p[1] == 172 && p[2] >= 16 && p[2] < 32) || (p[1] == 192 && p[2] == 168) ||
        (p[1] == 192 && p[2] == 0 && (p[3] == 0 || p[3] == 2)) || (p[1] == 192 && p[2] == 88 && p[3] == 99) ||
        (p[1] == 198 && (p[2] == 18 || p[2] == 19)) || (p[1] == 198 && p[2] == 51 && p[3] == 100) ||
        (p[1] == 203 && p[2] == 0 && p[3] == 113))
    }
    function v6(a,    p, n, i, empty, second) {
      a = tolower(a)
      n = split(a, p, ":")
      if (a !~ /^[23][0-9a-f][0-9a-f][0-9a-f]:/ || a ~ /:::/ || a ~ /::.*::/ || a ~ /[^:]:$/ || n > 9) return 0
      for (i = 1; i <= n; i++) {
        if (p[i] !~ /^[0-9a-f]*$/ || length(p[i]) > 4) return 0
        if (p[i] == "") empty++
      }
      if (a ~ /::/ ? n - empty > 7 : n != 8) return 0
      second = p[2]
      sub(/^0+/, "", second)
      return !(p[1] == "2002" || (p[1] == "3fff" && length(second) < 4) ||
        (p[1] == "2001" && (second == "db8" || length(second) < 3 || second ~ /^1..$/)))
    }
    { exit !($0 ~ /:/ ? v6($0) : v4($0)) }'
}

secret=${TURN_SECRET:-} address=${TURN_EXTERNAL_IP:-}
[ "${#secret}" -ge 32 ] || refuse "TURN_SECRET: has to be the one of the site, 32 characters or more"
case $secret in
  *[!A-Za-z0-9+/=_.~-]*) refuse "TURN_SECRET: may have letters, digits and + / = _ . ~ - only" ;;
esac
case $address in
  */*)
    refuse "TURN_EXTERNAL_IP: has to be the public address alone. With PUBLIC/PRIVATE coturn forwards to the private address" \
      "whatever is denied"
    ;;
esac
case $address in
  *[!0-9A-Fa-f.:]*) refuse "TURN_EXTERNAL_IP: has to be one address, of digits, in no brackets" ;;
esac
is_public "$address" || refuse "TURN_EXTERNAL_IP: “$address” is not a public address. Browsers everywhere have to reach it"
realm=${TURN_REALM:-support-center}
case $realm in
  *[!A-Za-z0-9._-]*) refuse "TURN_REALM: may have letters, digits and . _ - only" ;;
esac
host=${TURN_HOST:-$(echo "${SITE_URL:-}" | sed -e 's|^[a-z]*://||' -e 's|[/?#].*||' -e 's|:[0-9]*$||')}
host=$(echo "$host" | tr -d '[]')
certificates=${TURN_CERTIFICATES:-/caddy}
own=

run=$(mktemp -d "${TMPDIR:-/tmp}/relay.XXXXXX")
# The certificate can be read by root alone where Caddy runs as root; coturn itself runs as nobody.
as_nobody=
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
  as_nobody="setpriv --reuid=nobody --regid=nogroup --clear-groups"
  chown nobody:nogroup "$run"
fi

# $1 gets what is in $2, where coturn can read it.
put() {
  cat "$2" >"$1.new"
  [ -z "$as_nobody" ] || chown nobody:nogroup "$1.new"
  mv "$1.new" "$1"
}

# The newest certificate of the host that has its key beside it.
newest() {
  [ -n "$host" ] || return 0
  # shellcheck disable=SC2012 # Caddy names these files.
  ls -t "$certificates"/certificates/*/"$host/$host.crt" "$certificates"/caddy/certificates/*/"$host/$host.crt" 2>/dev/null |
    while read -r found; do
      if [ -s "${found%.crt}.key" ]; then
        echo "$found"
        break
      fi
    done
}

# Whether there is a certificate that coturn does not have yet; it is put where coturn looks.
take_certificate() {
  found=$(newest)
  [ -n "$found" ] || return 1
  cmp -s "$found" "$run/tls.crt" && cmp -s "${found%.crt}.key" "$run/tls.key" && return 1
  put "$run/tls.crt" "$found"
  put "$run/tls.key" "${found%.crt}.key"
}

# The address of this machine that paths begin at: the public one, or behind address translation that of the interface
# by which packets leave. By itself coturn may take another of the machine's, one of Docker's bridges too, and says
# the public one nevertheless: such a path leads nowhere.
own_address() {
  case $address in *:*) return 0 ;; esac
  awk -v public="$address" '
    function byte(hex, i) { return index(digits, substr(hex, 2 * i - 1, 1)) * 16 - 17 + index(digits, substr(hex, 2 * i, 1)) }
    function is_in(a, n,    p, i, block) {
      split(a, p, ".")
      for (i = 1; i <= 4; i++) {
        # The table has the bytes the other way round.
        block = 256 - byte(mask[n], 5 - i)
        if (int(p[i] / block) * block != byte(net[n], 5 - i)) return 0
      }
      return 1
    }
    BEGIN { digits = "0123456789ABCDEF" }
    FILENAME ~ /route$/ {
      if ($2 == "00000000" && leaves == "") leaves = $1
      else if ($3 == "00000000" && FNR > 1) { nets++; device[nets] = $1; net[nets] = $2; mask[nets] = $8 }
      next
    }
    $1 == "|--" { last = $2 }
    $1 ~ /^\/32$/ && $2 == "host" && $3 == "LOCAL" {
      if (last == public) found = last
      for (n = 1; n <= nets; n++) if (own == "" && device[n] == leaves && is_in(last, n)) own = last
    }
    END { print found != "" ? found : own }' /proc/net/route /proc/net/fib_trie
}

# In a file, since everybody on the machine sees a command line.
configure() {
  {
    cat "$here/turnserver.conf"
    printf '%s\n' "realm=$realm" "static-auth-secret=$secret" "external-ip=$address" "pidfile=$run/coturn.pid" "userdb=$run/turndb"
    [ -z "$own" ] || printf '%s\n' "relay-ip=$own"
    if [ -e "$run/tls.crt" ]; then
      printf '%s\n' "cert=$run/tls.crt" "pkey=$run/tls.key"
    else
      # It looks for a certificate nevertheless, and warns.
      printf '%s\n' no-tls cert=/dev/null pkey=/dev/null
    fi
    # What newer versions do by themselves, and refuse to be told.
    case $(turnserver --version </dev/null | tail -n 1) in
      4.[0-6] | 4.[0-6].*) printf '%s\n' no-cli no-dtls no-rfc5780 ;;
    esac
  } >"$run/made.conf"
  put "$run/turnserver.conf" "$run/made.conf"
  # Without one that it can read, coturn serves everybody, to everywhere.
  $as_nobody test -r "$run/turnserver.conf" || refuse "coturn cannot read $run"
}

# A renewed certificate is read without ending a call; for the first one coturn has to be started again.
watch() {
  trap 'kill "$!" 2>/dev/null; exit' TERM
  while :; do
    # At a first start Caddy asks for the certificate at the same time.
    had=$(test -e "$run/tls.crt" && echo yes || echo no)
    usual=$(test "$had" = yes && echo 60 || echo 5)
    sleep "${TURN_LOOK_SECONDS:-$usual}" &
    wait "$!"
    take_certificate || continue
    if [ "$had" = yes ]; then
      say "the certificate of $host was renewed"
      kill -USR2 "$(cat "$run/relay")"
    else
      say "there is a certificate of $host now: starting again, with TLS on port 5349"
      : >"$run/again"
      kill "$(cat "$run/relay")"
    fi
  done
}

stop() {
  trap - EXIT
  [ -z "${watcher:-}" ] || kill "$watcher" 2>/dev/null || true
  if [ -n "${relay:-}" ]; then
    kill "$relay" 2>/dev/null || true
    wait "$relay" 2>/dev/null || true
  fi
  rm -rf "$run"
}
trap stop EXIT
trap 'stop; exit 0' TERM INT

case " $*" in
  *" --relay-ip="*) ;;
  *) own=$(own_address) ;;
esac
take_certificate || say "NO TLS: there is no certificate of “$host” in $certificates. Networks that let only TLS through cannot use" \
  "the relay (turns:, port 5349). It starts as soon as there is one"
watcher=
while :; do
  configure
  # shellcheck disable=SC2086 # It is several words, or none.
  env -u TURN_SECRET $as_nobody turnserver -c "$run/turnserver.conf" "$@" &
  relay=$!
  echo "$relay" >"$run/relay"
  if [ -z "$watcher" ]; then
    watch &
    watcher=$!
  fi
  status=0
  wait "$relay" || status=$?
  [ -e "$run/again" ] || exit "$status"
  rm "$run/again"
done
