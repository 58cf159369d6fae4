# Sourced by the other scripts: makes sure that a Debian machine has what the build needs.

# To build, and the broker that the tests run for themselves.
TALLYMAN_PACKAGES="mosquitto mosquitto-clients libmosquitto-dev libsqlite3-dev
  libcurl4-openssl-dev libmicrohttpd-dev pkg-config openssl ca-certificates strace util-linux"

say() { printf '\n==> %s\n' "$*"; }

fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    fail "this needs root, and there is no sudo: $*"
  fi
}

package_installed() {
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# The packages of the arguments that are not installed, on one line.
missing_packages() {
  local package missing=()
  for package in "$@"; do
    package_installed "$package" || missing+=("$package")
  done
  printf '%s' "${missing[*]}"
}

# Installs what is missing of TALLYMAN_PACKAGES and the arguments; does nothing if all are there.
require_packages() {
  local missing
  # Word splitting is meant: both are lists.
  # shellcheck disable=SC2086
  missing=$(missing_packages $TALLYMAN_PACKAGES "$@")
  [ -z "$missing" ] && return 0
  command -v apt-get >/dev/null ||
    fail "this is not a Debian system; please install the equivalents of: $missing"
  say "Installing Debian packages: $missing"
  as_root apt-get update -qq || fail "apt-get update failed"
  # Tests start their own broker on a free port. Whether Debian starts one as a service on port
  # 1883 as well is of no matter to them; it is neither used nor stopped.
  # shellcheck disable=SC2086
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    $missing || fail "apt-get could not install: $missing"
  # shellcheck disable=SC2086
  missing=$(missing_packages $missing)
  [ -z "$missing" ] || fail "still missing after the installation: $missing"
}

# The first release with what Package.swift uses.
TALLYMAN_SWIFT_MINIMUM=6.2

require_swift() {
  command -v swift >/dev/null ||
    fail "there is no swift in PATH; install Swift $TALLYMAN_SWIFT_MINIMUM or later from swift.org"
  local version
  version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9][0-9.]*\).*/\1/p' | head -n 1)
  [ -n "$version" ] || fail "swift --version does not name a version"
  printf '%s\n%s\n' "$TALLYMAN_SWIFT_MINIMUM" "$version" | sort -V -C ||
    fail "Swift $version is too old; Swift $TALLYMAN_SWIFT_MINIMUM or later is needed"
}
