#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# guide.sh - "diptych guide" from an empty team to both propositions: the
# figures are compared with those that another program computed, whether one
# answers at one go, leaves and comes back, or types on a terminal.
# $BUILD says where the programs stand.
#
# start goes without words, too:
# shellcheck disable=SC2119
set -u
cd "$(dirname "$0")/.." || exit 1
build=${BUILD:-build/release}
. tests/parts/server.sh
answers=tests/samples/night-bus.guide
DIPTYCH_PROFILE=$folder/profile
LC_ALL=C.UTF-8
export DIPTYCH_PROFILE LC_ALL
unset NO_COLOR COLUMNS

claim() {
    sentence=$1
    shift
    if "$@" >"$folder/claim" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "not so: $sentence"
        tail -n 20 "$folder/claim"
    fi
}

says() {
    grep -qF -e "$1" "$folder/out" || {
        cat "$folder/out"
        return 1
    }
}

says_not() {
    ! grep -F -e "$1" "$folder/out"
}

# guide INPUT OPTION... - what it says is kept in $folder/out
guide() {
    input=$1
    shift
    "$build/diptych" "$@" guide <"$input" >"$folder/out" 2>&1
}

# run ARGUMENT... - the client, what it says likewise
run() {
    "$build/diptych" "$@" >"$folder/out" 2>&1
}

# answer STATUS LINE... - a guide that is answered so
answer() {
    status=$1
    shift
    printf '%s\n' "$@" >"$folder/in"
    # shellcheck disable=SC2086
    guide "$folder/in" $options
    [ $? -eq "$status" ]
}

# Each team has a user of its own, who keeps to it.
enter() {
    "$build/diptych" -H "$address" --ca "$folder/data/ca.pem" -u "$1" \
        -p "$folder/password" login
}

# The shares of use are all that the sample knows and the guide does not ask;
# its codes are made of names.
figures_are_right() {
    for share in 1=0.5 2=0.2 3=0.3 4=1 7=0.9 8=0.1; do
        "$build/diptych" set "RE-${share%=*}" "share=${share#*=}" || return 1
    done >/dev/null
    for verb in decider users gap front discount; do
        "$build/diptych" "$verb" NBN || return 1
    done | sed 's/\<NSW\>/NIGHT/g; s/\<WU\>/CHAIR/g; s/\<STUDEN\>/STUD/g
        s/\<N2\>/N0/g; s/\<N3\>/N2/g; s/\<N0\>/N3/g' >"$folder/figures"
    "$build/tests/tools/compare" tests/samples/night-bus.json "$folder/figures"
}

nothing_is_missing() {
    test -z "$("$build/diptych" -q missing NBN)"
}

(umask 077 && echo "correct horse" >"$folder/password")
"$build/diptychd" init -d "$folder/data" >/dev/null
for name in ann bob carl dora eric; do
    "$build/diptychd" user add -d "$folder/data" --team "$name" --role owner \
        --password-file "$folder/password" "$name" >/dev/null
done
"$build/diptychd" user add -d "$folder/data" --team dora --role reader \
    --password-file "$folder/password" rita >/dev/null
start
options="-H $address --ca $folder/data/ca.pem"

# Who is not logged in is told how.
claim "one has to log in first" answer 77
claim "and is told how" says "run: diptych login"
options=

# At one go.
enter ann >/dev/null
claim "all answers at one go" guide "$answers"
claim "it shows the lines that it records" \
    says 'add need code=N1 sort=job name="Be on time for the shift"'
claim "and what became of them" says "ok id=N-1"
for words in "For the institution that decides" "Price to win: 512.09" \
    "For the end users" "Best for captive users: OURS, 75.2%" \
    "Where the two diverge" "Divergence 35.8%" "Offers we could make" \
    "Live information + New vehicle, at" \
    "A lead of 0 or more wins." "nobody else will speak for them" \
    "A blind spot earns no points" "diptych report NBN"; do
    claim "it ends with \"$words\"" says "$words"
done
claim "nothing is missing then" nothing_is_missing
claim "the figures are right" figures_are_right

# Left and taken up again: what is recorded is not asked again, what was left
# out is.
enter bob >/dev/null
head -n 12 "$answers" >"$folder/first"
(printf '\n\n' && tail -n +13 "$answers") >"$folder/second"
claim "the first answers" guide "$folder/first"
claim "it says how to go on" says "diptych guide NBN"
claim "and how much is lacking" says "Still lacking for the figures: 3 facts"
"$build/diptych" guide NBN <"$folder/second" >"$folder/out" 2>&1
claim "it goes on with the tender" says "Going on with NBN Night bus network"
claim "who decides is not asked again" says_not "Who decides which bid wins"
claim "the figures are right after a break" figures_are_right
claim "a tender that is not there" sh -c '! "$@"' - \
    "$build/diptych" guide NOPE

# On a terminal.
if command -v expect >/dev/null; then
    enter carl >/dev/null
    claim "a person at a terminal" command expect tests/guide.exp "$build/diptych"
else
    echo "skipped: a person at a terminal, which expect would type"
fi

# Wrong answers, explanations, the way back; in French.
enter dora >/dev/null
options="--lang fr"
claim "wrong answers do not end it" answer 0 "?" "<" "Bus" "" "Région" "" "" \
    "Gens" "" "douze" "1 200" "" "Vélo" "" "peut-être" "non" "Dormir" "" "" \
    "" "" "0,5" "."
for words in "Quelques mots, comme dans l'avis" "rien à annuler" \
    "add tender code=BUS title=Bus" "[REGION] > " "set GENS size=douze" \
    "« douze » ne convient pas ici" "set GENS size=1200" \
    "« peut-être »" "reachable=no" "importance=5" "weight=0.5" \
    "diptych guide BUS"; do
    claim "it says $words" says "$words"
done
claim "the way back" answer 0 1 "" "" "" "" "" "" "" "" "<" "<" "40" "<" "back" \
    "quit"
claim "a tender is chosen by its number" says "use tender=BUS"
claim "who is there already is taken" \
    "$build/diptych" list criterion tender=BUS price-rule=""

# What is usual in a sector, taken group by group.
enter eric >/dev/null
options=
claim "a sector fills in its usual cases" answer 0 "Tram" "space" "?" \
    "public works" "<" "1" "n" "" "" "y" "."
for words in "Tram" "\"space\" can not stand here" \
    "A template holds usual roles" "Who decides, pays or advises: The owner of" \
    "Groups of users: People who ride every day; People" \
    "Their needs, with usual weights: Arrive on time; Board without help" \
    "who can reach it: The line of today; A car" \
    "38 lines recorded, all of them usual cases"; do
    claim "it says $words" says "$words"
done
claim "the parties are listed" run list party
claim "what was confirmed is there" says 'name="People with reduced mobility"'
claim "what was not is not" says_not "transport authority"
claim "it goes on behind it" answer 0 1 "<" "."
claim "what was taken is not asked for again" says_not "Which sector"
claim "the way back takes all of it back" answer 0 "Bus" 2 "" "" "" "" "<" "."
claim "in one line" says "undo tx="
claim "the needs are listed" run list need tender=BUS
claim "nothing of it is left" says_not "need N-"

# Without the guide; in French.
claim "the sectors are listed" run template
claim "by their words" says "health, education"
claim "one that is not there" sh -c '! "$@"' - "$build/diptych" template space
claim "a template for a tender" run --lang fr -t BUS template santé
claim "says how many lines" says "lignes enregistrées, toutes des cas usuels"
claim "the needs are listed anew" run list need tender=BUS
claim "they are in French" says "Être soigné"

# every_template - each in each language, in a tender of its own
every_template() {
    for word in transport health education training works it; do
        for lang in en fr; do
            "$build/diptych" add tender code="$word-$lang" title=x &&
                "$build/diptych" --lang $lang -t "$word-$lang" template $word ||
                return
        done
    done
}
claim "every sector has a template in both languages" every_template

# Who may only read can not answer.
enter rita >/dev/null
options=
claim "a reader is refused" answer 77 "Ferry"
claim "and told why" says "Your role does not allow that."

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
