#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# real_notice.sh - a published notice, worked on to computed propositions.
#
# All criteria of this notice are of sort cost, the price among them: until
# somebody says which one is the price there is nothing to compute.  $BUILD
# says where the programs stand.
set -u
notice=../shared/data/eforms/notices/22-104446-001-EXP.xml
bin=$(cd "${BUILD:-build/release}" && pwd)
if [ ! -r "$notice" ]; then
    echo "skipped: no published notices beside the project"
    echo "0 passed, 0 failed"
    exit 0
fi

work=$(mktemp -d)
server=
passed=0
failed=0

finish() {
    [ -z "$server" ] || { kill "$server" && wait "$server"; } 2>/dev/null
    rm -rf "$work"
}
trap finish EXIT

# expect NAME PATTERN FILE: a line of the file is as the pattern says.
expect() {
    if grep -qE -- "$2" "$3"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "$1: no line \"$2\" in:"
        cat "$3"
    fi
}

umask 077
echo "a long enough password" >"$work/pw"
"$bin/diptychd" init -d "$work/data" >/dev/null
"$bin/diptychd" user add -d "$work/data" --team blue --role owner \
    --password-file "$work/pw" ann >/dev/null
mkfifo "$work/ready"
"$bin/diptychd" serve -d "$work/data" -l 127.0.0.1:0 >"$work/ready" \
    2>"$work/log" &
server=$!
read -r _ address <"$work/ready"

ask() {
    "$bin/diptych" -H "$address" -u ann -p "$work/pw" \
        --ca "$work/data/ca.pem" "$@"
}

ask import "$notice" >"$work/import" 2>&1
expect "the notice is read" "T-1: added .*lot 3, criterion 18" "$work/import"
ask missing T-1 lot=LOT-0001 >"$work/missing" 2>&1
expect "what lacks is told as a line to send" \
    'missing .*what=scale-max .*line="set LOT-0001.C1 scale-max="' \
    "$work/missing"
ask decider T-1 lot=LOT-0001 >"$work/early" 2>&1
expect "nothing is computed before" "^err state " "$work/early"

ask >"$work/figures" 2>&1 <<'END'
use tender=T-1
begin
set LOT-0001.C7 sort=price price-rule=lowest-ratio
set LOT-0001.C1 scale-max=10
set LOT-0001.C2 scale-max=10
set LOT-0001.C3 scale-max=10
set LOT-0001.C4 scale-max=10
set LOT-0001.C5 scale-max=10
set LOT-0001.C6 scale-max=10
add party code=WE sort=organisation
add party code=R1 sort=organisation
add party code=LAB sort=segment size=40
add party code=RISK sort=segment size=10
add stake party=LAB roles=uses
add stake party=RISK roles=uses
add bid code=OURS party=WE lot=LOT-0001 ours=yes price=100
add bid code=RIV party=R1 lot=LOT-0001 price=120
add mark bid=OURS criterion=LOT-0001.C1 value=8
add mark bid=OURS criterion=LOT-0001.C2 value=6
add mark bid=OURS criterion=LOT-0001.C3 value=7
add mark bid=OURS criterion=LOT-0001.C4 value=5
add mark bid=OURS criterion=LOT-0001.C5 value=5
add mark bid=OURS criterion=LOT-0001.C6 value=4
add mark bid=RIV criterion=LOT-0001.C1 value=9
add mark bid=RIV criterion=LOT-0001.C2 value=7
add mark bid=RIV criterion=LOT-0001.C3 value=6
add mark bid=RIV criterion=LOT-0001.C4 value=5
add mark bid=RIV criterion=LOT-0001.C5 value=4
add mark bid=RIV criterion=LOT-0001.C6 value=3
add need code=N1 name="Results that can be defended" sort=job
add need code=N2 name="Know where the samples are" sort=pain
add weighs need=N1 party=LAB importance=8
add weighs need=N2 party=LAB importance=2
add weighs need=N1 party=RISK importance=5
add weighs need=N2 party=RISK importance=5
add cover need=N1 bid=OURS level=0.8
add cover need=N2 bid=OURS level=0.5
add cover need=N1 bid=RIV level=0.9
add cover need=N2 bid=RIV level=0.2
add relates need=N1 criterion=LOT-0001.C1 strength=9
add relates need=N2 criterion=LOT-0001.C4 strength=3
add element code=O1 lot=LOT-0001 name="Sample tracking" cost=15 state=possible
add effect element=O1 on=N2 by=0.4
add effect element=O1 on=LOT-0001.C4 by=2
commit
decider T-1 lot=LOT-0001
users T-1 lot=LOT-0001
gap T-1 lot=LOT-0001
front T-1 lot=LOT-0001
discount T-1 lot=LOT-0001
END
expect "our points" " bid lot=LOT-0001 code=OURS points=862\.500000 rank=1 lead=50\.000000 " "$work/figures"
expect "the rival's points" " bid lot=LOT-0001 code=RIV points=812\.500000 rank=2 " "$work/figures"
expect "value to the laboratory" "value .*bid=OURS segment=LAB level=0\.740000" "$work/figures"
expect "value to all" "total .*bid=OURS mean=0\.722000 " "$work/figures"
expect "share that looks at no need" "^ok .*criteria-only=0\.666667" "$work/figures"
expect "the offer with tracking" "offer .*set=O1 price=115\.000000 .*wins=(yes|no)" "$work/figures"
expect "the discount" "offer .*set=O1 .*cut=" "$work/figures"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
