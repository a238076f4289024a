#!/bin/sh
# A PostgreSQL 15 cluster for tests: postgres.sh start DIR [PID] | stop DIR
# start writes the address into DIR/address and prints DIR, the value for KPUHUB_TEST_POSTGRES; with a PID the cluster ends when that process has ended.
# It lives in memory (/dev/shm) when it can, runs as an unprivileged user, listens on a socket and on loopback only.
set -eu

binaries=/usr/lib/postgresql/15/bin
action=$1
folder=$2

as_postgres() {
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid=postgres --regid=postgres --clear-groups env -i PATH="$PATH" LC_ALL=C.UTF-8 "$@"
    else
        env -i PATH="$PATH" LC_ALL=C.UTF-8 "$@"
    fi
}

stop() {
    [ -f "$folder/home" ] || return 0
    home=$(cat "$folder/home")
    case $home in */kpuhub_pg_*) ;; *) echo "postgres.sh: not a test cluster: $home" >&2; exit 1 ;; esac
    as_postgres "$binaries/pg_ctl" -D "$home/data" -m immediate -w stop >/dev/null 2>&1 || true
    rm -rf "$home" "$folder/home" "$folder/address"
}

start() {
    stop
    mkdir -p "$folder"
    parent=${TMPDIR:-/tmp}
    [ -w /dev/shm ] && parent=/dev/shm
    home=$(mktemp -d "$parent/kpuhub_pg_XXXXXX")
    echo "$home" > "$folder/home"
    chmod 711 "$home"
    mkdir "$home/data" "$home/socket"
    [ "$(id -u)" != 0 ] || chown postgres:postgres "$home/data" "$home/socket"
    chmod 755 "$home/socket"
    chmod 700 "$home/data"
    as_postgres "$binaries/initdb" -D "$home/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
    for attempt in 1 2 3 4 5; do
        port=$(( ( $(od -An -N2 -tu2 /dev/urandom) % 20000 ) + 20000 ))
        if as_postgres "$binaries/pg_ctl" -D "$home/data" -l "$home/data/log" -w -t 30 \
            -o "-p $port -k $home/socket -c listen_addresses=127.0.0.1 -c max_connections=200 -c max_wal_size=256MB" \
            start >/dev/null; then
            echo "postgresql://postgres@/postgres?host=$home/socket&port=$port" > "$folder/address"
            echo "$folder"
            [ $# -eq 0 ] || end_with "$1" >/dev/null 2>&1 &
            return 0
        fi
    done
    cat "$home/data/log" >&2
    exit 1
}

end_with() {
    while kill -0 "$1" 2>/dev/null; do sleep 1; done
    stop
}

case $action in
    start) start ${3:+"$3"} ;;
    stop) stop ;;
    *) echo "usage: postgres.sh start DIR [PID] | stop DIR" >&2; exit 64 ;;
esac
