# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# How the tables above complete the words of diptych.  The line is cut at its
# blanks and not where bash cuts it, since "=" is part of a word here.

# _diptych_offer WORDS CURRENT - those of WORDS that go on from CURRENT; what
# bash has cut off before the last "=" or ":" is left out of them.
_diptych_offer() {
    local word cut=''
    case $2 in
    *[=:]*) cut=${2%"${2##*[=:]}"} ;;
    esac
    while IFS= read -r word; do
        case $word in
        *=) compopt -o nospace 2>/dev/null ;;
        esac
        COMPREPLY+=("${word#"$cut"}")
    done < <(compgen -W "$1" -- "$2")
}

# _diptych_value KIND FIELD=START - the words that a field can have.
_diptych_value() {
    local key=${2%%=*} start=${2#*=} words word offered=''
    words=$(_diptych_choices "$1.$key")
    # A set is several words with commas between.
    case $start in
    *,*) start=${start%"${start##*,}"} ;;
    *) start='' ;;
    esac
    for word in $words; do
        offered="$offered $key=$start$word"
    done
    _diptych_offer "$offered" "$2"
}

_diptych_option_value() {
    case $1 in
    -o | --output | -f | --format) _diptych_offer "$_diptych_forms" "$2" ;;
    --lang) _diptych_offer "en fr" "$2" ;;
    -p | --password-file | --ca)
        compopt -o filenames 2>/dev/null
        while IFS= read -r word; do
            COMPREPLY+=("$word")
        done < <(compgen -f -- "$2")
        ;;
    esac
}

_diptych_files() {
    compopt -o filenames 2>/dev/null
    while IFS= read -r word; do
        COMPREPLY+=("$word")
    done < <(compgen -f -X "!*.$1" -- "$2" && compgen -d -- "$2")
}

# _diptych_argument VERB KIND CURRENT NUMBER - behind a verb.
_diptych_argument() {
    local words='' key field
    case $1 in
    add | list)
        if [ "$4" -eq 1 ]; then
            _diptych_offer "$_diptych_kinds" "$3"
            return
        fi
        ;;
    help | describe)
        _diptych_offer "$_diptych_verbs $_diptych_kinds" "$3"
        return
        ;;
    use) words=' tender= format= lang=' ;;
    profile) words=$_diptych_profile ;;
    import) _diptych_files xml "$3" && return ;;
    esac
    case $3 in
    *=*) _diptych_value "$2" "$3" && return ;;
    esac
    for key in $(_diptych_keys "$1"); do
        case $key in
        fields | conditions)
            for field in $(_diptych_fields "$2"); do
                words="$words $field="
            done
            ;;
        *) words="$words $key" ;;
        esac
    done
    _diptych_offer "$words" "$3"
}

_diptych() {
    local line=${COMP_LINE:0:COMP_POINT} current='' verb='' kind='' before=''
    local number=0 word words
    COMPREPLY=()
    read -ra words <<<"$line"
    case $line in
    *[[:blank:]]) ;;
    *)
        current=${words[-1]}
        unset 'words[-1]'
        ;;
    esac
    # Options with their values are passed over.
    for word in "${words[@]:1}"; do
        if [ -n "$before" ]; then
            before=''
            continue
        fi
        case " $_diptych_valued " in
        *" $word "*) before=$word ;;
        esac
        case $word in
        -*) continue ;;
        esac
        if [ -z "$verb" ]; then
            verb=$word
        else
            number=$((number + 1))
            [ -n "$kind" ] || kind=$word
        fi
    done
    if [ -n "$before" ]; then
        _diptych_option_value "$before" "$current"
    elif [ "${current#-}" != "$current" ]; then
        _diptych_offer "$_diptych_options" "$current"
    elif [ -z "$verb" ]; then
        _diptych_offer "$_diptych_verbs" "$current"
    else
        _diptych_argument "$verb" "$kind" "$current" $((number + 1))
    fi
}
complete -F _diptych diptych
