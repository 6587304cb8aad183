#!/usr/bin/env bash
# healthcheck PORT PATH: succeeds when the path answers 200. The image has no curl, and starting the program itself every few
# seconds would take processor time from the load.
set -euo pipefail
port=${1:?a port}
path=${2:?a path such as /health/ready}
exec 3<>"/dev/tcp/127.0.0.1/$port"
printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$path" >&3
IFS=' ' read -r _ status _ <&3
[ "$status" = 200 ]
