#!/usr/bin/env bash
# Installs what the service tests use, where it is missing: PostgreSQL (its programs; the tests start a
# throw-away cluster of their own). Debian and its kin, as root; elsewhere it says what to install.
set -euo pipefail

if command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; then
	exit 0
fi
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
	echo "PostgreSQL is missing: install it with the system's package manager (its server programs)." >&2
	exit 1
fi
export DEBIAN_FRONTEND=noninteractive
mkdir -p /etc/postgresql-common
[ -e /etc/postgresql-common/createcluster.conf ] ||
	echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
apt-get update -qq
apt-get install -y -qq --no-install-recommends postgresql >/dev/null
