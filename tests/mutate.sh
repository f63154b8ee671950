#!/usr/bin/env bash
# Applies tests/mutations/*.patch one by one, each of which takes out one protection, and demands that the test named in
# its first lines fails. A patch begins with lines like
#   # takes out: what
#   # caught by: MODULE TEST            (a unit test: Maven module and -Dtest pattern)
#   # caught by: dialog NAME            (a file of tests/integration/dialogs)
# Works in a copy, so the checkout is never touched. Arguments: names of patches; default all.
set -uo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
(cd "$root" && git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t "$copy" 2>/dev/null)
cd "$copy"
git init -q . && git add -A && git -c user.name=mutate -c user.email=mutate@localhost.example commit -qm base

mvn=${MVN:-mvn}
log="$copy.log"
trap 'rm -rf "$copy" "$log"' EXIT

run_named_test() { # module-or-"dialog" test
  local where="$1" what="-Dtest=$2" goal=test
  if [ "$1" = dialog ]; then
    where=bundle,tests/integration what="-Dtest=DialogTest -Dtlsward.dialog=$2" goal=verify
  fi
  # shellcheck disable=SC2086 # two words
  $mvn -q "$goal" -pl "$where" -am $what -DskipITs -Dsurefire.failIfNoSpecifiedTests=false >"$log" 2>&1
}

$mvn -q -DskipTests package >"$log" 2>&1 || { echo "the copy does not build"; exit 2; }
caught=0; missed=0
patches=("$@")
[ ${#patches[@]} -gt 0 ] || patches=("$root"/tests/mutations/*.patch)
for patch in "${patches[@]}"; do
  [ -e "$patch" ] || patch="$root/tests/mutations/$patch.patch"
  name=$(basename "$patch" .patch)
  read -r module test < <(sed -n 's/^# caught by: //p' "$patch")
  if ! git apply --recount "$patch"; then
    echo "STALE  $name: the patch does not apply"; missed=$((missed + 1)); continue
  fi
  run_named_test "$module" "$test"; code=$?
  if grep -q 'COMPILATION ERROR' "$log"; then
    echo "BROKEN $name: does not compile"; missed=$((missed + 1))
  elif [ $code -ne 0 ] && grep -q 'There are test failures\|Tests run:.*\(Failures: [1-9]\|Errors: [1-9]\)' "$log"; then
    echo "caught $name by $module $test"; caught=$((caught + 1))
  else
    echo "MISSED $name: $module $test stayed green (exit $code)"; missed=$((missed + 1))
  fi
  git checkout -q . && git clean -qfd -e target
done
echo "$caught passed, $missed failed"
[ $missed -eq 0 ]
