#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# french.sh - a whole session in French: every verb, the guide, the help,
# mistakes and a report, in which no English sentence may stand.  Words of the
# wire stay English: verbs, fields, and the words that allowed= lists.  Then
# every panel on the example of the night bus, at 80 columns, in both
# languages: no line is wider, in characters, no blank line stands twice, and
# no French panel bears a key or a word of the wire.
# $BUILD says where the programs stand.
#
# start goes without words, too:
# shellcheck disable=SC2119
set -u
cd "$(dirname "$0")/.." || exit 1
build=${BUILD:-build/release}
. tests/parts/server.sh
DIPTYCH_PROFILE=$folder/profile
LC_ALL=C.UTF-8
export DIPTYCH_PROFILE LC_ALL
unset NO_COLOR COLUMNS

# Words that no French sentence and no word of the wire has.
english=' (the|is|are|was|were|not|and|which|this|that|these|there|'
english=$english'has|have|its|how|one|more|from|at|by|be) '

# french STATUS WORDS ARGUMENT... - what is said ends so, holds the words, and
# is no English
french() {
    status=$1
    words=$2
    shift 2
    "$build/diptych" --lang fr --table --columns 100 "$@" \
        <"${input:-/dev/null}" >"$folder/out" 2>&1
    got=$?
    # The examples of help are requests.
    examples=
    [ "$1" = help ] && examples='s/^    .*$//'
    sed "s/allowed=[^ \"]*//g; $examples" "$folder/out" |
        tr '\n"«»():;,.' ' ' >"$folder/said"
    if [ "$got" -eq "$status" ] && grep -qF -e "$words" "$folder/out" &&
        ! grep -qE -e "$english" "$folder/said"; then
        passed=$((passed + 1))
        return
    fi
    failed=$((failed + 1))
    echo "FAILED $*"
    echo "  wanted status $status and French with: $words"
    echo "  got status $got, English: $(grep -oE ".{0,20}$english.{0,20}" \
        "$folder/said" | head -n 3)"
    cat "$folder/out"
}

(umask 077 && echo "correct horse" >"$folder/password")
"$build/diptychd" init -d "$folder/data" >/dev/null
"$build/diptychd" user add -d "$folder/data" --team bleue --role owner \
    --password-file "$folder/password" anne >/dev/null
"$build/diptychd" user add -d "$folder/data" --team verte --role owner \
    --password-file "$folder/password" bea >/dev/null
start
ca=$folder/data/ca.pem

# Before there is a session.
french 0 "Options :" --help
french 64 "option inconnue" ping --nimporte
french 64 "n'est pas parmi" ping --columns 3
french 69 "n'est pas reconnu" -H "$address" ping
french 69 "connexion refusée" -H 127.0.0.1:1 --ca "$ca" ping
french 77 "aucune session ouverte" -H "$address" --ca "$ca" list bid
french 64 "pas d'utilisateur" -H "$address" --ca "$ca" login
french 0 "pas encore de profil" profile
french 0 "session ouverte" -H "$address" --ca "$ca" -u anne \
    -p "$folder/password" login
french 0 "enregistré (non montré)" profile
french 64 "n'est pas parmi" profile couleur=bleu

# The guide, from nothing to both propositions.
printf '%s\n' "Bus de nuit" "" "Autorité" "" "Circuler la nuit" "Veilleurs" \
    "Étudiants" "" "6 000" beaucoup 1500 "Le bus du soir" "Vélo" "" oui non \
    o n "?" "Arriver à l'heure" "" "Attendre" "" "" 8 5 6 7 40 "Technique" \
    "Service" "" 35 "" "" "" "" 9 3 1 0 "Nous" "Eux" "" "480,5" "450..470" \
    8 6 7 "" "0,8" "50 %" "0,9" "" "Horaires" 25 "" C2 "0,5" N1 "0,1" "" \
    >"$folder/in"
input=$folder/in
french 0 "Une avance de 0 ou plus gagne" guide
printf '%s\n' "<" "." >"$folder/in"
french 0 "On continue avec BDN" guide BDN
input=

# What is asked and what comes.
for verb in help "help add" "help bid" "help limits" "list bid" "show BDN" \
    "show BDN" "log limit=5" "missing BDN" "decider BDN" "users BDN" \
    "gap BDN" "front BDN" "discount BDN" "report BDN" "describe need" \
    "stress BDN draws=2000" "price BDN draws=2000" "amend BDN" \
    "qualify BDN draws=2000" calibrate "client P-3 tender=BDN" "map BDN" \
    "distributor BDN" "canvas BDN" "nonclients BDN"; do
    # shellcheck disable=SC2086
    french 0 "" $verb
done
french 0 "ok id=B-1" -t BDN set OURS price=470
french 0 "(avant : 480.5)" log B-1 limit=1
french 0 "points = poids x part" explain BDN points bid=OURS criterion=C2
for figure in "points bid=OURS criterion=C1" "total bid=OURS" "lead bid=OURS" \
    "rank bid=OURS" to-win "flip criterion=C1" "mean bid=OURS" gap divergence \
    "value bid=OURS segment=P-3" "choice segment=P-3"; do
    # shellcheck disable=SC2086
    french 0 "ok n=" -t BDN explain BDN $figure
done
french 64 "celui dont est le chiffre" explain BDN value
french 0 "ok id=T-2" add tender code=VIDE
french 77 "il n'y a pas de critère d'attribution" decider VIDE
french 77 "Il manque encore des données" report VIDE

# Mistakes.
french 64 "verbe inconnu" shwo BDN
french 64 "valeur n'est pas permise" -t BDN set OURS price=cher
french 64 "8, 6..9 ou 6..8..9" -t BDN set OURS price=cher
french 64 "yes ou no" -t BDN set OURS ours=peut-être
french 0 "un montant >= 0" describe types
french 66 "Cet objet n'existe pas" show B-9
french 73 "Cela existe déjà" add tender code=BDN
french 65 "Quelqu'un d'autre" -t BDN set OURS price=1 if=1
french 64 "un guillemet n'est pas fermé" 'show "B-1'
french 64 "un rapport est dessiné" report BDN -o csv
french 64 "indiquez une consultation" report
french 64 "indiquez les avis" import
french 0 "le jeton a été retiré" logout

# panel LANGUAGE WORDS ARGUMENT... - a panel that is whole, within its width
panel() {
    language=$1
    words=$2
    shift 2
    "$build/diptych" --lang "$language" --table --columns 80 "$@" \
        </dev/null >"$folder/out" 2>&1
    got=$?
    # The lines to send are of the wire.
    sed -E 's/^ *(add|set|del|forget|merge|note|map|decider|front) .*$//
        s/(add|set|forget|merge) [A-Z].*$//; s/fields=//; s/ all=yes//
        s/^    .*=.*$//' "$folder/out" >"$folder/said"
    wide=$(wc -L <"$folder/out")
    wire=
    [ "$language" = fr ] && wire=$(grep -nE -e "$raw" "$folder/said")
    if [ "$got" -eq 0 ] && [ "$wide" -le 80 ] && [ -z "$wire" ] &&
        grep -qF -e "$words" "$folder/out" &&
        [ "$(cat -s "$folder/out")" = "$(cat "$folder/out")" ]; then
        passed=$((passed + 1))
        return
    fi
    failed=$((failed + 1))
    echo "FAILED $language $*"
    echo "  wanted: $words; got status $got, width $wide, wire: $wire"
    cat "$folder/out"
}

# What only the wire says.
raw='(^| )(registration|country|size|job|org|market|field|why|outward|national|lowest-power|min-max|never-met|decides)( |:|=|$)|[a-z]+='

french 0 "session ouverte" -H "$address" --ca "$ca" -u bea \
    -p "$folder/password" login
input=
play() {
    "$build/diptych" -o lines -q "$@" >"$folder/out" 2>&1 ||
        cat "$folder/out"
}
play import examples/night-bus/notice.xml </dev/null
for part in team words french; do
    play <"examples/night-bus/$part.dpt"
done
play <tests/samples/night-bus-people.dpt

for verb in "decider NB all=yes" "users NB all=yes" "gap NB all=yes" \
    "front NB draws=2000" "discount NB" "stress NB draws=2000" \
    "price NB draws=2000" "qualify NB draws=2000" "amend NB draws=2000" \
    "pitch NB to=decider level=novice" "pitch NB to=NIGHT level=expert" \
    "view AUTH" "view NIGHT" "view EVA" "client NIGHT tender=NB" \
    "client STUD tender=NB" "distributor NB" "canvas NB" "nonclients NB" \
    "advise AUTH" "similar NB" duplicates calibrate "missing NB" \
    "lint NB" "map NB" attention "report NB"; do
    # shellcheck disable=SC2086
    panel fr "" $verb
    # shellcheck disable=SC2086
    panel en "" $verb
done
panel fr "numéro officiel : 123 456" view AUTH
panel fr "étendue : nationale" view AUTH
panel fr "preuve : rien ne le prouve" lint NB
panel fr "M-4 : la note d'une offre sur un critère" lint NB
panel fr "Les lignes qui y répondent :" attention
panel fr "FP Prix du billet" canvas NB
panel fr "ensemble" calibrate
panel fr "prix sur qualité (OURS)" stress NB draws=2000
panel en "Amounts in 1000 EUR." price NB draws=2000
panel fr "Montants en 1000 EUR." price NB draws=2000
panel fr "2026-01-20, visite du site" brief EVA tender=NB
panel en "2026-01-20, site visit" brief EVA tender=NB
panel fr "Textes à relire" forget LUC

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
