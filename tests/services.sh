#!/usr/bin/env bash
# Installs what the service tests use, where it is missing: PostgreSQL (its programs; the tests start a
# throw-away cluster of their own) and Chromium with a Chinese font. Debian and its kin, as root; elsewhere it
# says what to install.
set -euo pipefail

missing=()
if ! command -v initdb >/dev/null && ! compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; then
	missing+=(postgresql)
fi
if ! command -v chromium >/dev/null && ! command -v google-chrome >/dev/null &&
	! compgen -G "${PLAYWRIGHT_BROWSERS_PATH:-$HOME/.cache/ms-playwright}/chromium*" >/dev/null; then
	missing+=(chromium fonts-noto-cjk)
fi
if [ ${#missing[@]} -eq 0 ]; then
	exit 0
fi
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
	echo "Missing: ${missing[*]}. Install them with the system's package manager" \
		"(PostgreSQL's server programs; a Chromium: also .venv/bin/playwright install chromium)." >&2
	exit 1
fi
export DEBIAN_FRONTEND=noninteractive
mkdir -p /etc/postgresql-common
[ -e /etc/postgresql-common/createcluster.conf ] ||
	echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
apt-get update -qq # an image's lists are as old as the image: what they name may be gone
apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
