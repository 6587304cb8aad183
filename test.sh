#!/usr/bin/env bash
# Installs what the tests need, builds everything, runs every test project, and ends with one line: N passed, N failed.
set -uo pipefail
cd "$(dirname "$0")"

# A shell that was started in the background hands an ignored SIGINT down to everything below it, and then no test could
# press Ctrl-C on the program.
if [ -z "${ACTORLOAD_TEST_SIGNALS:-}" ] && env --default-signal=INT true 2>/dev/null; then
  export ACTORLOAD_TEST_SIGNALS=default
  exec env --default-signal=INT bash ./test.sh "$@"
fi

# nginx with the nchan module is the real server that the program is tested against.
nchan_present() { command -v nginx >/dev/null && ls /usr/lib/nginx/modules/ngx_nchan_module.so >/dev/null 2>&1; }
if ! nchan_present; then
  echo "installing nginx with the nchan module"
  run() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
  run apt-get update -qq
  # Only the program and its module: no service is started by this.
  run env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -qq --no-install-recommends nginx libnginx-mod-nchan >/dev/null
  nchan_present || { echo "nginx and libnginx-mod-nchan could not be installed; on this system install them by hand" >&2; exit 1; }
fi

# The partition test makes network namespaces with ip; where that cannot be had it is skipped, and says so below.
if ! command -v ip >/dev/null && [ "$(id -u)" = 0 ]; then
  apt-get install -y -qq --no-install-recommends iproute2 >/dev/null || echo "iproute2 could not be installed" >&2
fi

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet build ActorLoad.sln -c Release -v q || { echo "the build failed" >&2; exit 1; }

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
test_project() {
  local name=$1
  echo "== $name"
  dotnet test "tests/$name/$name.csproj" -c Release --no-build --nologo -v q \
    --logger "trx;LogFileName=$results/$name.trx" --logger "console;verbosity=minimal" || echo "$name" >> "$results/failed"
  # A project whose results are missing has crashed: that is a failure, whatever the others say.
  [ -f "$results/$name.trx" ] || { echo "$name left no results" >&2; echo "$name" >> "$results/failed"; }
}

# The engine's tests wait for virtual clusters much of the time: the small projects run beside them. Tests of the whole program
# have the machine for themselves.
beside=()
for project in tests/*.Tests; do
  case $(basename "$project") in
    ActorLoad.Actors.Tests | ActorLoad.Program.Tests) ;;
    *) beside+=("$(basename "$project")") ;;
  esac
done
for name in "${beside[@]}"; do test_project "$name"; done > "$results/beside.log" 2>&1 &
test_project ActorLoad.Actors.Tests
wait $!
cat "$results/beside.log"
test_project ActorLoad.Program.Tests
failed_projects=$(cat "$results/failed" 2>/dev/null | sort -u | wc -l)

count() { cat "$results"/*.trx 2>/dev/null | grep -o "<Counters [^>]*" | grep -o " $1=\"[0-9]*\"" | grep -o '[0-9]*' | awk '{ n += $1 } END { print n + 0 }'; }
passed=$(count passed)
failed=$(count failed)
if [ "$failed_projects" -gt 0 ] && [ "$failed" -eq 0 ]; then
  failed=$failed_projects
fi

# What a machine cannot do is not tested there, and that must not go unseen.
awk -F'[<>]' '/outcome="NotExecuted"/ { split($2, a, "testName=\""); sub(/".*/, "", a[2]); name = a[2] }
  name && /<Message>/ { print "skipped: " name ": " $3; name = "" }' "$results"/*.trx 2>/dev/null
skipped=$(cat "$results"/*.trx 2>/dev/null | grep -c 'outcome="NotExecuted"')

if [ "$skipped" -gt 0 ]; then
  echo "$passed passed, $failed failed, $skipped skipped"
else
  echo "$passed passed, $failed failed"
fi
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
