# Sourced by ./run and ./test: what a fresh Debian 12 lacks is installed, and nothing that is there is touched.
# Each function fails by itself (|| return), because a caller that tests it switches `set -e` off inside.
# shellcheck shell=bash

say() { printf '\n== %s\n' "$*"; }
give_up() {
  printf '%s\n' "$*" >&2
  exit 1
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# install_missing PACKAGE...
install_missing() {
  local package
  local -a missing=()
  for package in "$@"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  command -v apt-get >/dev/null || give_up "Perlu paket Debian 12 / needs these Debian 12 packages: ${missing[*]}"
  if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
    give_up "Perlu hak root / needs root: apt-get install ${missing[*]}"
  fi
  say "Memasang paket / installing: ${missing[*]}"
  as_root apt-get update -q || return
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"
}

# install_section NAME...: the packages of these sections of tools/packages.txt
install_section() {
  local section
  local -a packages
  for section in "$@"; do
    mapfile -t packages < <(awk -F'|' -v wanted="[$section]" '/^\[/ { on = index($0, wanted) == 1; next }
      on && NF == 2 { gsub(/ /, "", $1); print $1 }' tools/packages.txt)
    install_missing "${packages[@]}" || return
  done
}

install_node() {
  local major
  major=$(node --version 2>/dev/null | sed -n 's/^v\([0-9]*\).*/\1/p')
  [ "${major:-0}" -ge 18 ] && command -v npm >/dev/null && return 0
  install_missing nodejs npm
}

# A hash of what frontend/dist is made from.
frontend_stamp() {
  find frontend \( -name node_modules -o -path frontend/dist \) -prune -o -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum
}

# npm_ci FOLDER: node_modules as its lock file says
npm_ci() {
  local lock
  lock=$(sha256sum <"$1/package-lock.json")
  [ "$(cat "$1/node_modules/.lock-stamp" 2>/dev/null)" = "$lock" ] && return 0
  install_node || return
  say "npm ci: $1"
  npm ci --prefix "$1" --no-audit --no-fund --loglevel=error || return
  printf '%s\n' "$lock" >"$1/node_modules/.lock-stamp"
}

# The pages' styles and scripts in frontend/dist, made again only when their sources changed.
build_frontend() {
  local now
  now=$(frontend_stamp)
  [ -d frontend/dist ] && [ "$(cat build/frontend.stamp 2>/dev/null)" = "$now" ] && return 0
  npm_ci frontend || return
  say "npm run build: frontend"
  npm run --silent --prefix frontend build || return
  mkdir -p build
  printf '%s\n' "$now" >build/frontend.stamp
}

# build PRESET TARGET...
build() {
  local preset=$1
  shift
  [ -f "build/$preset/build.ninja" ] || cmake --preset "$preset" || return
  cmake --build --preset "$preset" --target "$@"
}
